"""An output folder as a reader sees it: the manifest, the commit records, the part files they vouch for."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import JobError, UsageError
from pipeline.store import Store, open_store

_RECORDS_AT_ONCE = 256
_BUFFER = 1 << 20  # bytes read ahead per column: a column chunk is never held as a whole


@dataclass(frozen=True, slots=True)
class Record:
    """What a shard's commit record says, as far as readers need it."""

    number: int
    part: str
    rows: int
    totals: dict[str, Any]
    started: str
    finished: str
    worker: str


@dataclass
class Folder:
    """An output with at least a manifest. ``records`` are the committed shards in input order."""

    store: Store
    manifest: dict[str, Any]
    records: list[Record] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(r.rows for r in self.records)

    @contextmanager
    def part(self, name: str) -> Iterator[pq.ParquetFile]:
        """Open a part file.

        Raises:
            JobError: it is missing or damaged.
        """
        try:
            with self.store.fs.open(self.store.at(name), "rb") as stream:
                yield pq.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
        except FileNotFoundError:
            raise JobError(
                f"{name}: its commit record is there but the file is not; run the job again to rebuild it"
            ) from None
        except pa.ArrowInvalid:
            # Arrow's message may quote bytes of the file
            raise JobError(
                f"{name}: is damaged (not readable as Parquet); delete it and run the job again to rebuild it"
            ) from None


def open_folder(output: str) -> Folder:
    """Open what a run wrote.

    Raises:
        UsageError: there is no such folder, or docmill did not write it.
        JobError: a record in it is damaged.
    """
    store = open_store(output)
    try:
        manifest = store.read_json(store.inside("manifest.json"))
    except NotADirectoryError:
        manifest = None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(f"{output}: cannot be read: {reason}") from None
    if not isinstance(manifest, dict):
        if not store.fs.exists(store.path):
            raise UsageError(f"{output}: no such folder; give the OUTPUT of a 'docmill run'")
        raise UsageError(f"{output}: has no _docmill/manifest.json; give the OUTPUT of a 'docmill run'")
    return Folder(store, manifest, _records(store))


def _records(store: Store) -> list[Record]:
    fs = store.fs
    paths = [store.inside("shards", f"{h}.json") for h in sorted(store.committed())]
    records = []
    for first in range(0, len(paths), _RECORDS_AT_ONCE):
        # one call: file systems with latency fetch these at the same time
        for path, raw in fs.cat(paths[first : first + _RECORDS_AT_ONCE]).items():
            records.append(_record(posixpath.basename(path), raw))
    return sorted(records, key=lambda r: (r.number, r.part))


def _record(name: str, raw: bytes) -> Record:
    try:
        data = json.loads(raw)
        return Record(
            number=int(data["shard"]),
            part=str(data["part"]),
            rows=int(data["rows"]),
            totals=dict(data.get("totals") or {}),
            started=str(data.get("started") or ""),
            finished=str(data.get("finished") or ""),
            worker=str(data.get("worker") or ""),
        )
    except (ValueError, KeyError, TypeError):
        raise JobError(
            f"_docmill/shards/{name}: is damaged; delete it and run the job again to rebuild its shard"
        ) from None
