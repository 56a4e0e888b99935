"""The committed example corpus is what its maker makes, and it is what the README says it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pyarrow as pa
import pyarrow.parquet as pq
import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PASSWORD = "seven-small-herons"
COMMITTED = sorted(
    path.relative_to(EXAMPLES)
    for folder in ("corpus", "scans")
    for path in (EXAMPLES / folder).iterdir()
    if path.is_file()
)
READABLE = [
    path
    for path in COMMITTED
    if path.suffix == ".pdf" and "encrypted" not in path.name and "truncated" not in path.name
]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The examples as their maker makes them today."""
    folder = tmp_path_factory.mktemp("examples")
    done = subprocess.run(
        [sys.executable, EXAMPLES / "make_examples.py", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def content(path: Path) -> bytes:
    """The file in a form that does not depend on how well this machine's zlib packs."""
    with pikepdf.open(path, password=PASSWORD if "encrypted" in path.name else "") as pdf:
        for unstable in ("/ID", "/Encrypt"):
            if unstable in pdf.trailer:
                del pdf.trailer[unstable]
        whole = path.with_suffix(".plain")
        pdf.save(
            whole,
            static_id=True,
            encryption=False,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return whole.read_bytes()


def test_the_maker_makes_exactly_the_committed_files(made):
    assert sorted(p.relative_to(made) for p in made.rglob("*") if p.is_file()) == COMMITTED


@pytest.mark.parametrize(
    "name", [p for p in COMMITTED if p.suffix == ".pdf" and "truncated" not in p.name], ids=str
)
def test_a_pdf_made_today_has_the_content_of_the_committed_one(made, tmp_path, name):
    both = []
    for which, folder in (("committed", EXAMPLES), ("made", made)):
        copy = tmp_path / which / name.name
        copy.parent.mkdir()
        copy.write_bytes((folder / name).read_bytes())
        both.append(content(copy))
    assert both[0] == both[1]


@pytest.mark.parametrize("name", ["page-fr-hike.txt", "posts.jsonl"])
def test_a_text_made_today_equals_the_committed_one(made, name):
    assert (made / "corpus" / name).read_bytes() == (EXAMPLES / "corpus" / name).read_bytes()


def test_the_table_made_today_equals_the_committed_one(made):
    now, then = (pq.read_table(folder / "corpus" / "projects.parquet") for folder in (made, EXAMPLES))
    assert now.equals(then)


@pytest.mark.parametrize("name", READABLE, ids=str)
def test_every_readable_pdf_opens_and_only_the_scan_has_no_text(name):
    document = pypdfium2.PdfDocument(EXAMPLES / name)
    characters = sum(page.get_textpage().count_chars() for page in document)
    if name.parts[0] == "scans":
        assert characters == 0
    else:
        assert characters > 1500


def test_the_encrypted_letter_opens_with_its_password_only():
    path = EXAMPLES / "corpus" / "letter-en-encrypted.pdf"
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(path)
    text = pypdfium2.PdfDocument(path, password=PASSWORD)[0].get_textpage().get_text_range()
    assert "levothyroxine" in text


def test_the_truncated_letter_is_half_a_file_that_no_longer_opens(made):
    path = EXAMPLES / "corpus" / "letter-en-truncated.pdf"
    assert path.read_bytes().startswith(b"%PDF-")
    assert b"%%EOF" not in path.read_bytes()
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(path)


def test_the_report_is_long_and_its_contents_page_names_the_right_pages():
    document = pypdfium2.PdfDocument(EXAMPLES / "corpus" / "report-libraries.pdf")
    assert len(document) >= 10
    texts = [page.get_textpage().get_text_range() for page in document]
    chapters = [line for line in texts[1].splitlines() if line[:1].isdigit() and line[1:2] == " "]
    assert len(chapters) == 9
    for line in chapters:
        title, page = line.split(" .")[0].strip(), int(line.split()[-1])
        assert title in texts[page - 1]


def test_the_article_divides_words_at_line_ends_in_two_columns():
    page = pypdfium2.PdfDocument(EXAMPLES / "corpus" / "article-two-columns.pdf")[0]
    text = page.get_textpage().get_text_range()
    assert text.count("\ufffe") >= 5  # what pdfium writes for the hyphen of a divided word
    assert text.index("1 Introduction") < text.index("2 Materials and methods")


def test_the_posts_are_records_with_text_and_fields_that_travel_along():
    lines = (EXAMPLES / "corpus" / "posts.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) >= 20
    assert len({record["id"] for record in records}) == len(records)
    assert all(set(record) == {"id", "text", "url", "lang", "date", "author"} for record in records)
    assert {"en", "fr", "de"} <= {record["lang"] for record in records}
    assert all(".example/" in record["url"] for record in records)


def test_the_table_has_columns_of_several_types_to_pass_through():
    schema = pq.read_schema(EXAMPLES / "corpus" / "projects.parquet")
    assert schema.field("year").type == pa.int32()
    assert schema.field("keywords").type == pa.list_(pa.string())
    assert schema.field("received").type == pa.timestamp("ms", "UTC")


def test_the_examples_stay_small():
    assert sum((EXAMPLES / name).stat().st_size for name in COMMITTED) < 1_500_000
