"""Counting tokens by units gives what encoding the whole text gives, for every tokenizer that is known."""

from __future__ import annotations

from functools import cache

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from pipeline.document import normalise
from stages.shorten import token_counts
from stages.shorten.pieces import Pieces, pieces
from stages.shorten.removal import keep_all
from stages.shorten.token_budget import TokenCutter
from stages.shorten.token_counts import Known, TokenCounts
from stages.shorten.words import scan
from tests.shorten.divided import DIVIDED, TRAINING, UNDIVIDED
from tests.shorten.test_token_budget import cut_after_encoding_all
from tests.shorten.texts import PIECES

ADDED = ["<|end|>", "<mask>", "</s>", "<|reserved_7|>", "<|reserved_", "[MASK]", "[UNK]", "<unk>", "line\n",
         "é ist", "Winter nicht", "Winter\x00 nicht", "Tag", "Tagen", "＜mask＞", "［MASK］"]  # fmt: skip
NASTY = [
    *PIECES, *ADDED, *(word for text in TRAINING[:9] for word in text.split()),
    "'s", "'LL", "'tis", "don'", "'", "''", "``", "!\n", ".\n\n", "!\n \n", ")\n", " \t", "\t", "\n\t", "   ",
    "\r", "\x0b", "\x1c", "\x85", "\u00a0", "\u2009", "\u200b", "\u180e", "\ufeff", "\u00a8", "\u037a", "\u0600",
    "\u0d4e", "\u0301", "\u0338", "\u20dd", "\ufb01", "½", "²", "٣", "５", "ſ", "K", "Ω", "\u1100\u1161", "각",
    "😀", "❤\ufe0f", "𠀀", "x" * 60, "字" * 30, "a-b_c/d.e" * 5, "---" * 20, "\u2581", "\x00", "<", ">",
]  # fmt: skip
nasty = st.lists(st.sampled_from(NASTY), max_size=40).flatmap(
    lambda parts: st.sampled_from(["", " ", "\n"]).map(lambda glue: normalise(glue.join(parts)))
)
mixed = st.lists(
    st.tuples(st.sampled_from(NASTY), st.sampled_from(["", "", " ", " ", "  ", "\n"])), max_size=40
).map(lambda pairs: normalise("".join(part + glue for part, glue in pairs)))
texts = st.one_of(nasty, mixed, st.text(max_size=30).map(normalise))


@cache
def made(name: str) -> Tokenizer:
    return Tokenizer.from_str((DIVIDED | UNDIVIDED)[name]().to_str())


@cache
def counter(name: str) -> TokenCounts:
    counts = TokenCounts.of(made(name))
    assert counts is not None
    return counts


def pieces_of(batch: list[str]) -> Pieces:
    units = scan(pa.array(batch, pa.string()))
    return pieces(units, keep_all(units), keep_lines=True, characters=True)


def whole(text: str, name: str) -> int:
    return len(made(name).encode(text, add_special_tokens=False))


@pytest.mark.parametrize("name", DIVIDED)
@given(batch=st.lists(texts, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_units_of_a_text_have_its_tokens(name: str, batch: list[str]) -> None:
    found = counter(name).units(pa.array(batch, pa.string()))
    for row, text in enumerate(batch):
        first, end = found.firsts[row], found.firsts[row + 1]
        if not found.doubtful[row]:
            assert found.tokens_before[end] - found.tokens_before[first] == whole(text, name), name


@pytest.mark.parametrize("name", DIVIDED)
@given(batch=st.lists(texts, min_size=1, max_size=3), tokens=st.integers(8, 40))
@settings(max_examples=40, deadline=None)
def test_the_cut_is_that_of_encoding_everything(name: str, batch: list[str], tokens: int) -> None:
    found, _ = TokenCutter(made(name), tokens).cut(pieces_of(batch))
    for text, short in zip(batch, found.texts().to_pylist(), strict=True):
        assert short == (cut_after_encoding_all(text, made(name), tokens) if text.strip() else ""), name


@pytest.mark.parametrize("name", UNDIVIDED)
def test_what_is_not_known_to_divide_is_not_counted_by_units(name: str) -> None:
    assert TokenCounts.of(made(name)) is None


@pytest.mark.parametrize("name", DIVIDED)
def test_units_are_shorter_than_the_text(name: str) -> None:
    text = " ".join(TRAINING[:4])
    assert counter(name).units(pa.array([text])).starts.size > len(text.split()) * 0.9


def test_a_text_with_an_added_token_is_encoded_whole() -> None:
    found = counter("Llama 3").units(
        pa.array(["a <|reserved_7|>", "a <|reserved_77|>", "<|res", "erved_7|> b"])
    )
    assert found.doubtful.tolist() == [True, False, True, True]  # where texts touch, rather too often
    found = counter("BERT with normalized tokens").units(pa.array(["in summer", "in winter", "é"]))
    assert found.doubtful.tolist() == [False, True, True]
    found = counter("GPT-2 by Split").units(pa.array(["anything <|end|>"]))
    assert found.doubtful.tolist() == [False]


@pytest.mark.parametrize("name", ["GPT-2", "RoBERTa", "BERT", "Metaspace first"])
@given(batches=st.lists(st.lists(texts, max_size=4), min_size=2, max_size=5))
@settings(max_examples=20, deadline=None)
def test_what_is_known_changes_no_count(name: str, batches: list[list[str]]) -> None:
    tight = TokenCounts.of(made(name))
    assert tight is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(token_counts, "MOST_KNOWN", 12)
        patch.setattr(token_counts, "LONGEST_KNOWN", 6)
        for batch in [*batches, *reversed(batches)]:
            found = tight.units(pa.array(batch, pa.string()))
            fresh = TokenCounts.of(made(name)).units(pa.array(batch, pa.string()))  # type: ignore[union-attr]
            assert found.tokens_before.tolist() == fresh.tokens_before.tolist()


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_counts, "MOST_KNOWN", 100)
    known = Known()
    asked: list[str] = []

    def count(units: list[str]) -> list[int]:
        asked.extend(units)
        return [len(unit) for unit in units]

    often = ["often", "x" * (token_counts.LONGEST_KNOWN + 1)]
    for at in range(0, 5_000, 20):
        units = [*often, *(f"w{n}" for n in range(at, at + 20))]
        assert known.look_up(units, count) == [len(unit) for unit in units]
        assert len(known) <= 100
    assert known.look_up([f"v{n}" for n in range(999)], count) == [len(f"v{n}") for n in range(999)]
    assert len(known) <= 100
    assert asked.count(often[0]) == 1  # what is met again and again stays
    assert asked.count(often[1]) == 250  # what is too long is not kept
