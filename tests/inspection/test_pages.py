"""Pages as pictures, with the boxes of their lines: real files, drawn by a child process."""

from __future__ import annotations

import base64
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import Pipeline
from pipeline.cli.app import main
from stages.parse.page_image import png
from stages.parse.pictures import Pictures
from stages.parse.stage import Parse
from tests.parse.pdfs import drawn, lines_at, one_page, simple
from tests.report.html_page import Page, parse

EVIL = '<script>alert("x")</script> & more'


def letter() -> bytes:
    return drawn(
        lines_at(72, 750, ["Dear colleague,", "the patient went home."]),
        lines_at(100, 400, [EVIL]),
        lines_at(72, 750, ["Third page."]),
        size=(600.0, 800.0),
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same letter as a file, in an archive, in a table, and beside a text."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "letter.pdf").write_bytes(letter())
    (folder / "note.txt").write_text("A text without pages.")
    with zipfile.ZipFile(folder / "box.zip", "w") as box:
        box.writestr("inner/one.pdf", simple("in an archive"))
    table = pa.table(
        {"id": ["row-a", "row-b"], "bytes": pa.array([simple("first row"), simple("second row")])}
    )
    pq.write_table(table, folder / "table.parquet")
    return folder


@pytest.fixture(scope="module")
def output(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("output") / "out")
    Pipeline([Parse()]).run(str(corpus), where)
    return where


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["inspect", *arguments])
    captured = capsys.readouterr()
    return status, captured.out.strip(), captured.err.strip()


def written(capsys: pytest.CaptureFixture[str], tmp_path: Path, *arguments: str) -> Page:
    html = tmp_path / "pages.html"
    status, _, errors = run(capsys, *arguments, "--html", str(html))
    assert (status, errors) == (0, "")
    return parse(html.read_text(encoding="utf-8"))


def pictures(page: Page) -> list[np.ndarray]:
    return [
        pixels(base64.b64decode((a["src"] or "").removeprefix("data:image/png;base64,")))
        for a in page.all("img")
    ]


def pixels(data: bytes) -> np.ndarray:
    """Decode a PNG of 8 bit colours whose filters are none or "up"."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack_from(">I", data, at + 8 + length)[0]
        chunks[kind] = body
        at += 12 + length
    width, height, depth, colour = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (depth, colour) == (8, 2)
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert set(rows[:, 0].tolist()) <= {0, 2}
    out = np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8)  # every row but the first is less the one above
    return out.reshape(height, width, 3)


def test_a_png_is_what_was_drawn() -> None:
    image = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    assert (pixels(png(image)) == image).all()


def test_boxes_lie_over_the_words_of_the_picture(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path
) -> None:
    page = written(capsys, tmp_path, output, "letter.pdf")
    first = pictures(page)[0]
    assert next(a["viewbox"] for a in page.all("svg")) == "0 0 600.00 800.00"
    boxes = [[float(a[k] or 0) for k in ("x", "y", "width", "height")] for a in page.all("rect")][:2]
    scale = first.shape[1] / 600
    dark = first.min(axis=2) < 128
    inside = np.zeros_like(dark)
    for x, y, width, height in boxes:
        area = (
            slice(int((y - 3) * scale), int((y + height + 4) * scale)),
            slice(int((x - 3) * scale), int((x + width + 4) * scale)),
        )
        assert dark[area].any()
        inside[area] = True
    assert dark[~inside].sum() == 0


def test_a_page_is_shown_with_what_is_known_of_it(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path
) -> None:
    page = written(capsys, tmp_path, output, "letter.pdf")
    assert "3 of 3 pages" in page.text
    assert "Page 1 pdfium, ok, " in page.text
    assert "Dear colleague, the patient went home." in page.text
    assert not page.unbalanced


def test_text_of_the_document_is_escaped(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path
) -> None:
    page = written(capsys, tmp_path, output, "letter.pdf", "--pages", "2")
    assert "script" not in page.tags()
    assert page.text.count(EVIL) == 2  # in the box's words and beside the page


@pytest.mark.parametrize(
    ("wanted", "shown"), [("1", [1]), ("2-3", [2, 3]), ("3, 1", [1, 3]), ("2-99", [2, 3]), ("1-1,1", [1])]
)
def test_pages_are_chosen(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path, wanted: str, shown: list[int]
) -> None:
    page = written(capsys, tmp_path, output, "letter.pdf", "--pages", wanted)
    assert [int((a["id"] or "").removeprefix("page-")) for a in page.all("section")] == shown
    assert len(pictures(page)) == len(shown)


@pytest.mark.parametrize("doc_id", ["one.pdf", "row-b"])
def test_the_file_is_found_wherever_it_was_read_from(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path, doc_id: str
) -> None:
    page = written(capsys, tmp_path, output, doc_id)
    assert ("second row" if doc_id == "row-b" else "in an archive") in page.text
    assert len(pictures(page)) == 1


def test_what_cannot_be_shown_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], output: str, corpus: Path, tmp_path: Path
) -> None:
    html = str(tmp_path / "x.html")
    cases = [
        (["letter.pdf", "--html", html, "--pages", "one"], 2, "must be numbers and ranges"),
        (["letter.pdf", "--html", html, "--pages", "4"], 2, "has pages 1 to 3"),
        (["note.txt", "--html", html], 2, "has no pages to draw"),
        (["letter.pdf", "--html", html, "--source", str(tmp_path / "gone.pdf")], 2, "cannot be read"),
        (["letter.pdf", "--html", html, "--source", str(corpus / "note.txt")], 2, "its sha256 differs"),
        (["letter.pdf", "--html", str(tmp_path / "no" / "x.html")], 3, "cannot be written"),
        (["letter.pdf", "--pages", "1"], 2, "--html FILE"),
    ]
    for arguments, expected, words in cases:
        status, told, errors = run(capsys, output, *arguments)
        assert (status, told) == (expected, ""), arguments
        assert words in errors
        assert len(errors.splitlines()) == 1
    assert not Path(html).exists()


def moved(corpus: Path, tmp_path: Path, change: Any) -> str:
    """The output of a copy of the letter that was changed afterwards."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "letter.pdf").write_bytes(letter())
    where = str(tmp_path / "out")
    Pipeline([Parse()]).run(str(folder), where)
    change(folder / "letter.pdf")
    return where


