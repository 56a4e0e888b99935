"""What holds for any document, however strange its layout and its labels."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.line_labeller.labels import LABELS
from pipeline.stage import StageError
from stages.layout.options import KEPT
from stages.layout.stack import read
from tests.layout.documents import batch_of, documents
from tests.layout.labelled import rebuilt

OPTIONS = st.fixed_dictionaries(
    {
        "keep": st.lists(st.sampled_from(LABELS), min_size=1, unique=True) | st.just(list(KEPT)),
        "join": st.fixed_dictionaries(
            {
                "lines": st.sampled_from(["space", "newline"]),
                "cells": st.sampled_from(["tab", "space", "newline"]),
                "across": st.booleans(),
            }
        ),
    }
)


def run(rows: list[dict[str, Any]], options: dict[str, Any]) -> list[dict[str, Any]]:
    labels = [label for row in rows for label in row["labels"]]
    return rebuilt(batch_of(rows), labels, **options)


def printed(row: dict[str, Any]) -> list[str]:
    return [row["text"][line["start"] : line["end"]] + line["hyphen"] for line in row["lines"]]


def letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


@given(st.lists(documents(), min_size=1, max_size=4), OPTIONS)
@settings(max_examples=100, deadline=None)
def test_spans_and_texts(given_rows, options):
    made = run(given_rows, options)
    assert len(made) == len(given_rows)
    for before, after in zip(given_rows, made, strict=True):
        text = after["text"]
        assert unicodedata.is_normalized("NFC", text)
        assert len(after["lines"]) == len(before["lines"])
        kept = [line for line in after["lines"] if line["label"] in options["keep"]]
        assert all(
            (line["start"] is None) == (line["label"] not in options["keep"]) for line in after["lines"]
        )
        # every kept line is there, as printed, in order, and nothing else but white space
        at = 0
        for line in sorted(kept, key=lambda line: (line["start"], line["end"])):
            assert at <= line["start"] <= line["end"] <= len(text)
            assert not text[at : line["start"]].strip()
            at = line["end"]
        assert not text[at:].strip()
        words = [text[line["start"] : line["end"]] for line in kept]
        starts = [line["start"] for line, said in zip(kept, words, strict=True) if len(said) > 4]
        assert starts == sorted(starts), "only bullets that stand apart are moved"
        # and nothing is lost
        texts = {entry["label"]: entry["text"] for entry in after["label_texts"]}
        for line, words in zip(after["lines"], printed(before), strict=True):
            assert (line["start"] is None) == (line["label_start"] is not None)
            if line["start"] is not None:
                assert text[line["start"] : line["end"]] + line["hyphen"] == words
            else:
                own = texts[line["label"]]
                assert own[line["label_start"] : line["label_end"]] + line["hyphen"] == words
        found = letters("".join(entry["text"] for entry in after["label_texts"]))
        wanted = letters("".join(printed(before)))
        assert set(found) <= set(wanted)
        assert found - Counter({"-": found["-"]}) == wanted - Counter({"-": wanted["-"]})
        assert sum(entry["lines"] for entry in after["label_texts"]) == len(before["lines"])
        assert [e["label"] for e in after["label_texts"]] == [
            label for label in LABELS if any(line["label"] == label for line in after["lines"])
        ]


@given(documents(), OPTIONS)
@settings(max_examples=100, deadline=None)
def test_pages_tables_and_sections(given_row, options):
    (row,) = run([given_row], options)
    text, lines = row["text"], row["lines"]
    at = 0
    for page in row["pages"]:
        inside = [line for line in lines if line["page"] == page["number"] and line["start"] is not None]
        if inside:
            spans = [(line["start"], line["end"]) for line in inside]
            assert (page["start"], page["end"]) == (min(spans)[0], max(end for _, end in spans))
        else:
            assert page["start"] == page["end"] == at
        at = page["end"]
    for table, old in zip(
        (table for page in row["pages"] for table in page["tables"] or ()),
        (table for page in given_row["pages"] for table in page["tables"] or ()),
        strict=True,
    ):
        inside = [
            new
            for new, line in zip(lines, given_row["lines"], strict=True)
            if old["start"] <= line["start"] and line["end"] <= old["end"]
        ]
        assert len({line["label"] for line in inside}) == 1
        assert (table["start"], table["end"]) == (inside[0]["start"], inside[-1]["end"])
        if table["start"] is not None:  # each row on a line of its own, and nothing else on these
            whole = text[table["start"] : table["end"]]
            assert whole.split("\n") == [text[line["start"] : line["end"]] for line in inside]
    spans = [(section["start"], section["content"], section["end"]) for section in row["sections"]]
    assert all(0 <= start <= content <= end <= len(text) for start, content, end in spans)
    assert all(one[2] <= other[0] for one, other in itertools.pairwise(spans))
    headed = [line for line in lines if line["label"] == "section"]
    assert len([s for s in row["sections"] if s["heading"]]) <= len(headed)
    if headed:
        assert row["sections"][-1]["heading"] is not None
    covered = "".join(text[start:end] for start, _, end in spans)
    assert letters(covered) == letters(text)
    for section in row["sections"]:
        first, last = section["first_line"], section["last_line"]
        assert 0 <= first <= last < len(lines)
        if section["heading"] is not None and "section" in options["keep"]:
            assert text[section["start"] :].startswith(section["heading"])
            assert "\n" not in section["heading"] or options["join"]["lines"] == "newline"


@given(st.lists(documents(most=10), min_size=2, max_size=5), OPTIONS)
@settings(max_examples=25, deadline=None)
def test_a_document_is_the_same_alone_and_among_others(rows, options):
    together, alone = run(rows, options), [run([row], options)[0] for row in rows]
    for one in (*together, *alone):
        del one["id"]
    assert together == alone


@pytest.mark.parametrize("count", [0, 10_000])
def test_no_lines_and_very_many(count):
    lines = [f"line {number} of a very long list" for number in range(count)]
    starts = [sum(len(line) + 1 for line in lines[:0])]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    row = {
        "text": "\n".join(lines),
        "lines": [
            {
                "page": 1,
                "bbox": {"x0": 50, "y0": 8 * n, "x1": 250, "y1": 8 * n + 7},
                "start": s,
                "end": s + len(line),
                "hyphen": "",
                "font_size": 8.0,
                "bold": False,
                "italic": False,
            }
            for n, (s, line) in enumerate(zip(starts[:-1], lines, strict=True))
        ],
        "pages": [{"number": 1, "width": 600.0, "height": 80_000.0, "tables": []}],
        "labels": [("body", "footer")[n % 2] for n in range(count)],
    }
    (made,) = run([row], {})
    assert made["text"].split() == " ".join(lines[::2]).split()


def test_spans_that_do_not_fit_are_refused_without_a_word_of_the_text():
    row = {
        "text": "secret",
        "lines": [{"page": 1, "start": 0, "end": 60, "hyphen": ""}],
        "pages": [{"number": 1}],
        "labels": ["body"],
    }
    with pytest.raises(StageError, match="right after parse") as caught:
        read(batch_of([row]))
    assert "secret" not in str(caught.value)
    row["lines"] = [{"page": 3, "start": 0, "end": 6, "hyphen": ""}]
    with pytest.raises(StageError, match="page that the column pages does not have"):
        read(batch_of([row]))
    row["lines"] = [{"page": 1, "start": None, "end": None, "hyphen": ""}]
    with pytest.raises(StageError, match="before"):
        read(batch_of([row]))


def test_lines_without_places_keep_the_breaks_of_parse():
    row = {
        "text": "One\ntwo\n\nthree",
        "lines": [{"page": 1, "start": s, "end": e, "hyphen": ""} for s, e in ((0, 3), (4, 7), (9, 14))],
        "pages": [{"number": 1}],
        "labels": ["body"] * 3,
    }
    assert run([row], {})[0]["text"] == "One\ntwo\n\nthree"
