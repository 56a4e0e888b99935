"""Charts as SVG, small and without a library.

A chart has no view box: positions are percentages of the width it is given and heights are pixels, so it
fills a phone or a page while its words keep their size. Colours come from the style sheet through classes.
All words pass through the template engine's escaping.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.report.sketch import Bin

_TICK_APART = 9.0  # percent of the width: room for the words of a tick on a narrow screen


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar: its name, its length, what stands at its end, what a pointer is told."""

    label: str
    value: float
    shown: str
    style: str = "bar"


@dataclass(frozen=True, slots=True)
class Spread:
    """Quantiles that are drawn beneath a histogram."""

    p5: float
    p25: float
    p50: float
    p75: float
    p95: float


def bars(items: Sequence[Bar], title: str, description: str) -> Markup:
    """Horizontal bars, one below the other, each with its words above it; the full width is their sum."""
    row = 38
    whole = sum(item.value for item in items) or 1
    body = Markup("")
    for number, item in enumerate(items):
        y = number * row
        body += Markup(
            '<text class="label" x="0" y="{}">{}</text><text class="value" x="100%" y="{}" text-anchor="end">{}</text>'
            '<rect class="track" x="0" y="{}" width="100%" height="8" rx="2"/>'
        ).format(y + 14, one_line(item.label, 40), y + 14, one_line(item.shown, 40), y + 20)
        if item.value > 0:
            body += Markup('<rect class="{}" x="0" y="{}" width="{}%" height="8" rx="2"/>').format(
                item.style, y + 20, _percent(max(0.4, 100 * item.value / whole))
            )
    return _svg(body, max(1, len(items)) * row - 4, title, description)


