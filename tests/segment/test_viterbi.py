"""The dynamic programme finds what trying everything finds."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from stages.segment.priors import log_prior
from stages.segment.viterbi import best_cuts

PRIORS = ("uniform", "gaussian", "lognormal", "clipped_polynomial")


def value(cuts, places, gains, prior):
    worth = dict(zip(places, gains, strict=True))
    lengths = [b - a for a, b in itertools.pairwise([0, *cuts])]
    return sum(prior[length] for length in lengths) + sum(worth[cut] for cut in cuts[:-1])


def by_trying(places, gains, prior, shortest):
    best = None
    for chosen in itertools.chain.from_iterable(
        itertools.combinations(places[:-1], number) for number in range(len(places))
    ):
        cuts = [*chosen, places[-1]]
        lengths = [b - a for a, b in itertools.pairwise([0, *cuts])]
        if all(shortest <= length < len(prior) for length in lengths):
            found = value(cuts, places, gains, prior)
            if found > -np.inf and (best is None or found > best):
                best = found
    return best


@st.composite
def problems(draw):
    places = sorted(draw(st.sets(st.integers(1, 30), min_size=1, max_size=9)))
    gains = draw(st.lists(st.floats(-8, 4), min_size=len(places), max_size=len(places)))
    longest = draw(st.integers(1, 32))
    return places, gains, longest, draw(st.integers(1, 6)), draw(st.sampled_from(PRIORS))


@given(problems())
def test_it_finds_the_best_of_all_cuttings(problem) -> None:
    places, gains, longest, shortest, kind = problem
    assume(shortest <= longest)
    prior = log_prior(kind, longest, 9, 5)
    wanted = by_trying(places, gains, prior, shortest)
    for flat in {False, kind == "uniform"}:
        found = best_cuts(np.array(places), np.array(gains), prior, shortest, flat=flat)
        assert (found is None) == (wanted is None)
        if found is not None:
            assert value(found.tolist(), places, gains, prior) == wanted or np.isclose(
                value(found.tolist(), places, gains, prior), wanted
            )


@given(
    st.lists(st.sampled_from([0.1, 0.5, 0.9]), min_size=1, max_size=40), st.integers(1, 5), st.integers(5, 20)
)
def test_both_ways_to_fill_the_table_agree_on_ties_too(probabilities, shortest, longest) -> None:
    places = np.arange(1, len(probabilities) + 1)
    gains = np.log(probabilities)
    prior = log_prior("uniform", longest, 9, 5)
    one = best_cuts(places, gains, prior, shortest, flat=True)
    other = best_cuts(places, gains, prior, shortest, flat=False)
    assert (one is None) == (other is None)
    if one is not None:
        assert one.tolist() == other.tolist()


def test_priors_prefer_their_target() -> None:
    for kind in PRIORS[1:]:
        table = log_prior(kind, 200, 70, 25)
        assert table[0] == -np.inf
        assert 60 <= int(np.argmax(table)) <= 75
    assert log_prior("clipped_polynomial", 200, 70, 25)[96] == -np.inf
    assert np.all(log_prior("uniform", 10, 70, 25)[1:] == 0)
