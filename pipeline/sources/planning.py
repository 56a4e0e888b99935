"""How one input file is cut into pieces. Looks at structure only: names in an archive, line ends of a
JSONL file, the footer of a Parquet file."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.config import InputOptions, ShardOptions
from pipeline.errors import UsageError
from pipeline.sources.damage import DAMAGE, reason
from pipeline.sources.location import File, Location
from pipeline.sources.piece import Piece, ending, format_of

CONTENT_COLUMNS = ("text", "bytes", "path")
# columns of a table that become document columns; everything else passes through
_CONSUMED = ("id", "text", "bytes")
_BLOCK = 8 * 1024 * 1024


class Planner:
    """Cuts files and gathers what must be known of all of them: the pass-through columns."""

    def __init__(self, location: Location, options: InputOptions, shards: ShardOptions) -> None:
        self.location = location
        self.options = options
        self.shards = shards
        self.passthrough = pa.schema([])
        self.has_pdf = False
        self.usable = 0  # pieces without a problem
        self.ignored: Counter[str] = Counter()  # members of archives that docmill does not read, by ending
        self._seen_in: dict[str, str] = {}  # pass-through column -> file that brought it

    def pieces(self, file: File) -> Iterator[Piece]:
        """Yield the pieces of one file, in order. A defect of the file is a piece with a problem."""
        for piece in self._pieces(file):
            self.usable += piece.problem is None
            self.has_pdf |= piece.format == "pdf"
            yield piece

    def _pieces(self, file: File) -> Iterator[Piece]:
        # a file name is bytes; one that is no text cannot be written down in the plan and opened again
        shown = file.path.encode("utf-8", "backslashreplace").decode()
        whole = Piece(shown, None, file.format, file.size, file.identity)
        if shown != file.path:
            yield _problem(whole, "unreadable", "its name is not UTF-8; rename it")
            return
        if file.format in ("pdf", "txt"):
            yield whole
            return
        try:
            with self.location.open(file.path) as stream:
                if file.format == "jsonl":
                    yield from self._jsonl(stream, whole)
                elif file.format == "parquet":
                    yield from self._parquet(stream, whole)
                else:
                    yield from self._zip(stream, whole)
        except OSError as error:
            yield _problem(whole, "unreadable", f"cannot be read: {reason(error)}")

    def _jsonl(self, stream: BinaryIO, whole: Piece) -> Iterator[Piece]:
        """Cut at line ends: a piece ends with the first line that reaches either bound of a shard."""
        max_bytes, max_rows = int(self.shards.max_bytes), self.shards.max_rows
        start = first = 0  # byte and line at which the open piece begins
        base = lines = 0  # bytes and complete lines before this block
        tail = b""
        while block := stream.read(_BLOCK):
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 0x0A) + (base + 1)  # offsets after "\n"
            at = 0
            while at < len(ends):
                by_rows = at + max_rows - (lines + at - first) - 1
                by_bytes = int(np.searchsorted(ends, start + max_bytes))
                cut = min(by_rows, by_bytes)
                if cut >= len(ends):
                    break
                end, row = int(ends[cut]), lines + cut + 1
                yield _rows_of(whole, start, end, first, row)
                start, first, at = end, row, cut + 1
            lines += len(ends)
            base += len(block)
            tail = block[-1:]
        if base > start:
            yield _rows_of(whole, start, base, first, lines + (tail != b"\n"))

    def _parquet(self, stream: BinaryIO, whole: Piece) -> Iterator[Piece]:
        try:
            table = pq.ParquetFile(stream)
            schema = table.schema_arrow
        except DAMAGE:
            yield _problem(whole, "corrupt", "is not a readable Parquet file; write it again")
            return
        schema = renamed(schema, self.options, whole.name)
        if not set(CONTENT_COLUMNS) & set(schema.names):
            yield _problem(
                whole,
                "no_text_column",
                "has none of the columns text, bytes, path; name one with input: {rename: {YOUR_COLUMN: text}}",
            )
            return
        check_content_types(schema, whole.name)
        self._add_passthrough(passthrough_of(schema), whole.name)
        rows = table.metadata.num_rows
        if rows == 0:
            return
        per_row = max(1, whole.bytes // rows)
        size = max(1, min(self.shards.max_rows, int(self.shards.max_bytes) // per_row))
        for first in range(0, rows, size):
            count = min(size, rows - first)
            yield Piece(whole.path, whole.member, "parquet", count * per_row, whole.identity, 0, first, count)

    def _add_passthrough(self, schema: pa.Schema, origin: str) -> None:
        for column in schema:
            known = self.passthrough.get_field_index(column.name)
            if known < 0:
                self.passthrough = self.passthrough.append(column.with_nullable(True).remove_metadata())
                self._seen_in[column.name] = origin
                continue
            have = self.passthrough.field(known).type
            if have == column.type or pa.types.is_null(column.type):
                continue
            if pa.types.is_null(have):
                self.passthrough = self.passthrough.set(known, column.with_nullable(True).remove_metadata())
                continue
            raise UsageError(
                f"column {column.name!r} is {have} in {self._seen_in[column.name]} but {column.type} in "
                f"{origin}; make them equal, or run the files apart"
            )

    def _zip(self, stream: BinaryIO, whole: Piece) -> Iterator[Piece]:
        try:
            archive = zipfile.ZipFile(stream)
        except DAMAGE:
            yield _problem(whole, "corrupt", "is not a readable zip archive")
            return
        with archive:
            for info in archive.infolist():
                form = format_of(info.filename)
                if info.is_dir() or _hidden(info.filename):
                    continue
                if form is None or form == "zip":
                    self.ignored[ending(info.filename)] += 1
                    continue
                identity = f"{info.file_size}:{info.CRC:08x}"
                member = Piece(whole.path, info.filename, form, info.file_size, identity)
                if archive.getinfo(info.filename) is not info:
                    member = replace(member, identity=f"{identity}:{info.header_offset}")
                    yield _problem(
                        member,
                        "duplicate_name",
                        "a later member of its archive has the same name; unpack it first",
                    )
                elif info.flag_bits & 0x1:
                    yield _problem(member, "encrypted", "is encrypted inside its archive; unpack it first")
                elif form in ("pdf", "txt"):
                    yield member
                elif form == "parquet" and info.file_size > self.options.max_document_bytes:
                    yield _problem(
                        member, "too_large", "is larger than input.max_document_bytes; unpack it first"
                    )
                else:
                    yield from self._table_member(archive, info, member)

    def _table_member(
        self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: Piece
    ) -> Iterator[Piece]:
        try:
            with archive.open(info) as inner:
                if member.format == "jsonl":
                    yield from self._jsonl(inner, member)  # type: ignore[arg-type]
                else:  # a footer needs a file one can seek in
                    held = inner.read(int(self.options.max_document_bytes) + 1)
                    yield from self._parquet(io.BytesIO(held), member)
        except DAMAGE as error:
            yield _problem(member, "corrupt", f"cannot be unpacked: {reason(error)}")


def renamed(schema: pa.Schema, options: InputOptions, origin: str) -> pa.Schema:
    """A table's columns under the names they have after ``input.rename``."""
    names = [options.rename.get(n, n) for n in schema.names]
    doubled = next((n for n in names if names.count(n) > 1), None)
    if doubled is not None:
        raise UsageError(f"{origin}: has two columns {doubled!r} after input.rename; rename one of them")
    return pa.schema([f.with_name(n) for f, n in zip(schema, names, strict=True)])


