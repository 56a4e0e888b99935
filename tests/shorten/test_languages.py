"""Where the language comes from, and what happens when it is not known."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.stage import StageError
from stages.shorten.stage import Shorten
from tests.shorten.shortening import batch_of, rows, shorten_all

ENGLISH = "The patient was admitted because of the fever and the doctors did not know what it was."
FRENCH = "Le patient est arrivé avec de la fièvre et les médecins ne savaient pas ce que c'était."
GERMAN = "Der Patient wurde wegen des Fiebers aufgenommen und die Ärzte wussten nicht, was es war."
TEXTS = [ENGLISH, FRENCH, GERMAN, ENGLISH]


def expected() -> list:
    return [
        shorten_all([text], language=language)[0]
        for text, language in zip(TEXTS, ["en", "fr", "de", "en"], strict=True)
    ]


def test_detected_by_default() -> None:
    assert shorten_all(TEXTS) == expected()
    assert shorten_all([text.upper() for text in TEXTS[:1]])[0].status == "ok"


def test_from_a_column() -> None:
    stage = Shorten(language={"column": "lang"})
    assert stage.optional == pa.schema([pa.field("lang", pa.string())])
    made = rows(stage.process(batch_of(TEXTS, lang=["en", "FR", "de-AT", "en_GB"])))
    assert made == expected()


def test_from_the_metadata() -> None:
    stage = Shorten(language={"metadata": "lang"})
    batch = batch_of(TEXTS)
    metadata = pa.array(
        [[("lang", code)] for code in ("en", "fr", "de", "en")], pa.map_(pa.string(), pa.string())
    )
    assert rows(stage.process(batch.append_column("metadata", metadata))) == expected()
    assert stage.optional.names == ["metadata"]


@pytest.mark.parametrize("code", [None, "", "xx", "tlh"])
def test_unknown_languages_pass_and_keep_the_budget(code: str | None) -> None:
    def made(**options: object) -> object:
        stage = Shorten(language={"column": "lang"}, **options)
        batch = batch_of([ENGLISH]).append_column("lang", pa.array([code], pa.string()))
        return rows(stage.process(batch))[0]

    assert (made().text, made().status) == (ENGLISH, "language_unknown")
    assert made(budget={"words": 2}).text == "The patient"
    assert made(budget={"words": 2}).status == "language_unknown"


def test_a_column_that_no_document_has_is_unknown() -> None:
    stage = Shorten(language={"column": "lang"})
    batch = batch_of([ENGLISH]).append_column("lang", pa.nulls(1, pa.string()))
    assert rows(stage.process(batch))[0].status == "language_unknown"


def test_confidence_decides_what_is_known() -> None:
    assert shorten_all([ENGLISH], min_confidence=1.0)[0].status == "language_unknown"
    assert shorten_all(["12345 67890"])[0].status == "language_unknown"


def test_a_given_language_without_list_is_refused() -> None:
    with pytest.raises(StageError, match="no stop list for language 'tlh'; lists are there for: af, ar"):
        Shorten(language="tlh").check()
    Shorten(language="tlh", remove=["punctuation"]).check()


def test_detection_needs_no_network_and_names_its_model() -> None:
    stage = Shorten()
    stage.check()
    assert stage.models() == {
        "lid.176.ftz": "8f3472cfe8738a7b6099e8e999c3cbfae0dcd15696aac7d7738a8039db603e83"
    }
    assert Shorten(language="en").models() == {}


def test_a_tampered_model_stops_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from models import catalog

    entry = replace(catalog.entry("lid.176.ftz"), sha256="0" * 64)
    monkeypatch.setattr(catalog, "_catalog", lambda: {entry.name: entry})
    with pytest.raises(StageError, match=r"model lid\.176\.ftz is not the file of the catalog"):
        Shorten().check()
    with pytest.raises(StageError, match=r"lid.176.ftz"):
        Shorten().warm_up()
