"""The label of a character, in the lowest bits of its colour.

Any colour can be drawn with: the lowest four bits of blue are the label's number, those of red their complement,
by which a colour that is not ours is noticed. Nobody sees the difference, and colour is never a feature.
"""

from __future__ import annotations

from typing import NamedTuple

from models.line_labeller.labels import LABELS, NUMBER_OF


class Colour(NamedTuple):
    """Red, green and blue from 0 to 255."""

    red: int
    green: int
    blue: int


BLACK = Colour(0, 0, 0)


def marked(colour: Colour, label: str) -> Colour:
    """The colour that looks like this one and carries the label."""
    number = NUMBER_OF[label]
    return Colour((colour.red & 0xF0) | (15 - number), colour.green, (colour.blue & 0xF0) | number)


def label_of(colour: Colour) -> str | None:
    """The label that a colour carries; None when it was not made here."""
    number = colour.blue & 15
    if number >= len(LABELS) or (colour.red & 15) != 15 - number:
        return None
    return LABELS[number]