def check_content_types(schema: pa.Schema, origin: str) -> None:
    """Refuse a table whose ``id``, ``text``, ``bytes`` or ``path`` column cannot be what the name says."""
    for name, fits, wanted in (
        ("id", _plain, "text or a number"),
        ("text", is_text, "text"),
        ("path", is_text, "text"),
        ("bytes", _binary, "binary"),
    ):
        column = schema.field(name) if name in schema.names else None
        if column is not None and not fits(column.type):
            raise UsageError(
                f"{origin}: column {name!r} is {column.type}, not {wanted}; keep it under another name with "
                f"input: {{rename: {{{name}: my_{name}}}}}"
            )


def _plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    return bool(
        is_text(kind)
        or _binary(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_temporal(kind)
        or pa.types.is_boolean(kind)
    )


def is_text(kind: pa.DataType) -> bool:
    """Whether a column of this type holds text (or nothing)."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_null(kind)
    )


def _binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind)
        or pa.types.is_large_binary(kind)
        or pa.types.is_binary_view(kind)
        or pa.types.is_fixed_size_binary(kind)
        or pa.types.is_null(kind)
    )


def passthrough_of(schema: pa.Schema) -> pa.Schema:
    """The columns of a table (after renaming) that docmill carries along."""
    return pa.schema([f for f in schema if f.name not in _CONSUMED])


def _rows_of(whole: Piece, start: int, end: int, first: int, after: int) -> Piece:
    return Piece(whole.path, whole.member, "jsonl", end - start, whole.identity, start, first, after - first)


def _problem(piece: Piece, code: str, message: str) -> Piece:
    return Piece(piece.path, piece.member, piece.format, 0, piece.identity, problem=f"{code}: {message}")


def _hidden(name: str) -> bool:
    parts = set(name.replace("\\", "/").split("/")) - {".", ".."}  # these are ways, not names
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
