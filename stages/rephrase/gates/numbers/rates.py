"""Rates: what a number is counted by, as the second of "20 metres per second"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from stages.rephrase.gates.numbers.mention import Mention

_FILE = Path(__file__).with_name("rates.toml")


def rated(text: str, mention: Mention, language: str | None) -> Mention:
    """Return a mention that also says by what it counts, in languages that have a table.

    Args:
        text: in which the mention was found.
        mention: of a number, with its unit where it has one.
        language: of the text.
    """
    table = _tables().get(language or "")
    found = None if table is None else table.after.match(text, mention.end)
    if table is None or found is None:
        return mention
    return replace(mention, per=table.names[found["by"].lower()])


def rates_of(text: str, language: str | None) -> Iterator[Mention]:
    """Yield the units of time that a text speaks of, counted by or not, as "each day" and "daily": soft, neither
    missed nor new."""
    table = _tables().get(language or "")
    if table is None:
        return
    for found in table.alone.finditer(text):
        by = table.names[found["by"].lower()]
        yield Mention(frozenset([f"rate:{by}"]), soft=True, per=by, start=found.start(), end=found.end())


@dataclass(frozen=True, slots=True)
class _Table:
    names: dict[str, str]
    after: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _tables() -> dict[str, _Table]:
    with _FILE.open("rb") as opened:
        read = tomllib.load(opened)
    tables = {}
    for language, told in read.items():
        names = {name: by for by, several in told["by"].items() for name in several}
        listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        tables[language] = _Table(
            names,
            re.compile(
                rf"{told['between']}(?P<by>{listed})\b(?! (?:{'|'.join(told['later'])})\b)", re.IGNORECASE
            ),
            re.compile(rf"\b(?P<by>{listed})s?\b", re.IGNORECASE),
        )
    return tables
