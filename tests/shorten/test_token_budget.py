"""A token budget cuts where encoding the whole text would cut, and encodes little of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer

from pipeline.document import normalise
from pipeline.stage import StageError
from stages.shorten import token_budget
from stages.shorten.gaps import join
from stages.shorten.token_counts import TextUnits, TokenCounts
from tests.shorten import reference
from tests.shorten.conftest import SENTENCES
from tests.shorten.shortening import Short, shorten_all
from tests.shorten.texts import texts

WORDS = [word for sentence in SENTENCES for word in sentence.split()]
long_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=120).map(" ".join)
documents = st.one_of(
    long_texts, texts, st.tuples(long_texts, texts).map(lambda pair: normalise("".join(pair)))
)


def opened(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def piece_ends(text: str) -> list[int]:
    """Where the text may be cut: behind every unit, and every character of an unspaced run."""
    classes = reference.classes_of(text)
    ends = set()
    for unit in reference.units_of(text):
        ends.add(unit.end)
        if unit.kind == reference.UNSPACED:
            ends |= {i for i in range(unit.start + 1, unit.end) if classes[i] == reference.ch.UNSPACED}
    last = max(ends)
    return sorted(ends - {last} | {len(text)})


def cut_after_encoding_all(text: str, tokenizer: Tokenizer, tokens: int) -> str:
    """The definition, on the encoding of the whole text."""
    offsets = tokenizer.encode(text, add_special_tokens=False).offsets
    if len(offsets) <= tokens:
        return text

    def holds(end: int) -> bool:
        begun = [o for o in offsets if o[0] < end]
        return len(begun) <= tokens and all(o[1] <= end for o in begun)

    fitting = [end for end in piece_ends(text)[:-1] if holds(end)]
    if fitting:
        return text[: fitting[-1]]
    first = piece_ends(text)[0]
    inside = [end for _, end in offsets[:tokens] if 0 < end < first and holds(end)]
    return text[: max(inside, default=1)]


@given(batch=st.lists(documents, min_size=1, max_size=3), tokens=st.integers(20, 60))
@settings(max_examples=40, deadline=None)
def test_the_cut_is_that_of_encoding_everything(tokenizer_file: Path, batch: list[str], tokens: int) -> None:
    tokenizer = opened(tokenizer_file)
    options = {"language": "en", "remove": ["stopwords"]}
    whole = shorten_all(batch, **options)
    budget = {"tokens": tokens, "tokenizer": tokenizer_file, "special_tokens": False}
    for before, made in zip(whole, shorten_all(batch, **options, budget=budget), strict=True):
        expected = cut_after_encoding_all(before.text, tokenizer, tokens) if before.text else ""
        assert made.text == expected
        if made.text != before.text and before.status != "head":
            assert made.status == "cut"


@given(text=documents, tokens=st.integers(20, 60))
@settings(max_examples=40, deadline=None)
def test_the_result_fits_the_budget_when_encoded(tokenizer_file: Path, text: str, tokens: int) -> None:
    budget = {"tokens": tokens, "tokenizer": tokenizer_file}
    (made,) = shorten_all([text], language="en", budget=budget)
    assert len(opened(tokenizer_file).encode(made.text).ids) <= tokens
    assert join(text, made.spans) == made.text
    (again,) = shorten_all([made.text], language="en", budget=budget)
    assert again.text == made.text


def test_no_token_is_cut_in_two() -> None:
    offsets = np.array([(0, 3), (3, 5), (5, 7), (7, 9)])  # foo (b ar ) xx of "foo(bar)xx": "(b" crosses
    ends = np.array([3, 4, 7, 8])
    free = np.ones(4, np.bool_)
    assert token_budget._fitting(offsets, ends, free, 2) == 1
    assert token_budget._fitting(offsets, ends, free, 3) == 3
    assert token_budget._fitting(offsets, ends, np.array([True, True, False, True]), 3) == 1
    over = np.array([(0, 2), (2, 6), (6, 9)])
    assert token_budget._fitting(over, np.array([9, 10]), free[:2], 2) == 0
    assert token_budget._fitting_characters(over, 9, 2) == 6


def test_a_first_word_over_the_budget_is_cut_inside(tokenizer_file: Path) -> None:
    text = "x" * 90 + " and more words"
    (made,) = shorten_all([text], language="en", budget={"tokens": 20, "tokenizer": tokenizer_file})
    assert made.text
    assert text.startswith(made.text)
    assert len(opened(tokenizer_file).encode(made.text).ids) <= 20


def test_special_tokens_count_unless_told_otherwise(tokenizer_file: Path) -> None:
    text = " ".join(WORDS)
    counting, bare = (
        shorten_all(
            [text],
            language="en",
            budget={"tokens": 30, "tokenizer": tokenizer_file, "special_tokens": special},
        )[0]
        for special in (True, False)
    )
    added = opened(tokenizer_file).num_special_tokens_to_add(False)
    assert len(counting.text) <= len(bare.text)
    assert (added == 0) <= (counting == bare)


def test_a_long_text_is_cut_without_encoding_it_whole(
    tokenizer_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[int] = []
    counted: list[int] = []
    opened_by_stage = token_budget.open_tokenizer
    units = TokenCounts.units

    class Counting:
        def __init__(self, path: Path) -> None:
            self._tokenizer = opened_by_stage(path)

        def encode(self, text: str | list[str], **options: bool) -> Encoding:
            encoded.append(len("".join(text)))
            return self._tokenizer.encode(text, **options)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._tokenizer, name)

    def counting(self: TokenCounts, heads: pa.StringArray) -> TextUnits:
        counted.extend(map(len, heads.to_pylist()))
        return units(self, heads)

    monkeypatch.setattr(token_budget, "open_tokenizer", Counting)
    monkeypatch.setattr(TokenCounts, "units", counting)
    text = " ".join(WORDS * 50)
    made: list[Short] = shorten_all([text], language="en", budget={"tokens": 32, "tokenizer": tokenizer_file})
    assert made[0].status == "cut"
    assert encoded or counted
    assert sum(encoded) < len(text) / 20
    assert sum(counted) < len(text) / 20


def test_unusable_tokenizers_and_budgets_are_one_line(tokenizer_file: Path, tmp_path: Path) -> None:
    from stages.shorten.stage import Shorten

    with pytest.raises(
        StageError, match=r"cannot read the tokenizer .*missing\.json: No such file"
    ) as caught:
        Shorten(budget={"tokens": 64, "tokenizer": tmp_path / "missing.json"}).check()
    assert "\n" not in str(caught.value)
    broken = tmp_path / "broken.json"
    broken.write_text("{}")
    with pytest.raises(StageError, match="is not a tokenizer file"):
        Shorten(budget={"tokens": 64, "tokenizer": broken}).check()
