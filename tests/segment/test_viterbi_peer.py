"""The peer's Viterbi and ours cut alike where both can cut. Needs the extra peers."""

from __future__ import annotations

import numpy as np
import pytest

from stages.segment.priors import log_prior
from stages.segment.viterbi import best_cuts

pytestmark = pytest.mark.slow

pytest.importorskip("wtpsplit", reason="needs the extra peers")


@pytest.mark.parametrize("kind", ["uniform", "gaussian", "lognormal", "clipped_polynomial"])
@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize(("shortest", "longest"), [(1, 60), (12, 60), (30, 45)])
def test_same_cuts_on_the_same_probabilities(kind, sparse, shortest, longest) -> None:
    from wtpsplit.utils.constraints import constrained_segmentation
    from wtpsplit.utils.priors import create_prior_function

    generator = np.random.default_rng(3)
    compared = 0
    for length in (5, 61, 150, 400):
        probabilities = generator.beta(0.2, 2, length).astype(np.float32)
        if sparse:
            probabilities[generator.random(length) < 0.7] = 0
        target, spread = 40, 30
        prior = create_prior_function(
            kind, {"max_length": longest, "target_length": target, "spread": spread}
        )
        theirs = constrained_segmentation(probabilities, prior, min_length=shortest, max_length=longest)
        places = np.flatnonzero(probabilities) + 1
        places = np.union1d(places, [length])
        with np.errstate(divide="ignore"):
            gains = np.log(probabilities[places - 1]).astype(np.float64)
        for flat in {False, kind == "uniform"}:
            ours = best_cuts(places, gains, log_prior(kind, longest, target, spread), shortest, flat=flat)
            if ours is not None:
                assert ours[:-1].tolist() == list(theirs)
                compared += 1
    assert compared >= 2
