"""A number with the unit that stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from stages.rephrase.gates.numbers.digits import texts_of
from stages.rephrase.gates.numbers.mention import Mention
from stages.rephrase.gates.numbers.units import Unit, unit_after, unit_before


def quantity(
    text: str,
    start: int,
    end: int,
    told: frozenset[str],
    values: Sequence[Decimal],
    *,
    negative: bool,
    sign_at: int,
) -> tuple[int, Mention]:
    unit: Unit | None = None
    after = unit_after(text, end)
    if after is not None:
        unit, end = after
    else:
        unit = unit_before(text, sign_at)
    if unit is None:
        return end, Mention(told, start=start, end=end)
    if unit.dimension == "percent":  # 50 % is a half
        told |= texts_of([v / 100 for v in values])
    scaled = texts_of([v * unit.size for v in values], negative=negative)
    return end, Mention(told, unit.dimension, scaled, start=start, end=end)
