"""One pass over the part files: distributions, a sample of documents, in bounded memory.

All documents of a corpus of ordinary size are read; of a large one an evenly spaced share, chosen by
position alone, so that the same output gives the same report.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.inspection.find import Place
from pipeline.inspection.folder import Folder, Record
from pipeline.report.arrays import floats
from pipeline.report.columns import Collector, Distribution, Words, collectors
from pipeline.report.label_counts import LabelCounts, label_counts
from pipeline.report.ladder import Ladder, PageFacts, ladder

DOCUMENTS_READ = 200_000
BYTES_READ = 1 << 30  # uncompressed, of the columns that are read
_PARTS_AT_LEAST = 64  # a share is taken from at least so many part files
_BATCH = 128  # documents in memory at a time


@dataclass(frozen=True, slots=True)
class Sighting:
    """A document of the sample: where it is, and its row in the table of documents."""

    place: Place
    cells: dict[str, float | str | None]
    errors: int
    strip: Strip | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The pages of a document, the first of them at least; ``pages`` is how many there are."""

    doc_id: str
    pages: int
    facts: list[PageFacts]


@dataclass
class Scan:
    """What the pass found."""

    distributions: list[Distribution] = field(default_factory=list)
    documents: list[Sighting] = field(default_factory=list)  # in input order
    samples: list[Place] = field(default_factory=list)  # with text and without errors where there are such
    ladder: Ladder | None = None  # where parse had more than one parser
    labels: LabelCounts | None = None  # where layout labelled lines
    labelled: list[Place] = field(default_factory=list)  # documents with labels
    strips: list[Strip] = field(
        default_factory=list
    )  # those first that have second readings, else in input order
    read: int = 0  # documents read
    rows: int = 0  # documents there are


def scan(
    folder: Folder, *, documents: int, samples: int, private: bool, strips: int = 0, labelled: int = 0
) -> Scan:
    """Read what the report needs of the part files.

    Args:
        documents: documents wanted for the table.
        samples: documents wanted for a look at their text.
        private: never keep a value of a column that may hold text of documents.
        strips: documents wanted with their pages, those that another parser read pages of before others.
        labelled: documents wanted whose lines have labels.
    """
    found = Scan(rows=folder.rows)
    records = [r for r in folder.records if r.rows]
    if not records:
        return found
    with folder.part(records[0].part) as first:
        schema, leaves = first.schema_arrow, _leaf_sizes(first)
    gathering = collectors(schema, leaves, private=private)
    rungs = ladder(leaves) if strips else None
    if rungs is not None:
        gathering.append(rungs)
    labels = label_counts(leaves) if labelled else None
    if labels is not None:
        gathering.append(labels)
    boxed = _Pick(labelled)
    share = _share(records, leaves, gathering)
    maps = _Pick(strips)
    table = _Pick(documents)
    texts = _Pick(samples)
    for place, batch, errors in _batches(folder, records, share, gathering):
        for collector in gathering:
            if collector.leaves:
                collector.add(batch)
        found.read += batch.num_rows
        filled = next((c for c in gathering if isinstance(c, Words) and c.column == "text"), None)
        for row, doc_id in enumerate(batch.column("id").to_pylist()):
            key = hashlib.blake2b(doc_id.encode(), digest_size=8).digest()
            here = Place(doc_id, place.part, place.row_group, place.row + row)
            if table.wants((b"", key)):
                cells = {c.heading: c.cell(row) for c in gathering if c.heading and c.leaves}
                table.add((b"", key), Sighting(here, cells, int(errors[row])))
            if samples and filled is not None and (filled.cell(row) or 0):
                # documents with errors only where there are no others
                rank = (b"1" if errors[row] else b"0", key)
                if texts.wants(rank):
                    texts.add(rank, Sighting(here, {}, 0))
            if labels is not None and labels.labelled(row):
                rank = (b"1" if errors[row] else b"0", key)
                if boxed.wants(rank):
                    boxed.add(rank, Sighting(here, {}, 0))
            if rungs is not None and rungs.count(row):
                rank = (b"0" if rungs.sent(row) else b"1", key)
                if maps.wants(rank):
                    strip = Strip(doc_id, rungs.count(row), rungs.facts(row))
                    maps.add(rank, Sighting(here, {}, 0, strip))
    found.distributions = [d for c in gathering if c.leaves and (d := c.result()) is not None]
    order = {record.part: number for number, record in enumerate(records)}

    def position(sighting: Sighting) -> tuple[int, int, int]:
        return order[sighting.place.part], sighting.place.row_group, sighting.place.row

    found.documents = sorted(table.items(), key=position)
    found.ladder = rungs
    found.labels = labels
    found.labelled = [s.place for s in sorted(boxed.items(), key=position)]
    drawn = [s.strip for s in sorted(maps.items(), key=position) if s.strip is not None]
    found.strips = sorted(drawn, key=lambda strip: not any(page.asked for page in strip.facts))
    found.samples = [s.place for s in sorted(texts.items(), key=position)]
    return found


