"""What counts as lost and as invented."""

import functools
from typing import Any

import pytest

pytest.importorskip("lemminflect")

from benchmarks.simplify_defects import defects, inserted, missing, outside


@functools.cache
def parser() -> Any:
    spacy = pytest.importorskip("spacy")
    from stages.simplify.languages import package_of

    return spacy.load(package_of("en", None), exclude=["ner", "attribute_ruler", "lemmatizer"])


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


def test_an_output_without_subject_counts_where_the_source_has_one():
    found = defects(
        ["The nurse opened the window and left."], [["The nurse opened the window.", "Left."]], parser()
    )
    assert (found.subjectless, found.with_subject) == (1, 2)


def test_an_output_of_a_source_in_which_no_subject_is_found_says_nothing():
    found = defects(["Open the window and leave."], [["Open the window.", "Leave."]], parser())
    assert (found.subjectless, found.with_subject, found.outputs) == (0, 0, 2)


def test_of_all_outputs_those_count_whose_source_is_no_order():
    inverted = "Following the drummers are dancers, who often sing."
    found = defects([inverted], [["Following the drummers are dancers."]], parser())
    assert (found.subjectless, found.subjectless_of_all) == (0, 1)
