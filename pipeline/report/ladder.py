"""Which parser made which page: totals, and the pages of single documents, gathered during the pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.arrays import floats
from pipeline.report.columns import Collector, Distribution

PAGES_SHOWN = 200  # of a document
_FIELDS = (
    "number",
    "parser",
    "status",
    "predicted_quality",
    "cheap_quality",
    "cost_cpu_s",
    "rung_status",
    "rung_cost_cpu_s",
)
_NUMBERS = ("predicted_quality", "cheap_quality", "cost_cpu_s", "rung_cost_cpu_s")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page of the map. Qualities are 0 to 1, costs CPU seconds, each None where unknown; ``asked`` is what
    came of the second reading, "" when there was none."""

    number: int
    parser: str
    status: str
    quality: float | None
    cheap: float | None
    cost: float | None
    asked: str


@dataclass
class Mean:
    """Of the numbers that are known."""

    total: float = 0.0
    count: int = 0

    def add(self, values: Any) -> None:
        """Take in numbers; NaN is none."""
        known = values[~np.isnan(values)]
        self.total += float(known.sum())
        self.count += len(known)

    @property
    def value(self) -> float | None:
        """The mean, None of nothing."""
        return self.total / self.count if self.count else None


@dataclass
class OfParser:
    """All pages whose text one parser made: CPU seconds, predicted quality of the text that was kept and of
    the first parser's."""

    pages: int = 0
    seconds: float = 0.0
    kept: Mean = field(default_factory=Mean)
    cheap: Mean = field(default_factory=Mean)


class Ladder(Collector):
    """Collects from the column ``pages``. It has no distribution of its own.

    Attributes:
        pages: all there are.
        seconds: CPU seconds that they took, second readings included.
        second_seconds: of second readings alone.
        asked: pages read a second time, by what came of it.
        parsers: by the name of the parser whose text was kept.
    """

    def __init__(self, leaves: list[str]) -> None:
        super().__init__("pages", leaves)
        self.pages = 0
        self.seconds = self.second_seconds = 0.0
        self.asked: Counter[str] = Counter()
        self.parsers: dict[str, OfParser] = {}
        self._last: Any = None
        self._sent: Any = np.empty(0)

    def add(self, batch: pa.RecordBatch) -> None:
        self._last = batch.column(self.column)
        entries: Any = pc.list_flatten(self._last)
        parents = floats(pc.list_parent_indices(self._last)).astype(np.int64)
        asked = floats(entries.field("rung_status").is_valid()) > 0
        self._sent = np.bincount(parents[asked], minlength=batch.num_rows)
        self.pages += len(entries)
        values = {name: floats(entries.field(name)) for name in _NUMBERS}
        self.seconds += float(np.nansum(values["cost_cpu_s"]))
        self.second_seconds += float(np.nansum(values["rung_cost_cpu_s"]))
        for entry in pc.value_counts(entries.field("rung_status")):
            if entry["values"].is_valid:
                self.asked[entry["values"].as_py()] += entry["counts"].as_py()
        named = entries.field("parser").dictionary_encode()  # comparing with a name would load pandas
        numbers = floats(named.indices)
        for number, name in enumerate(named.dictionary.to_pylist()):
            mine = numbers == number
            found = self.parsers.setdefault(name, OfParser())
            found.pages += int(mine.sum())
            found.seconds += float(np.nansum(values["cost_cpu_s"][mine]))
            found.kept.add(values["predicted_quality"][mine])
            found.cheap.add(values["cheap_quality"][mine])

    def result(self) -> Distribution | None:
        return None

    def sent(self, row: int) -> int:
        """How many pages of a row of the last batch were read a second time."""
        return int(self._sent[row])

    def count(self, row: int) -> int:
        """How many pages a row of the last batch has."""
        return len(self._last[row]) if self._last[row].is_valid else 0

    def facts(self, row: int) -> list[PageFacts]:
        """The first pages of a row of the last batch."""
        if not self._last[row].is_valid:
            return []
        return [
            PageFacts(
                page["number"] or 0,
                page["parser"] or "",
                page["status"] or "",
                page["predicted_quality"],
                page["cheap_quality"],
                page["cost_cpu_s"],
                page["rung_status"] or "",
            )
            for page in self._last[row].values[:PAGES_SHOWN].to_pylist()
        ]


def ladder(leaves: dict[str, int]) -> Ladder | None:
    """Return the collector of a file with these leaf columns; None when its pages say nothing of rungs."""
    paths = {p.rpartition(".")[2]: p for p in leaves if p.startswith("pages.") and p.count(".") == 3}
    if not paths.keys() >= set(_FIELDS):
        return None
    return Ladder([paths[name] for name in _FIELDS])
