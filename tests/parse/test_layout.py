"""Boxes, fonts, rotation and reading order."""

from __future__ import annotations

import io
from itertools import chain
from typing import Any

import pikepdf
import pytest

from tests.parse.parsing import parse, printed
from tests.parse.pdfs import Draw, both, drawn, lines_at, simple

LEFT = [
    "The left column has some words in",
    "it and they go on for a few lines,",
    "so that the reader can tell where",
    "the column ends and the other one",
    "begins. This is the left ending.",
]
RIGHT = [
    "The right column is quite another",
    "story: it speaks of other matters",
    "and has its own beginning and its",
    "own end, which comes right after",
    "these words. That is the right end.",
]
TITLE = "A title across both of the columns of this page"
WIDE = "A caption that runs over the whole width of the page, well into the right column of it."


def changed(data: bytes, **entries: Any) -> bytes:
    """The PDF with entries of its pages' dictionaries set."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for name, value in entries.items():
                page[f"/{name}"] = value
        pdf.save(out)
    return out.getvalue()


def box(line: dict[str, Any]) -> tuple[float, ...]:
    return tuple(line["bbox"].values())


def test_boxes_are_in_points_from_the_top_left() -> None:
    (row,) = parse(drawn(lines_at(100, 700, ["Hxg"], size=20), size=(600, 800)))
    x0, y0, x1, y1 = box(row["lines"][0])
    assert x0 == pytest.approx(101, abs=2)
    assert y0 == pytest.approx(800 - 700 - 0.72 * 20, abs=1)  # the top of the H
    assert y1 == pytest.approx(800 - 700 + 0.21 * 20, abs=1)  # below the g
    assert x1 == pytest.approx(136, abs=3)
    (page,) = row["pages"]
    assert (page["width"], page["height"], page["rotation"]) == (600, 800, 0)


@pytest.mark.parametrize(
    ("rotation", "corner"), [(90, "top right"), (180, "bottom right"), (270, "bottom left")]
)
def test_rotated_pages_are_measured_as_displayed(rotation: int, corner: str) -> None:
    # Written near the top left corner, which the rotation carries clockwise to another one.
    (row,) = parse(changed(drawn(lines_at(50, 740, ["corner"]), size=(600, 800)), Rotate=rotation))
    (page,) = row["pages"]
    assert page["rotation"] == rotation
    assert (page["width"], page["height"]) == ((800, 600) if rotation != 180 else (600, 800))
    x0, y0, x1, y1 = box(row["lines"][0])
    assert x0 < x1
    assert y0 < y1
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    assert ("right" in corner) == (middle_x > page["width"] / 2)
    assert ("bottom" in corner) == (middle_y > page["height"] / 2)


def test_landscape_text_on_a_turned_page_is_read_in_order() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        paper.rotate(90)
        paper.translate(0, -600)
        lines_at(50, 550, ["First line of a table", "second line of it", "third line."])(paper)

    data = drawn(page, size=(600, 800))
    for shown in (data, changed(data, Rotate=90)):
        (row,) = parse(shown)
        assert row["text"] == "First line of a table\nsecond line of it\nthird line."
        assert row["lines"][0]["font_size"] == pytest.approx(10, abs=0.01)


def test_the_crop_box_is_the_page() -> None:
    data = changed(drawn(lines_at(150, 700, ["inside"]), size=(600, 800)), CropBox=[100, 100, 500, 750])
    (row,) = parse(data)
    (page,) = row["pages"]
    assert (page["width"], page["height"]) == (400, 650)
    x0, _, _, y1 = box(row["lines"][0])
    assert x0 == pytest.approx(50, abs=2)
    assert y1 == pytest.approx(50, abs=2)


def test_font_size_bold_and_italic() -> None:
    page = both(
        lines_at(72, 700, ["plain"], size=9),
        lines_at(72, 670, ["bold"], font="Helvetica-Bold", size=12),
        lines_at(72, 640, ["slanted"], font="Times-Italic", size=14),
        lines_at(72, 610, ["both"], font="Times-BoldItalic", size=8.5),
    )
    (row,) = parse(drawn(page))
    found = [(line["font_size"], line["bold"], line["italic"]) for line in row["lines"]]
    assert found == [
        (pytest.approx(9), False, False),
        (pytest.approx(12), True, False),
        (pytest.approx(14), False, True),
        (pytest.approx(8.5), True, True),
    ]


def test_font_size_is_that_on_the_page() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        paper.scale(12, 12)
        lines_at(6, 60, ["scaled"], size=1)(paper)

    (row,) = parse(drawn(page))
    assert row["lines"][0]["font_size"] == pytest.approx(12, abs=0.01)


def test_most_of_a_line_decides_its_style() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        text = paper.beginText(72, 700)
        text.setFont("Helvetica-Bold", 11)
        text.textOut("Aim: ")
        text.setFont("Helvetica", 11)
        text.textOut("to see whether the run of plain words wins over the bold one.")
        paper.drawText(text)

    (row,) = parse(drawn(page))
    assert [line["bold"] for line in row["lines"]] == [False]


def column(x: float, y: float, lines: list[str]) -> Draw:
    return lines_at(x, y, lines)


def row_by_row(y: float, left: list[str], right: list[str], *, shift: float = 0) -> Draw:
    """Two columns written line by line across the page; the right one ``shift`` points lower."""
    return both(
        *chain.from_iterable(
            (lines_at(72, y - 14 * i, [one]), lines_at(320, y - 14 * i - shift, [other]))
            for i, (one, other) in enumerate(zip(left, right, strict=True))
        )
    )


TWO_COLUMNS = "\n".join(LEFT) + "\n\n" + "\n".join(RIGHT)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(both(column(72, 700, LEFT), column(320, 700, RIGHT)), id="left first"),
        pytest.param(both(column(320, 700, RIGHT), column(72, 700, LEFT)), id="right first"),
        pytest.param(row_by_row(700, LEFT, RIGHT), id="line by line"),
        pytest.param(row_by_row(700, LEFT, RIGHT, shift=3), id="line by line, not aligned"),
        pytest.param(
            both(
                *(lines_at(320, 700 - 14 * i, [RIGHT[i]]) for i in reversed(range(5))), column(72, 700, LEFT)
            ),
            id="upwards",
        ),
    ],
)
def test_two_columns_in_whatever_order_they_are_written(page: Draw) -> None:
    (row,) = parse(drawn(page))
    assert row["text"] == TWO_COLUMNS


def test_what_spans_the_columns_divides_them() -> None:
    lower_left, lower_right = ([line.upper() for line in lines] for lines in (LEFT, RIGHT))
    page = both(
        row_by_row(600, lower_left, lower_right),
        lines_at(72, 630, [WIDE]),
        row_by_row(720, LEFT, RIGHT),
        lines_at(72, 780, [TITLE], size=16),
    )
    (row,) = parse(drawn(page))
    assert printed(row) == [TITLE, *LEFT, *RIGHT, WIDE, *lower_left, *lower_right]


def test_the_rows_of_a_table_stay_rows() -> None:
    cells = [
        ("Drug", "Dose", "Unit"),
        ("Aspirin", "100", "mg"),
        ("Metoprolol", "47.5", "mg"),
        ("Insulin", "12", "IE"),
    ]
    page = both(
        *(
            lines_at(72 + 120 * j, 700 - 16 * i, [cell])
            for i, cells_ in enumerate(cells)
            for j, cell in enumerate(cells_)
        )
    )
    (row,) = parse(drawn(page))
    assert printed(row) == ["Drug Dose Unit", "Aspirin 100 mg", "Metoprolol 47.5 mg", "Insulin 12 IE"]


def test_a_sentence_goes_on_in_the_next_column_without_a_blank_line() -> None:
    left = [*LEFT[:4], "and here the sentence is not at"]
    right = ["its end, which follows only now.", *RIGHT]
    (row,) = parse(drawn(both(column(72, 700, left), column(320, 700, right))))
    assert "is not at\nits end" in row["text"]


def test_text_in_the_margin_that_runs_upwards_is_one_line_and_parts_nothing() -> None:
    def page(paper):  # type: ignore[no-untyped-def]
        column(72, 700, LEFT)(paper)
        paper.saveState()
        paper.translate(40, 500)
        paper.rotate(90)
        lines_at(0, 0, ["Downloaded on a certain day"])(paper)
        paper.restoreState()
        column(320, 700, RIGHT)(paper)

    (row,) = parse(drawn(page))
    assert sorted(printed(row)) == sorted([*LEFT, *RIGHT, "Downloaded on a certain day"])
    assert [line for line in printed(row) if line in LEFT + RIGHT] == LEFT + RIGHT


def test_a_word_divided_between_columns_is_joined() -> None:
    page = both(
        column(72, 700, [*LEFT[:3], "and this is a longer infor-"]),
        column(320, 700, ["mation, see.", *RIGHT]),
    )
    (row,) = parse(drawn(page))
    assert "a longer information, see." in row["text"]


def test_one_page_is_the_same_alone_and_among_others() -> None:
    whole = parse(simple("One\ntwo", "Three"))[0]
    assert whole["lines"][2]["page"] == 2
    assert [page["parser"] for page in whole["pages"]] == ["pdfium", "pdfium"]
