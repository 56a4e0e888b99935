"""What counts as a loop, in tokens and in words, and what does not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.rephrase.loops import LONGEST_UNIT, REPEATED, Loop, LoopWatch, find_loop

PROSE = (
    "The harbour office opens at seven. Boats that arrive before that wait at the outer quay, where there is "
    "room for six of them, and nobody is charged for the wait. From seven on the office gives out berths in the "
    "order of arrival. A berth costs twelve pounds a night, or sixty pounds a week; electricity is extra. Boats "
    "longer than fourteen metres should call a day ahead, because only two berths are deep enough for them."
)


def test_one_word_over_and_over():
    found = find_loop([*PROSE.split(), *["very"] * 60])
    start = len(PROSE.split()) + 1  # the first "very" repeats nothing
    assert found == Loop("copies", start, start + REPEATED, 1)


def test_one_sentence_over_and_over():
    sentence = ["The", "office", "opens", "at", "seven", "and", "the", "boats", "wait", "outside", "."]
    found = find_loop([*PROSE.split(), *sentence * 8])
    assert found is not None
    assert (found.kind, found.unit, found.end - found.start) == ("copies", len(sentence), REPEATED)


def test_a_long_passage_is_a_loop_once_it_is_all_there_again():
    passage = PROSE.split()[: REPEATED + 6]
    assert find_loop([*passage, *passage[:-1]]) is None
    found = find_loop([*passage, *passage])
    assert found is not None
    assert (found.start, found.unit) == (len(passage), len(passage))


def test_the_same_phrases_with_a_number_that_counts_up():
    counted = [
        word for n in range(40) for word in f"The boat number {n} costs twelve pounds a night ,".split()
    ]
    found = find_loop(counted)
    assert found is not None
    assert found.kind == "nothing new"


def test_the_same_sentences_in_any_order():
    sentences = [line.split() for line in PROSE.split(". ")]
    random.seed(5)
    text = [word for _ in range(40) for word in random.choice(sentences)]
    found = find_loop(text)
    assert found is not None
    assert found.end < 300


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yes",
        PROSE,
        "No, no, no, no, said the clerk, not today, not tomorrow, not at all.",
        "Question: When does the office open? Answer: The office opens at seven. "
        "Question: When does the office close? Answer: The office closes at nine. "
        "Question: How long may a boat stay? Answer: A boat may stay for a week. "
        "Question: How long may a boat be? Answer: A boat may be fourteen metres long.",
        "- Monday: open from 7 to 9\n- Tuesday: open from 7 to 9\n- Wednesday: open from 7 to 9\n- Thursday: closed",
    ],
)
def test_ordinary_text_is_none(text):
    assert find_loop(text.split()) is None


def test_a_unit_longer_than_the_longest_is_left_to_the_other_half():
    unit = list(range(LONGEST_UNIT + 1))
    found = find_loop(unit * 2)
    assert found is not None
    assert found.kind == "nothing new"


@given(
    st.lists(st.integers(0, 9), max_size=20),
    st.lists(st.integers(0, 9), min_size=1, max_size=30),
    st.lists(st.integers(), max_size=10),
)
def test_whatever_repeats_for_long_is_found_and_what_comes_later_changes_nothing(before, unit, after):
    looping = [*before, *unit * (2 + -(-2 * REPEATED // len(unit)))]
    found = find_loop(looping)
    assert found is not None
    assert 0 <= found.start < found.end <= len(looping)
    assert find_loop([*looping, *after]) == found


@given(st.lists(st.integers(0, 3), max_size=300))
def test_watching_and_looking_back_agree(items):
    """Copies, by the words of the definition: the slow way."""
    watch = LoopWatch()
    for end, item in enumerate(items, 1):
        found = watch.push(item)
        copies = any(
            all(items[at] == items[at - unit] for at in range(end - max(unit, REPEATED), end))
            for unit in range(1, LONGEST_UNIT + 1)
            if end - max(unit, REPEATED) - unit >= 0
        )
        assert copies == (found is not None and found.kind == "copies")
        if found:
            return
