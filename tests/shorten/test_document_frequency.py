"""Counting documents per word, and removing what is rare."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from pipeline.stage import StageError
from stages.shorten.document_frequency import DocumentFrequency
from stages.shorten.keys import word_key
from stages.shorten.stage import Shorten
from tests.shorten import reference
from tests.shorten.shortening import short
from tests.shorten.texts import texts

CORPUS = [
    "Fever and cough. Fever again!",
    "The cough of STRASSE 12, straße.",
    "No fever on day 12.",
]


def counted(documents: list[str]) -> DocumentFrequency:
    table = DocumentFrequency()
    table.add(pa.array(documents, pa.string()))
    return table


def test_documents_are_counted_not_occurrences() -> None:
    table = counted(CORPUS)
    assert table.documents == 3
    assert {w: table[w] for w in ("fever", "cough", "strasse", "again", "12", "unseen")} == {
        "fever": 2,
        "cough": 2,
        "strasse": 1,
        "again": 1,
        "12": 0,
        "unseen": 0,
    }


@given(documents=st.lists(texts, max_size=6), cut=st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_parts_merge_to_the_whole_and_count_right(documents: list[str], cut: int) -> None:
    expected: Counter[str] = Counter()
    for text in documents:
        keys = {word_key(text[u.start : u.end]) for u in reference.units_of(text) if u.kind == reference.WORD}
        expected.update(k for k in keys if any(c.isalpha() for c in k) and not any(c.isdigit() for c in k))
    whole, left, right = counted(documents), counted(documents[:cut]), counted(documents[cut:])
    left.merge(right)
    for table in (whole, left):
        assert table.documents == len(documents)
        assert len(table) == len(expected)
        assert all(table[word] == count for word, count in expected.items())


def test_saved_and_loaded(tmp_path: Path) -> None:
    path = tmp_path / "df.parquet"
    digest = counted(CORPUS).save(path)
    assert counted(CORPUS[::-1]).save(tmp_path / "again.parquet") == digest, "the same counts, the same bytes"
    table = pq.read_table(path)
    assert table["word"].to_pylist() == sorted(table["word"].to_pylist())
    loaded = DocumentFrequency.load(path)
    assert (loaded.documents, loaded["fever"], loaded.undercount) == (3, 2, 0)
    loaded.add(pa.array(["fever", None]))
    assert (loaded.documents, loaded["fever"]) == (4, 3)


def test_memory_is_bounded_and_the_error_known() -> None:
    table = DocumentFrequency(most_words=100)
    letters = "abcdefghij"
    words = [a + b + c for a in letters for b in letters for c in letters]
    truth: Counter[str] = Counter()
    for start in range(0, 1000, 50):
        documents = ["common " + " ".join(words[start : start + 50])] * (1 + start % 3)
        truth.update(word for text in documents for word in set(text.split()))
        table.add(pa.array(documents))
        assert len(table) <= 100
    assert table["common"] >= truth["common"] - table.undercount > 0
    assert all(truth[w] - table.undercount <= table[w] <= truth[w] for w in words)


def test_rare_words_go(tmp_path: Path) -> None:
    path = tmp_path / "df.parquet"
    counted(CORPUS).save(path)
    options = {"remove": ["rare"], "document_frequency": path}
    assert short("Fever 12, again not unseen: Cough-syrup cough.", **options) == "Fever 12, not: cough."
    assert short("Fever again", rare_below=3, **options) == "Fever again", "nothing left: the head stays"
    assert short("fever again", protect=["again"], **options) == "fever again"


def test_unusable_tables_are_one_line(tmp_path: Path) -> None:
    def complaint(path: Path, **options: object) -> str:
        with pytest.raises(StageError) as caught:
            Shorten(language="en", remove=["rare"], document_frequency=path, **options).check()
        assert "\n" not in str(caught.value)
        return str(caught.value)

    assert "cannot read document_frequency" in complaint(tmp_path / "none.parquet")
    (tmp_path / "text.parquet").write_text("no Parquet at all")
    assert "no Parquet file" in complaint(tmp_path / "text.parquet")
    pq.write_table(pa.table({"word": ["a"], "df": [1]}), tmp_path / "other.parquet")
    assert "not a table of document frequencies" in complaint(tmp_path / "other.parquet")
    coarse = DocumentFrequency(most_words=2)
    coarse.add(pa.array(["one two three", "one two four"]))
    coarse.save(tmp_path / "coarse.parquet")
    assert "set it above" in complaint(tmp_path / "coarse.parquet")


def test_rare_without_table_is_refused() -> None:
    with pytest.raises(ValidationError, match="rare needs document_frequency"):
        Shorten(remove=["rare"])
