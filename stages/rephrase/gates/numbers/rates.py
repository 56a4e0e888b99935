"""Rates: what a number is counted by, as the second of "20 metres per second"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from stages.rephrase.gates.numbers.mention import Mention

_FILE = Path(__file__).with_name("rates.toml")
_NEAR = 12  # characters before a length of time that tell what it is


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


def lasting(text: str, mentions: Sequence[Mention], language: str | None) -> Iterator[Mention]:
    """Yield the mentions, those as "a week" as lengths of time: they need not be kept, but none may be new. Not so where
    it belongs to a number, as in "nine euros a week", and not the minute that somebody waits, which counts nothing.

    Args:
        text: in which the mentions were found.
        mentions: of numbers, rated.
        language: of the text.
    """
    table = _tables().get(language or "")
    if table is None:
        yield from mentions
        return
    tails = {found.end() for one in mentions if one.per and (found := table.after.match(text, one.end))}
    for one in mentions:
        by = table.names.get(text[one.start : one.end].lower().split()[-1])
        counts = one.soft and bool(one.unit) and by is not None and one.end not in tails
        if not counts or (
            by in ("second", "minute") and table.idle.search(text, max(0, one.start - _NEAR), one.start)
        ):
            yield one
        else:
            yield replace(one, values=frozenset([f"rate:{by}"]), soft=False, optional=True)


def rates_of(text: str, language: str | None) -> Iterator[Mention]:
    """Yield how often things happen, "each day" and "daily", which must not be new but need not be kept, and the units of
    time that a text speaks of otherwise, which are soft: neither missed nor new."""
    table = _tables().get(language or "")
    if table is None:
        return
    for found in table.often.finditer(text):
        by = table.names[(found["by"] or found["alone"]).lower()]
        values = frozenset([f"rate:{by}"])
        yield Mention(values, optional=True, per=by, start=found.start(), end=found.end())
    for found in table.alone.finditer(text):
        by = table.names[found["by"].lower()]
        # "for days" is no day
        values = frozenset(() if found["several"] else [f"rate:{by}"])
        yield Mention(values, soft=True, per=by, start=found.start(), end=found.end())


@dataclass(frozen=True, slots=True)
class _Table:
    names: dict[str, str]
    after: re.Pattern[str]
    often: re.Pattern[str]
    idle: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _tables() -> dict[str, _Table]:
    with _FILE.open("rb") as opened:
        read = tomllib.load(opened)
    tables = {}
    for language, told in read.items():
        names = {name: by for by, several in told["by"].items() for name in several}
        listed = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        alone = "|".join(map(re.escape, told["alone"])) or "(?!)"
        tables[language] = _Table(
            names,
            re.compile(
                rf"{told['between']}(?P<by>{listed})\b(?! (?:{'|'.join(told['later'])})\b)", re.IGNORECASE
            ),
            re.compile(
                rf"\b(?:(?:{'|'.join(told['often'])}) (?P<by>{listed})|(?P<alone>{alone}))\b", re.IGNORECASE
            ),
            re.compile(rf"\b(?:{'|'.join(told['idle'])}) $", re.IGNORECASE),
            re.compile(rf"\b(?P<by>{listed})(?P<several>s?)\b", re.IGNORECASE),
        )
    return tables
