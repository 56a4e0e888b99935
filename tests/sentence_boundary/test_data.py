"""Records keep their sentences through corruption, whatever the language joins them with."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_boundary import data


def cut(record: data.Record) -> list[str]:
    starts = (0, *record.sentence_ends)[:-1]
    return [record.text[a:b].strip() for a, b in zip(starts, record.sentence_ends, strict=True)]


def test_corruption_takes_case_punctuation_and_symbols() -> None:
    record = data.joined("letters", "en", ["Dr. Who's  here!", "It costs $5 + tax.", "…"])
    corrupted = data.corrupted(record)
    assert corrupted.text == "dr whos here it costs 5 tax"
    assert cut(corrupted) == ["dr whos here", "it costs 5 tax"]


def test_languages_without_blanks_are_joined_without_blanks() -> None:
    record = data.joined("news", "ja", ["雨です。", "傘がない！"])
    assert record.text == "雨です。傘がない！"
    assert data.corrupted(record).text == "雨です傘がない"
    assert cut(data.corrupted(record)) == ["雨です", "傘がない"]


@given(st.lists(st.text(min_size=1, max_size=12)), st.sampled_from(["en", "zh"]))
def test_corruption_keeps_each_sentence_that_has_words(parts: list[str], language: str) -> None:
    parts = [part.strip() for part in parts if part.strip()]
    record = data.corrupted(data.joined("any", language, parts))
    assert cut(record) == [kept for part in parts if (kept := data.stripped_of_form(part))]


@given(st.integers(0, 30), st.integers(2, 9))
def test_what_is_held_out_is_what_training_does_not_see(number: int, every: int) -> None:
    split = tuple(data.joined("any", "en", [f"Text {i}."]) for i in range(number))
    kept, trained = data.held_out(split, every), data.not_held_out(split, every)
    assert not set(kept) & set(trained)
    assert set(kept) | set(trained) == set(split)
    assert set(kept) <= set(data.held_out(split, 2)) or every % 2  # of an even share, part of the half


def test_folder_layout(tmp_path: Path) -> None:
    corpus = tmp_path / "sentences" / "diary"
    corpus.mkdir(parents=True)
    line = {"lang": "en", "corpus": "diary", "text": "A b. C d.", "sentence_ends": [4, 9]}
    (corpus / "dev.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (tmp_path / "text").mkdir()
    with gzip.open(tmp_path / "text" / "help.jp.txt.gz", "wt", encoding="utf-8") as file:
        file.write("一行目\n\n  二行目 \n")

    assert data.corpora(tmp_path, "dev") == ("diary",)
    (record,) = data.records(tmp_path, "diary", "dev")
    assert data.sentences(record) == ("A b.", "C d.")
    assert list(data.running_text(tmp_path)) == [data.Lines("help", "ja", ("一行目", "二行目"))]


def test_a_folder_without_corpora_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="give the folder of the corpora"):
        data.corpora(tmp_path, "test")
