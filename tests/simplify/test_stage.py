"""The stage: documents in, propositions with offsets out."""

from __future__ import annotations

import re
from typing import Any

import pyarrow as pa
import pytest

from pipeline import document
from pipeline.stage import StageError
from stages.simplify.stage import Simplify


def batch(*texts: str, language: list[str | None] | None = None) -> pa.RecordBatch:
    """Documents whose sentences end at full stops and question marks."""
    spans = [
        [
            {"start": m.start(), "end": m.end(), "probability": None}
            for m in re.finditer(r"[^.?]*[.?]\s*|[^.?]+$", text)
        ]
        for text in texts
    ]
    columns = {
        "id": pa.array([str(i) for i in range(len(texts))]),
        "errors": pa.array([[]] * len(texts), document.ERRORS),
        "text": pa.array(texts),
        "sentences": pa.array(spans, document.SENTENCES_FIELD.type),
    }
    if language is not None:
        columns["lang"] = pa.array(language, pa.string())
    return pa.RecordBatch.from_pydict(columns)


def rows(made: pa.RecordBatch, **options: Any) -> list[dict[str, Any]]:
    return Simplify(**options).process(made).to_pylist()


def test_ids_count_through_the_document_and_spans_lead_to_its_text() -> None:
    text = "The nurse left because\nthe room,  which was small, was hot. It rained."
    (row,) = rows(batch(text))
    assert row["simplify_statuses"] == ["split", "unsplit"]
    assert [(one["id"], one["sentence"], one["parent"], one["text"]) for one in row["propositions"]] == [
        (0, 0, None, "The nurse left."),
        (1, 0, 0, "The room was hot."),
        (2, 0, 1, "The room was small."),
        (3, 1, None, "It rained."),
    ]
    spans = [[text[s["start"] : s["end"]] for s in one["spans"]] for one in row["propositions"]]
    assert spans == [["The nurse left"], ["the room", "was hot"], ["the room", "was small"], ["It rained."]]


def test_a_sentence_is_linked_to_the_one_it_refers_to() -> None:
    (row,) = rows(batch("Ann left. However, Bob stayed. But Carl, who was ill, left."))
    first, second, third, _ = row["propositions"]
    assert second["text"] == "Bob stayed."
    assert third["text"] == "Carl left."
    assert {(link["target"], link["cue"]) for link in first["links"]} == {(1, "However")}
    assert {link["target"] for link in second["links"]} == {0, 2}


def test_the_first_sentence_keeps_its_however() -> None:
    (row,) = rows(batch("However, Bob stayed."))
    assert [one["text"] for one in row["propositions"]] == ["However, Bob stayed."]


def test_sentences_without_rules_for_their_language_pass() -> None:
    made = batch(
        "Elle chante et il dort.",
        "The nurse sang and the baby slept.",
        "Ann sings.",
        language=["fr", "en", None],
    )
    found = rows(made, language={"column": "lang"})
    assert [row["simplify_statuses"] for row in found] == [["language"], ["split"], ["language"]]
    assert [one["text"] for one in found[0]["propositions"]] == ["Elle chante et il dort."]


def test_long_and_blank_sentences_pass() -> None:
    first, second = rows(batch("The nurse sang and the baby slept.", " \n "), max_tokens=3)
    assert first["simplify_statuses"] == ["too_long"]
    assert [one["text"] for one in first["propositions"]] == ["The nurse sang and the baby slept."]
    assert second["simplify_statuses"] == ["blank"]
    assert second["propositions"] == []


def test_families_of_rules_can_be_chosen() -> None:
    text = "The nurse, who was ill, slept in May, and the doctor left."
    (row,) = rows(batch(text), rules=["coordination"])
    assert [one["text"] for one in row["propositions"]] == [
        "The nurse, who was ill, slept in May.",
        "The doctor left.",
    ]


def test_a_parser_that_is_not_installed_is_named() -> None:
    with pytest.raises(StageError, match="no_such_model is not installed"):
        Simplify(model="no_such_model").check()
