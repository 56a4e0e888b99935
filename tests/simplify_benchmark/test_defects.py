"""What counts as lost and as invented."""

import pytest

pytest.importorskip("lemminflect")

from benchmarks.simplify_defects import inserted, missing


def test_an_inflection_is_neither_lost_nor_invented():
    source, outputs = "Leaving the house, she sang.", ["She sang.", "She left the house."]
    assert missing(source, outputs) == set()
    assert inserted(source, outputs) == []


def test_a_word_that_nothing_has_is_lost():
    assert missing("She sang loudly.", ["She sang."]) == {"loudly"}


def test_a_word_that_the_source_has_not_is_invented_unless_splits_need_it():
    assert inserted("She sang in Rome.", ["She sang.", "This was in Paris."]) == ["paris"]
