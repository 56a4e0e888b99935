"""Negations by language, from ``negations.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("negations.toml")


@dataclass(frozen=True, slots=True)
class Negations:
    """How a language negates.

    Attributes:
        words: whole words, as ``keys.word_key`` writes them.
        prefixes: what a negated word begins with (French ``n'``).
        suffixes: what a negated word ends with (English ``n't``).
    """

    words: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


@cache
def _table() -> dict[str, Negations]:
    with _FILE.open("rb") as file:
        return {
            language: Negations(
                frozenset(entry["words"]),
                tuple(entry.get("prefixes", ())),
                tuple(entry.get("suffixes", ())),
            )
            for language, entry in tomllib.load(file).items()
        }


def negations(language: str | None) -> Negations:
    """Return the negations of a language; none for a language without a list."""
    return _table().get(language or "", Negations())


def languages() -> frozenset[str]:
    """Return the codes of the languages that have a list."""
    return frozenset(_table())
