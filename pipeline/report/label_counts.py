"""How many lines have which label, gathered during the pass."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.arrays import floats
from pipeline.report.columns import Collector, Distribution

_FIELDS = ("label", "start")
_MOST = 64  # a column with more distinct labels holds something else


class LabelCounts(Collector):
    """Collects from the column ``lines``. It has no distribution of its own.

    Attributes:
        lines: lines by label.
        documents: documents that have such a line, by label.
        kept: labels of which a line is in the text.
        documents_read: documents with a labelled line.
    """

    def __init__(self, leaves: list[str]) -> None:
        super().__init__("lines", leaves)
        self.lines: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()
        self.kept: set[str] = set()
        self.documents_read = 0
        self._labelled: Any = np.empty(0, np.bool_)

    def add(self, batch: pa.RecordBatch) -> None:
        column = batch.column(self.column)
        entries: Any = pc.list_flatten(column)
        parents = floats(pc.list_parent_indices(column)).astype(np.int64)
        named = entries.field("label").dictionary_encode()
        numbers = np.nan_to_num(floats(named.indices), nan=-1).astype(np.int64)
        inside = floats(entries.field("start").is_valid()) > 0
        self._labelled = np.bincount(parents[numbers >= 0], minlength=batch.num_rows) > 0
        self.documents_read += int(self._labelled.sum())
        if len(self.lines) > _MOST:
            return
        for number, label in enumerate(named.dictionary.to_pylist()):
            mine = numbers == number
            self.lines[label] += int(mine.sum())
            self.documents[label] += int((np.bincount(parents[mine], minlength=batch.num_rows) > 0).sum())
            if inside[mine].any():
                self.kept.add(label)

    def result(self) -> Distribution | None:
        return None

    def labelled(self, row: int) -> bool:
        """Whether a row of the last batch has labels."""
        return bool(self._labelled[row])


def label_counts(leaves: dict[str, int]) -> LabelCounts | None:
    """Return the collector of a file with these leaf columns; None when its lines have no labels."""
    paths = {p.rpartition(".")[2]: p for p in leaves if p.startswith("lines.") and p.count(".") == 3}
    return LabelCounts([paths[name] for name in _FIELDS]) if paths.keys() >= set(_FIELDS) else None
