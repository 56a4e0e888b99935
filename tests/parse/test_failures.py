"""Documents that cannot be read, or only in part: each says why, and costs nothing but itself."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from pipeline.document import ERROR_KINDS, PARSE_STATUSES
from pipeline.stage import StageError
from tests.parse.faults import BrokenParse, FaultyParse
from tests.parse.parsing import batch_of, parse, started
from tests.parse.pdfs import inflating, many_pages, numbered_pages, one_page, raw, simple, stream

GOOD = simple("A good document.")


def encrypted(password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(simple("Secret words."))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user=password, owner="other", R=6))
    return out.getvalue()


def nothing(row: dict[str, Any], status: str, kind: str, code: str) -> str:
    """Check that the row has no text but one error, and return its message."""
    assert (row["text"], row["pages"], row["lines"]) == (None, None, None)
    assert row["parse_status"] == status
    (error,) = row["errors"]
    assert (error["stage"], error["kind"], error["code"]) == ("parse", kind, code)
    assert error["message"]
    assert "\n" not in error["message"]
    message: str = error["message"]
    return message


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        pytest.param(b"", "0 bytes", id="zero bytes"),
        pytest.param(b"hello, this is no PDF at all", "no readable PDF", id="text"),
        pytest.param(GOOD[:100], "no readable PDF", id="only its head"),
        pytest.param(b"%PDF-1.7\n%%EOF", "no readable PDF", id="no objects"),
    ],
)
def test_unreadable_files(data: bytes, hint: str) -> None:
    bad, good = parse(data, GOOD)
    assert hint in nothing(bad, "corrupt", "document", "corrupt")
    assert good["text"] == "A good document."


def test_an_encrypted_pdf_without_its_password() -> None:
    bad, good = parse(encrypted("sesame"), GOOD)
    assert "passwords" in nothing(bad, "encrypted", "document", "encrypted")
    assert good["parse_status"] == "ok"


def test_an_encrypted_pdf_with_its_password_among_others() -> None:
    (row,) = parse(encrypted("sesame"), passwords=["wrong", "sesame"])
    assert (row["text"], row["parse_status"], row["errors"]) == ("Secret words.", "ok", [])


def test_an_encrypted_pdf_that_everyone_may_open() -> None:
    (row,) = parse(encrypted(""))
    assert row["text"] == "Secret words."


def test_a_file_that_was_cut_off_gives_what_is_left() -> None:
    whole = numbered_pages(8)
    (row,) = parse(whole[: whole.index(b"page 6")])
    assert row["text"].split("\n\n")[:5] == [f"page {number}" for number in range(1, 6)]
    assert "page 7" not in row["text"]
    assert row["parse_status"] == "partial"
    assert "truncated" in [error["code"] for error in row["errors"]]


def test_a_wrong_table_of_contents_alone_does_no_harm() -> None:
    data = numbered_pages(2).replace(b"/Catalog /Pages", b"/Catalog      /Pages")  # moves every object
    (row,) = parse(data)
    assert (row["text"], row["parse_status"], row["errors"]) == ("page 1\n\npage 2", "ok", [])


def test_a_page_that_is_missing_is_told_and_the_others_are_there() -> None:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
    data = raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 99 0 R 6 0 R] /Count 3 >>",
            page,
            stream(b"BT /F 12 Tf 50 350 Td (here) Tj ET"),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            page,
        ]
    )
    (row,) = parse(data)
    assert row["text"] == "here\n\nhere"
    assert row["parse_status"] == "partial"
    assert [page["status"] for page in row["pages"]] == ["ok", "corrupt", "ok"]
    assert [error["code"] for error in row["errors"]] == ["corrupt"]


def test_a_page_tree_that_contains_itself_ends() -> None:
    loop = raw(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>",
        ]
    )
    bad, good = parse(loop, GOOD, timeout_s=20)
    assert bad["parse_status"] in PARSE_STATUSES
    assert bad["errors"]
    assert good["parse_status"] == "ok"


def test_deeply_nested_objects_end() -> None:
    depth = 200_000
    nested = one_page(b"BT /F 12 Tf 50 350 Td (text) Tj ET", page=b"/Deep " + b"[" * depth + b"]" * depth)
    form = stream(
        b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
    )
    recursive = one_page(b"BT /F 12 Tf 50 350 Td (text) Tj ET /X Do", more=[form], page=b"/Unused 6 0 R")
    *bad, good = parse(nested, recursive, GOOD, timeout_s=20)
    assert all(row["parse_status"] in PARSE_STATUSES for row in bad)
    assert good["parse_status"] == "ok"


def test_a_tree_of_a_hundred_thousand_pages_is_read_up_to_the_bound() -> None:
    (row,) = parse(many_pages(100_000), max_pages=50)
    assert row["parse_status"] == "partial"
    assert len(row["pages"]) == 50
    assert row["text"].split() == ["page"] * 50
    (error,) = row["errors"]
    assert (error["kind"], error["code"]) == ("limit", "pages")
    assert "100000" in error["message"]
    assert "max_pages" in error["message"]


def test_a_stream_that_inflates_to_a_gigabyte_costs_its_document_only() -> None:
    bad, good = parse(inflating(1 << 30), GOOD, memory_limit_mb=300, timeout_s=60)
    message = nothing(bad, "memory", "limit", "memory")
    assert "memory_limit_mb" in message
    assert good["text"] == "A good document."


def pages_with(harm: str) -> bytes:
    return simple("First page.", f"Now please {harm}.", "Third page.")


@pytest.mark.parametrize(
    ("harm", "status", "kind", "code"),
    [
        ("hang", "timeout", "limit", "timeout"),
        ("eat", "memory", "limit", "memory"),
        ("crash", "corrupt", "stage", "crashed"),
    ],
)
def test_a_page_that_kills_the_parser_costs_itself(harm: str, status: str, kind: str, code: str) -> None:
    stage = FaultyParse(page_timeout_s=2, memory_limit_mb=256)
    before, bad, after = parse(GOOD, pages_with(harm), GOOD, stage=stage)
    assert before["text"] == after["text"] == "A good document."
    assert bad["text"] == "First page.\n\nThird page."
    assert bad["parse_status"] == "partial"
    assert [page["status"] for page in bad["pages"]] == ["ok", status, "ok"]
    (error,) = bad["errors"]
    assert (error["kind"], error["code"]) == (kind, code)
    assert "page 2" in error["message"]


def test_a_hang_at_the_deadline_keeps_the_pages_before_it() -> None:
    stage = FaultyParse(timeout_s=3, page_timeout_s=60)
    bad, good = parse(pages_with("hang"), GOOD, stage=stage)
    assert bad["text"] == "First page."
    assert bad["parse_status"] == "partial"
    assert [page["status"] for page in bad["pages"]] == ["ok", "timeout", "timeout"]
    assert [error["code"] for error in bad["errors"]] == ["timeout"]
    assert good["parse_status"] == "ok"


def test_a_document_that_kills_the_parser_again_and_again_is_given_up() -> None:
    data = simple("First page.", *["please crash"] * 10, "Last page.")
    bad, good = parse(data, GOOD, stage=FaultyParse())
    assert bad["text"] == "First page."
    assert [page["status"] for page in bad["pages"]] == ["ok", *["corrupt"] * 11]
    assert good["parse_status"] == "ok"


@pytest.mark.parametrize(
    ("harm", "status", "code"), [(b"HANG", "timeout", "timeout"), (b"CRASH", "corrupt", "crashed")]
)
def test_a_document_that_kills_the_parser_when_it_is_opened(harm: bytes, status: str, code: str) -> None:
    stage = FaultyParse(timeout_s=1)
    bad, good = parse(GOOD + b"\n%HARM-OPEN-" + harm, GOOD, stage=stage)
    nothing(bad, status, "limit" if code == "timeout" else "stage", code)
    assert good["parse_status"] == "ok"


def test_a_defect_on_a_page_costs_the_page_and_quotes_nothing() -> None:
    (row,) = parse(pages_with("raise"), stage=FaultyParse())
    assert row["text"] == "First page.\n\nThird page."
    (error,) = row["errors"]
    assert (error["kind"], error["code"]) == ("stage", "RuntimeError")
    assert "faults.py:" in error["message"]
    assert "please" not in error["message"]


def test_every_kind_of_error_is_a_known_one() -> None:
    rows = parse(b"", encrypted("x"), pages_with("crash"), stage=FaultyParse())
    assert {error["kind"] for row in rows for error in row["errors"]} <= set(ERROR_KINDS)


def test_a_parser_that_cannot_start_stops_with_one_line() -> None:
    with (
        started(BrokenParse()) as stage,
        pytest.raises(StageError, match="cannot be started: ModuleNotFoundError"),
    ):
        stage.process(batch_of([GOOD]))
