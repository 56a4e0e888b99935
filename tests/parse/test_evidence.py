"""What the objects of a page tell."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from models.page_router.evidence import Evidence
from stages.parse import wire
from stages.parse.adaptor import Cell, Line, Page, Table
from stages.parse.choice import is_blank
from stages.parse.pdfium import Pdfium
from tests.parse.pdfs import Draw, both, drawn, lines_at
from tests.parse.test_layout import changed

SIZE = (600.0, 800.0)


def evidence(*draws: Draw, **entries: Any) -> Evidence:
    data = drawn(both(*draws), size=SIZE)
    document = Pdfium(evidence=True).open(changed(data, **entries) if entries else data, ())
    found = document.page(0).evidence
    document.close()
    assert found is not None
    return found


def picture(x: float, y: float, width: float, height: float) -> Draw:
    reader = ImageReader(io.BytesIO(_png()))
    return lambda paper: paper.drawImage(reader, x, y, width, height)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("L", (100, 50), 128).save(out, "PNG")
    return out.getvalue()


def test_a_blank_page_has_nothing() -> None:
    assert set(evidence()) == {0.0}


def test_text_is_counted() -> None:
    found = evidence(lines_at(72, 700, ["One line.", "Another."]))
    assert (found.objects, found.images, found.paths) == (2, 0, 0)
    assert found.characters >= 17
    assert (found.invisible_share, found.unmapped_share) == (0, 0)


def test_invisible_text_is_seen() -> None:
    def hidden(paper: Any) -> None:
        text = paper.beginText(72, 700)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 10)
        text.textOut("what a recogniser hid behind a scan")
        paper.drawText(text)

    assert evidence(hidden).invisible_share == 1


@pytest.mark.parametrize("rotation", [0, 90])
def test_images_have_their_share_of_the_page(rotation: int) -> None:
    found = evidence(picture(0, 0, 300, 800), picture(500, 700, 300, 100), Rotate=rotation)
    assert found.images == 2
    assert found.image_share == pytest.approx(0.5 + 10_000 / 480_000)  # what lies outside does not count
    assert found.largest_image_share == pytest.approx(0.5)
    assert found.largest_image_dpi == pytest.approx(72 * 100 / 300)


@pytest.mark.parametrize(("rotation", "lying", "standing"), [(0, 4, 3), (90, 3, 4)])
def test_rules_are_counted_as_displayed(rotation: int, lying: int, standing: int) -> None:
    def rules(paper: Any) -> None:
        for n in range(4):
            paper.line(72, 700 - 20 * n, 300, 700 - 20 * n)
        for n in range(3):
            paper.line(72 + 50 * n, 700, 72 + 50 * n, 600)
        paper.rect(72, 400, 100, 50)

    found = evidence(rules, Rotate=rotation)
    assert (found.horizontal_rules, found.vertical_rules, found.boxes) == (lying, standing, 1)


@pytest.mark.parametrize("rotation", [0, 90])
def test_rules_below_each_other_span_a_table(rotation: int) -> None:
    def rules(paper: Any) -> None:
        for n in range(3):  # lying and standing, so that each rotation has its own
            paper.line(72, 700 - 30 * n, 272, 700 - 30 * n)
            paper.line(400 + 30 * n, 500, 400 + 30 * n, 700)
        paper.line(72, 500, 172, 500)  # shorter
        paper.line(300, 500, 300, 600)

    found = evidence(rules, Rotate=rotation)
    assert found.ruled_rows == 3
    assert found.ruled_share == pytest.approx(200 * 60 / 480_000, rel=0.05)


def test_rules_of_different_lengths_are_no_table() -> None:
    def rules(paper: Any) -> None:
        for n in range(4):
            paper.line(72, 700 - 30 * n, 272 + 40 * n, 700 - 30 * n)

    found = evidence(rules)
    assert (found.horizontal_rules, found.ruled_rows, found.ruled_share) == (4, 1, 0)


def test_forms_are_looked_into() -> None:
    def form(paper: Any) -> None:
        paper.beginForm("f")
        paper.drawImage(ImageReader(io.BytesIO(_png())), 0, 0, 100, 100)
        paper.endForm()
        paper.translate(100, 100)
        paper.scale(2, 4)
        paper.doForm("f")

    found = evidence(form)
    assert (found.forms, found.images) == (1, 1)
    assert found.largest_image_share == pytest.approx(200 * 400 / 480_000)


def test_of_very_many_objects_some_are_looked_at() -> None:
    def drawing(paper: Any) -> None:
        for n in range(3000):
            paper.line(72, n / 4, 272, n / 4)

    found = evidence(drawing)
    assert found.looked_at < 400
    assert found.objects == pytest.approx(3000)
    assert found.horizontal_rules == pytest.approx(3000)


def test_pages_travel_with_tables_and_evidence() -> None:
    line = Line("| ü |", 1, 2, 3, 4, 10, False, True, 1)
    table = Table(0.5, 1.5, 2.5, 3.5, 1, 1, (Cell(0, 0, 1, 1, "ü"),), 0, 1)
    told = Evidence(*map(float, range(len(Evidence._fields))))
    for tables, facts in (((table,), told), ((), None), ((table,), None), ((), told)):
        page = wire.unpack_page(
            memoryview(wire.pack_page(7, Page(600, 800, 90, [line], tables, facts), 0.25))
        )
        assert (page.number, page.text, page.tables, page.evidence) == (7, "| ü |", tables, facts)


def test_a_table_outside_of_its_page_is_refused() -> None:
    table = Table(0, 0, 1, 1, 1, 1, (), 3, 2)
    body = wire.pack_page(0, Page(1, 1, 0, [Line("x", 0, 0, 1, 1, 1, False, False)], (table,)), 0.0)
    with pytest.raises(ValueError, match="outside"):
        wire.unpack_page(memoryview(body))


def test_blank_is_what_has_no_text_and_paints_nothing() -> None:
    def packed(page: Page) -> wire.PackedPage:
        return wire.unpack_page(memoryview(wire.pack_page(0, page, 0.0)))

    nothing = Evidence(*[0.0] * len(Evidence._fields))
    assert is_blank(packed(Page(1, 1, 0, [], (), nothing)))
    assert not is_blank(packed(Page(1, 1, 0, [], (), nothing._replace(objects=1.0))))
    assert not is_blank(packed(Page(1, 1, 0, [Line("x", 0, 0, 1, 1, 1, False, False)], (), nothing)))
