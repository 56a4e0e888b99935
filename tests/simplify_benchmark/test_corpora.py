"""Tokenised corpora become running text again."""

from benchmarks.simplify_corpora import written


def test_marks_stand_close_to_words():
    assert written(["Yes", ",", "it", "is", "n't", ";", "Anna", "'s", "."]) == "Yes, it isn't; Anna's."


def test_brackets_and_quotes_are_restored():
    assert (
        written(["a", "-LRB-", "b", "-RRB-", "``", "c", "''", "d", "''", "e", "''", "."])
        == 'a (b) "c" d "e".'
    )
