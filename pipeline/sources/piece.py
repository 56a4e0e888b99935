"""A piece of input: one file, one member of an archive, or a run of rows of a table."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, fields
from typing import Any

import pyarrow as pa

FORMATS = {".pdf": "pdf", ".txt": "txt", ".jsonl": "jsonl", ".parquet": "parquet", ".zip": "zip"}


def format_of(name: str) -> str | None:
    """The format by the ending of the name, or None when docmill does not read it."""
    dot = name.rfind(".")
    return FORMATS.get(name[dot:].lower()) if dot >= 0 else None


def ending(name: str) -> str:
    """The ending of a name as it is shown to a person."""
    return posixpath.splitext(name)[1].lower() or "(none)"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a shard lists. ``path`` is relative to the input's root, with forward slashes."""

    path: str
    member: str | None  # name inside a zip archive
    format: str  # pdf, txt, jsonl, parquet; zip only together with a problem
    bytes: int  # of this piece
    identity: str  # changes when the file changes: size and modification time, or the store's own tag
    offset: int = 0  # first byte (jsonl)
    first_row: int = 0  # number of the first row (jsonl: of the first line), from 0
    rows: int = 1  # rows of this piece; jsonl: lines, blank ones included
    problem: str | None = None  # code and message of a defect found while listing, "code: message"

    @property
    def name(self) -> str:
        """The id of a whole-file document: path, then the member of the archive."""
        return self.path if self.member is None else f"{self.path}/{self.member}"

    def as_dict(self) -> dict[str, Any]:
        # dataclasses.asdict copies deeply, which takes ten times as long, and listings are long
        return {name: getattr(self, name) for name in _FIELDS}


_FIELDS = tuple(f.name for f in fields(Piece))
SCHEMA = pa.schema(
    [
        pa.field("shard", pa.int64(), nullable=False),
        pa.field("path", pa.string(), nullable=False),
        pa.field("member", pa.string()),
        pa.field("format", pa.string(), nullable=False),
        pa.field("bytes", pa.int64(), nullable=False),
        pa.field("identity", pa.string(), nullable=False),
        pa.field("offset", pa.int64(), nullable=False),
        pa.field("first_row", pa.int64(), nullable=False),
        pa.field("rows", pa.int64(), nullable=False),
        pa.field("problem", pa.string()),
    ]
)
