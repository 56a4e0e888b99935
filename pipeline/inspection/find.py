"""Finding one document among many without reading more than names, and of those as few as possible."""

from __future__ import annotations

import difflib
import heapq
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.console.printable import one_line
from pipeline.errors import UsageError
from pipeline.inspection.folder import Folder

_CANDIDATES = 5
_LOOKED_AT_FOR_HINTS = 200_000
_BEFORE_A_TAIL = frozenset("/\\#:!?")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document lies."""

    doc_id: str
    part: str
    row_group: int
    row: int  # in the row group


def find(folder: Folder, wanted: str) -> Place:
    """Find a document by its id, its source URI, or a trailing part of either that only it has.

    A trailing part that begins after a ``/`` or ``#`` goes before one that begins within a name.

    Raises:
        UsageError: no document or more than one answers; the message lists the nearest ones.
    """
    wanted = wanted.encode("utf-8", "replace").decode()  # arguments may hold bytes that are not UTF-8
    exact = _by_id(folder, wanted)
    if exact is not None:
        return exact
    tails = list(dict.fromkeys([wanted, urllib.parse.quote(wanted, safe="/#:!?=&+,;@()'")]))
    sources: list[Place] = []
    bounded: list[Place] = []
    ending: list[Place] = []
    hints = _Hints(wanted)
    for place, doc_id, source in _candidates(folder, tails, hints):
        if source in tails:
            _keep(sources, place)
        elif any(_ends(name, tail, at_boundary=True) for name in (doc_id, source) for tail in tails):
            _keep(bounded, place)
        else:
            _keep(ending, place)
    for found in (sources, bounded, ending):
        if len(found) == 1:
            return found[0]
        if found:
            listing = ", ".join(one_line(p.doc_id, 120) for p in found[:_CANDIDATES])
            more = " ..." if len(found) > _CANDIDATES else ""
            raise UsageError(
                f"{one_line(wanted, 120)!r} fits more than one document; give more of the id: {listing}{more}"
            )
    near = ", ".join(one_line(name, 120) for name in hints.best())
    raise UsageError(
        f"there is no document {one_line(wanted, 120)!r} in {folder.store.given}"
        + (f"; near to it: {near}" if near else "; the output holds no documents" if not folder.rows else "")
    )


def read(folder: Folder, place: Place) -> dict[str, Any]:
    """Return the document's row as Python values (maps as lists of pairs) in the order of the columns."""
    with folder.part(place.part) as part:
        seen = 0
        for batch in part.iter_batches(batch_size=64, row_groups=[place.row_group]):
            if place.row < seen + batch.num_rows:
                row: dict[str, Any] = batch.slice(place.row - seen, 1).to_pylist()[0]
                return row
            seen += batch.num_rows
    raise UsageError(f"{place.part} changed while it was read; run the command again")


def _by_id(folder: Folder, wanted: str) -> Place | None:
    """The exact id. Row groups whose statistics exclude it are not read."""
    for record in folder.records:
        with folder.part(record.part) as part:
            for group in range(part.num_row_groups):
                if not _may_hold(part.metadata.row_group(group).column(_leaf(part, "id")), wanted):
                    continue
                seen = 0
                for batch in part.iter_batches(batch_size=65_536, row_groups=[group], columns=["id"]):
                    # not pc.index: the scalar it needs makes pyarrow load pandas where that is installed
                    ids = batch.column(0).to_pylist()
                    if wanted in ids:
                        return Place(wanted, record.part, group, seen + ids.index(wanted))
                    seen += batch.num_rows
    return None


def _leaf(part: pq.ParquetFile, name: str) -> int:
    return next(i for i in range(len(part.schema)) if part.schema.column(i).path == name)


def _may_hold(chunk: Any, wanted: str) -> bool:
    statistics = chunk.statistics
    if statistics is None or not statistics.has_min_max:
        return True
    low, high = statistics.min, statistics.max
    if not isinstance(low, str) or not isinstance(high, str):
        return True
    # Parquet orders strings by their UTF-8 bytes
    return low.encode() <= wanted.encode("utf-8", "replace") <= high.encode()


def _candidates(folder: Folder, tails: list[str], hints: _Hints) -> Iterator[tuple[Place, str, str]]:
    for record in folder.records:
        with folder.part(record.part) as part:
            for group in range(part.num_row_groups):
                seen = 0
                for batch in part.iter_batches(
                    batch_size=65_536, row_groups=[group], columns=["id", "source"]
                ):
                    ids, sources = batch.column("id"), batch.column("source")
                    hits = {
                        at
                        for tail in tails
                        for column in (ids, sources)
                        for at in _indices(pc.ends_with(column, tail))
                    }
                    for at in sorted(hits):
                        doc_id = str(ids[at].as_py())
                        yield Place(doc_id, record.part, group, seen + at), doc_id, sources[at].as_py() or ""
                    hints.add(ids)
                    seen += batch.num_rows


def _indices(mask: Any) -> list[int]:
    """Where a boolean array is true; null is not true."""
    return [int(i or 0) for i in pc.indices_nonzero(mask).to_pylist()]


def _ends(name: str, tail: str, *, at_boundary: bool) -> bool:
    if not name.endswith(tail):
        return False
    before = len(name) - len(tail)
    return not at_boundary or before == 0 or name[before - 1] in _BEFORE_A_TAIL or tail[:1] in _BEFORE_A_TAIL


def _keep(places: list[Place], place: Place) -> None:
    if len(places) <= _CANDIDATES:
        places.append(place)


class _Hints:
    """Ids near to one that does not exist: a cheap measure over many, a good one over the best of them."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted.lower()
        self._name = self._wanted.rstrip("/").rpartition("/")[2]
        self._left = _LOOKED_AT_FOR_HINTS
        self._best: list[tuple[float, str]] = []

    def add(self, ids: Any) -> None:
        for doc_id in ids.slice(0, max(0, self._left)).to_pylist():
            score = max(
                _alike(doc_id.lower(), self._wanted), _alike(doc_id.lower().rpartition("/")[2], self._name)
            )
            if len(self._best) < 50:
                heapq.heappush(self._best, (score, doc_id))
            elif score > self._best[0][0]:
                heapq.heapreplace(self._best, (score, doc_id))
        self._left -= len(ids)

    def best(self) -> list[str]:
        def ratio(name: str) -> float:
            low = name.lower()
            return max(
                difflib.SequenceMatcher(None, low, self._wanted).ratio(),
                difflib.SequenceMatcher(None, low.rpartition("/")[2], self._name).ratio(),
            )

        scored = sorted(
            ((ratio(name), name) for name in {n for _, n in self._best}), key=lambda s: (-s[0], s[1])
        )
        return [name for score, name in scored if score >= 0.5][:3]


def _alike(one: str, other: str) -> float:
    """The share of the longer string that a common beginning and a common end cover."""
    length = min(len(one), len(other))
    begin = next((i for i in range(length) if one[i] != other[i]), length)
    rest = length - begin
    end = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return (begin + end) / max(len(one), len(other), 1)
