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
        ("It flew from 11 Mill Road.", "It flew from the 11th street.", ["11th"]),
        ("Both parents sign.", "Two cards are signed.", ["Two"]),
        ("two hours for three locks", "the third day", ["third", "day"]),
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


@pytest.mark.parametrize(
    ("passage", "answer", "invented"),
    [
        ("It takes a second, four times as long.", "It takes four seconds.", ["four seconds"]),
        ("A second attempt came after a month.", "It came two years later.", ["two years"]),
        ("On the last one it took two hours.", "It took one hour.", ["one hour"]),
        ("Two stitches were placed in three hours.", "They were placed in two hours.", ["two hours"]),
        ("812 gigawatt hours", "812 megawatt-hours", ["812 megawatt-hours"]),
        ("twice the fee, within three working days", "two working days", ["two working days"]),
        ("4 minutes and 20 seconds, then just six", "six seconds", ["six seconds"]),
        ("Hold it for five seconds.", "Hold it for another minute.", ["another minute"]),
        ("until 7.30 p.m.", "until 7 p.m.", ["7 p.m."]),
        ("The bell rings at Easter.", "The bell rings every Easter.", ["every Easter"]),
        ("60 people", "more than 60 people", ["60"]),
    ],
)
def test_a_unit_a_bound_or_how_often_is_not_put_in(passage: str, answer: str, invented: list[str]) -> None:
    assert new(passage, answer) == invented


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("It weighs 12 to 15 kg.", "It weighs 12 kg or 15 kg."),
        ("eight hours, the others five", "five hours"),
        ("within three working days", "within three days"),
        ("open until 7.30 p.m.", "open until 19:30"),
        ("over 900 toads", "more than 900 toads"),
        ("On 12 March 2024 it was 39.5 °C.", "In 2024 temperatures reached 39.5 °C."),
        ("at 3", "at 3 p.m."),
    ],
)
def test_what_was_meant_may_be_said(passage: str, answer: str) -> None:
    assert new(passage, answer) == []


def test_the_third_of_a_month_is_no_part() -> None:
    assert same("on the third of June", "on 3 June")
