"""Lengths of time and vague dates: none may be new, and none has to be kept."""

from __future__ import annotations

import pytest

from tests.rephrase.test_numbers import kept, new


@pytest.mark.parametrize(
    ("passage", "answer", "invented"),
    [
        ("The drone flew in April.", "The drone flew in April, a month ago.", ["a month", "month ago"]),
        ("Some players thought for hours.", "One move took an hour.", ["an hour"]),
        ("The mill closed.", "The mill closed for several weeks.", ["several weeks"]),
        ("The mill closed.", "The mill closed in the autumn.", ["in the autumn"]),
        ("The shop opens at ten.", "The shop opens at weekends.", ["weekends"]),
        ("She sells bread.", "She sells bread every day.", ["every day"]),
        ("He read a bill.", "He read a bill at noon.", ["noon"]),
        ("They left.", "They left early morning.", ["early morning"]),
        ("Pepper was dear.", "Pepper was the spice of the year.", ["year"]),
        (
            "Showers are often closed.",
            "It is closed on a rainy day, and in the night before.",
            ["day", "night"],
        ),
        ("It was on the air for 71 years.", "It was turned off 71 years ago.", ["years ago"]),
        ("Press it overnight.", "Press it forever.", ["forever"]),
        ("It stands still in autumn.", "It is needed for the year.", ["for the year"]),
        ("Salt goes in.", "Add a pinch of salt.", ["a pinch of"]),
        ("Turning a page takes 0.4 seconds.", "It takes only a second.", ["a second"]),
        ("five nights, eight hours each", "eight nights", ["eight nights"]),
    ],
)
def test_what_the_passage_does_not_say_is_new(passage: str, answer: str, invented: list[str]) -> None:
    assert new(passage, answer) == invented


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("He will come again in a month.", "A month later he will come again."),
        ("He waited for one week.", "He waited a week."),
        ("He waited for two days.", "The days went by."),
        ("It is fed yearly.", "Once a year it is fed."),
        ("It opened in 1984.", "That year it opened."),
        ("She taught for thirty years.", "She taught for three decades."),
        ("On Monday it rained.", "It rained that day."),
        ("They sell 50 books a day.", "In a day they sell 50 books."),
        ("It lasted six weeks.", "It lasted several weeks."),
        ("It lasted for days.", "It lasted a few days."),
        ("They meet on Saturdays and Sundays.", "They meet at the weekend."),
        ("It closes at 12:00.", "It closes at noon."),
        ("The bus goes at 6:40.", "The bus goes early in the morning."),
        ("It is cold in winter.", "It is cold during the winter."),
        ("The pump is checked daily.", "Every day the pump is checked."),
        ("Let it boil.", "Wait a minute and let it boil."),
    ],
)
def test_what_says_the_same_is_not(passage: str, answer: str) -> None:
    assert new(passage, answer) == []


def test_a_length_of_time_may_be_left_out() -> None:
    assert kept("After a week she sold 50 books a day.", "She sold 50 books.") == 1.0


def test_a_rate_stays_in_its_sentence() -> None:
    passage = "She sells 50 books a day. On Friday anybody may read for five minutes."
    assert new(passage, "Anybody may read for five minutes a day.") == ["five minutes"]
    assert new(passage, "On a day she sells 50 books, and she sells 50 books each day.") == []


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("Le moulin a fermé.", "Le moulin a fermé pendant une semaine."),
        ("Le moulin a fermé.", "Le moulin a fermé quelques jours."),
        ("Le moulin ferme.", "Le moulin ferme à midi."),
    ],
)
def test_in_french(passage: str, answer: str) -> None:
    assert new(passage, answer, "fr")
    assert not new(answer, answer, "fr")
