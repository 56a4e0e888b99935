"""Which rules are tried on a dependent: those for its relation, and among them those for its word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

Rule = Callable[[Sentence, Unit, int], Cut | None]


class Entry(NamedTuple):
    """One row of a language's table of rules.

    Attributes:
        family: as the option ``rules`` names it.
        relation: of the dependents that the rule looks at.
        rule: what makes a cut at a dependent, or None.
        words: the only words, in lower case, at which it can make one; empty for any word.
    """

    family: str
    relation: str
    rule: Rule
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rules that look at dependents in one relation, in the order in which they are tried.

    Attributes:
        of_word: for each word that some of them are meant for, these and those for any word.
        of_any: those for any word.
    """

    of_word: Mapping[str, Sequence[Rule]]
    of_any: Sequence[Rule]


Rules = Mapping[str, Candidates]
"""Rules by the relation of the dependents they look at."""


def rules_of(table: Iterable[Entry], families: Collection[str] | None) -> Rules:
    """The rules of some families, or of all, in the order of the table."""
    chosen: dict[str, list[Entry]] = {}
    for entry in table:
        if families is None or entry.family in families:
            chosen.setdefault(entry.relation, []).append(entry)
    return {
        relation: Candidates(
            of_word={
                word: tuple(e.rule for e in entries if not e.words or word in e.words)
                for word in frozenset().union(*(e.words for e in entries))
            },
            of_any=tuple(e.rule for e in entries if not e.words),
        )
        for relation, entries in chosen.items()
    }
