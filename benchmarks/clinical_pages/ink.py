"""A label's place in a colour: any colour of a palette, moved a little in blue so that it tells its label.

The reader gets colours back in steps of 1/255, so neighbouring labels lie two steps apart.
"""

from __future__ import annotations

from models.line_labeller.labels import LABELS

_STEP = 24


def ink(label: str, colour: str = "#000000") -> str:
    """Return ``colour`` (#rrggbb) as near as it can be with the label in it."""
    blue = min(int(colour[5:7], 16) // _STEP, 9) * _STEP + 2 * LABELS.index(label) + 2
    return f"{colour[:5]}{blue:02x}"


def label_of(blue: int) -> str | None:
    """Return the label that the blue part (0 to 255) of a fill colour tells, or None."""
    number = (blue % _STEP - 1) // 2
    return LABELS[number] if 0 <= number < len(LABELS) and blue % _STEP else None
