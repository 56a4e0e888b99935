"""The plan: the input cut into shards, as a Parquet file made in one pass over the listing.

A shard is a run of pieces bounded in bytes and rows; it becomes one part file. Its hash covers the
identity of its inputs and the configuration fingerprint, so a shard that is committed under its hash never
has to be done again. Between the bounds a shard also ends after a file whose name hashes to a certain
value: a file added early in the listing then changes the shards near it, not all shards after it.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.config import InputOptions, ShardOptions
from pipeline.errors import UsageError
from pipeline.sources.location import Location
from pipeline.sources.piece import FORMATS, SCHEMA, Piece
from pipeline.sources.planning import Planner

_GROUP = 16_384  # rows of the plan per row group; a shard never straddles two groups
_CUT_ONE_IN = 8


@dataclass(frozen=True, slots=True)
class Shard:
    """Where a shard stands in the plan: all that an engine hands to a worker."""

    number: int
    hash: str
    group: int  # row group of the plan
    first: int  # first row in that group
    pieces: int
    rows: int  # as listed: of JSONL files, blank lines count

    @property
    def part(self) -> str:
        """The name of its part file; name order is input order."""
        return f"part-{self.number:06d}-{self.hash}.parquet"


@dataclass
class Plan:
    """What planning found. ``rows`` counts documents as far as the listing tells (lines of JSONL files
    include blank ones)."""

    shards: list[Shard]
    passthrough: pa.Schema
    files: int
    bytes: int
    rows: int
    ignored: Counter[str]
    has_pdf: bool


def make(
    location: Location,
    destination: Any,
    *,
    fingerprint: str,
    options: InputOptions,
    bounds: ShardOptions,
    without: str | None = None,
    limit: int | None = None,
) -> Plan:
    """List the input, cut it, and write the plan.

    Args:
        destination: a binary file to write the plan's Parquet to.
        without: absolute path of a folder to leave out of the listing.
        limit: only so many rows (documents), counted over the listing.

    Raises:
        UsageError: nothing to read, or tables that do not fit together.
    """
    planner = Planner(location, options, bounds)
    ignored: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    shards: list[Shard] = []
    problem: Piece | None = None

    def pieces() -> Iterator[Piece]:
        nonlocal problem
        for file in location.files(ignored, without):
            counts["files"] += 1
            counts["bytes"] += file.size
            for piece in planner.pieces(file):
                if limit is not None and counts["rows"] + piece.rows > limit:
                    piece = _first_rows(piece, limit - counts["rows"])
                counts["rows"] += piece.rows
                if piece.problem is not None and problem is None:
                    problem = piece
                if piece.rows:
                    yield piece
                if limit is not None and counts["rows"] >= limit:
                    return

    with pq.ParquetWriter(destination, SCHEMA) as writer:
        held: list[dict[str, Any]] = []
        group = 0
        for cut in _cut(pieces(), bounds):
            if held and len(held) + len(cut) > _GROUP:
                writer.write_table(pa.Table.from_pylist(held, SCHEMA), row_group_size=len(held))
                held, group = [], group + 1
            number = len(shards)
            rows = sum(p.rows for p in cut)
            shards.append(Shard(number, _hash(cut, fingerprint), group, len(held), len(cut), rows))
            held += [{"shard": number, **p.as_dict()} for p in cut]
        if held:
            writer.write_table(pa.Table.from_pylist(held, SCHEMA), row_group_size=len(held))
    ignored.update(planner.ignored)
    if not counts["files"]:
        raise UsageError(f"{location.given}: holds no {', '.join(FORMATS)} file{_what_else(ignored)}")
    if problem is not None and not planner.usable:
        raise UsageError(f"{problem.name}: {str(problem.problem).partition(': ')[2]}")
    if not shards:
        raise UsageError(f"{location.given}: holds no document; its files are empty{_what_else(ignored)}")
    return Plan(
        shards,
        planner.passthrough,
        counts["files"],
        counts["bytes"],
        counts["rows"],
        ignored,
        planner.has_pdf,
    )


def pieces_of(plan: Any, shard: Shard) -> list[Piece]:
    """Read a shard's pieces from the plan, an opened ``pq.ParquetFile``."""
    table = plan.read_row_group(shard.group, columns=[n for n in SCHEMA.names if n != "shard"])
    return [Piece(**row) for row in table.slice(shard.first, shard.pieces).to_pylist()]


def _cut(pieces: Iterable[Piece], bounds: ShardOptions) -> Iterator[list[Piece]]:
    max_bytes, max_rows = int(bounds.max_bytes), bounds.max_rows
    held: list[Piece] = []
    size = rows = 0
    for piece in pieces:
        if held and (size + piece.bytes > max_bytes or rows + piece.rows > max_rows):
            yield held
            held, size, rows = [], 0, 0
        held.append(piece)
        size += piece.bytes
        rows += piece.rows
        half_full = size * 2 >= max_bytes or rows * 2 >= max_rows
        if half_full and zlib.crc32(piece.name.encode("utf-8", "surrogateescape")) % _CUT_ONE_IN == 0:
            yield held
            held, size, rows = [], 0, 0
    if held:
        yield held


def _hash(pieces: list[Piece], fingerprint: str) -> str:
    digest = hashlib.sha256(fingerprint.encode())
    for piece in pieces:
        digest.update(repr(tuple(piece.as_dict().values())).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _first_rows(piece: Piece, rows: int) -> Piece:
    fields = piece.as_dict()
    fields["rows"] = rows
    return Piece(**fields)


def _what_else(ignored: Counter[str]) -> str:
    if not ignored:
        return ""
    shown = ", ".join(f"{count} {ending}" for ending, count in ignored.most_common(3))
    return f" (found: {shown})"
