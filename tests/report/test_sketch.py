"""Distributions in bounded memory."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.sketch import Sketch, bins

NUMBERS = st.one_of(st.integers(-(10**6), 10**6).map(float), st.floats(-1e12, 1e12))
ANY_NUMBER = st.one_of(NUMBERS, st.floats(-1e299, 1e299), st.floats(0, 1e-7), st.floats(0, 1e25))


def sketch_of(values: list[float]) -> Sketch:
    sketch = Sketch()
    sketch.add(np.array(values, dtype=float))
    return sketch


@given(st.lists(NUMBERS, min_size=1, max_size=300))
def test_count_sum_and_extremes_are_exact(values: list[float]) -> None:
    sketch = sketch_of(values)
    assert sketch.count == len(values)
    assert sketch.total == pytest.approx(
        math.fsum(values), abs=1e-6 * max(map(abs, values), default=1) + 1e-9
    )
    assert (sketch.least, sketch.greatest) == (min(values), max(values))
    assert sum(amount for _, amount in sketch.points()) == len(values)


@given(st.lists(st.floats(1e-6, 1e12), min_size=1, max_size=300), st.floats(0, 1))
def test_quantiles_are_within_one_percent(values: list[float], share: float) -> None:
    exact = sorted(values)[math.floor(share * (len(values) - 1))]
    assert sketch_of(values).quantile(share) == pytest.approx(exact, rel=0.01)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=300), st.floats(0, 1))
def test_quantiles_of_small_whole_numbers_are_exact(values: list[int], share: float) -> None:
    exact = sorted(values)[math.floor(share * (len(values) - 1))]
    assert sketch_of(list(map(float, values))).quantile(share) == exact


@given(st.lists(st.lists(NUMBERS, max_size=50), min_size=1, max_size=5))
def test_neither_order_nor_batches_matter(batches: list[list[float]]) -> None:
    one, other = Sketch(), Sketch()
    for batch in batches:
        one.add(np.array(batch))
    other.add(np.array([v for batch in reversed(batches) for v in reversed(batch)]))
    assert one.points() == other.points()


@given(st.lists(ANY_NUMBER, min_size=1, max_size=300))
def test_every_value_is_in_the_bar_that_covers_it(values: list[float]) -> None:
    parts, _ = bins(sketch_of(values))
    assert sum(part.amount for part in parts) == len(values)
    assert all(a.high == b.low and a.low < a.high for a, b in itertools.pairwise(parts))
    assert all(math.isfinite(part.low) and math.isfinite(part.high) for part in parts)
    assert parts[0].low <= min(values)
    assert parts[-1].high >= max(values)
    assert len(parts) <= 70


def test_whole_numbers_of_a_small_range_have_a_bar_each() -> None:
    parts, logarithmic = bins(sketch_of([1, 1, 1, 2, 5]))
    assert not logarithmic
    assert [(part.low, part.amount) for part in parts] == [(1, 3), (2, 1), (3, 0), (4, 0), (5, 1)]


def test_what_spans_orders_of_magnitude_gets_a_logarithmic_axis_with_a_bar_for_zero() -> None:
    values = [0.0] * 5 + [10.0**e for e in range(6) for _ in range(10)]
    parts, logarithmic = bins(sketch_of(values))
    assert logarithmic
    assert (parts[0].low, parts[0].high, parts[0].amount) == (0, 1, 5)
    assert parts[-1].high >= 1e5


def test_an_outlier_does_not_squeeze_the_rest() -> None:
    parts, logarithmic = bins(sketch_of([float(100 + i % 50) for i in range(1000)] + [1e6]))
    assert logarithmic
    assert sum(1 for part in parts if part.amount) >= 3


@pytest.mark.parametrize("value", [0.0, 1.0, -3.5, 1e-12, 7e17])
def test_a_single_value(value: float) -> None:
    sketch = sketch_of([value] * 3)
    assert sketch.quantile(0.5) == value
    assert sum(part.amount for part in bins(sketch)[0]) == 3


def test_nothing_and_what_is_no_number() -> None:
    assert bins(Sketch()) == ([], False)
    sketch = sketch_of([math.nan, math.inf, -math.inf])
    assert (sketch.count, sketch.mean, sketch.quantile(0.5)) == (0, None, None)


def test_memory_is_bounded() -> None:
    sketch = Sketch()
    random = np.random.default_rng(1)
    for _ in range(20):
        sketch.add(np.exp(random.uniform(-60, 60, 50_000)) * random.choice([-1, 1], 50_000))
    assert len(sketch.points()) <= 12_500
