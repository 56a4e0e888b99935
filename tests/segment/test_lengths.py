"""Bounds of length hold, and the text is cut where that does least harm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from models.sentence_boundary.prediction import Places
from stages.segment.cutting import sentences_of
from stages.segment.options import Lengths, SegmentConfig

TEXT = "Rain fell. We stayed in, drank tea and waited for the post to come. It came."


def cut(text, ends, probabilities, *, newlines="space", threshold=0.5, **lengths):
    """Sentences of a text whose places are given."""
    config = SegmentConfig(newlines=newlines, lengths=Lengths(**lengths) if lengths else None)
    places = Places(np.array(ends, np.int64), np.array(probabilities, np.float32))
    found = sentences_of(text, places, config, {"default": threshold}).ends
    return [text[a:b] for a, b in zip([0, *found[:-1]], found, strict=True)]


def at(*marks):
    """Places after the marks, white space included."""
    return [TEXT.index(mark) + len(mark) + 1 for mark in marks]


def test_within_the_bounds_the_threshold_decides() -> None:
    ends = at("fell.", "in,", "come.")
    assert cut(TEXT, ends, [0.9, 0.1, 0.8]) == cut(TEXT, ends, [0.9, 0.1, 0.8], max=100)
    assert cut(TEXT, ends, [0.9, 0.1, 0.8], max=100) == [
        "Rain fell. ", "We stayed in, drank tea and waited for the post to come. ", "It came.",
    ]  # fmt: skip


def test_what_is_too_long_is_cut_at_its_most_probable_place() -> None:
    ends = at("fell.", "in,", "tea", "waited", "come.")
    assert cut(TEXT, ends, [0.9, 0.1, 0.001, 0.002, 0.8], max=46)[1:3] == [
        "We stayed in, ", "drank tea and waited for the post to come. ",
    ]  # fmt: skip


def test_what_is_too_short_joins_the_neighbour_it_belongs_to_more() -> None:
    ends = at("fell.", "in,", "come.")
    assert cut(TEXT, ends, [0.9, 0.6, 0.8], min=12) == [
        "Rain fell. We stayed in, ", "drank tea and waited for the post to come. It came.",
    ]  # fmt: skip
    assert cut(TEXT, ends, [0.9, 0.6, 0.8], min=100) == [TEXT]


def test_chunks_are_as_few_as_fit() -> None:
    ends = at("fell.", "in,", "tea", "and", "waited", "come.")
    assert cut(TEXT, ends, [0.9, 0.9, 0.1, 0.1, 0.1, 0.9], max=60, aim="chunks") == [
        "Rain fell. We stayed in, ", "drank tea and waited for the post to come. It came.",
    ]  # fmt: skip


def test_a_prior_pulls_towards_its_target() -> None:
    ends = [10 * number for number in range(1, 12)]
    found = cut(
        "a" * 9 * 0 + "abcdefghi " * 12, ends, [0.5] * 11, max=80, prior="gaussian", target=30, spread=5
    )
    assert [len(one) for one in found] == [30, 30, 30, 30]


def test_a_stretch_without_any_place_is_cut_at_white_space_and_not_in_a_character() -> None:
    assert cut("abcde " * 6, [], [], max=14) == ["abcde abcde "] * 3
    cut_apart = cut("e\u0301" * 20, [], [], max=7)
    assert "".join(cut_apart) == "e\u0301" * 20
    assert all(one[0] == "e" and len(one) <= 7 for one in cut_apart)


def test_bounds_hold_between_line_breaks_that_count() -> None:
    found = cut("one two\nthree four five\n", [], [], newlines="every", max=12)
    assert found == ["one two\n", "three ", "four five\n"]  # of two equal ways, the longer last piece


@given(
    st.text(st.sampled_from("ab \n.e\u0301"), min_size=1, max_size=120),
    st.data(),
    st.integers(1, 8),
    st.integers(8, 20),
)
@settings(max_examples=150)
def test_the_maximum_always_holds(text, data, shortest, longest) -> None:
    ends = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=20)))
    probabilities = data.draw(st.lists(st.floats(0, 1, width=32), min_size=len(ends), max_size=len(ends)))
    prior = data.draw(st.sampled_from(["uniform", "gaussian", "lognormal", "clipped_polynomial"]))
    aim = data.draw(st.sampled_from(["sentences", "chunks"]))
    found = cut(
        text, ends, probabilities, min=shortest, max=longest, prior=prior, aim=aim, target=9, spread=4
    )
    assert "".join(found) == text
    assert all(len(one) <= longest for one in found)
    if prior == "uniform" and len(ends) == len(text) >= 2 * longest:
        # every place is free and no probability forbids one: the minimum holds, too
        assert all(len(one) >= shortest for one in found) or min(probabilities) == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"min": 9, "max": 3}, "min (9) is larger than max (3)"),
        ({"prior": "gaussian"}, "prior: gaussian needs max"),
        ({"aim": "chunks"}, "chunks needs max"),
    ],
)
def test_bounds_that_do_not_fit_are_refused(options, words) -> None:
    with pytest.raises(ValidationError, match=words.replace("(", r"\(").replace(")", r"\)")):
        Lengths(**options)
