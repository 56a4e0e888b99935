"""Stop lists: the ready-made ones and the user's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipeline.stage import MissingExtra, StageError
from stages.shorten import stop_lists
from stages.shorten.stage import Shorten
from tests.shorten.shortening import batch_of, rows, short


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_file_for_all_languages(tmp_path: Path) -> None:
    words = write(tmp_path / "words.txt", "# my own\nCat\n\ndon’t\n  mouse \n10\n")
    text = "The cat, don't; MOUSE 10 dog"
    assert short(text, lists={"file": words}, keep_negations=False) == "The, dog"
    assert short(text, lists={"file": words}) == "The, don't; dog"


def test_a_file_per_language(tmp_path: Path) -> None:
    files = {"en": write(tmp_path / "en", "cat"), "fr-CA": write(tmp_path / "fr", "chat")}
    stage = Shorten(language={"column": "lang"}, lists={"files": files})
    made = rows(stage.process(batch_of(["cat chat dog"] * 3, lang=["en", "fr", "de"])))
    assert [(one.text, one.status) for one in made] == [
        ("chat dog", "ok"),
        ("cat dog", "ok"),
        ("cat chat dog", "language_unknown"),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("cat\ntwo words\n", "line 2 of the word list"),
        ("cat\n\n(dog)\n", "line 3 of the word list"),
        ("!", "line 1"),
    ],
)
def test_lines_that_could_never_match_are_refused(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(StageError, match=complaint) as caught:
        Shorten(language="en", lists={"file": write(tmp_path / "words.txt", content)}).check()
    assert "\n" not in str(caught.value)


def test_elided_words_may_be_listed(tmp_path: Path) -> None:
    words = write(tmp_path / "words.txt", "l'\n")
    assert short("l'eau d'or", language="fr", lists={"file": words}) == "eau d'or"


def test_missing_and_misencoded_files(tmp_path: Path) -> None:
    with pytest.raises(StageError, match=r"cannot read the word list .*none.txt: No such file"):
        Shorten(language="en", lists={"file": tmp_path / "none.txt"}).check()
    (tmp_path / "latin.txt").write_bytes("été".encode("latin-1"))
    with pytest.raises(StageError, match="is not UTF-8"):
        Shorten(language="en", lists={"file": tmp_path / "latin.txt"}).check()


def test_a_protected_word_must_be_one() -> None:
    with pytest.raises(StageError, match="'New York' is not one word"):
        Shorten(language="en", protect=["New York"]).check()


def test_changed_files_change_the_dependencies(tmp_path: Path) -> None:
    words = write(tmp_path / "words.txt", "cat")
    stage = Shorten(language="en", lists={"file": words})
    before = stage.dependencies()
    write(words, "dog")
    after = stage.dependencies()
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["list of all languages sha256"]


def test_the_version_of_stopwordsiso_is_a_dependency() -> None:
    assert Shorten(language="en").dependencies()["stopwordsiso"]
    assert "stopwordsiso" not in Shorten(language="en", remove=["recurring"]).dependencies()


def test_all_ready_made_lists_load() -> None:
    for language in stop_lists.stopwordsiso_languages():
        assert stop_lists.stopwordsiso_words(language), language


def test_spacy_lists() -> None:
    text = "The patient, given a mild sedative, wasn't asking for it's own sake."
    milder = short(text, lists="spacy")
    assert milder == "patient, given mild sedative, wasn't asking sake."
    assert len(milder) > len(short(text))
    assert short("Det er et hus", language="no", lists="spacy") == "hus"
    with pytest.raises(StageError, match="no stop list for language 'xx'; lists are there for: "):
        Shorten(language="xx", lists="spacy").check()


def test_missing_spacy_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    real = stop_lists.importlib.util.find_spec
    monkeypatch.setattr(
        stop_lists.importlib.util, "find_spec", lambda name: None if name == "spacy" else real(name)
    )
    monkeypatch.delitem(sys.modules, "spacy", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'docmill\[simplify\]'"):
        Shorten(language="en", lists="spacy").check()
