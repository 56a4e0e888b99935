"""What is worth counting about a column, decided by its Arrow type alone.

A column that a later stage adds appears in the report because of its type: lists by their length, texts by
their words, numbers by value, flags and closed vocabularies by how often each value occurs, within lists
too. Only names that would say nothing (hashes, offsets) are left out.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.arrays import floats
from pipeline.report.sketch import Sketch
from pipeline.report.words import words_per_text

LEFT_OUT = frozenset({"id", "source", "content_sha256", "metadata", "errors", "provenance", "bytes"})
_PROSE = re.compile(r"(^|_)text$")
_VOCABULARY = re.compile(
    r"(^|_)(status|state|lang|language|label|kind|type|role|relation|style|reason|parser)$"
)
_MEASURE = re.compile(r"(^|_)(probability|quality|score|cost|ratio|confidence|tokens|seconds)(_|$)")
_VALUES = 16  # a column with more distinct values is no vocabulary
_VALUE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the values of a column, or of one field of its entries, are spread."""

    column: str
    inner: str  # the field of the entries of a list; "" for the column itself
    what: str  # unit of the values: "words", "entries" ...; "" for the values themselves
    of: str  # what was counted: "documents", or "entries" of a list
    sketch: Sketch | None = None
    values: Counter[str] | None = None
    missing: int = 0  # documents (entries) without a value


class Collector(ABC):
    """Gathers from batches that hold at least the Parquet leaves it names."""

    def __init__(self, column: str, leaves: Iterable[str]) -> None:
        self.column = column
        self.leaves = frozenset(leaves)

    @abstractmethod
    def add(self, batch: pa.RecordBatch) -> None:
        """Take in a batch."""

    @abstractmethod
    def result(self) -> Distribution | None:
        """The distribution; null when it would say nothing."""

    def cell(self, row: int) -> float | str | None:
        """The value of a row of the last batch, for a table of documents."""
        return None

    @property
    def heading(self) -> str:
        """How ``cell`` is called in a table; "" when it has no place there."""
        return ""


def collectors(schema: pa.Schema, leaves: dict[str, int], *, private: bool) -> list[Collector]:
    """Return the collectors of a file's columns.

    Args:
        leaves: every leaf column of the file by its Parquet path, with its size in bytes.
        private: never show a value of a column that may hold text of documents.
    """
    return [c for f in schema if f.name not in LEFT_OUT for c in _of_field(f.name, f.type, leaves, private)]


def _of_field(name: str, kind: Any, leaves: dict[str, int], private: bool) -> Iterator[Collector]:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if _is_list(kind):
        below = {path: size for path, size in leaves.items() if path.startswith(f"{name}.")}
        if not below:
            return
        yield Lengths(name, [min(below, key=lambda path: (below[path], path))])
        if pa.types.is_struct(kind.value_type):
            fields = [kind.value_type.field(i) for i in range(kind.value_type.num_fields)]
            yield from _of_entries(name, fields, below)
    elif pa.types.is_struct(kind):
        return  # no such column is planned; its parts would need names of their own
    elif _is_string(kind):
        if _PROSE.search(name):
            yield Words(name, [name])
        else:
            yield Strings(name, [name], closed=bool(_VOCABULARY.search(name)), private=private)
    elif pa.types.is_boolean(kind):
        yield Flags(name, [name])
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        yield Numbers(name, [name])


def _of_entries(name: str, fields: list[Any], below: dict[str, int]) -> Iterator[Collector]:
    for f in fields:
        path = next((p for p in below if p.rpartition(".")[2] == f.name and p.count(".") == 3), None)
        if path is None:
            continue
        if (_is_string(f.type) and _VOCABULARY.search(f.name)) or pa.types.is_boolean(f.type):
            yield EntryValues(name, f.name, path)
        elif (pa.types.is_floating(f.type) or pa.types.is_integer(f.type)) and _MEASURE.search(f.name):
            yield EntryNumbers(name, f.name, path)
    names = {f.name for f in fields}
    if name.endswith("_spans") and {"start", "end"} <= names:
        inner = [p for p in below if p.rpartition(".")[2] in ("start", "end")]
        yield Coverage(name, [*inner, "text"])


class _Sketched(Collector):
    what = ""

    def __init__(self, column: str, leaves: Iterable[str]) -> None:
        super().__init__(column, leaves)
        self._sketch = Sketch()
        self._missing = 0
        self._last: Any = np.empty(0)

    def add(self, batch: pa.RecordBatch) -> None:
        self._last = self.measure(batch)
        present = self._last[~np.isnan(self._last)]
        self._missing += len(self._last) - len(present)
        self._sketch.add(present)

    @abstractmethod
    def measure(self, batch: pa.RecordBatch) -> Any:
        """A number per row; NaN where there is none."""

    def result(self) -> Distribution | None:
        if not self._sketch.count:
            return None
        return Distribution(
            self.column, "", self.what, "documents", sketch=self._sketch, missing=self._missing
        )

    def cell(self, row: int) -> float | str | None:
        value = float(self._last[row])
        return None if np.isnan(value) else value

    @property
    def heading(self) -> str:
        return f"{self.column}, {self.what}" if self.what else self.column


class Words(_Sketched):
    """Words of a text."""

    what = "words"

    def measure(self, batch: pa.RecordBatch) -> Any:
        return words_per_text(_decoded(batch.column(self.column)))


class Numbers(_Sketched):
    """A number."""

    def measure(self, batch: pa.RecordBatch) -> Any:
        return floats(batch.column(self.column))


