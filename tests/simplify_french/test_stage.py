"""The stage with French documents: its own parser, and other languages pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pytest

from pipeline.stage import MissingExtra, StageError
from stages.simplify import languages
from stages.simplify.stage import Simplify

FRENCH = "Le maire, qui habite à Lyon, est malade."
ENGLISH = "The mayor, who lives in Leeds, is ill."
GERMAN = "Der Bürgermeister, der in Ulm wohnt, ist krank."


def run(stage: Simplify, texts: Sequence[str], codes: Sequence[str] | None = None) -> list[dict[str, Any]]:
    fields = list(stage.requires)
    sentences = [[{"start": 0, "end": len(text), "probability": 1.0}] for text in texts]
    columns = [pa.array(list(texts), fields[0].type), pa.array(sentences, fields[1].type)]
    if codes is not None:
        fields.append(pa.field("lang", pa.string()))
        columns.append(pa.array(list(codes)))
    batch = pa.RecordBatch.from_arrays(columns, schema=pa.schema(fields))
    return stage.process(batch).to_pylist()


def texts_of(row: dict[str, Any]) -> list[str]:
    return [one["text"] for one in row["propositions"]]


def test_french_has_its_own_parser_and_rules() -> None:
    (row,) = run(Simplify(language="fr"), [FRENCH])
    assert texts_of(row) == ["Le maire est malade.", "Le maire habite à Lyon."]
    assert row["simplify_statuses"] == ["split"]


def test_documents_of_several_languages_share_a_batch() -> None:
    stage = Simplify(language={"column": "lang"}, languages=("en", "fr"))
    rows = run(stage, [FRENCH, GERMAN, ENGLISH, FRENCH], ["fr", "de", "en", "fr-CA"])
    assert texts_of(rows[0]) == texts_of(rows[3]) == ["Le maire est malade.", "Le maire habite à Lyon."]
    assert texts_of(rows[1]) == [GERMAN]
    assert texts_of(rows[2]) == ["The mayor is ill.", "The mayor lives in Leeds."]
    assert [row["simplify_statuses"] for row in rows] == [["split"], ["language"], ["split"], ["split"]]


def test_a_language_that_was_not_asked_for_passes() -> None:
    (row,) = run(Simplify(language={"column": "lang"}), [FRENCH], ["fr"])
    assert texts_of(row) == [FRENCH]
    assert row["simplify_statuses"] == ["language"]


def test_batches_do_not_change_the_result() -> None:
    texts = [FRENCH, "Quand la cloche sonna, les enfants quittèrent la classe.", FRENCH]
    stage = Simplify(language="fr")
    together = run(stage, texts)
    assert together == [row for text in texts for row in run(stage, [text])]


def test_a_missing_parser_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    there = languages.find_spec
    monkeypatch.setattr(
        languages, "find_spec", lambda name: None if name.startswith("fr_core") else there(name)
    )
    with pytest.raises(MissingExtra, match="simplify-fr"):
        Simplify(language="fr").check()
    Simplify(language="en").check()


def test_a_chosen_package_that_is_not_there_is_named() -> None:
    with pytest.raises(StageError, match="fr_core_news_none"):
        Simplify(language="fr", model_fr="fr_core_news_none").check()


def test_the_parser_is_part_of_what_a_result_depends_on() -> None:
    assert "fr_core_news_md" in Simplify(language="fr").dependencies()
    assert "fr_core_news_md" not in Simplify(language="en").dependencies()
