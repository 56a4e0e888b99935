"""The rung geometric: text that the file has in no order."""

from __future__ import annotations

import random
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.parse.reading import Fragment
from stages.parse.rungs.from_boxes import in_reading_order
from tests.parse.parsing import parse
from tests.parse.pdfs import Draw, drawn, simple
from tests.parse.test_layout import LEFT, RIGHT, TITLE

GEOMETRIC: dict[str, Any] = {"rungs": ["pdfium", "geometric"], "force": "geometric"}


def scattered(*words: tuple[float, float, str], seed: int = 1, letters: bool = False) -> Draw:
    """Words at their places, drawn in a random order; every letter by itself if asked."""

    def draw(paper: Any) -> None:
        pieces = []
        for x, y, text in words:
            if not letters:
                pieces.append((x, y, text))
                continue
            for letter in text:
                pieces.append((x, y, letter))
                x += paper.stringWidth(letter, "Helvetica", 10)
        random.Random(seed).shuffle(pieces)
        paper.setFont("Helvetica", 10)
        for x, y, text in pieces:
            if text.strip():
                paper.drawString(x, y, text)

    return draw


def columns() -> list[tuple[float, float, str]]:
    lines = [(72.0, 700.0, TITLE)]
    for number, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        lines += [(72.0, 660.0 - 14 * number, one), (320.0, 660.0 - 14 * number, other)]
    return lines


@pytest.mark.parametrize("letters", [False, True], ids=["lines", "letters"])
def test_scrambled_columns_are_read_in_order(letters: bool) -> None:
    data = drawn(scattered(*columns(), letters=letters))
    (row,) = parse(data, **GEOMETRIC)
    words = row["text"].split()
    assert words == " ".join([TITLE, *LEFT, *RIGHT]).split()
    (cheap,) = parse(data)
    if letters:
        assert cheap["text"].split() != words  # so it is no easy one


def test_rows_of_a_table_stay_rows() -> None:
    cells = [[f"r{row}c{column}" for column in range(4)] for row in range(6)]
    places = [
        (72.0 + 110 * column, 700.0 - 16 * row, cell)
        for row, texts in enumerate(cells)
        for column, cell in enumerate(texts)
    ]
    (row,) = parse(drawn(scattered(*places)), **GEOMETRIC)
    assert row["text"].split() == list(chain.from_iterable(cells))


def test_dots_that_lead_to_a_page_number_belong_to_their_line() -> None:
    titles = ["1 Purpose", "2 Method", "3 Results", "4 Words of thanks", "5 Sources"]
    places = []
    for row, title in enumerate(titles):
        y = 700.0 - 14 * row
        places += [(72.0, y, title), (400.0, y, str(3 + row))]
        places += [(180.0 + 6.5 * dot, y, ".") for dot in range(33)]
    (row,) = parse(drawn(scattered(*places)), **GEOMETRIC)
    lines = [line.replace(".", "").split() for line in row["text"].split("\n")]
    assert lines == [[*title.split(), str(3 + number)] for number, title in enumerate(titles)]


def test_plain_text_is_the_same_as_pdfiums() -> None:
    text = "A line with well-known words, efficient office flows\nand infor-\nmation (42 %) in e\u0301tude."
    data = simple(text)
    (mine,), (pdfiums,) = parse(data, **GEOMETRIC), parse(data)
    assert mine["text"].split() == pdfiums["text"].split()


def test_a_letter_drawn_twice_is_one() -> None:
    def draw(paper: Any) -> None:
        paper.setFont("Helvetica", 10)
        paper.drawString(72, 700, "Bold letters")
        paper.drawString(72.3, 700, "Bold letters")

    (row,) = parse(drawn(draw), **GEOMETRIC)
    assert row["text"] == "Bold letters"


place = st.tuples(st.integers(0, 500), st.integers(0, 700), st.integers(5, 200), st.integers(0, 3))


@settings(max_examples=50, deadline=None)
@given(st.lists(place, max_size=30))
def test_order_loses_and_invents_nothing(places: list[tuple[int, int, int, int]]) -> None:
    fragments = [
        Fragment(f"w{n}", x, y, x + width, y + 10, y + 8, 10, False, False, turn, False)
        for n, (x, y, width, turn) in enumerate(places)
    ]
    ordered = in_reading_order(fragments)
    assert sorted(one.text for one in ordered) == sorted(one.text for one in fragments)
    again = in_reading_order(fragments)
    assert ordered == again
