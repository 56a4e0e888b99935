"""Boundary F1: how well predicted sentence ends match the given ones. The only score of this folder.

A boundary is the offset just past the last character of a sentence, moved left over white space, so that a
splitter may put the blanks between two sentences on either side. The end of the text is no boundary: every
splitter has it. Counts are summed over the records of a corpus (micro), corpora are averaged (macro).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Boundaries found, invented and missed."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the predicted boundaries that are right, 0 to 1; 1 when none was predicted."""
        found = self.hits + self.extra
        return self.hits / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true boundaries that were found, 0 to 1; 1 when there are none."""
        true = self.hits + self.missed
        return self.hits / true if true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1; 1 when there was nothing to find and nothing
        was found."""
        total = 2 * self.hits + self.extra + self.missed
        return 2 * self.hits / total if total else 1.0


def inner_boundaries(text: str, ends: Iterable[int]) -> frozenset[int]:
    """Return the boundaries inside the text: ends moved left over white space, the text's two ends left out."""
    last = before_space(text, len(text))
    moved = (before_space(text, end) for end in ends)
    return frozenset(end for end in moved if 0 < end < last)


def compare(text: str, true_ends: Iterable[int], found_ends: Iterable[int]) -> Counts:
    """Compare sentence ends (offsets in code points into ``text``, exclusive) with the true ones."""
    true = inner_boundaries(text, true_ends)
    found = inner_boundaries(text, found_ends)
    return Counts(len(true & found), len(found - true), len(true - found))


def total(counts: Iterable[Counts]) -> Counts:
    """Return the sum: the micro counts of a corpus from those of its records."""
    return sum(counts, Counts())


def macro_f1(corpora: Sequence[Counts]) -> float:
    """Return the mean F1 over corpora, 0 to 1.

    Raises:
        ValueError: there is no corpus.
    """
    if not corpora:
        raise ValueError("a macro score needs at least one corpus")
    return sum(counts.f1 for counts in corpora) / len(corpora)


def before_space(text: str, end: int) -> int:
    """Return the offset moved left over white space."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end
