"""Nouns that numbers count: the dose of "two doses"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from stages.rephrase.gates.numbers.mention import Mention

_FILE = Path(__file__).with_name("counted.toml")
_NOBODY_COUNTS = frozenset(["0", "1"])  # "one of them", "no", "a"
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_NEXT = re.compile(r"[ \u00a0\n-]([a-z]{3,})\b")


def counting(text: str, mention: Mention, language: str | None) -> Mention:
    """Return a mention that also says what it may count, in languages that have a table: the two words after it, since
    the first may be an adjective. A number with a unit counts nothing else.

    Args:
        text: in which the mention was found.
        mention: of a number, with its unit where it has one.
        language: of the text.
    """
    table = _tables().get(language or "")
    if table is None or mention.unit or mention.multiple or not mention.values.isdisjoint(_NOBODY_COUNTS):
        return mention
    if _YEAR.fullmatch(text, mention.start, mention.end):
        return mention  # may count, but seldom does
    nouns: list[str] = []
    at = mention.end
    while len(nouns) < 2 and (found := _NEXT.match(text, at)) and found[1] not in table.others:
        at = found.end()
        if nouns or found[1] not in table.skipped:
            nouns.append(table.singular(found[1]))
    return replace(mention, counts=tuple(nouns))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    skipped: frozenset[str]
    others: frozenset[str]
    endings: dict[str, str]

    def singular(self, noun: str) -> str:
        for ending, instead in self.endings.items():
            if noun.endswith(ending):
                return noun.removesuffix(ending) + instead
        return noun


@cache
def _tables() -> dict[str, _Table]:
    with _FILE.open("rb") as opened:
        read = tomllib.load(opened)
    return {
        language: _Table(frozenset(told["skipped"]), frozenset(told["others"]), told["endings"])
        for language, told in read.items()
    }
