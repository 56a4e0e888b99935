"""Passages: whole sentences, even in length, nothing lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.chunking import Span, chunks_of
from stages.rephrase.token_counts import EstimatedTokens

COUNTER = EstimatedTokens()


def spans(sentences: list[str]) -> list[Span]:
    ends, at = [], 0
    for sentence in sentences:
        ends.append((at, at + len(sentence)))
        at += len(sentence)
    return ends


def cut(sentences: list[str], limit: int) -> list[str]:
    text = "".join(sentences)
    return [text[c.start : c.end] for c in chunks_of(text, spans(sentences), COUNTER, limit)]


SENTENCE = "The fox slept in the house. "  # seven tokens


class TestSentences:
    def test_a_short_text_is_one_passage(self) -> None:
        assert cut([SENTENCE, SENTENCE], 20) == [SENTENCE * 2]

    def test_an_empty_text_has_none(self) -> None:
        assert cut([], 20) == []

    def test_passages_are_even_and_the_last_one_is_no_remainder(self) -> None:
        assert [len(c) // len(SENTENCE) for c in cut([SENTENCE] * 5, 28)] == [2, 3]
        assert [len(c) // len(SENTENCE) for c in cut([SENTENCE] * 9, 28)] == [3, 3, 3]

    def test_they_end_where_sentences_end(self) -> None:
        sentences = ["One two three. ", "Four five six seven. ", "Eight. ", "Nine ten eleven twelve. "]
        for passage in cut(sentences, 9):
            assert passage.strip().endswith(".")


class TestLongSentences:
    def test_a_sentence_that_is_too_long_is_cut_at_its_strongest_mark(self) -> None:
        long = "the dog ran over the hill, and the fox slept; the patient came home, and the cat ate."
        assert cut([long], 16) == [
            "the dog ran over the hill, and the fox slept; ",
            "the patient came home, and the cat ate.",
        ]

    def test_without_any_mark_it_is_cut_at_a_space(self) -> None:
        assert all(part.endswith(" ") for part in cut(["word " * 40], 16))

    def test_without_a_space_it_is_cut_anyway(self) -> None:
        assert "".join(cut(["中文" * 100], 16)) == "中文" * 100


@settings(max_examples=60)
@given(
    st.lists(st.text(alphabet="ab .,;\n中0'é", min_size=1, max_size=120), max_size=30),
    st.integers(16, 60),
)
def test_nothing_is_lost_and_nothing_too_long(sentences: list[str], limit: int) -> None:
    text = "".join(sentences)
    chunks = chunks_of(text, spans(sentences), COUNTER, limit)
    assert "".join(text[c.start : c.end] for c in chunks) == text
    for chunk in chunks:
        assert chunk.start < chunk.end
        assert COUNTER.count([text[chunk.start : chunk.end]])[0] <= limit
