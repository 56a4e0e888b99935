"""What rungs cost is fitted to what was measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.page_router.cost import COST_FEATURES, cost_features, fit, seconds
from tests.calibration.samples import page


def pages(count: int, seed: int = 0) -> np.ndarray:
    draw = np.random.default_rng(seed)
    return np.stack(
        [
            np.ones(count),
            draw.uniform(80, 120, count),
            draw.integers(0, 6000, count),
            draw.integers(1, 900, count),
        ],
        axis=1,
    )


def test_the_facts_of_a_page() -> None:
    found = cost_features([page(text="ten chars.", objects=7.0)])
    assert dict(zip(COST_FEATURES, found[0], strict=True)) == pytest.approx(
        {"page": 1.0, "square_inches": 595 * 842 / 72**2, "characters": 10.0, "objects": 7.0}
    )
    assert cost_features([]).shape == (0, 4)


def test_constants_are_found_again() -> None:
    true = np.array([0.5, 0.02, 0.001, 0.0])
    features = pages(60)
    assert fit(features, features @ true) == pytest.approx(true, abs=1e-9)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_constants_are_never_negative_and_the_total_is_that_measured(measured: list[float]) -> None:
    features, spent = pages(len(measured)), np.array(measured)
    constants = fit(features, spent)
    assert (constants >= 0).all()
    assert seconds(features, constants).sum() == pytest.approx(spent.sum(), rel=1e-6, abs=1e-9)


def test_a_few_pages_do_not_bear_several_constants() -> None:
    constants = fit(pages(5), np.array([1.0, 1.2, 0.9, 1.1, 1.0]))
    assert (constants > 0).sum() == 1


def test_what_costs_less_where_there_is_more_gets_no_negative_constant() -> None:
    features = pages(60)
    falling = 2.0 - features[:, 2] / 6000
    constants = fit(features, falling)
    assert constants[2] == 0
    assert seconds(features, constants).mean() == pytest.approx(falling.mean())
