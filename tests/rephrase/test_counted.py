"""What a number counts, is a part of, or is a place of: other things make it another number."""

from __future__ import annotations

import pytest

from tests.rephrase.test_numbers import new, same


@pytest.mark.parametrize(
    ("passage", "answer", "invented"),
    [
        ("40 people learnt a list of 60 words.", "60 people learnt.", ["60"]),
        ("He ran for 12 minutes.", "He trained 12 more times.", ["12"]),
        ("A layer of one centimetre", "one hundredth of a centimetre", ["one hundredth of a centimetre"]),
        ("The trees bloom.", "A third of the trees bloom.", ["A third"]),
        ("a spray to use twice a day", "a second dose", ["second"]),
    ],
)
def test_another_thing_is_new(passage: str, answer: str, invented: list[str]) -> None:
    assert new(passage, answer) == invented


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("18 of 120 seedlings died.", "18 seedlings died of 120."),
        ("40 young people slept.", "40 people slept."),
        ("It holds 80 percent.", "It holds 80% of it."),
        ("At 25 °C it melts.", "At 25 degrees it melts."),
        ("He got 23 votes and she 41.", "He got 23 and she got 41 votes."),
        ("They had two tests.", "The second test was theirs."),
    ],
)
def test_the_same_thing_in_other_words_is_not(passage: str, answer: str) -> None:
    assert new(passage, answer) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a third of the trees", "one third of the trees"),
        ("a tenth of the price", "10 percent of the price"),
        ("two fifths of the people", "40% of the people"),
        ("a tenth of a second", "0.1 seconds"),
    ],
)
def test_parts(one: str, other: str) -> None:
    assert new(one, other) == []
    assert new(other, one) == []


def test_the_third_of_a_month_is_no_part() -> None:
    assert same("on the third of June", "on 3 June")
