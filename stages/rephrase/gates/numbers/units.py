"""Units after (or before) a number."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("units.toml")
_QUALIFIED = ("working", "business", "school", "calendar", "full", "whole", "entire", "consecutive", "straight", "long",
              "short", "extra", "additional", "further", "more", "other")  # fmt: skip
_SYMBOL = 2  # letters of a name that counts in its own spelling only


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its dimension, and its size in the base unit of that."""

    dimension: str
    size: Decimal


@dataclass(frozen=True, slots=True)
class _Table:
    units: dict[str, Unit]
    after: re.Pattern[str]
    before: re.Pattern[str]


def unit_after(text: str, at: int) -> tuple[Unit, int] | None:
    """Return the unit that stands at a place, or after one space or hyphen, and where it ends."""
    table = _table()
    found = table.after.match(text, at)
    if found is None:
        return None
    return _of(table, found[1]), found.end()


def unit_before(text: str, at: int) -> Unit | None:
    """Return the unit whose sign ends at a place: ``$`` of ``$5``."""
    found = _table().before.search(text, max(0, at - 4), at)
    return None if found is None else _of(_table(), found[1])


def _of(table: _Table, name: str) -> Unit:
    plain = re.sub(r"[ \u00a0-]", " ", name)
    return table.units.get(name) or table.units.get(plain) or table.units[plain.lower()]


@cache
def _table() -> _Table:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, list[Any]]] = tomllib.load(opened)
    units: dict[str, Unit] = {}
    symbols: list[str] = []
    words: list[str] = []
    for dimension, members in read.items():
        for size, *names in members.values():
            for name in names:
                exact = len(name) <= _SYMBOL or not name.islower()
                units[name if exact else name.lower().replace("-", " ")] = Unit(dimension, Decimal(str(size)))
                (symbols if exact else words).append(name)

    def either(names: list[str]) -> str:
        return "|".join(
            re.escape(name).replace(r"\ ", r"[ \u00a0-]") for name in sorted(names, key=len, reverse=True)
        )

    end = r"(?![^\W_])"
    # three working days are days
    qualified = rf"(?:[ ](?:{'|'.join(_QUALIFIED)})(?=[ ]))?"
    of = r"(?:[ \u00a0](?:d['’](?=[^\W\d])|de(?= )))?"  # "2,5 millions d'euros"
    after = of + qualified + rf"[ \u00a0\u202f]?-?((?:{either(symbols)}){end}|(?i:{either(words)}){end})"
    before = r"(US\$|[$€£])[ \u00a0]?$"
    return _Table(units, re.compile(after), re.compile(before))