def histogram(
    parts: Sequence[Bin],
    spread: Spread,
    title: str,
    description: str,
    *,
    unit: str = "",
    logarithmic: bool = False,
    whole: bool = False,
) -> Markup:
    """Bars over a range of values; on a logarithmic axis the area of a bar is its number.

    Beneath: a thin line over the middle nine tenths, a thick one over the middle half, a mark at the median.
    """
    top, height = 6, 96
    floor = top + height
    axis = _Axis(parts, logarithmic, whole)
    heights = [bin_.amount / max(axis.width(i), 1e-9) for i, bin_ in enumerate(parts)]
    tallest = max(heights) or 1
    body = Markup('<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(floor + 0.5)
    for at, label, anchor in axis.ticks():
        body += Markup(
            '<line class="axis" x1="{0}%" x2="{0}%" y1="{1}" y2="{2}"/>'
            '<text class="tick" x="{0}%" y="{3}" text-anchor="{4}">{5}</text>'
        ).format(_percent(at), floor, floor + 4, floor + 34, anchor, label)
    for i, bin_ in enumerate(parts):
        if not bin_.amount:
            continue
        tall = max(1.5, height * heights[i] / tallest)
        body += Markup(
            '<rect class="bar" x="{}%" y="{}" width="{}%" height="{}"><title>{}</title></rect>'
        ).format(
            _percent(axis.left(i)),
            _percent(floor - tall),
            _percent(axis.width(i)),
            _percent(tall),
            f"{span(bin_, whole=whole)}{' ' + unit if unit else ''}: {figures.count(bin_.amount)}",
        )
    marks = [axis.middle(v) for v in (spread.p5, spread.p25, spread.p50, spread.p75, spread.p95)]
    y = floor + 12
    body += Markup(
        '<line class="reach" x1="{}%" x2="{}%" y1="{y}" y2="{y}"/><line class="middle" x1="{}%" x2="{}%" y1="{y}" y2="{y}"/>'
        '<circle class="median" cx="{}%" cy="{y}" r="3.5"/>'
    ).format(
        _percent(marks[0]),
        _percent(marks[4]),
        _percent(marks[1]),
        _percent(marks[3]),
        _percent(marks[2]),
        y=y,
    )
    return _svg(body, floor + 40, title, description)


def span(bin_: Bin, *, whole: bool) -> str:
    """The values of a bar in words."""
    last = bin_.high - 1 if whole else bin_.high
    if last <= bin_.low:
        return figures.number(bin_.low)
    return f"{figures.number(bin_.low)} to {figures.number(last)}"


class _Axis:
    """Positions of values, in percent of the width."""

    _ZERO = 4.0  # width of the bar of zeros, which a logarithm has no place for

    def __init__(self, parts: Sequence[Bin], logarithmic: bool, whole: bool) -> None:
        self._parts = parts
        self._zero = self._ZERO if logarithmic and parts[0].low <= 0 else 0.0
        self._log = logarithmic
        self._whole = whole
        rest = parts[1:] if self._zero else parts
        self._low, self._high = (rest[0].low, rest[-1].high) if rest else (1.0, 10.0)
        # where every whole number has its bar, its place is the middle of the bar
        self._middle = 0.5 if whole and not logarithmic and parts[0].high - parts[0].low == 1 else 0.0

    def middle(self, value: float) -> float:
        """The place of a value: that of its bar's middle where a bar is one value."""
        return self.at(value + self._middle)

    def at(self, value: float) -> float:
        if self._zero and value < self._low:
            return self._zero / 2
        if self._log:
            whole = math.log(self._high / self._low)
            share = math.log(max(value, self._low) / self._low) / whole if whole else 0.5
        else:
            whole = self._high - self._low
            share = (value - self._low) / whole if whole else 0.5
        start = self._zero + (1.0 if self._zero else 0.0)
        return start + (100 - start) * min(1.0, max(0.0, share))

    def left(self, i: int) -> float:
        if self._zero and i == 0:
            return 0.0
        return self.at(self._parts[i].low) if self._high > self._low else 45.0

    def width(self, i: int) -> float:
        if self._zero and i == 0:
            return self._zero
        return self.at(self._parts[i].high) - self.left(i) if self._high > self._low else 10.0

    def ticks(self) -> list[tuple[float, str, str]]:
        """(position, words, where the words are anchored), not more than five."""
        high = self._high - (1 if self._middle else 0)
        values = (
            _log_ticks(self._low, self._high) if self._log else _linear_ticks(self._low, high, self._whole)
        )
        if self._zero:
            values = [0.0, *(v for v in values if self.at(v) > 14)]
        labels = [figures.short(v) for v in values]
        if len(set(labels)) < len(labels):  # years, say: three digits do not tell them apart
            labels = [f"{v:.12g}" for v in values]
        found: list[tuple[float, str, str]] = []
        for value, label in zip(values, labels, strict=True):
            at = self.middle(value)
            if found and at - found[-1][0] < _TICK_APART:
                continue
            anchor = "start" if at < 6 else "end" if at > 94 else "middle"
            found.append((0.0 if self._zero and not value else at, label, anchor))
        return found


def _linear_ticks(low: float, high: float, whole: bool) -> list[float]:
    if low == high:
        return [low]
    step = 10.0 ** math.floor(math.log10((high - low) / 4))
    if whole:
        step = max(1.0, step)
    step = next(step * m for m in (1, 2, 5, 10) if (high - low) / (step * m) <= 5)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) + 0.0 for i in range(first, math.floor(high / step + 1e-9) + 1)]


def _log_ticks(low: float, high: float) -> list[float]:
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    skip = max(1, math.ceil((last - first) / 5))
    found: list[float] = []
    for steps in ((1,), (1, 3), (1, 2, 5), tuple(range(1, 10))):  # as few as give three words
        values = [m * 10.0**e for e in range(first, last + 1, skip) for m in steps]
        found = [v for v in values if low * 0.999 <= v <= high * 1.001]
        if len(found) >= 3:
            break
    return found if len(found) <= 6 else found[:: math.ceil(len(found) / 5)]


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _svg(body: Markup, height: float, title: str, description: str) -> Markup:
    name = f"c{zlib.crc32(f'{title} {description}'.encode()):08x}"
    return Markup(
        '<svg role="img" aria-labelledby="{n}t {n}d" width="100%" height="{h}" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{n}t">{t}</title><desc id="{n}d">{d}</desc>{b}</svg>'
    ).format(n=name, h=height, t=escape(printable(title)), d=escape(printable(description)), b=body)
