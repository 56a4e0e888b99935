"""Boundary F1 counts what a reader would: where sentences are divided, whatever happens to the blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence_boundary.scoring import Counts, compare, inner_boundaries, macro_f1, total

TEXT = "One. Two!  Three?"
TRUE = (4, 9, 17)


def test_blanks_may_go_to_either_side() -> None:
    assert compare(TEXT, TRUE, [4, 9, 17]) == compare(TEXT, TRUE, [5, 11, 17]) == Counts(2, 0, 0)


def test_the_end_of_the_text_earns_nothing() -> None:
    assert compare(TEXT, TRUE, [17]) == Counts(0, 0, 2)
    assert compare("One.  ", [4], [4, 6]) == Counts(0, 0, 0)


def test_extra_and_missed_boundaries_count() -> None:
    found = compare(TEXT, TRUE, [4, 7, 17])
    assert found == Counts(hits=1, extra=1, missed=1)
    assert found.precision == found.recall == found.f1 == 0.5


def test_a_boundary_named_twice_counts_once() -> None:
    assert compare(TEXT, TRUE, [4, 5, 4]) == Counts(1, 0, 1)


def test_a_text_of_one_sentence_left_whole_is_perfect() -> None:
    assert compare("One.", [4], [4]).f1 == 1.0


def test_corpora_weigh_alike_whatever_their_size() -> None:
    large, small = Counts(99, 0, 1), Counts(0, 1, 1)
    assert macro_f1([large, small]) == pytest.approx(large.f1 / 2)
    assert total([large, small]) == Counts(99, 1, 2)


def test_no_corpus_is_no_score() -> None:
    with pytest.raises(ValueError, match="at least one corpus"):
        macro_f1([])


@given(st.text("ab. \n", max_size=30), st.sets(st.integers(0, 30)))
def test_boundaries_stand_after_text_and_before_text(text: str, ends: set[int]) -> None:
    for end in inner_boundaries(text, (min(end, len(text)) for end in ends)):
        assert not text[end - 1].isspace()
        assert text[end:].strip()