class _Pick:
    """Keeps the items with the least keys: with hashes of ids as keys, a random sample that depends on
    neither order nor chance."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[_Entry] = []

    def wants(self, key: tuple[bytes, bytes]) -> bool:
        return self._size > 0 and (len(self._heap) < self._size or key < self._heap[0].key)

    def add(self, key: tuple[bytes, bytes], item: Sighting) -> None:
        entry = _Entry(key, item)
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heapreplace(self._heap, entry)

    def items(self) -> list[Sighting]:
        return [entry.item for entry in self._heap]


@dataclass(frozen=True, slots=True)
class _Entry:
    key: tuple[bytes, bytes]
    item: Sighting

    def __lt__(self, other: _Entry) -> bool:
        return self.key > other.key  # a heap gives up its least, and the greatest key is to go first


def _leaf_sizes(part: pq.ParquetFile) -> dict[str, int]:
    paths = [part.schema.column(i).path for i in range(len(part.schema))]
    sizes = dict.fromkeys(paths, 0)
    for group in range(part.num_row_groups):
        for i, path in enumerate(paths):
            sizes[path] += part.metadata.row_group(group).column(i).total_uncompressed_size
    return sizes


def _share(records: list[Record], leaves: dict[str, int], gathering: list[Collector]) -> float:
    """The share of documents to read, from the size of the columns in the first part."""
    wanted = {leaf for c in gathering for leaf in c.leaves}
    per_row = sum(leaves.get(leaf, 0) for leaf in wanted) / records[0].rows
    rows = sum(r.rows for r in records)
    return min(1.0, DOCUMENTS_READ / rows, BYTES_READ / max(1.0, per_row * rows))


def _batches(
    folder: Folder, records: list[Record], share: float, gathering: list[Collector]
) -> Iterator[tuple[Place, pa.RecordBatch, Any]]:
    """Yield where a batch begins, the batch, and the number of errors of each row."""
    number = max(math.ceil(share * len(records)), min(len(records), _PARTS_AT_LEAST))
    within = share * len(records) / number
    for record in _evenly(records, number):
        with folder.part(record.part) as part:
            groups = list(range(part.num_row_groups))
            for group in _evenly(groups, math.ceil(within * len(groups))):
                row = 0
                columns = ["id", *_error_leaf(part), *sorted({leaf for c in gathering for leaf in c.leaves})]
                for batch in part.iter_batches(batch_size=_BATCH, row_groups=[group], columns=columns):
                    yield Place("", record.part, group, row), batch, _error_counts(batch)
                    row += batch.num_rows
                    # of a row group much larger than the share, its beginning
                    if share < 1 and row >= max(_BATCH, within * record.rows):
                        break


def _evenly(items: list[Any], number: int) -> list[Any]:
    number = max(1, min(number, len(items)))
    return [items[i * len(items) // number] for i in range(number)]


def _error_leaf(part: pq.ParquetFile) -> list[str]:
    paths = [part.schema.column(i).path for i in range(len(part.schema))]
    return [p for p in paths if p.startswith("errors.") and p.endswith(".code")]


def _error_counts(batch: pa.RecordBatch) -> Any:
    where = batch.schema.get_field_index("errors")
    if where < 0:
        return np.zeros(batch.num_rows)
    return np.nan_to_num(floats(batch.column(where).value_lengths()))
