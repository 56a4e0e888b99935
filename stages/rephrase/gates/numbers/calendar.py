"""Months and weekdays in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stages.rephrase.gates.numbers.mention import Mention

_FILE = Path(__file__).with_name("calendar.toml")


@dataclass(frozen=True, slots=True)
class _Calendar:
    pattern: re.Pattern[str]
    values: dict[str, str]
    careful: frozenset[str]
    beside: re.Pattern[str]


def dates(text: str, language: str | None) -> Iterator[Mention]:
    """Yield the months and weekdays of a text, in languages that have a table."""
    calendar = _calendars().get(language or "")
    if calendar is None:
        return
    for found in calendar.pattern.finditer(text):
        name = found[0]
        if name.lower() in calendar.careful and not _beside(text, found, calendar):
            continue
        yield Mention(frozenset([calendar.values[name.lower()]]), start=found.start(), end=found.end())


def _beside(text: str, found: re.Match[str], calendar: _Calendar) -> bool:
    """Whether a number, or a word that goes before months, is next to a name."""
    return bool(calendar.beside.search(text, max(0, found.start() - 16), found.start())) or bool(
        re.match(r"\.?,?\s?\d", text[found.end() : found.end() + 4])
    )


@cache
def _calendars() -> dict[str, _Calendar]:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, Any]] = tomllib.load(opened)
    return {language: _calendar(told) for language, told in read.items()}


def _calendar(told: dict[str, Any]) -> _Calendar:
    values = {name.lower(): f"month:{n}" for n, names in enumerate(told["months"], 1) for name in names}
    spellings = [name for names in told["months"] for name in names] + told["weekdays"]
    values |= {name.lower(): f"weekday:{n}" for n, name in enumerate(told["weekdays"], 1)}
    # weekdays may be many ("Mondays"); in languages without capitals the beginning of a sentence still has one
    names = "|".join(sorted(map(re.escape, spellings), key=len, reverse=True))
    flags = re.NOFLAG if told["capital"] else re.IGNORECASE
    words = "|".join(map(re.escape, told["prepositions"]))
    return _Calendar(
        re.compile(rf"\b(?:{names})(?=s?\b)", flags),
        values,
        frozenset(name.lower() for name in told["careful"]),
        re.compile(rf"(?:\d(?:st|nd|rd|th|er)?|\b(?:{words}))[ \u00a0-]$", re.IGNORECASE),
    )
