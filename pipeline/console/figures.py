"""Numbers as people read them: counts, sizes, spans of time, rates."""

from __future__ import annotations

import math

MISSING = "\u2013"


def count(value: float | None) -> str:
    """1234567 -> '1,234,567'; null -> an en dash."""
    return MISSING if value is None else f"{round(value):,}"


def number(value: float | None) -> str:
    """A measured value with three significant digits and no exponent where one can avoid it."""
    if value is None or not math.isfinite(value):
        return MISSING
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1000 or float(value).is_integer():
        return f"{round(value):,}" if size < 1e12 else f"{value:.3g}"
    if size < 1e-3:
        return f"{value:.2g}"
    digits = max(0, 2 - math.floor(math.log10(size)))
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def short(value: float) -> str:
    """A label for an axis: 1500 -> '1.5k', 2000000 -> '2M'."""
    for limit, letter in ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit:
            return f"{value / limit:.3g}{letter}"
    return f"{value:.3g}"


def seconds(value: float | None) -> str:
    """A span of time with two units at most: '0.42 s', '12.3 s', '4 min 5 s', '3 h 20 min', '2 d 4 h'."""
    if value is None or not math.isfinite(value):
        return MISSING
    if value < 0.001:
        return "0 s" if value <= 0 else "< 1 ms"
    if value < 0.1:
        return f"{value * 1000:.3g} ms"
    if value < 10:
        return f"{value:.2f} s"
    if value < 59.95:
        return f"{value:.1f} s"
    whole = round(value)
    for size, unit, below, below_unit in (
        (86400, "d", 3600, "h"),
        (3600, "h", 60, "min"),
        (60, "min", 1, "s"),
    ):
        if whole >= size:
            rest = whole % size // below
            return f"{whole // size} {unit}" + (f" {rest} {below_unit}" if rest else "")
    return f"{whole} s"


def left(value: float | None) -> str:
    """Time left, as coarse as an estimate deserves: '40 s', '3 min', '2 h 10 min'."""
    if value is None or not math.isfinite(value):
        return MISSING
    if value < 60:
        return f"{max(1, math.ceil(value / 5) * 5) if value > 5 else max(1, math.ceil(value))} s"
    if value < 3600:
        return f"{math.ceil(value / 60)} min"
    return seconds(math.ceil(value / 600) * 600)


def rate(amount: float | None, time: float | None, unit: str) -> str:
    """'123 documents/s', or per minute or hour where less than one passes in a second or a minute."""
    if not amount or not time or time <= 0:
        return MISSING
    speed = amount / time
    for factor, name in ((1, "s"), (60, "min"), (3600, "h")):
        if speed * factor >= 1:
            return f"{number(speed * factor)} {unit}/{name}"
    return f"{number(speed * 3600)} {unit}/h"


def size(value: float | None) -> str:
    """Bytes in decimal units: '1.2 MB'."""
    if value is None:
        return MISSING
    amount = float(value)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if amount < 999.5 or unit == "TB":
            return f"{amount:.3g} {unit}" if unit != "B" else f"{round(amount)} B"
        amount /= 1000
    return MISSING


def plural(amount: float | None, one: str, many: str | None = None) -> str:
    """'1 page', '2 pages'."""
    return f"{count(amount)} {one if amount == 1 else many or one + 's'}"


def share(part: float, whole: float) -> str:
    """A percentage that never rounds something to nothing or less than all to all."""
    if not whole:
        return MISSING
    percent = 100 * part / whole
    if 0 < percent < 0.1:
        return "< 0.1 %"
    if 99.9 < percent < 100:
        return "> 99.9 %"
    return f"{percent:.0f} %" if percent >= 10 or percent in (0, 100) else f"{percent:.1f} %"
