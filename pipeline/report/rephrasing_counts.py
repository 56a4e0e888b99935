"""What became of rephrasings, by style, and how like they are to their passages, gathered during the pass."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipeline.report.columns import Collector, Distribution

_COLUMN = "rephrasings"
_FIELDS = ("start", "end", "style", "status", "text", "reasons.list.element", "source_tokens", "tokens")
_SCORES = ("length_ratio", "similarity", "reading_grade", "passage_grade", "type_token_ratio")
_MOST = 32  # a column with more styles holds something else
_PAIRS = 4000  # of passage and rephrasing, whose words are compared
_OTHERS = 64  # passages of other documents to compare with
_WORD = re.compile(r"[^\W\d_]{4,}")  # shorter words are in every text


@dataclass
class Mean:
    """Of the numbers that are known."""

    total: float = 0.0
    count: int = 0

    def add(self, value: float | None) -> None:
        """Take in a number."""
        if value is not None and math.isfinite(value):
            self.total += value
            self.count += 1

    @property
    def value(self) -> float | None:
        """The mean; None of nothing."""
        return self.total / self.count if self.count else None


@dataclass
class StyleFigures:
    """Of one style: entries by status and reason; means over those that passed.

    Attributes:
        alike: cosine of the words of a rephrasing and its passage.
        unlike: the same with a passage of another document.
        means: of the scores.
        tokens: of the passages that passed, and of their rephrasings.
    """

    statuses: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    alike: Mean = field(default_factory=Mean)
    unlike: Mean = field(default_factory=Mean)
    means: dict[str, Mean] = field(default_factory=lambda: {name: Mean() for name in _SCORES})
    tokens: list[int] = field(default_factory=lambda: [0, 0])


class RephrasingCounts(Collector):
    """Collects from the columns ``rephrasings`` and ``text``. It has no distribution of its own.

    Attributes:
        styles: figures by style, in the order of the first document.
    """

    def __init__(self, leaves: Sequence[str]) -> None:
        super().__init__(_COLUMN, [*leaves, "text"])
        self.styles: dict[str, StyleFigures] = {}
        self._others: list[tuple[int, Counter[str]]] = []
        self._documents = 0
        self._pairs = 0

    def add(self, batch: pa.RecordBatch) -> None:
        texts = batch.column("text")
        for row, entries in enumerate(batch.column(self.column).to_pylist()):
            self._documents += 1
            if entries:
                self._document(texts[row].as_py() or "", entries)

    def _document(self, text: str, entries: Sequence[Mapping[str, Any]]) -> None:
        words: dict[tuple[int, int], Counter[str]] = {}
        for one in entries:
            if one["style"] not in self.styles and len(self.styles) >= _MOST:
                continue
            figures = self.styles.setdefault(one["style"], StyleFigures())
            figures.statuses[one["status"]] += 1
            figures.reasons.update(one["reasons"] or ())
            if one["status"] != "ok" or one["text"] is None:
                continue
            figures.tokens[0] += one["source_tokens"] or 0
            figures.tokens[1] += one["tokens"] or 0
            for name, mean in figures.means.items():
                mean.add((one["scores"] or {}).get(name))
            if self._pairs < _PAIRS:
                place = (one["start"], one["end"])
                passage = words.setdefault(place, _words(text[place[0] : place[1]]))
                self._compare(figures, passage, _words(one["text"]))
        if len(self._others) < _OTHERS:
            first = _words(text[entries[0]["start"] : entries[0]["end"]])
            if first:
                self._others.append((self._documents, first))

    def _compare(self, figures: StyleFigures, passage: Counter[str], said: Counter[str]) -> None:
        self._pairs += 1
        figures.alike.add(_cosine(passage, said))
        others = [other for number, other in self._others if number != self._documents]
        if others:
            # a step that shares no factor with the number of others goes through all of them
            figures.unlike.add(_cosine(others[self._pairs * 37 % len(others)], said))

    def result(self) -> Distribution | None:
        return None


def rephrasing_counts(leaves: Mapping[str, int]) -> RephrasingCounts | None:
    """Return the collector of a file with these leaf columns; None when it has no rephrasings."""
    stem = f"{_COLUMN}.list.element."
    wanted = [stem + name for name in (*_FIELDS, *(f"scores.{name}" for name in _SCORES))]
    if "text" not in leaves or not leaves.keys() >= set(wanted):
        return None
    return RephrasingCounts(wanted)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.lower()))


def _cosine(one: Counter[str], other: Counter[str]) -> float | None:
    """The cosine of two texts' word counts; None when one has no words."""
    length = math.sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(n * other[word] for word, n in one.items()) / length if length else None