def test_a_file_that_was_changed_is_not_shown_for_what_it_was(
    capsys: pytest.CaptureFixture[str], corpus: Path, tmp_path: Path
) -> None:
    output = moved(corpus, tmp_path, lambda path: path.write_bytes(simple("another letter")))
    status, _, errors = run(capsys, output, "letter.pdf", "--html", str(tmp_path / "x.html"))
    assert status == 2
    assert "not to be found any more, or was changed; give the file with --source" in errors


def test_a_file_that_moved_can_be_named(
    capsys: pytest.CaptureFixture[str], corpus: Path, tmp_path: Path
) -> None:
    output = moved(corpus, tmp_path, lambda path: path.rename(tmp_path / "elsewhere.pdf"))
    status, _, errors = run(capsys, output, "letter.pdf", "--html", str(tmp_path / "x.html"))
    assert status == 2
    assert "give the file with --source" in errors
    page = written(capsys, tmp_path, output, "letter.pdf", "--source", str(tmp_path / "elsewhere.pdf"))
    assert len(pictures(page)) == 3


def test_a_page_that_cannot_be_drawn_says_why() -> None:
    pictures = Pictures()
    try:
        found = pictures.draw(simple("one page"), [0, 5])
        assert found[0].png
        assert (found[5].png, found[5].failure) != ("", "")
        assert pictures.draw(b"no PDF", [0])[0].failure == "corrupt"
    finally:
        pictures.close()


def test_drawing_never_happens_in_the_process_that_asks(output: str, root: Path, tmp_path: Path) -> None:
    program = """
import sys
from pipeline.inspection.pages import write_pages
write_pages(sys.argv[1], "letter.pdf", sys.argv[2], pages=None, source=None)
print([m for m in ("pypdfium2", "pypdfium2_raw", "onnxruntime", "torch") if m in sys.modules])
"""
    done = subprocess.run(
        [sys.executable, "-c", program, output, str(tmp_path / "x.html")],
        capture_output=True,
        text=True,
        cwd=root,
        check=True,
        timeout=120,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_lines_whose_place_is_unknown_have_no_box(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A program as parser writes text only."""
    (tmp_path / "a.pdf").write_bytes(simple("printed"))
    script = tmp_path / "reader.py"
    script.write_text("print('one\\ntwo')")
    command = {"argv": [sys.executable, str(script), "{input}"]}
    output = str(tmp_path / "out")
    stage = Parse(rungs=["pdfium", "reader"], commands={"reader": command}, force="reader")
    Pipeline([stage]).run(str(tmp_path / "a.pdf"), output)
    page = written(capsys, tmp_path, output, "a.pdf")
    assert "reader, ok, second reading: used" in page.text
    assert "2 lines, 2 of them without a place" in page.text
    assert page.all("rect") == []
    assert page.all("polyline") == []


def test_nothing_is_loaded_from_elsewhere(
    capsys: pytest.CaptureFixture[str], output: str, tmp_path: Path
) -> None:
    page = written(capsys, tmp_path, output, "letter.pdf")
    html = (tmp_path / "pages.html").read_text(encoding="utf-8")
    assert all((a["src"] or "").startswith("data:image/png;base64,") for a in page.all("img"))
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", html)
    assert "url(" not in page.style


def test_a_turned_page_is_drawn_as_displayed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "turned.pdf").write_bytes(
        one_page(b"BT /F1 24 Tf 72 700 Td (turned) Tj ET", page=b"/Rotate 90")
    )
    output = str(tmp_path / "out")
    Pipeline([Parse()]).run(str(tmp_path / "turned.pdf"), output)
    page = written(capsys, tmp_path, output, "turned.pdf")
    (image,) = pictures(page)
    (view,) = [a["viewbox"] or "" for a in page.all("svg")]
    width, height = (float(n) for n in view.split()[2:])
    assert width > height
    assert image.shape[1] / image.shape[0] == pytest.approx(width / height, rel=0.01)
