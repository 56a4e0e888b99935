"""Numbers, dates and quantities: which are in a text, and whether another text holds the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.gates.numbers.find import numbers_of
from stages.rephrase.gates.numbers.mention import compare


def new(passage: str, answer: str, language: str = "en") -> list[str]:
    """What the answer has and the passage lacks, as it stands in the answer."""
    found = compare(numbers_of(passage, language), numbers_of(answer, language))
    return [answer[m.start : m.end] for m in found.new]


def kept(passage: str, answer: str, language: str = "en") -> float:
    return compare(numbers_of(passage, language), numbers_of(answer, language)).kept


def same(passage: str, answer: str, language: str = "en") -> bool:
    """Whether both hold the same numbers, seen from either side."""
    return all(
        not new(*pair, language) and kept(*pair, language) == 1
        for pair in ((passage, answer), (answer, passage))
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It has 14 arches.", "It has fourteen arches."),
        ("1,234 people", "1234 people"),
        ("1.2 million crowns", "1,200,000 crowns"),
        ("$3.9 million", "3.9 million dollars"),
        ("$5bn", "five billion dollars"),
        ("two hundred and five", "205"),
        ("three hundred thousand", "300,000"),
        ("the 23rd title", "the twenty-third title"),
        ("half of the people", "50% of the people"),
        ("a quarter of the books", "25 percent of the books"),
        ("half a dozen eggs", "six eggs"),
        ("two visits", "she came twice"),
        ("Tom, 7, came", "Tom is 7 years old"),
        ("a week", "one week"),
        ("a second time", "the second time"),
        ("tomorrow", "on the next day"),
        ("two thirds", "66.67 percent"),
        ("twice as fast as", "two times faster than"),
        ("a threefold increase, 3 times as much", "triple the amount"),
        ("twice a day", "in two daily doses"),
        ("thirty years", "three decades"),
        ("45 minutes", "three quarters of an hour"),
        ("three quarters of the books", "75% of the books"),
        ("half an hour", "30 minutes"),
        ("half a kilogram", "500 g"),
        ("two and a half hours", "2.5 hours"),
        ("in 1984", "in nineteen eighty-four"),
        ("the 1990s", "the nineties"),
        ("12 March 2024", "March 12th, 2024"),
        ("2024-03-12", "12 March 2024"),
        ("at 2:30 pm", "at 14:30"),
        ("at 6:40 in the morning", "at 6:40"),
        ("2.5 kg of flour", "2,500 g of flour"),
        ("25 °C", "25 degrees Celsius"),
        ("15 cm tall", "fifteen centimetres tall"),
        ("5 km", "5,000 metres"),
        ("COVID-19", "Covid 19 or covid19"[-7:]),
        ("aged 67", "a 67-year-old"),
        ("90 minutes", "ninety minutes"),
        ("6 percent", "6 per cent"),
        ("5–7 days", "five to seven days"),
    ],
)
def test_the_same_in_english(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60 000 visiteurs", "soixante mille visiteurs"),
        ("1.234.567 euros", "1 234 567 €"),
        ("39,1 °C", "39.1 °C"),
        ("quatre-vingt-dix-sept jours", "97 jours"),
        ("soixante et onze ans", "71 ans"),
        ("quatre-vingts pages", "80 pages"),
        ("vingt et un élèves", "21 élèves"),
        ("mille neuf cent quatre-vingt-quatre", "1984"),
        ("deux cents mètres", "200 m"),
        ("la cinquième panne", "la 5e panne"),
        ("la moitié du billet", "50 % du billet"),
        ("deux fois plus vite", "le double"),
        ("45 minutes", "trois quarts d'heure"),
        ("une douzaine d'œufs", "douze œufs"),
        ("dix-huit mois", "18 mois"),
        ("le 3 juin", "le trois juin"),
        ("7 h 52", "7h52"),
        ("2,5 millions d'euros", "2 500 000 euros"),
    ],
)
def test_the_same_in_french(one: str, other: str) -> None:
    assert same(one, other, "fr")


@pytest.mark.parametrize(
    ("passage", "answer"),
    [
        ("eight hours, the others five", "five hours"),
        ("two thirds", "2/3"),
        ("25 kilometres an hour", "in an hour"),
        ("he came yesterday", "he came"),
        ("On Monday 2 kg were sold. On Tuesday it was 300.", "300 g"),
        ("Tom, 47, came", "he is 47 years old"),
    ],
)
def test_what_follows_without_being_the_same(passage: str, answer: str) -> None:
    assert new(passage, answer) == []


@pytest.mark.parametrize(
    ("passage", "answer", "invented"),
    [
        ("It has 14 arches.", "It has 15 arches.", ["15"]),
        ("a score of 20 to 7", "20 kg", ["20 kg"]),
        ("The wall was built about 250.", "It is 250 years old.", ["250 years"]),
        ("It lifted 52 crates per hour, and 71 in May.", "It lifted 71 pounds.", ["71 pounds"]),
        ("5 mg twice a day", "5 g twice a day", ["5 g"]),
        ("in three weeks", "in three days", ["three days"]),
        ("on 12 March", "on 12 April", ["April"]),
        ("on Tuesday", "on Thursday", ["Thursday"]),
        ("at 10 a.m.", "at 10 p.m.", ["10 p.m."]),
        ("fewer books", "6 percent fewer books", ["6 percent"]),
        ("60 000 visitors", "60 visitors", ["60"]),
        ("-5 °C", "5 °C", ["5 °C"]),
        ("vitamin B12", "vitamin B6", ["B6"]),
        ("the old man", "the 2022 man", ["2022"]),
        ("many people", "thousands of people", ["thousands"]),
        ("le 3 juin", "en 3 mois", ["3 mois"]),
        ("$5", "€5", ["5"]),
        ("7-5", "7-6", ["6"]),
        ("the two ears", "nearly twice as fast", ["twice"]),
        ("the two ears and the 2 boats", "the price doubled", ["doubled"]),
        ("three dogs", "three times as many dogs", ["three"]),
        ("two thirds of it", "two weeks of it", ["two weeks"]),
        ("four of two ears", "after two weeks", ["two weeks"]),
        ("half past nine", "half a minute", ["half a minute"]),
        ("a dose", "a second dose", ["second"]),
        ("for a time", "for centuries", ["centuries"]),
        ("on Monday", "on Monday and tomorrow", ["tomorrow"]),
        ("this year", "until the end of the year", ["end of the year"]),
        ("children under six", "children under one year of age", ["one year"]),
        ("50 people", "half of the people", ["half"]),
        ("call 0800 555 019", "call 0800 555 018", ["0800 555 018"]),
    ],
)
def test_what_is_invented(passage: str, answer: str, invented: list[str]) -> None:
    language = "fr" if "juin" in passage else "en"
    assert new(passage, answer, language) == invented


@pytest.mark.parametrize(
    "answer",
    [
        "One of the dogs came first, and no other dog had both.",
        "1. The dog came.\n2. It slept.",
        "Question 1: Who came?\nAnswer 1: The dog.",
        "You may march on and wait a second.",
    ],
)
def test_what_is_no_number(answer: str) -> None:
    assert new("A dog.", answer) == []


def test_the_share_that_is_kept() -> None:
    assert kept("14 arches, 3 piers, 2 lanes and 1887", "14 arches of 1887") == 0.5
    assert kept("no number at all", "nor here") == 1.0


def test_other_languages_are_compared_by_their_digits() -> None:
    assert new("Es waren 14 Hunde.", "14 Hunde, 3 Katzen", "de") == ["3"]
    assert kept("1.234,50 Euro", "1234,50 Euro", "de") == 1.0
    assert kept("12 Leute", "12", None) == 1.0  # type: ignore[arg-type]


_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
_TENS = ["x", "x", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(n: int) -> str:
    """The textbook's words, written independently of the parser."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    for size, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= size:
            rest = n % size
            link = " and " if 0 < rest < 100 else " "
            return f"{english(n // size)} {name}" + (f"{link}{english(rest)}" if rest else "")
    raise AssertionError


