"""What counts as lost and as invented."""

import pytest

pytest.importorskip("lemminflect")

from benchmarks.simplify_defects import inserted, missing, outside


def test_an_inflection_is_neither_lost_nor_invented():
    source, outputs = "Leaving the house, she sang.", ["She sang.", "She left the house."]
    assert missing(source, outputs) == set()
    assert inserted(source, outputs) == []


def test_a_word_that_nothing_has_is_lost():
    assert missing("She sang loudly.", ["She sang."]) == {"loudly"}


def test_a_word_that_the_source_has_not_is_invented_unless_splits_need_it():
    assert inserted("She sang in Rome.", ["She sang.", "This was in Paris."]) == ["paris"]


def test_a_content_word_is_in_a_span_or_in_a_cue():
    source = "She sang despite Monday's storm."
    assert outside(source, [(0, 8), (24, 32)], ["despite"]) == {"monday"}
    assert outside(source, [(0, 8), (17, 32)], []) == set()
