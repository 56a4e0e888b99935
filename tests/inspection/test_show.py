"""One document on a terminal and in a pipe."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from rich.console import Console

from pipeline.errors import UsageError
from pipeline.inspection import show
from tests.report.folder import error, line, page, row, write_output

SENTENCES = pa.field(
    "sentences",
    pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("probability", pa.float32())])),
)
PROPOSITIONS = pa.field(
    "propositions", pa.list_(pa.struct([("id", pa.int32()), ("text", pa.string()), ("role", pa.string())]))
)
SCORE = pa.field("score", pa.float64())
TAGS = pa.field("tags", pa.list_(pa.string()))
PATIENT = pa.field("patient", pa.struct([("age", pa.int32()), ("ward", pa.string())]))
EXTRA = (SENTENCES, PROPOSITIONS, SCORE, TAGS, PATIENT)

TEXT = "The patient was seen on Monday.\nHe does not smoke."
LETTER = row(
    "letters/one.pdf",
    TEXT,
    pages=2,
    metadata=[("title", "A letter"), ("ward", "3")],
    short_text="patient seen Monday does not smoke",
    short_spans=[{"start": a, "end": b} for a, b in ((4, 11), (16, 20), (24, 30), (35, 49))],
    short_status="ok",
    sentences=[{"start": 0, "end": 31, "probability": 0.987}, {"start": 32, "end": 50, "probability": 0.999}],
    score=0.25,
    tags=["cardiology", "follow-up"],
    patient={"age": 71, "ward": "B"},
)
LOCKED = row("locked.pdf", None, errors=[error("encrypted", "is encrypted: add a password")])


def shown(tmp_path: Path, document: dict[str, Any], *, everything: bool = False, **console: Any) -> str:
    output = write_output(tmp_path, [{**LETTER, "id": "other.pdf"}, document, LOCKED], extra=EXTRA)
    stream = io.StringIO()
    options = {"width": 100, **console}
    show(output, document["id"], Console(file=stream, **options), everything=everything)
    return stream.getvalue()


def test_every_stage_has_its_place(tmp_path: Path) -> None:
    text = shown(tmp_path, LETTER)
    for part in (
        "letters/one.pdf",
        "file:///corpus/letters/one.pdf",
        "title: A letter",
        "0.1.0, settings ffffffffffff",
        "parse 1: 12.3 ms",
        "text  10 words, 50 characters, 2 lines",
        "│ He does not smoke.",
        "pages  2 entries",
        "sentences  2 entries",
        "score  0.25",
        "tags  2 entries",
        "cardiology, follow-up",
        "short_status  ok",
    ):
        assert part in text, part


def test_short_text_shows_what_was_removed(tmp_path: Path) -> None:
    text = shown(tmp_path, LETTER)
    assert "[-The-] patient [-was-] seen [-on-] Monday[-.\nHe-] does not smoke[-.-]" in text
    assert "60 % of the words of text" in text


def test_spans_are_shown_with_the_words_they_point_at(tmp_path: Path) -> None:
    rows = [cells.split() for cells in shown(tmp_path, LETTER).splitlines()]
    assert ["0", "31", "0.987", *["The", "patient", "was", "seen", "on", "Monday."]] in rows


def test_what_is_the_same_in_every_entry_is_said_once(tmp_path: Path) -> None:
    text = shown(tmp_path, LETTER)
    assert "all: width 595, height 842, rotation 0" in text
    assert text.count("pdfium") == 1


def test_errors_stand_at_the_top_and_missing_columns_at_the_end(tmp_path: Path) -> None:
    text = shown(tmp_path, LOCKED)
    assert "parse/encrypted" in text
    assert "is encrypted: add a password" in text
    last = text.rstrip().splitlines()[-1]
    assert last.startswith("no value  ")
    assert {"text", "pages", "short_text", "sentences"} <= set(last.removeprefix("no value  ").split(", "))


def test_long_columns_are_cut_unless_all_is_wanted(tmp_path: Path) -> None:
    text = "".join(f"Sentence no {i:03d}. " for i in range(1000))
    many = row(
        "long.pdf",
        text,
        lines=[line(i * 17, i * 17 + 16) for i in range(1000)],
        sentences=[{"start": i * 17, "end": i * 17 + 16, "probability": 1.0 - i / 1e4} for i in range(1000)],
    )
    cut = shown(tmp_path / "a", many)
    assert "… 988 more entries; --all shows everything" in cut
    assert "… 940 more lines; --all shows everything" in cut
    whole = shown(tmp_path / "b", many, everything=True)
    assert "more entries" not in whole
    assert "more lines" not in whole
    assert whole.count("Sentence no ") == 2000


def test_lines_show_page_label_and_hyphen(tmp_path: Path) -> None:
    text = "A heading\nsome divided word"
    document = row(
        "b.pdf",
        text,
        pages=2,
        lines=[
            line(0, 9, bold=True, font_size=16.0, label="heading"),
            line(10, 18, hyphen="-", page=2, italic=True),
            line(18, 27, page=2),
        ],
    )
    shown_lines = [one.rstrip() for one in shown(tmp_path, document).splitlines()]
    assert "1  16.0 b   heading │ A heading" in shown_lines
    assert "2  11.0  i          │ some div-" in shown_lines
    assert [one.strip() for one in shown_lines if one.strip().startswith("page ")] == ["page 1", "page 2"]


def test_lines_that_no_longer_fit_the_text_are_left_aside(tmp_path: Path) -> None:
    text = shown(tmp_path, row("c.pdf", "short", lines=[line(0, 500)]))
    assert "text  1 word, 5 characters\nshort" in text


HOSTILE = "\x1b[31mred\x1b[0m \x1b]8;;http://evil\x07link\x9b2J \u202eknil [bold]not bold[/bold] :smile: 1.0"


@pytest.mark.parametrize("terminal", [True, False])
def test_nothing_in_a_document_reaches_the_terminal_as_a_command(tmp_path: Path, terminal: bool) -> None:
    document = row(
        "evil\x1b[2J.pdf",
        HOSTILE,
        pages=1,
        metadata=[(HOSTILE, HOSTILE)],
        short_text=HOSTILE,
        short_spans=[{"start": 0, "end": 3}],
        short_status=HOSTILE,
        sentences=[{"start": 0, "end": len(HOSTILE), "probability": 1.0}],
        propositions=[{"id": 1, "text": HOSTILE, "role": HOSTILE}],
        tags=[HOSTILE],
        patient={"age": 1, "ward": HOSTILE},
        source=HOSTILE,
        parse_status=HOSTILE,
        errors=[error("odd", HOSTILE, stage="parse")],
        provenance={
            "docmill": HOSTILE,
            "fingerprint": HOSTILE,
            "stages": [{"stage": HOSTILE, "version": HOSTILE, "model_sha256": [HOSTILE], "seconds": 1.0}],
        },
    )
    document["pages"] = [page(1, 5, parser=HOSTILE, status=HOSTILE), page(2, 5, parser="a", status="b")]
    document["lines"] = [line(0, len(HOSTILE), hyphen="\x1b[1m", label=HOSTILE)]
    text = shown(
        tmp_path, document, force_terminal=terminal, color_system="standard" if terminal else None, width=300
    )
    plain = text
    if terminal:  # rich's own styles are colours and weights only
        import re

        plain = re.sub(r"\x1b\[(\d+(;\d+)*)?m", "", text)
        assert "\x1b[31mred" not in text
    assert not [c for c in plain if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c == "\u202e"]
    assert "[bold]not bold[/bold] :smile:" in plain


def test_a_pipe_that_cannot_hold_a_character_spells_it_out(tmp_path: Path) -> None:
    raw = io.BytesIO()
    output = write_output(tmp_path, [row("é.pdf", "œuvre")])
    stream = io.TextIOWrapper(raw, encoding="ascii", write_through=True)
    show(output, "é.pdf", Console(file=stream, width=80))
    assert b"\\u0153uvre" in raw.getvalue()


def test_an_id_that_does_not_exist_is_one_line_and_nothing_is_printed(tmp_path: Path) -> None:
    output = write_output(tmp_path, [LETTER], extra=EXTRA)
    stream = io.StringIO()
    with pytest.raises(UsageError, match=r"near to it: letters/one\.pdf"):
        show(output, "letters/ones.pdf", Console(file=stream))
    assert stream.getvalue() == ""


def test_a_stage_may_bring_its_own_view(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.inspection import columns

    monkeypatch.setitem(
        columns.VIEWS, "score", lambda name, row, view: columns.Section(f"{row[name]:.0%} sure")
    )
    assert "score  25% sure" in shown(tmp_path, LETTER)
