"""Distributions of any number of values in a bounded amount of memory."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, field
from typing import Any

import numpy as np

_GAMMA = 1.01  # neighbouring buckets differ by 1 %: whole numbers up to 100 have one each
_LOG_GAMMA = math.log(_GAMMA)
_TINY = 1e-9  # smaller values count as zero
_HUGE = 1e18  # larger values share a bucket
_INFINITE = 1e300
_EXACT = 2.0**53  # below it, whole numbers have neighbours


@dataclass
class Sketch:
    """A histogram on a fixed logarithmic grid, negative values mirrored, so that any two can be added and
    the order of values does not matter. Quantiles are within 1 %; count, sum, least and greatest are exact.
    At most some 12,500 buckets exist, whatever comes.
    """

    count: int = 0
    total: float = 0.0
    least: float = math.inf
    greatest: float = -math.inf
    whole: bool = True  # every value was a whole number
    _buckets: dict[int, int] = field(default_factory=dict)

    def add(self, values: Any) -> None:
        """Add a numpy array of numbers; NaN, infinities and what comes near them are left out."""
        v = np.asarray(values, dtype=np.float64)
        v = v[np.abs(v) < _INFINITE]  # false for NaN
        if not v.size:
            return
        self.count += int(v.size)
        self.total += float(v.sum())
        self.least = min(self.least, float(v.min()))
        self.greatest = max(self.greatest, float(v.max()))
        self.whole = self.whole and bool((v == np.rint(v)).all())
        size = np.abs(v)
        index = np.rint(np.log(np.clip(size, _TINY, _HUGE) / _TINY) / _LOG_GAMMA).astype(np.int64) + 1
        index = np.where(size < _TINY, 0, np.where(v < 0, -index, index))
        # not np.unique, which imports numpy.ma: a report of a small corpus would feel it
        index.sort()
        first = np.flatnonzero(np.diff(index, prepend=index[0] - 1))
        amounts = np.diff(first, append=len(index))
        for key, amount in zip(index[first].tolist(), amounts.tolist(), strict=True):
            self._buckets[key] = self._buckets.get(key, 0) + amount

    @property
    def mean(self) -> float | None:
        """The arithmetic mean; null without values."""
        return self.total / self.count if self.count else None

    def points(self) -> list[tuple[float, int]]:
        """(value, how many) in the order of values; a value stands for those within 0.5 % of it."""
        return [(self._value(key), self._buckets[key]) for key in sorted(self._buckets)]

    def quantile(self, share: float) -> float | None:
        """The value below which ``share`` (0 to 1) of all lie; null without values."""
        if not self.count:
            return None
        rank, seen = share * (self.count - 1), 0
        for value, amount in self.points():
            seen += amount
            if seen > rank:
                return value
        return self.greatest

    def _value(self, key: int) -> float:
        if key == 0:
            value = 0.0
        else:
            value = math.copysign(_TINY * math.exp((abs(key) - 1) * _LOG_GAMMA), key)
        if self.whole:
            value = float(round(value))
        return min(max(value, self.least), self.greatest)


@dataclass(frozen=True, slots=True)
class Bin:
    """A bar of a histogram: values in [low, high), the last bar's high included."""

    low: float
    high: float
    amount: int


def bins(sketch: Sketch, wanted: int = 30) -> tuple[list[Bin], bool]:
    """Return bars, and whether they are meant for a logarithmic axis.

    Logarithmic where values are not negative and either the middle nine tenths span a factor of ten or a few
    lie so far out that they would squeeze the rest; never where every whole number can have a bar. Whole
    numbers get bars between whole numbers.
    """
    if not sketch.count:
        return [], False
    low, high = sketch.least, sketch.greatest
    p5, p95 = sketch.quantile(0.05) or 0.0, sketch.quantile(0.95) or 0.0
    base = max(p5, 1.0 if sketch.whole else p95 / 1e4)
    few = sketch.whole and high - low < wanted
    in_grid = low >= 0 and p95 > 10 * _TINY and high < _HUGE
    logarithmic = not few and in_grid and (p95 / base >= 10 or high / p95 >= 4)
    exact = sketch.whole and max(-low, high) < _EXACT
    edges = _log_edges(sketch, wanted) if logarithmic else _linear_edges(low, high, wanted, exact)
    amounts = [0] * (len(edges) - 1)
    at = 0
    for value, amount in sketch.points():
        while at < len(amounts) - 1 and value >= edges[at + 1]:
            at += 1
        amounts[at] += amount
    return [Bin(a, b, n) for a, b, n in zip(edges[:-1], edges[1:], amounts, strict=True)], logarithmic


def _linear_edges(low: float, high: float, wanted: int, whole: bool) -> list[float]:
    if whole:
        width = max(1, math.ceil((high - low + 1) / wanted))
        start = math.floor(low / width) * width if width > 1 else low
        number = math.floor((high - start) / width) + 1
        return [float(start + i * width) for i in range(number + 1)]
    even = (high - low) / wanted
    if even < sys.float_info.min or low + even == low or high - even == high:
        return [low, high]  # as good as one value
    step = _round_step(even)
    start, end = math.floor(low / step) * step, math.ceil(high / step) * step
    number = max(1, round((end - start) / step))
    edges = [start + i * step for i in range(number + 1)]
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)  # rounding may fall short of the ends
    return edges


def _log_edges(sketch: Sketch, wanted: int) -> list[float]:
    """Steps of equal ratio that hit the powers of ten. Zero has a bar of its own before the first."""
    floor = 1.0 if sketch.whole else max(_TINY, (sketch.quantile(0.01) or 0.0) or sketch.greatest / 1e6)
    first = math.floor(math.log10(max(floor, sketch.least)))
    last = math.ceil(math.log10(sketch.greatest * (1 + 1e-9)))
    per_decade = max(1, min(10, wanted // max(1, last - first)))
    edges = [10 ** (first + i / per_decade) for i in range((last - first) * per_decade + 1)]
    if sketch.whole:
        edges = list(dict.fromkeys(float(math.ceil(e - 1e-9)) for e in edges))
    if edges[-1] <= sketch.greatest:
        edges.append(10 ** (last + 1 / per_decade))
    while len(edges) > 2 and edges[1] <= sketch.least:
        edges.pop(0)
    while len(edges) > 2 and edges[-2] > sketch.greatest:
        edges.pop()
    if sketch.least < edges[0]:
        edges.insert(0, 0.0)
    return edges


def _round_step(step: float) -> float:
    size = 10.0 ** math.floor(math.log10(step))
    return next(size * m for m in (1, 2, 2.5, 5, 10) if size * m >= step * 0.999)