_UN = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
]  # fmt: skip
_DIX = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}


def french(n: int) -> str:
    if n < 20:
        return _UN[n]
    if n < 70:
        tens, one = n // 10 * 10, n % 10
        return _DIX[tens] + ("" if not one else " et un" if one == 1 else f"-{_UN[one]}")
    if n < 80:
        return "soixante et onze" if n == 71 else f"soixante-{_UN[n - 60]}"
    if n < 100:
        return "quatre-vingts" if n == 80 else f"quatre-vingt-{_UN[n - 80]}"
    if n < 1000:
        hundreds = "cent" if n < 200 else f"{_UN[n // 100]} cent"
        return (f"{hundreds}s" if n % 100 == 0 and n > 199 else hundreds) + (
            f" {french(n % 100)}" if n % 100 else ""
        )
    thousands = "mille" if n < 2000 else f"{french(n // 1000)} mille"
    return thousands + (f" {french(n % 1000)}" if n % 1000 else "")


@settings(max_examples=150)
@given(st.integers(3, 10**12 - 1))
def test_english_words_are_read_back(number: int) -> None:
    (found,) = [m for m in numbers_of(f"There were {english(number)} of them", "en") if not m.soft]
    assert found.values == {str(number)}


@settings(max_examples=150)
@given(st.integers(2, 999_999).filter(lambda n: n % 10 != 9 or n > 10))
def test_french_words_are_read_back(number: int) -> None:
    (found,) = [m for m in numbers_of(f"Il y en avait {french(number)} ici", "fr") if not m.soft]
    assert found.values == {str(number)}


@settings(max_examples=100)
@given(st.text(max_size=80), st.sampled_from(["en", "fr", "de", None]))
def test_any_text_can_be_read_and_agrees_with_itself(text: str, language: str | None) -> None:
    found = numbers_of(text, language)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    result = compare(found, found)
    assert result.kept == 1.0
    assert result.new == ()
