"""The table of words is a set, however long and alike the words are."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from stages.shorten.word_table import WordTable

words = st.text(st.sampled_from("abж我"), min_size=1, max_size=24)
SIXTEEN = "abcdefghijklmnop"


def find(table: WordTable, looked_for: list[str]) -> tuple[set[str], set[str]]:
    pieces = [word.encode() for word in looked_for]
    buffer = np.frombuffer(b" ".join(pieces) + b" " * 17, np.uint8)
    ends = np.cumsum([len(piece) + 1 for piece in pieces]) - 1
    starts = ends - [len(piece) for piece in pieces]
    hits, perhaps = table.find(buffer, starts, ends)
    return {looked_for[i] for i in hits}, {looked_for[i] for i in perhaps}


@given(listed=st.sets(words, max_size=40), others=st.lists(words, min_size=1, max_size=40))
@example(listed={SIXTEEN}, others=[SIXTEEN + "q"])
@example(listed={SIXTEEN + "q"}, others=[SIXTEEN])
def test_it_finds_its_words_and_no_others(listed: set[str], others: list[str]) -> None:
    looked_for = [*others, *sorted(listed)]
    hits, perhaps = find(WordTable.of(listed), looked_for)
    short = {word for word in looked_for if len(word.encode()) <= 16}
    assert hits == short & listed
    starts = {word.encode()[:16] for word in listed if len(word.encode()) > 16}
    assert perhaps == {w for w in looked_for if len(w.encode()) > 16 and w.encode()[:16] in starts}


def test_many_words_that_share_slots() -> None:
    listed = {f"w{number}" for number in range(0, 20_000, 2)}
    hits, _ = find(WordTable.of(listed), [f"w{number}" for number in range(20_000)])
    assert hits == listed


def test_an_empty_table_holds_nothing() -> None:
    assert find(WordTable.of([]), ["a", "b" * 20]) == (set(), set())
