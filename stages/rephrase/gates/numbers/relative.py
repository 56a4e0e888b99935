"""Dates that count from another one, and lengths of time that nobody measured: "tomorrow", "next week", "the end of the
year", "for years".

They need not be kept, since a report of yesterday may leave the day out; but none may be new.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from stages.rephrase.gates.numbers.mention import Mention

BARE = "relative:time "  # begins what a unit of time stands for where nothing else is said of it
_FILE = Path(__file__).with_name("relative.toml")


def relative_dates(text: str, language: str | None) -> Iterator[Mention]:
    """Yield the relative dates of a text, in languages that have a table; soft are those that it only hints at."""
    for name, pattern, hinted in _patterns().get(language or "", ()):
        for found in pattern.finditer(text):
            unit = (found.groupdict().get("unit") or "").lower().rstrip("s")
            value = f"relative:{name} {unit}".strip()
            yield Mention(
                frozenset([value]), soft=hinted, optional=True, start=found.start(), end=found.end()
            )


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str], bool], ...]]:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, dict[str, str]]] = tomllib.load(opened)
    return {
        language: tuple(
            (name, re.compile(pattern, re.IGNORECASE), kind == "hinted")
            for kind, several in table.items()
            for name, pattern in several.items()
        )
        for language, table in read.items()
    }
