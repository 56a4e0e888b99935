"""Finds the numbers of a text: digits first, then words between them, then months and weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from stages.rephrase.gates.numbers.calendar import dates
from stages.rephrase.gates.numbers.digits import ENUMERATION, FORMS, SHARES, clock, readings, texts_of
from stages.rephrase.gates.numbers.mention import Mention, decimal_text
from stages.rephrase.gates.numbers.units import Unit, unit_after, unit_before
from stages.rephrase.gates.numbers.words import WordTable, read_number, table_of

_RUN = re.compile(r"[^\W\d_]+(?:(?:[ \u00a0\u202f]|-|\n)[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_HALF_OF_DAY = re.compile(r"[ \u00a0]?([ap])\.?[ ]?m\b\.?", re.IGNORECASE)
# what a month right after (or before) a number makes of it: the day, which no unit fits
_OF = re.compile(r" (?:of )?an? |[ ]?(?:d['’]|de |d'une? |of )")
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
        found += _words("".join(rest), table)
    return sorted([*found, *calendar], key=lambda m: (m.start, m.end))


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
    decade = False
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
            pass
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
    if half is not None and values and values[0] <= 12:
        hour = int(values[0]) % 12 + (12 if half[1].lower() == "p" else 0)
        told = texts_of(values) | {f"time:{hour:02d}:00"}
        mention = Mention(told, f"{half[1].lower()}m", told, start=found.start(), end=half.end())
        return half.end(), mention
    if any(_DAY_AFTER.fullmatch(text, end, m.start) for m in calendar if 0 <= m.start - end <= 4) or any(
        m.end <= found.start() <= m.end + 2 for m in calendar if any(v.startswith("month:") for v in m.values)
    ):
        day = texts_of(values)
        if all(v <= 31 for v in values):
            return end, Mention(day, "date", day, start=found.start(), end=end)
    told = texts_of(values, negative=negative)
    if decade:
        told |= {v[-2:] for v in told if len(v) == 4}
    return _with_unit(
        text, found.start(), end, told, values, negative=negative, sign_at=found.start("digits")
    )


def _with_unit(
    text: str,
    start: int,
    end: int,
    told: frozenset[str],
    values: Sequence[Decimal],
    *,
    negative: bool,
    sign_at: int,
) -> tuple[int, Mention]:
    unit: Unit | None = None
    after = unit_after(text, end)
    if after is not None:
        unit, end = after
    else:
        unit = unit_before(text, sign_at)
    if unit is None:
        return end, Mention(told, start=start, end=end)
    if unit.dimension == "percent":  # 50 % is a half
        told |= texts_of([v / 100 for v in values])
    scaled = texts_of([v * unit.size for v in values], negative=negative)
    return end, Mention(told, unit.dimension, scaled, start=start, end=end)


def _words(text: str, table: WordTable) -> Iterator[Mention]:
    for run in _RUN.finditer(text):
        pieces = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text, run.start(), run.end())]
        words = [word for word, _, _ in pieces]
        at = 0
        while at < len(words):
            length, mention = _word_at(text, words[at:], pieces[at:], table)
            if mention is not None:
                yield mention
            at += length


def _word_at(
    text: str, words: Sequence[str], pieces: Sequence[tuple[str, int, int]], table: WordTable
) -> tuple[int, Mention | None]:
    """The number that begins with the first word, and how many words it takes."""
    word, start, end = pieces[0]
    half = 1 if word in table.fractions and len(words) > 2 and words[1] in table.articles else 0
    if half and words[2] in table.dozens:  # half a dozen
        value = table.fractions[word] * table.dozens[words[2]]
        return 3, Mention(texts_of([value]), start=start, end=pieces[2][2])
    if word in table.fractions:
        share = table.fractions[word]
        taken, part = _part(text, pieces, 0, share)
        if part.unit:  # half an hour
            return taken, part
        values = texts_of([share, share * 100])
        # a quarter is also one of four; a half of anything is a half
        return 1, Mention(values | ({"4"} if share == Decimal("0.25") else set()), start=start, end=end)
    if word in table.vague:
        return 1, Mention(frozenset([f"vague:{word}"]), start=start, end=end)
    for group in (table.dozens, table.multiples):
        if word in group:
            return 1, Mention(texts_of([Decimal(group[word])]), start=start, end=end)
    if word in table.decades:
        tens = table.decades[word]
        return 1, Mention(frozenset([str(tens), f"19{tens}", f"20{tens}"]), start=start, end=end)
    run = read_number(words, table)
    if run is None:
        return 1, None
    value, length = run.value, run.length
    rest = " ".join(words[length : length + 3])
    if rest.startswith(table.half_more):
        value, length = value + Decimal("0.5"), length + len(table.half_more.split())
    elif length < len(words) - 1 and words[length] == table.point and not run.soft:
        decimals = [d for w in words[length + 1 :] if (d := _digit(w, table)) is not None]
        if decimals:
            value += Decimal("0." + "".join(map(str, decimals[: len(words)])))
            length += 1 + len(decimals)
    elif length < len(words) and words[length] in table.dozens:  # two dozen
        value, length = value * table.dozens[words[length]], length + 1
    elif length < len(words) and words[length] in table.fractions and not run.soft:  # three quarters of an hour
        return _part(text, pieces, length, value * table.fractions[words[length]])
    told = texts_of([value])
    end = pieces[length - 1][2]
    if run.soft and length == run.length:
        return length, Mention(told, soft=True, start=start, end=end)
    end, mention = _with_unit(text, start, end, told, [value], negative=False, sign_at=start)
    taken = sum(1 for _, begins, _ in pieces if begins < end)
    return max(length, taken), mention


def _part(
    text: str, pieces: Sequence[tuple[str, int, int]], length: int, share: Decimal
) -> tuple[int, Mention]:
    """Several halves or quarters, perhaps of a unit."""
    start, end = pieces[0][1], pieces[length][2]
    link = _OF.match(text, end)
    after = None if link is None else unit_after(text, link.end())
    told = texts_of([share, share * 100])
    if after is None:
        return length + 1, Mention(told, start=start, end=end)
    unit, end = after
    mention = Mention(told, unit.dimension, texts_of([share * unit.size]), start=start, end=end)
    return sum(1 for _, begins, _ in pieces if begins < end), mention


def _digit(word: str, table: WordTable) -> int | None:
    value = table.values.get(word, table.soft.get(word))
    return value if value is not None and value < 10 else None


def _words_at(text: str, at: int) -> list[tuple[str, int]]:
    """The words right after a place, with where they end: at most four."""
    found: list[tuple[str, int]] = []
    pattern = re.compile(r"[ \u00a0\u202f-]([^\W\d_]+)")
    while len(found) < 4 and (match := pattern.match(text, at)):
        found.append((match[1].lower(), match.end()))
        at = match.end()
    return found
