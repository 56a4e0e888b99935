"""A number that counts by another unit of time is another number."""

from __future__ import annotations

import pytest

from tests.rephrase.test_numbers import new, same


@pytest.mark.parametrize(
    ("passage", "answer", "language"),
    [
        ("It blows at 20 metres per second.", "It blows at 20 meters per hour.", "en"),
        ("The ferry runs four times a day.", "The ferry runs four times a week.", "en"),
        ("They sell 300 rolls on a weekday.", "They sell 300 rolls per month.", "en"),
        ("Take 5 ml each hour.", "Take 5 ml every day.", "en"),
        ("Its heart beats 20 times in winter.", "Its heart beats 20 times a day.", "en"),
        ("Il vend 300 pains par jour.", "Il vend 300 pains par semaine.", "fr"),
    ],
)
def test_another_rate_is_new(passage: str, answer: str, language: str) -> None:
    assert new(passage, answer, language)


@pytest.mark.parametrize(
    ("passage", "answer", "language"),
    [
        ("It blows at 20 metres per second.", "It blows at 20 m/second.", "en"),
        ("The ferry runs four times a day.", "Each day the ferry runs four times.", "en"),
        ("They work 8 hours a day, 5 days a week.", "They work 5 days each week and 8 hours per day.", "en"),
        ("Il vend 300 pains par jour.", "Chaque jour, il vend 300 pains.", "fr"),
    ],
)
def test_the_same_rate_in_other_words_is_not(passage: str, answer: str, language: str) -> None:
    assert same(passage, answer, language)


def test_a_time_that_passed_is_no_rate() -> None:
    passage = "They moved in 1990. A year later they had two children."
    assert not new(passage, "They moved in 1990 and had two children a year later.")


def test_a_rate_may_be_left_out_but_not_put_in() -> None:
    rate, price = "A ticket costs 9 euros per week.", "The price is 9 euros."
    assert not new(rate, price)
    assert new(price, rate) == ["9 euros", "week"]


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        ("The mill closed a few years ago.", "en"),
        ("The mill closed long ago.", "en"),
        ("It has grown in recent years.", "en"),
        ("Le moulin a fermé il y a quelques années.", "fr"),
    ],
)
def test_a_vague_date_that_the_passage_lacks_is_new(answer: str, language: str) -> None:
    assert new("The mill closed.", answer, language)
    assert not new(answer, answer, language)
