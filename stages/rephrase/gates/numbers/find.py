"""Finds the numbers of a text: digits first, then words between them, then months and weekdays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from stages.rephrase.gates.numbers.bounds import bounded
from stages.rephrase.gates.numbers.calendar import dates
from stages.rephrase.gates.numbers.counted import counting
from stages.rephrase.gates.numbers.digits import ENUMERATION, FORMS, SHARES, clock, readings, texts_of
from stages.rephrase.gates.numbers.mention import Mention, decimal_text
from stages.rephrase.gates.numbers.multiples import multiplied
from stages.rephrase.gates.numbers.quantity import quantity
from stages.rephrase.gates.numbers.rates import lasting, rated, rates_of
from stages.rephrase.gates.numbers.relative import BARE, relative_dates
from stages.rephrase.gates.numbers.spelled import spelled
from stages.rephrase.gates.numbers.units import unit_after, unit_before
from stages.rephrase.gates.numbers.words import WordTable, read_number, table_of

# roughly: only a rate is looked for in the sentence of its number
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+(?=[^\s\da-zà-ÿ])|\n")
_HALF_OF_DAY = re.compile(r"[ \u00a0]?([ap])\.?[ ]?m\b\.?", re.IGNORECASE)
_MINUTES = re.compile(r"\.([0-5]\d)$")
# what a month right after (or before) a number makes of it: the day, which no unit fits
_DAY_AFTER = re.compile(r"[ \u00a0]?(?:of )?$")


def numbers_of(text: str, language: str | None) -> list[Mention]:
    """Return the numbers, dates, quantities and codes of a text, in order of place.

    Args:
        language: decides how separators are read, and whose number words are known (en, fr).
    """
    table = table_of(language)
    masked = ENUMERATION.sub(lambda m: " " * len(m[0]), text)
    calendar = list(dates(masked, language))
    found = list(_digits(masked, language, table, calendar))
    # what was read as digits is blank for the words: "1.2 million" is one number
    rest = list(masked)
    for mention in found:
        rest[mention.start : mention.end] = ["\0"] * (mention.end - mention.start)
    if table is not None:
        found += spelled("".join(rest), table)
        found = [multiplied(masked, one, table) for one in found]
    found = [counting(masked, rated(masked, one, language), language) for one in found]
    found = [bounded(masked, one, language) for one in found]
    found = [*lasting(masked, found, language), *calendar]
    found += [*rates_of(masked, language)]
    found += _beside(found, relative_dates(masked, language))
    ends = [end.start() for end in _SENTENCE_END.finditer(masked)]
    placed = (replace(one, sentence=bisect_left(ends, one.start)) for one in found)
    return sorted(placed, key=lambda m: (m.start, m.end))


def _beside(found: Sequence[Mention], relative: Iterable[Mention]) -> Iterator[Mention]:
    """Relative dates; a bare unit of time ("the day") that is part of another mention ("three days") only hints at it."""
    for one in relative:
        if any(value.startswith(BARE) for value in one.values):
            within = any(m.start < one.end and one.start < m.end and not m.soft for m in found)
            yield replace(one, soft=one.soft or within)
        else:
            yield one


def _digits(
    text: str, language: str | None, table: WordTable | None, calendar: Sequence[Mention]
) -> Iterator[Mention]:
    at = 0
    while found := FORMS.search(text, at):
        at = found.end()
        kind = found.lastgroup if found.lastgroup != "by" else "slash"
        if found["iso"] or found["slash"]:
            yield from _date(found)
        elif found["clock"]:
            at, mention = _clock(text, found)
            yield mention
        elif found["phone"] or found["dotted"] or found["code"]:
            plain = re.sub(r"[\W_]", "", found[0]).lower()
            yield Mention(frozenset([f"id:{plain}"]), start=found.start(), end=found.end())
        elif found["lone"]:
            values = frozenset([decimal_text(SHARES[found[0]])])
            yield Mention(values, start=found.start(), end=found.end())
        elif kind is not None:
            at, mention = _number(text, found, language, table, calendar)
            yield mention


def _date(found: re.Match[str]) -> Iterator[Mention]:
    """A date in digits: each part may be day or month, except the year."""
    for part in re.finditer(r"\d+", found[0]):
        value = str(int(part[0]))
        values = {value}
        if len(part[0]) <= 2 and 1 <= int(value) <= 12:
            values.add(f"month:{value}")
        if len(part[0]) == 2 and part.end() == len(found[0]) and found["slash"]:
            values |= {f"19{part[0]}", f"20{part[0]}"}
        start = found.start() + part.start()
        yield Mention(frozenset(values), start=start, end=start + len(part[0]))


def _clock(text: str, found: re.Match[str]) -> tuple[int, Mention]:
    values = set(clock(found[0]))
    half = _HALF_OF_DAY.match(text, found.end())
    if half is None:
        return found.end(), Mention(frozenset(values), start=found.start(), end=found.end())
    late = half[1].lower() == "p"
    values = {v for v in values if (int(v[5:7]) >= 12) == late}
    unit = f"{half[1].lower()}m"
    return half.end(), Mention(
        frozenset(values), unit, frozenset(values), start=found.start(), end=half.end()
    )


def _number(
    text: str,
    found: re.Match[str],
    language: str | None,
    table: WordTable | None,
    calendar: Sequence[Mention],
) -> tuple[int, Mention]:
    values = readings(found["digits"], language)
    if found["share"]:
        values = [v + SHARES[found["share"]] for v in values]
    glued, end = found["glued"], found.end()
    decade = ordinal = False
    if glued:
        place = found.start("glued")
        unit = unit_after(text, place)
        suffixes = table.ordinal_suffixes if table else ("st", "nd", "rd", "th", "er", "e", "ème")
        if (
            table
            and glued in table.short_scales
            and (unit is None or unit_before(text, found.start("digits")))
        ):
            values = [v * table.short_scales[glued] for v in values]
        elif glued == "s":
            decade = True
        elif glued.lower() in suffixes:
            ordinal = True
        elif unit is not None and unit[1] >= end:
            end = place  # the unit is read below
        else:  # 3D, 5G: letters and digits together are a name
            plain = re.sub(r"\W", "", found[0]).lower()
            return found.end(), Mention(frozenset([f"id:{plain}"]), start=found.start(), end=found.end())
    elif table:
        run = _words_at(text, end)
        scaled = read_number([word for word, _ in run], table, started=values[0]) if run and values else None
        if scaled is not None:
            factor = scaled.value / values[0] if values[0] else Decimal(0)
            values = [v * factor for v in values]
            end = run[scaled.length - 1][1]
    negative = bool(found["sign"])
    half = _HALF_OF_DAY.match(text, end)
    if half is not None and values and values[0] < 13:
        hour = int(values[0]) % 12 + (12 if half[1].lower() == "p" else 0)
        to_the_minute = _MINUTES.search(found["digits"])  # 7.30 p.m.
        whole = texts_of(values) if to_the_minute is None else frozenset[str]()
        told = whole | {f"time:{hour:02d}:{to_the_minute[1] if to_the_minute else '00'}"}
        mention = Mention(told, f"{half[1].lower()}m", told, start=found.start(), end=half.end())
        return half.end(), mention
    if any(_DAY_AFTER.fullmatch(text, end, m.start) for m in calendar if 0 <= m.start - end <= 4) or any(
        m.end <= found.start() <= m.end + 2 for m in calendar if any(v.startswith("month:") for v in m.values)
    ):
        day = texts_of(values)
        if all(v <= 31 for v in values):
            return end, Mention(day, "date", day, start=found.start(), end=end)
    told = texts_of(values, negative=negative)
    if ordinal:
        return end, Mention(told, rank=True, start=found.start(), end=end)
    if decade:
        told |= {v[-2:] for v in told if len(v) == 4}
    return quantity(text, found.start(), end, told, values, negative=negative, sign_at=found.start("digits"))


def _words_at(text: str, at: int) -> list[tuple[str, int]]:
    """The words right after a place, with where they end: at most four."""
    found: list[tuple[str, int]] = []
    pattern = re.compile(r"[ \u00a0\u202f-]([^\W\d_]+)")
    while len(found) < 4 and (match := pattern.match(text, at)):
        found.append((match[1].lower(), match.end()))
        at = match.end()
    return found
