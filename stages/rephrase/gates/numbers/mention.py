"""A number as it stands in a text, and when two of them say the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

SHARE = "percent"  # dimension of a part of a whole
_OFTEN_ALONE = frozenset(["months", "date", "am", "pm"])  # "Tom, 7, came at ten on the third of June"
_AGE = "months"  # dimension of years
_OLDEST = 120  # "about 250" is a year, and no one's age
_NEEDS_NO_NOUN = frozenset(["date", "am", "pm"])
_IN_A_RANGE = 5  # characters at most between 12 and 15 of "12 to 15 kg"


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
        counts: the nouns it may count ("dose" of "two doses"), the nearest first; empty where that is not known.
        sentence: number of the sentence in which it stands.
        elided: its unit is a neighbour's.
        bound: "more" of "more than ten", "less" of "up to ten", "" for neither.
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
    counts: tuple[str, ...] = ()
    sentence: int = 0
    elided: bool = False
    bound: str = ""
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
        """Whether it may be said after the other: not a quantity after a count, a comparison after a count of times, a
        place in an order after how often, nor a count of these after a count of those.

        Args:
            around: the other's text.
        """
        if not self.same(other) or (self.ratio and not other.ratio):
            return False
        if self.bound and self.bound != other.bound:
            return False
        if self.per and not other.per and (other.sentence, self.per) not in around.rates:
            return False
        if (
            self.rank
            and not other.rank
            and other.unit != "date"
            and set(self.counts).isdisjoint(other.counts)
        ):
            return False  # "two tests" have a second one, "11 Mill Road" is no eleventh street
        if self.unit and not other.unit:
            return other.takes(self.unit) and (self.unit in around.units or other.stands_alone_for(self.unit))
        if self.counts and other.unit and not other.elided and other.unit not in _NEEDS_NO_NOUN:
            return False  # "12 times" does not follow from "12 minutes"
        return not self._counts_else(other, around.counted)

    def takes(self, unit: str) -> bool:
        """Whether this number without a unit may be one of that unit: "Tom, 7" is seven years old, "a score of 20" may be
        20 kg, since larger numbers seldom are the same by chance, and "two shops" are no two hours."""
        if any(not _is_decimal(value) for value in self.values):
            return True  # a month, a rate
        if self.soft or self.multiple or self.counts or (self.rank and unit != "date"):
            return False
        return unit in _OFTEN_ALONE or not self.is_small

    def stands_alone_for(self, unit: str) -> bool:
        """Whether a number may be of a unit that its text does not name, as an age or a time of day."""
        if unit != _AGE:
            return unit in _OFTEN_ALONE
        return all(not _is_decimal(value) or Decimal(value) <= _OLDEST for value in self.values)

    def _counts_else(self, other: Mention, counted: frozenset[str]) -> bool:
        """Whether it counts something that the other's text counts, too, but otherwise."""
        if not self.counts or not other.counts:
            return False
        if self.counts[0] in other.counts or other.counts[0] in self.counts:
            return False
        if other.soft:
            return True  # "both parents" are no two cards
        return not counted.isdisjoint(self.counts)

    @property
    def takes_over(self) -> bool:
        """Whether the unit of a neighbour may be meant: a bare number that counts nothing."""
        plain = not (self.soft or self.optional or self.rank or self.multiple or self.unit or self.counts)
        return plain and all(map(_is_decimal, self.values))

    @property
    def size(self) -> tuple[str, Decimal] | None:
        """Its unit: the dimension, and the size in the base unit; None without one, or where it is not certain."""
        if not self.unit or self.unit in (SHARE, *_NEEDS_NO_NOUN) or len(self.scaled) != 1:
            return None
        values = [Decimal(value) for value in self.values if _is_decimal(value)]
        (scaled,) = self.scaled
        return (self.unit, Decimal(scaled) / values[0]) if len(values) == 1 and values[0] else None

    @property
    def is_small(self) -> bool:
        """Whether it may be a count of a few things."""
        return all(len(value) <= 2 and value.isdigit() and int(value) <= 12 for value in self.values)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else a text says, by which its numbers are understood.

    Attributes:
        rates: by what anything is counted, with the sentence: "twenty times" becomes "twenty times a day" only
            where its own sentence speaks of a day.
        counted: nouns of which it gives a number: who counts 40 people and 60 words does not count 60 people.
        units: dimensions of its units: no number becomes a mass where nothing is weighed.
    """

    rates: frozenset[tuple[int, str]]
    counted: frozenset[str]
    units: frozenset[str]

    @staticmethod
    def of(mentions: Sequence[Mention]) -> Surroundings:
        """Read them off a text's mentions."""
        return Surroundings(
            frozenset((one.sentence, one.per) for one in mentions if one.per),
            frozenset(noun for one in mentions for noun in one.counts),
            frozenset(one.unit for one in mentions),
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
    meant = with_elided_units(passage)
    new = [
        one
        for one in _distinct(m for m in answer if not m.soft)
        if not any(one.follows(other, around) for other in meant)
    ]
    return Comparison(kept / len(wanted) if wanted else 1.0, tuple(new))


def with_elided_units(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, numbers without a unit of their own with the one that is meant: the hours of "eight hours, the
    others five" and the kilograms of "12 to 15 kg". Where a sentence has several units, nobody can say which."""
    sizes = [one.size for one in mentions]
    near: dict[int, set[tuple[str, Decimal]]] = {}
    for one, size in zip(mentions, sizes, strict=True):
        if size is not None:
            near.setdefault(one.sentence, set()).add(size)
    done = []
    for place, one in enumerate(mentions):
        unit = None
        if one.takes_over:
            beside = sizes[place + 1] if place + 1 < len(mentions) else None
            if beside is not None and 0 <= mentions[place + 1].start - one.end <= _IN_A_RANGE:
                unit = beside
            elif len(near.get(one.sentence, ())) == 1:
                (unit,) = near[one.sentence]
        if unit is None:
            done.append(one)
        else:
            scaled = frozenset(decimal_text(Decimal(value) * unit[1]) for value in one.values)
            done.append(replace(one, unit=unit[0], scaled=scaled, elided=True))
    return done


def decimal_text(value: Decimal) -> str:
    """Return a number in one way of writing: no exponent, no trailing zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text


def _is_decimal(value: str) -> bool:
    return value.removeprefix("-").replace(".", "", 1).isdigit()


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    return list(
        {
            (m.values, m.unit, m.scaled, m.ratio, m.per, m.rank, m.counts, m.bound): m for m in mentions
        }.values()
    )