class Lengths(_Sketched):
    """Entries of a list."""

    what = "entries"

    def measure(self, batch: pa.RecordBatch) -> Any:
        return floats(pc.list_value_length(batch.column(self.column)))

    @property
    def heading(self) -> str:
        return self.column


class Coverage(_Sketched):
    """The share of ``text`` that lies in the spans, in percent of its characters."""

    what = "% of text"

    def measure(self, batch: pa.RecordBatch) -> Any:
        spans = batch.column(self.column)
        inner: Any = pc.list_flatten(spans)
        parents = floats(pc.list_parent_indices(spans)).astype(np.int64)
        width = floats(pc.subtract(inner.field("end"), inner.field("start")))
        covered = (
            np.bincount(parents, weights=width, minlength=batch.num_rows)
            if len(parents)
            else np.zeros(batch.num_rows)
        )
        length = floats(pc.utf8_length(_decoded(batch.column("text"))))
        known = (floats(spans.is_valid()) > 0) & (length > 0)
        share = np.full(batch.num_rows, np.nan)
        share[known] = 100 * covered[known] / length[known]
        return share

    @property
    def heading(self) -> str:
        return ""


class _Counted(Collector):
    def __init__(self, column: str, leaves: Iterable[str]) -> None:
        super().__init__(column, leaves)
        self._values: Counter[str] = Counter()
        self._missing = 0

    def _count(self, array: Any) -> None:
        for entry in pc.value_counts(array):
            value, amount = entry["values"].as_py(), entry["counts"].as_py()
            if value is None:
                self._missing += amount
            else:
                self._values[_word(value)] += amount


class Flags(_Counted):
    """True or false."""

    def add(self, batch: pa.RecordBatch) -> None:
        self._count(batch.column(self.column))

    def result(self) -> Distribution | None:
        if not self._values:
            return None
        return Distribution(self.column, "", "", "documents", values=self._values, missing=self._missing)


class Strings(Words):
    """A string: a vocabulary when few short values keep coming back, else a text by its words."""

    def __init__(self, column: str, leaves: Iterable[str], *, closed: bool, private: bool) -> None:
        super().__init__(column, leaves)
        self._closed = closed
        self._counter: _Vocabulary | None = _Vocabulary() if closed or not private else None
        self._array: Any = None

    def add(self, batch: pa.RecordBatch) -> None:
        super().add(batch)
        self._array = _decoded(batch.column(self.column))
        if self._counter is not None and not self._counter.add(self._array):
            self._counter = None

    def result(self) -> Distribution | None:
        if self._counter is not None:
            values = self._counter.values
            # what hardly repeats is a name or a title, not a vocabulary
            if values and (self._closed or sum(values.values()) >= 3 * len(values)):
                return Distribution(self.column, "", "", "documents", values=values, missing=self._missing)
        return super().result()

    def cell(self, row: int) -> float | str | None:
        if self._counter is not None and self._closed:
            value: str | None = self._array[row].as_py()
            return value
        return super().cell(row)

    @property
    def heading(self) -> str:
        return self.column if self._closed else super().heading


@dataclass
class _Vocabulary:
    values: Counter[str] = field(default_factory=Counter)

    def add(self, array: Any) -> bool:
        """Count; False when these are no values of a vocabulary."""
        for entry in pc.value_counts(array):
            value = entry["values"].as_py()
            if value is None:
                continue
            if len(value) > _VALUE_LENGTH or "\n" in value:
                return False
            self.values[value] += entry["counts"].as_py()
            if len(self.values) > _VALUES:
                return False
        return True


class EntryValues(Collector):
    """A flag or a word of a vocabulary that every entry of a list carries."""

    def __init__(self, column: str, inner: str, path: str) -> None:
        super().__init__(column, [path])
        self._inner = inner
        self._missing = 0
        self._values: Counter[str] | None = Counter()

    def add(self, batch: pa.RecordBatch) -> None:
        if self._values is None:
            return
        entries: Any = pc.list_flatten(batch.column(self.column))
        for entry in pc.value_counts(_decoded(entries.field(self._inner))):
            value, amount = entry["values"].as_py(), entry["counts"].as_py()
            if value is None:
                self._missing += amount
                continue
            self._values[_word(value)] += amount
            if len(self._values) > _VALUES or len(_word(value)) > _VALUE_LENGTH:
                self._values = None
                self.leaves = frozenset()  # no longer worth reading
                return

    def result(self) -> Distribution | None:
        if not self._values:
            return None
        return Distribution(
            self.column, self._inner, "", "entries", values=self._values, missing=self._missing
        )


class EntryNumbers(Collector):
    """A measure that every entry of a list carries."""

    def __init__(self, column: str, inner: str, path: str) -> None:
        super().__init__(column, [path])
        self._inner = inner
        self._sketch = Sketch()
        self._missing = 0

    def add(self, batch: pa.RecordBatch) -> None:
        entries: Any = pc.list_flatten(batch.column(self.column))
        values = floats(entries.field(self._inner))
        present = values[~np.isnan(values)]
        self._missing += len(values) - len(present)
        self._sketch.add(present)

    def result(self) -> Distribution | None:
        if not self._sketch.count:
            return None
        return Distribution(
            self.column, self._inner, "", "entries", sketch=self._sketch, missing=self._missing
        )


def _decoded(array: Any) -> Any:
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def _word(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _is_list(kind: Any) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind))


def _is_string(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))
