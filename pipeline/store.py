"""The output folder: part files, commit records, lock, manifest.

A shard is committed in two steps: its part file is written aside and renamed, then its commit record
appears. A part file without a record is as if it were not there; it is written again.
Layout (public contract)::

    OUTPUT/part-<number>-<hash>.parquet
    OUTPUT/_docmill/{manifest.json, plan.parquet, report.html, shards/<hash>.json, lock}
"""

from __future__ import annotations

import contextlib
import json
import os
import posixpath
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import JobError, UsageError

_PART = re.compile(r"part-(\d+)-([0-9a-f]{16})\.parquet")
_ROW_GROUP_BYTES = 64 * 1024 * 1024
# a dictionary pays for words that repeat; for text, numbers and offsets it costs time and space
_NO_DICTIONARY = ("id", "source", "content_sha256", "text", "short_text")


@dataclass
class Store:
    """An output location. Picklable: workers commit through it."""

    given: str
    path: str  # on the file system, without a trailing slash
    protocol: str
    storage: dict[str, Any] = field(default_factory=dict)

    @property
    def fs(self) -> Any:
        return fsspec.filesystem(self.protocol, **self.storage)

    @property
    def local(self) -> bool:
        return self.protocol == "file"

    def at(self, *names: str) -> str:
        """A path below the output."""
        return posixpath.join(self.path, *names)

    def inside(self, *names: str) -> str:
        """A path below the output's ``_docmill`` folder."""
        return self.at("_docmill", *names)

    # --- small files -------------------------------------------------------------------------------

    def write_json(self, path: str, value: Any) -> None:
        """Write a JSON file in one step: a reader sees the old one or the new one."""
        with self.replacing(path) as stream:
            stream.write(json.dumps(value, indent=1, sort_keys=True).encode())

    def read_json(self, path: str) -> Any:
        """Read a JSON file; None when there is none.

        Raises:
            JobError: it is there but is not JSON.
        """
        try:
            raw = self.fs.cat_file(path)
        except FileNotFoundError:
            return None
        try:
            return json.loads(raw)
        except ValueError:
            raise JobError(f"{path}: is damaged; start again with --overwrite") from None

    @contextlib.contextmanager
    def replacing(self, path: str) -> Iterator[BinaryIO]:
        """Open a file that takes its place only when the block ends without an error."""
        if not self.local:
            # a store without rename: the object appears as a whole when it is closed
            with self.fs.transaction, self.fs.open(path, "wb") as stream:
                yield stream
            return
        aside = self.inside("tmp", f"{posixpath.basename(path)}.{uuid.uuid4().hex}")
        try:
            with open(aside, "wb") as stream:  # noqa: PTH123
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(aside, path)  # noqa: PTH105
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(aside)  # noqa: PTH108
            raise

    # --- the folder --------------------------------------------------------------------------------

    def prepare(self) -> bool:
        """Make the folders; return whether docmill has not been here before.

        Raises:
            UsageError: the output cannot be written, or is something else than an output folder.
        """
        try:
            if self.fs.isfile(self.path):
                raise UsageError(f"{self.given}: is a file; OUTPUT is a folder")
            new = not self.fs.exists(self.inside())
            for folder in (self.inside("shards"), self.inside("tmp")):
                self.fs.makedirs(folder, exist_ok=True)
            probe = self.inside("tmp", f"probe.{uuid.uuid4().hex}")
            self.fs.pipe_file(probe, b"docmill")
            with contextlib.suppress(FileNotFoundError):  # a run that goes on here swept it away
                self.fs.rm_file(probe)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise UsageError(f"{self.given}: cannot be written: {reason}; choose another OUTPUT") from None
        return new

    def withdraw(self) -> None:
        """Remove the folders that ``prepare`` made, when no result was written. The caller holds the lock."""
        if self.parts():
            return
        with contextlib.suppress(OSError):
            self.fs.rm(self.inside(), recursive=True)
        with contextlib.suppress(OSError):
            self.fs.rmdir(self.path)  # only when it is empty

    def foreign_parquet(self) -> str | None:
        """The name of a Parquet file in the output that docmill did not write, if there is one."""
        for name in self._names():
            if name.endswith(".parquet") and not _PART.fullmatch(name):
                return name
        return None

    def clear(self) -> None:
        """Remove what docmill wrote, and nothing else."""
        for name in self._names():
            if _PART.fullmatch(name):
                self.fs.rm_file(self.at(name))
        for name in ("manifest.json", "report.html", "plan.parquet"):
            with contextlib.suppress(FileNotFoundError):
                self.fs.rm_file(self.inside(name))
        with contextlib.suppress(FileNotFoundError):
            self.fs.rm(self.inside("shards"), recursive=True)
        self.fs.makedirs(self.inside("shards"), exist_ok=True)

    def sweep(self) -> None:
        """Remove half-written files that an interrupted run left."""
        with contextlib.suppress(FileNotFoundError):
            for path in self.fs.ls(self.inside("tmp"), detail=False):
                with contextlib.suppress(FileNotFoundError):  # the probe of a run that is being refused
                    self.fs.rm_file(path)

    def _names(self, *folder: str) -> list[str]:
        try:
            self.fs.invalidate_cache()
            listing = self.fs.ls(self.at(*folder), detail=False)
        except FileNotFoundError:
            return []
        return sorted(posixpath.basename(str(p).rstrip("/")) for p in listing)

    # --- part files and commit records --------------------------------------------------------------

    def parts(self) -> dict[str, str]:
        """Part files by shard hash."""
        found = (_PART.fullmatch(name) for name in self._names())
        return {m[2]: m[0] for m in found if m}

    def committed(self) -> set[str]:
        """Hashes of shards that have both a part file and a commit record."""
        records = {n.removesuffix(".json") for n in self._names("_docmill", "shards") if n.endswith(".json")}
        return records & set(self.parts())

    def record(self, shard_hash: str) -> dict[str, Any]:
        """The commit record of a committed shard."""
        record: dict[str, Any] = self.read_json(self.inside("shards", f"{shard_hash}.json")) or {}
        return record

    def commit(self, shard_hash: str, record: Mapping[str, Any]) -> None:
        """Write the commit record; the part file must be in place."""
        self.write_json(self.inside("shards", f"{shard_hash}.json"), dict(record))

    def discard(self, shard_hash: str) -> None:
        """Take a shard back: first the record, then the part file."""
        with contextlib.suppress(FileNotFoundError):
            self.fs.rm_file(self.inside("shards", f"{shard_hash}.json"))
        part = self.parts().get(shard_hash)
        if part is not None:
            self.fs.rm_file(self.at(part))

    def renumber(self, shard_hash: str, old: str, new: str, number: int) -> None:
        """Give a part file, and its record, the number it has in a new plan."""
        record = self.record(shard_hash)
        if record:  # first, so that a run killed in between finds the old name and does it again
            self.commit(shard_hash, record | {"part": new, "shard": number})
        self.fs.mv(self.at(old), self.at(new))

    @contextlib.contextmanager
    def part_writer(
        self, part: str, schema: pa.Schema, footer: Mapping[bytes, bytes]
    ) -> Iterator[PartWriter]:
        """Write a part file; it takes its place when the block ends without an error."""
        with self.replacing(self.at(part)) as stream:
            writer = PartWriter(stream, schema.with_metadata(dict(footer)))
            try:
                yield writer
            finally:
                writer.close()


