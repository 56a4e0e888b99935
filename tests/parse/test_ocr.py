"""Text recognition: pages that are pictures."""

from __future__ import annotations

import shutil
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.stage import StageError
from stages.parse.stage import Parse
from tests.parse.parsing import batch_of, parse, started
from tests.parse.pdfs import both, drawn, lines_at
from tests.parse.test_geometric import columns
from tests.parse.test_layout import LEFT, RIGHT, TITLE, changed

SIZE = (595.0, 420.0)
LINES = ["Recognised words stand on this page,", "and a second line of 42 words (or less)."]


def scanned(data: bytes, *, dpi: int = 150, turn: float = 0, skew: float = 0) -> bytes:
    """The PDF with pictures for pages. ``turn`` and ``skew``: degrees clockwise by which they are turned."""
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        picture = picture.rotate(-turn, expand=True, fillcolor=255).rotate(-skew, fillcolor=255)
        pages.append(picture)
    document.close()
    width, height = (side * 72 / dpi for side in pages[0].size)

    def painter(picture: Image.Image) -> Any:
        return lambda paper: paper.drawImage(ImageReader(picture), 0, 0, width, height)

    return drawn(*map(painter, pages), size=(width, height))


def ocr(rung: str, **options: Any) -> dict[str, Any]:
    if rung == "rapidocr":
        pytest.importorskip("rapidocr", reason="needs the extra parse-ocr")
    elif shutil.which("tesseract") is None:
        pytest.skip("needs the program tesseract")
    return {"rungs": ["pdfium", rung], "force": rung, **options}


BOTH = pytest.mark.parametrize("rung", ["rapidocr", "tesseract"])


@BOTH
def test_a_scan_is_read(rung: str) -> None:
    data = scanned(drawn(lines_at(72, 300, LINES, size=12), size=SIZE))
    empty, row = parse(data)[0], parse(data, **ocr(rung))[0]
    assert empty["text"] == ""
    assert row["text"] == "\n".join(LINES)
    assert row["parse_status"] == "ok"
    (page,) = row["pages"]
    assert (page["parser"], page["rung_status"], page["status"]) == (rung, "used", "ok")
    first = row["lines"][0]
    assert first["bbox"]["x0"] == pytest.approx(72, abs=4)
    assert first["bbox"]["y0"] == pytest.approx(420 - 300 - 10, abs=5)
    assert first["font_size"] == pytest.approx(12, rel=0.25)


@BOTH
def test_columns_are_read_one_after_the_other(rung: str) -> None:
    page = both(*(lines_at(x, y, [text]) for x, y, text in columns()))
    (row,) = parse(scanned(drawn(page), dpi=200), **ocr(rung))
    assert row["text"].split() == " ".join([TITLE, *LEFT, *RIGHT]).split()


@pytest.mark.parametrize("turn", [90, 180, pytest.param(270, marks=pytest.mark.slow)])
def test_turned_scans_are_read(turn: int) -> None:
    data = scanned(drawn(lines_at(72, 300, LINES, size=12), size=SIZE), turn=turn)
    (row,) = parse(data, **ocr("rapidocr"))
    assert row["text"] == "\n".join(LINES)


@pytest.mark.parametrize("skew", [pytest.param(-2.0, marks=pytest.mark.slow), 3.0])
def test_columns_that_were_scanned_askew_are_read_in_order(skew: float) -> None:
    page = both(*(lines_at(x, y, [text]) for x, y, text in columns()))
    (row,) = parse(scanned(drawn(page), dpi=200, skew=skew), **ocr("rapidocr"))
    assert row["text"].split() == " ".join([TITLE, *LEFT, *RIGHT]).split()


def test_a_turned_page_is_drawn_as_displayed() -> None:
    data = changed(scanned(drawn(lines_at(72, 300, LINES, size=12), size=SIZE), turn=90), Rotate=270)
    (row,) = parse(data, **ocr("rapidocr"))
    assert row["text"] == "\n".join(LINES)
    assert row["lines"][0]["bbox"]["x0"] == pytest.approx(72, abs=4)


@BOTH
def test_a_picture_without_text_stays_empty(rung: str) -> None:
    data = scanned(drawn(lambda paper: paper.rect(50, 50, 300, 200, fill=1), size=SIZE))
    (row,) = parse(data, **ocr(rung))
    (page,) = row["pages"]
    assert (row["text"], page["status"], page["rung_status"]) == ("", "empty", "used")
    assert row["parse_status"] == "empty"


def test_the_same_page_reads_the_same_after_others() -> None:
    data = scanned(drawn(*(lines_at(72, 300, [f"Page {n} of a scan", *LINES]) for n in range(2)), size=SIZE))
    single = scanned(drawn(lines_at(72, 300, ["Page 1 of a scan", *LINES]), size=SIZE))
    with started(Parse(**ocr("rapidocr"))) as stage:
        whole, alone = stage.process(batch_of([data, single])).to_pylist()
        again = stage.process(batch_of([data])).to_pylist()[0]
    assert whole["text"] == again["text"]
    assert whole["lines"] == again["lines"]
    assert whole["text"].endswith(alone["text"])


def test_models_are_named_by_their_hash() -> None:
    models = Parse(**ocr("rapidocr")).models()
    assert len(models) == 2
    assert all(len(digest) == 64 for digest in models.values())


def test_a_language_that_tesseract_lacks_is_named() -> None:
    stage = Parse(**ocr("tesseract", tesseract={"languages": ["eng", "tlh"]}))
    with pytest.raises(StageError, match="apt-get install tesseract-ocr-tlh"):
        stage.check()
