"""A number as it stands in a text, and when two of them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

SHARE = "percent"  # dimension of a part of a whole
_OFTEN_ALONE = frozenset(["months", "date", "am", "pm"])  # "Tom, 7, came at ten on the third of June"
_NEEDS_NO_NOUN = _OFTEN_ALONE | {SHARE}


@dataclass(frozen=True, slots=True)
class Mention:
    """A number, date or code.

    Attributes:
        values: what it may mean: decimal numbers without trailing zeros, ``month:3``, ``id:b12`` ... More than one
            where writing leaves it open: ``1,234`` in French, ``6:40`` in the morning or the evening.
        unit: dimension of its unit (mass, time, usd ...), "" without one.
        scaled: the values in the dimension's base unit, where there is a unit.
        soft: may stand for a number but need not be one, as "one", "both" and "a": it is neither missed nor new.
        optional: need not be kept.
        multiple: says how many times, as "twice", "three times" and "double".
        ratio: a multiple that compares, as "twice as fast": only a multiple says the same, no count does.
        per: what it is counted by ("day" of "nine a day"), "" where nothing says so.
        rank: a place in an order, as "third" and the second of "a second dose".
        counts: the nouns it may count ("dose" of "two doses"); empty where that is not known.
        sentence: number of the sentence in which it stands.
        start, end: span of the text.
    """

    values: frozenset[str]
    unit: str = ""
    scaled: frozenset[str] = frozenset()
    soft: bool = False
    optional: bool = False
    multiple: bool = False
    ratio: bool = False
    per: str = ""
    rank: bool = False
    counts: frozenset[str] = frozenset()
    sentence: int = 0
    start: int = 0
    end: int = 0

    def same(self, other: Mention) -> bool:
        """Whether both may say the same. A missing unit fits every unit; other units of one dimension are converted.
        So does a missing "per day" fit every rate; another one does not."""
        if self.per and other.per and self.per != other.per:
            return False
        if self.unit and other.unit:
            return self.unit == other.unit and bool(self.scaled & other.scaled)
        return bool(self.values & other.values)

    def follows(self, other: Mention, around: Surroundings) -> bool:
        """Whether it may be said after the other.

        "Twice as fast" does not follow from "two ears", nor do "two weeks", nor "a second dose" from "twice a day".
        Larger numbers seldom are the same by chance, and small ones may leave out a unit that stands nearby: "eight
        hours, the others five".

        Args:
            around: the other's text.
        """
        if not self.same(other) or (self.ratio and not other.multiple) or (self.rank and other.multiple):
            return False
        if self.per and not other.per and (other.sentence, self.per) not in around.rates:
            return False
        if self.counts and other.counts and not self.counts & other.counts and self.counts & around.counted:
            return False
        if self.counts and other.unit and other.unit not in _NEEDS_NO_NOUN:
            return False  # "12 times" does not follow from "12 minutes"
        guessed = bool(self.unit) and not other.unit and not other.multiple
        return not guessed or self.unit in around.units or self.unit in _OFTEN_ALONE or not other.is_small

    @property
    def is_small(self) -> bool:
        """Whether it may be a count of a few things."""
        return all(len(value) <= 2 and value.isdigit() and int(value) <= 12 for value in self.values)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a text says, by which its numbers are understood.

    Attributes:
        units: dimensions of its units.
        rates: by what anything is counted, with the sentence: "twenty times" becomes "twenty times a day" only
            where its own sentence speaks of a day.
        counted: nouns of which it gives a number: who counts 40 people and 60 words does not count 60 people.
    """

    units: frozenset[str]
    rates: frozenset[tuple[int, str]]
    counted: frozenset[str]

    @staticmethod
    def of(mentions: Sequence[Mention]) -> Surroundings:
        """Read them off a text's mentions."""
        return Surroundings(
            frozenset(one.unit for one in mentions if one.unit),
            frozenset((one.sentence, one.per) for one in mentions if one.per),
            frozenset(noun for one in mentions for noun in one.counts),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the numbers of two texts agree.

    Attributes:
        kept: share of the first text's numbers that the second holds; 1 when it has none.
        new: numbers of the second text that the first lacks, each once.
    """

    kept: float
    new: tuple[Mention, ...]


def compare(passage: Sequence[Mention], answer: Sequence[Mention]) -> Comparison:
    """Compare the mentions of a passage with those of an answer."""
    wanted = _distinct(m for m in passage if not (m.soft or m.optional))
    kept = sum(any(one.same(other) for other in answer) for one in wanted)
    around = Surroundings.of(passage)
    new = [
        one
        for one in _distinct(m for m in answer if not m.soft)
        if not any(one.follows(other, around) for other in passage)
    ]
    return Comparison(kept / len(wanted) if wanted else 1.0, tuple(new))


def decimal_text(value: Decimal) -> str:
    """Return a number in one way of writing: no exponent, no trailing zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    return list(
        {(m.values, m.unit, m.scaled, m.ratio, m.per, m.rank, m.counts): m for m in mentions}.values()
    )
