"""Numbers written in words, in English and French: what the words of a run are worth."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True, slots=True, eq=False)  # one per language
class WordTable:
    """The number words of a language; see words.toml."""

    language: str
    values: Mapping[str, int]
    ordinals: Mapping[str, int]
    scales: Mapping[str, int]
    short_scales: Mapping[str, int]
    soft: Mapping[str, int]
    dozens: Mapping[str, int]
    decades: Mapping[str, int]
    multiples: Mapping[str, int]
    adverbs: frozenset[str]
    single: frozenset[str]
    one_more: str
    times: tuple[str, ...]
    compared: tuple[str, ...]
    fractions: Mapping[str, Decimal]
    vague: frozenset[str]
    hundred: frozenset[str]
    links: frozenset[str]
    articles: frozenset[str]
    half_more: str
    point: str
    ordinal_suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A number made of the first ``length`` words of a run."""

    value: Decimal
    length: int
    soft: bool = False


def table_of(language: str | None) -> WordTable | None:
    """Return the number words of a language; None where we have none."""
    return _tables().get(language or "")


def read_number(words: Sequence[str], table: WordTable, *, started: Decimal | None = None) -> Run | None:
    """Return the number that begins with the first word.

    Args:
        words: in lower case, adjoining (parted by white space or hyphens).
        started: a number in digits before the first word, as 3.9 of "3.9 million"; the words are then scales only.
    """
    if started is not None:
        return _scaled(words, table, started)
    total, group, at = Decimal(0), 0, 0
    known = False  # something other than an article was read
    soft_only = True
    while at < len(words):
        word = words[at]
        if (
            word in table.links
            and known
            and at + 1 < len(words)
            and _continues(group, words[at + 1], table, total)
        ):
            at += 1
            continue
        if word in table.articles and at == 0 and len(words) > 1 and _opens(words[1], table):
            group, at = 0, at + 1
            continue
        if word in table.hundred and group < 100 and not (group == 0 and total and not known):
            group, known, soft_only = (group or 1) * 100, True, False
        elif word in table.scales and (known or at > 0 or table.language == "fr"):
            total += (group or 1) * table.scales[word]
            group, known, soft_only = 0, True, False
        else:
            step = _step(group, word, table, first=not known)
            if step is None:
                break
            group, ends = step
            soft_only = soft_only and not known and word in table.soft
            known = True
            if ends:
                at += 1
                break
        at += 1
    if not known:
        return None
    return Run(total + group, at, soft_only)


def _step(group: int, word: str, table: WordTable, *, first: bool) -> tuple[int, bool] | None:
    """Add a word to a group below a thousand; also say whether it ends the number."""
    value = table.values.get(word)
    if value is None and word in table.soft and (first or table.soft[word] in (1, 9)):
        value = table.soft[word]
        if not first and (word not in ("one", "un", "une", "neuf", "first", "unième")):
            return None
    if value is not None:
        joined = _joined(group, value, table.language)
        return None if joined is None else (joined, word in ("first", "unième"))
    if word in table.ordinals:
        joined = _joined(group, table.ordinals[word], table.language)
        return None if joined is None else (joined, True)
    return None


def _joined(group: int, value: int, language: str) -> int | None:
    """The group with a value added, where grammar lets it follow; None where a new number begins."""
    rest = group % 100
    if rest == 0:
        return group + value
    if language == "fr":
        if value == 20 and rest == 4:  # quatre-vingts
            return group + 76
        if rest in (60, 80) and 10 <= value <= 16:  # soixante-douze, quatre-vingt-onze
            return group + value
        if rest % 20 == 10 and rest in (10, 70, 90) and 7 <= value <= 9:  # dix-sept, soixante-dix-sept
            return group + value
    if rest >= 20 and rest % 10 == 0 and value < 10:
        return group + value
    if language == "en" and 13 <= group <= 20 and value >= 20:  # nineteen eighty-four
        return group * 100 + value
    return None


def _continues(group: int, word: str, table: WordTable, total: Decimal) -> bool:
    """Whether a word after "and" still belongs to the number: "two hundred and five", "vingt et un"."""
    if table.language == "en":
        whole = group % 100 == 0 and bool(group or total)
        return whole and (word in table.values or word in table.ordinals or word in ("one", "first"))
    return word in ("un", "une", "onze", "unième") and group % 100 >= 20


def _opens(word: str, table: WordTable) -> bool:
    return word in table.hundred or word in table.scales


def _scaled(words: Sequence[str], table: WordTable, started: Decimal) -> Run | None:
    value, at = started, 0
    while at < len(words) and (words[at] in table.scales or (at == 0 and words[at] in table.hundred)):
        value *= table.scales.get(words[at], 100)
        at += 1
    return Run(value, at) if at else None


@cache
def _tables() -> dict[str, WordTable]:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, Any]] = tomllib.load(opened)
    return {language: _table(language, told) for language, told in read.items()}


def _table(language: str, told: dict[str, Any]) -> WordTable:
    return WordTable(
        language=language,
        values=told["values"],
        ordinals=told["ordinals"],
        scales=told["scales"],
        short_scales=told["short_scales"],
        soft=told["soft"],
        dozens=told["dozens"],
        decades=told["decades"],
        multiples=told["multiples"],
        adverbs=frozenset(told["adverbs"]),
        single=frozenset(told["single"]),
        one_more=told["one_more"],
        times=tuple(told["times"]),
        compared=tuple(told["compared"]),
        fractions={word: Decimal(str(share)) for word, share in told["fractions"].items()},
        vague=frozenset(told["vague"]),
        hundred=frozenset(told["hundred"]),
        links=frozenset(told["and"]),
        articles=frozenset(told["a"]),
        half_more=told["half_more"],
        point=told["point"],
        ordinal_suffixes=tuple(told["ordinal_suffixes"]),
    )