class PartWriter:
    """Gathers batches into row groups of a useful size."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._writer = pq.ParquetWriter(
            stream,
            schema,
            compression="zstd",
            compression_level=1,
            use_dictionary=_worth_a_dictionary(schema),
            write_page_index=True,
        )
        self._schema = schema
        self._held: list[pa.RecordBatch] = []
        self._bytes = 0
        self.rows = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self._held.append(batch)
        self._bytes += batch.nbytes
        self.rows += batch.num_rows
        if self._bytes >= _ROW_GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            table = pa.Table.from_batches(self._held).replace_schema_metadata(self._schema.metadata)
            self._writer.write_table(table, row_group_size=max(1, table.num_rows))
            self._held, self._bytes = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()


def _worth_a_dictionary(schema: pa.Schema) -> list[str]:
    """Paths, in Parquet's own notation, of leaf columns of words."""

    def walk(kind: pa.DataType, path: str) -> Iterator[str]:
        if pa.types.is_struct(kind):
            for f in kind:
                yield from walk(f.type, f"{path}.{f.name}")
        elif pa.types.is_map(kind):
            yield from walk(kind.key_type, f"{path}.key_value.key")
            yield from walk(kind.item_type, f"{path}.key_value.value")
        elif pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
            yield from walk(kind.value_type, f"{path}.list.element")
        elif pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind):
            yield path

    leaves = [leaf for f in schema for leaf in walk(f.type, f.name)]
    return [leaf for leaf in leaves if leaf not in _NO_DICTIONARY]


def open_store(given: str) -> Store:
    """Resolve OUTPUT.

    Raises:
        UsageError: the protocol is unknown or needs a package that is missing.
    """
    try:
        fs, path = fsspec.core.url_to_fs(given)
    except (ValueError, ImportError) as error:
        raise UsageError(f"{given}: cannot be opened: {error}") from None
    protocol = fs.protocol if isinstance(fs.protocol, str) else fs.protocol[0]
    return Store(given, path.rstrip("/"), protocol, dict(fs.storage_options))
