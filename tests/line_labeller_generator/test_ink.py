"""A label travels in a colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.line_labeller.generator.ink import Colour, label_of, marked
from models.line_labeller.labels import LABELS

byte = st.integers(0, 255)


@given(byte, byte, byte, st.sampled_from(LABELS))
def test_any_colour_carries_any_label_and_looks_the_same(red: int, green: int, blue: int, label: str) -> None:
    got = marked(Colour(red, green, blue), label)
    assert label_of(got) == label
    assert max(abs(got.red - red), abs(got.green - green), abs(got.blue - blue)) < 16


def test_a_colour_of_somebody_else_carries_none() -> None:
    assert label_of(Colour(0, 0, 0)) is None
    assert label_of(Colour(255, 255, 255)) is None
