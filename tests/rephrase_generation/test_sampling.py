"""Tokens are chosen as the logits say, and again the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.generation.request import Sampling
from stages.rephrase.generation.sampling import Chooser, LogitsError, log_probability


def chosen(logits: np.ndarray, sampling: Sampling, count: int = 1) -> list[int]:
    chooser = Chooser(sampling, [1, 2, 3])
    return [chooser.choose(logits.astype(np.float32), position) for position in range(count)]


def test_greedy_takes_the_likeliest_and_the_first_of_equals():
    assert chosen(np.array([0.0, 4.0, 4.0, 1.0]), Sampling()) == [1]


@pytest.mark.parametrize("how", [{}, {"top_k": 3}, {"top_p": 0.9}, {"top_k": 5, "top_p": 0.6}])
def test_frequencies_are_the_probabilities(how):
    logits = np.log(np.array([0.05, 0.3, 0.02, 0.4, 0.1, 0.13]))
    kept = {
        (): [0, 1, 2, 3, 4, 5],
        ("top_k",): [1, 3, 5],
        ("top_p",): [1, 3, 4, 5],
        ("top_k", "top_p"): [1, 3],  # .4 and .3 of what top_k leaves, which is .98
    }[tuple(how)]
    count = 4000
    found = np.bincount(chosen(logits, Sampling(temperature=1.0, **how), count), minlength=6) / count
    expected = np.where(np.isin(np.arange(6), kept), np.exp(logits), 0)
    assert found == pytest.approx(expected / expected.sum(), abs=0.035)


def test_temperature_sharpens_and_flattens():
    logits = np.array([1.0, 0.0])
    for temperature in (0.25, 1.0, 4.0):
        found = np.mean(np.array(chosen(logits, Sampling(temperature=temperature), 2000)) == 0)
        assert found == pytest.approx(1 / (1 + np.exp(-1 / temperature)), abs=0.04)


def test_a_flat_nucleus_wider_than_the_shortcut_is_whole():
    logits = np.zeros(3000)
    found = chosen(logits, Sampling(temperature=1.0, top_p=0.5), 1500)
    assert 1490 < max(found) < 1500, "equals are cut by id"
    assert len(set(found)) > 800


def test_ranks_are_those_of_the_logits_however_small_the_difference():
    logits = np.array([-1e-29, 0.0])
    assert chosen(logits, Sampling(temperature=0.01, top_k=1), 20) == [1] * 20
    assert chosen(logits, Sampling(temperature=0.01, top_p=1e-9), 20) == [1] * 20


def test_the_seed_the_prompt_and_the_position_decide_and_nothing_else():
    logits = np.random.default_rng(0).normal(size=1000).astype(np.float32)
    sampling = Sampling(temperature=1.0)
    first = [Chooser(sampling, [1, 2]).choose(logits, at) for at in range(50)]
    chooser = Chooser(sampling, [1, 2])
    assert [chooser.choose(logits, at) for at in reversed(range(50))] == first[::-1]
    assert [Chooser(sampling, [1, 3]).choose(logits, at) for at in range(50)] != first
    assert [
        Chooser(Sampling(temperature=1.0, seed=1), [1, 2]).choose(logits, at) for at in range(50)
    ] != first


def test_choices_are_the_same_on_every_machine():
    """Written down from a run: a change would change users' texts, and needs a new version of the stage."""
    logits = np.linspace(-1, 1, 50).astype(np.float32)
    assert chosen(logits, Sampling(temperature=1.0, seed=7), 8) == [37, 28, 37, 11, 43, 49, 38, 22]


@given(
    st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=700),
    st.sampled_from([0.01, 1.0, 100.0]),
    st.sampled_from([1e-9, 0.5, 0.999999, 1.0]),
    st.integers(0, 800),
)
@settings(max_examples=60, deadline=None)
def test_any_finite_logits_give_a_token_that_is_kept(logits, temperature, top_p, top_k):
    values = np.array(logits, np.float32)
    for token in chosen(values, Sampling(temperature=temperature, top_p=top_p, top_k=top_k), 5):
        assert 0 <= token < len(logits)
        if top_k:
            assert (values > values[token]).sum() < top_k
        if top_p == 1e-9:
            assert values[token] == values.max()


@pytest.mark.parametrize("broken", [[np.nan, 1.0], [np.inf, 1.0], [-np.inf, -np.inf]])
def test_logits_that_are_no_numbers_are_refused(broken):
    with pytest.raises(LogitsError, match="not finite"):
        chosen(np.array(broken), Sampling())


@pytest.mark.parametrize(
    "wrong",
    [
        {"temperature": -1.0},
        {"temperature": float("nan")},
        {"temperature": float("inf")},
        {"top_p": 0.0},
        {"top_p": 1.5},
        {"top_k": -1},
        {"max_new_tokens": 0},
    ],
)
def test_values_without_a_meaning_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Sampling(**wrong)


@given(
    values=st.lists(st.floats(-80, 80, width=32), min_size=1, max_size=40),
    place=st.integers(0),
    hidden=st.booleans(),
)
def test_log_probabilities_are_those_of_the_softmax(values, place, hidden):
    logits = np.array([*values, -np.inf] if hidden else values, np.float32)
    token = place % len(values)
    exact = logits.astype(np.float64)
    shifted = exact - exact.max()
    expected = shifted[token] - np.log(np.exp(shifted).sum())
    found = log_probability(logits, token)
    assert found == pytest.approx(expected, abs=2e-4)
    assert found <= 0
    assert found == round(found, 4)
