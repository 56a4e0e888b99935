"""Finds numbers written in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from stages.rephrase.gates.numbers.digits import texts_of
from stages.rephrase.gates.numbers.mention import SHARE, Mention
from stages.rephrase.gates.numbers.quantity import quantity
from stages.rephrase.gates.numbers.units import unit_after
from stages.rephrase.gates.numbers.words import WordTable, read_number

_RUN = re.compile(r"[^\W\d_]+(?:(?:[ \u00a0\u202f]|-|\n)[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]+")
_OF_PART = re.compile(r" (?:of|de|du|des)\b| d['’]")
_OF = re.compile(r" (?:of )?an? |[ ]?(?:d['’]|de |d'une? |of )")


def spelled(text: str, table: WordTable) -> Iterator[Mention]:
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
    if word in table.articles and len(pieces) > 1 and _one_more(text, *pieces[1][1:], table):
        return 1, None  # "a second dose" takes no second
    half = 1 if word in table.fractions and len(words) > 2 and words[1] in table.articles else 0
    if half and words[2] in table.dozens:  # half a dozen
        value = table.fractions[word] * table.dozens[words[2]]
        return 3, Mention(texts_of([value]), start=start, end=pieces[2][2])
    if word in table.fractions:
        share = table.fractions[word]
        taken, part = _part(text, pieces, 0, share)
        # a quarter is also one of four
        fourth = frozenset({"4"}) if share == Decimal("0.25") and taken == 1 else frozenset()
        return taken, replace(part, values=part.values | fourth)
    if word in table.vague:
        return 1, Mention(frozenset([f"vague:{word}"]), start=start, end=end)
    for group in (table.dozens, table.multiples):
        if word in group:
            return 1, Mention(texts_of([Decimal(group[word])]), start=start, end=end)
    if word in table.decades:
        tens = table.decades[word]
        return 1, Mention(frozenset([str(tens), f"19{tens}", f"20{tens}"]), start=start, end=end)
    numbered = _share_of(text, pieces, table)
    if numbered is not None:
        return numbered
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
    elif (
        length < len(words) and words[length] in table.fractions and not run.soft
    ):  # three quarters of an hour
        share = table.fractions[words[length]]
        taken, part = _part(text, pieces, length, value * share)
        parts = texts_of([value, (1 / share).quantize(Decimal(1))])  # 2/3
        return taken, part if part.unit != SHARE else replace(part, values=part.values | parts)
    told = texts_of([value])
    end = pieces[length - 1][2]
    soft = run.soft and length == run.length
    if soft and word not in table.articles and word not in table.single:
        more = _one_more(text, start, end, table)
        return length, Mention(told, soft=not more, rank=more, start=start, end=end)
    if words[length - 1] in table.ordinals:  # the unit of "the third day" is what is counted
        return length, Mention(told, rank=True, start=start, end=end)
    end, mention = quantity(text, start, end, told, [value], negative=False, sign_at=start)
    # "a week" need not be a number but may be one; "one week" is one
    mention = replace(mention, soft=soft and (word in table.articles or not mention.unit))
    taken = sum(1 for _, begins, _ in pieces if begins < end)
    return max(length, taken), mention


def _share_of(
    text: str, pieces: Sequence[tuple[str, int, int]], table: WordTable
) -> tuple[int, Mention] | None:
    """Read "a third of", "one hundredth of a centimetre", "two fifths": a number and a part, which is no third in a row."""
    if len(pieces) < 2:
        return None
    word, part = pieces[0][0], pieces[1][0]
    single = word in table.articles or word in table.single
    many = 1 if single else table.values.get(word, 0)
    several = part.removesuffix("s")
    parts = table.ordinals.get(several, 0)
    if not many or not parts or (several == part if many > 1 else several != part):
        return None
    if many == 1 and not _OF_PART.match(text, pieces[1][2]):
        return None
    taken, mention = _part(text, pieces, 1, Decimal(many) / parts)
    if many > 1:  # 2/3
        mention = replace(mention, values=mention.values | texts_of([Decimal(many), Decimal(parts)]))
    return taken, mention


def _one_more(text: str, start: int, end: int, table: WordTable) -> bool:
    """Whether a word counts on: "a second dose", unlike "a second" and "another"."""
    return bool(
        table.one_more and re.search(table.one_more, text[max(0, start - 8) : end + 12], re.IGNORECASE)
    )


def _part(
    text: str, pieces: Sequence[tuple[str, int, int]], length: int, share: Decimal
) -> tuple[int, Mention]:
    """Several halves or quarters, perhaps of a unit."""
    start, end = pieces[0][1], pieces[length][2]
    link = _OF.match(text, end)
    after = None if link is None else unit_after(text, link.end())
    told = texts_of([share])
    if after is None:  # a half of anything is 50 %, and no half of a unit
        return length + 1, Mention(told, SHARE, texts_of([round(share * 100, 2)]), start=start, end=end)
    unit, end = after
    mention = Mention(told, unit.dimension, texts_of([share * unit.size]), start=start, end=end)
    return sum(1 for _, begins, _ in pieces if begins < end), mention


def _digit(word: str, table: WordTable) -> int | None:
    value = table.values.get(word, table.soft.get(word))
    return value if value is not None and value < 10 else None
