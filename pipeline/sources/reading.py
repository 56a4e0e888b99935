"""From pieces of input to batches of document rows. Runs in the worker that also runs the stages, so file
bytes never travel between processes of an engine."""

from __future__ import annotations

import io
import json
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing
from typing import Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.config import BatchOptions, InputOptions
from pipeline.sources import tables
from pipeline.sources.damage import DAMAGE, reason
from pipeline.sources.location import Location
from pipeline.sources.piece import Piece, format_of
from pipeline.sources.rows import Row, as_metadata, rebatch

_DECODED_ROWS = 64  # of a Parquet file at a time
_TOO_LARGE = "is larger than input.max_document_bytes"


class Reader:
    """Reads pieces of one input.

    A file, record or member that cannot be read is a row with an error, never an exception.
    """

    def __init__(
        self, location: Location, options: InputOptions, batch: BatchOptions, passthrough: pa.Schema
    ) -> None:
        self.location = location
        self.options = options
        self.batch = batch
        self.passthrough = passthrough
        self._limit = int(options.max_document_bytes)

    def read(self, pieces: Iterable[Piece]) -> Iterator[pa.RecordBatch]:
        """Yield batches in the chain's input schema, rows in the order of the pieces."""
        parts = (part for piece in pieces for part in self._piece(piece))
        return rebatch(parts, self.passthrough, self.batch.max_rows, int(self.batch.max_bytes))

    def _piece(self, piece: Piece) -> Iterator[Row | pa.RecordBatch]:
        source = self.location.uri(piece.path) + (f"/{piece.member}" if piece.member else "")
        if piece.problem is not None:
            code, _, message = piece.problem.partition(": ")
            kind = "limit" if code == "too_large" else "document"
            yield Row(piece.name, source).fail(code, message, kind)
            return
        done = piece.first_row  # number of the last row that is accounted for
        try:
            with self._open(piece) as stream:
                if piece.format in ("pdf", "txt"):
                    yield self._whole(piece, source, stream)
                    return
                read = self._jsonl if piece.format == "jsonl" else self._parquet
                for number, part in read(piece, source, stream):
                    yield part
                    done = number
        except DAMAGE as error:
            yield from self._unread(piece, source, done, error)

    def _unread(self, piece: Piece, source: str, done: int, error: Exception) -> Iterator[Row]:
        """Rows for what could not be read: one for a file, one for each row left of a table."""
        code = "unreadable" if isinstance(error, OSError) else "corrupt"
        message = f"cannot be read: {reason(error)}"
        if piece.format in ("pdf", "txt"):
            yield Row(piece.name, source).fail(code, message)
            return
        for number in range(done + 1, piece.first_row + piece.rows + 1):
            yield Row(f"{piece.name}#{number}", f"{source}#{number}").fail(code, message)

    def _open(self, piece: Piece) -> AbstractContextManager[BinaryIO]:
        stream = self.location.open(piece.path)
        if piece.member is None:
            return closing(stream)
        return cast(AbstractContextManager[BinaryIO], _Member(stream, piece.member))

    def _whole(self, piece: Piece, source: str, stream: BinaryIO) -> Row:
        row = Row(piece.name, source)
        # the size in the listing may lie (an archive can claim anything), so the read itself is bounded
        data = stream.read(self._limit + 1)
        if len(data) > self._limit:
            return row.fail("too_large", _TOO_LARGE, "limit")
        return row.fill(data, piece.format, self.options.encoding)

    def _jsonl(self, piece: Piece, source: str, stream: BinaryIO) -> Iterator[tuple[int, Row]]:
        if piece.offset:  # a member of an archive is unpacked up to there
            stream.seek(piece.offset)
        for number in range(piece.first_row + 1, piece.first_row + piece.rows + 1):
            line, fits = self._line(stream)
            if fits and not line:  # the listing counted more lines
                raise EOFError
            if fits and not line.strip():
                continue
            row = Row(f"{piece.name}#{number}", f"{source}#{number}")
            if not fits:
                yield number, row.fail("too_large", _TOO_LARGE, "limit")
            else:
                yield number, self._record(row, line, piece)

    def _line(self, stream: BinaryIO) -> tuple[bytes, bool]:
        line = stream.readline(self._limit + 1)
        if len(line) <= self._limit or line.endswith(b"\n"):
            return line, True
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        return b"", False

    def _record(self, row: Row, line: bytes, piece: Piece) -> Row:
        try:
            record: Any = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
        except UnicodeDecodeError as error:
            return row.fail("wrong_encoding", f"the line is not UTF-8 (byte {error.start})")
        except json.JSONDecodeError as error:
            return row.fail("bad_json", f"the line is not JSON (column {error.colno})")
        except (RecursionError, ValueError):
            return row.fail(
                "bad_json", "the line is not usable JSON (nested too deeply, or a number too long)"
            )
        if not isinstance(record, dict):
            return row.fail("bad_record", "the line is JSON, but not an object")
        fields = len(record)
        record = {self.options.rename.get(k, k): v for k, v in record.items()}
        if len(record) < fields:
            return row.fail("bad_record", "two of its fields have one name after input.rename")
        identity = record.pop("id", None)
        if identity not in (None, ""):
            row.id = as_metadata(identity)
        text, path = record.pop("text", None), None
        if text is None:
            path = record.pop("path", None)
        row.metadata = {as_metadata(k): as_metadata(v) for k, v in record.items()}
        if isinstance(text, str):
            return row.fill_text(text)
        if text is not None:
            return row.fail("bad_record", "the field 'text' is not a string")
        if isinstance(path, str):
            return self._fetch(path, row, piece)
        return row.fail("no_text", "the record has neither 'text' nor 'path'; name one with input.rename")

    def _fetch(self, path: str, row: Row, piece: Piece) -> Row:
        if piece.member is not None:
            return row.fail(
                "bad_record", "a record inside an archive cannot name another file; unpack it first"
            )
        return self.fetch(posixpath.dirname(self.location.absolute(piece.path)), path, row)

    def fetch(self, folder: str, path: str, row: Row) -> Row:
        """Fill a row from the file that a record names, relative to ``folder``."""
        if "://" in path or "::" in path:
            # a document must not be able to send the reader to other stores
            return row.fail("bad_record", "the path is a URL; name files beside the input")
        form = format_of(path)
        if form not in ("pdf", "txt"):
            return row.fail("bad_record", "the path does not end in .pdf or .txt")
        try:
            with closing(self.location.open(posixpath.join(folder, path))) as stream:
                data = stream.read(self._limit + 1)
        except (OSError, ValueError) as error:  # ValueError: a null byte in the path
            return row.fail("unreadable", f"the file it names cannot be read: {reason(error)}")
        if len(data) > self._limit:
            return row.fail("too_large", _TOO_LARGE, "limit")
        return row.fill(data, form, self.options.encoding)

    def _parquet(self, piece: Piece, source: str, stream: BinaryIO) -> Iterator[tuple[int, pa.RecordBatch]]:
        held = io.BytesIO(stream.read(self._limit + 1)) if piece.member is not None else stream
        file = pq.ParquetFile(held)
        number = 0  # of the first row of the next row group
        for group in range(file.metadata.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            lower = max(piece.first_row - number, 0)
            upper = min(piece.first_row + piece.rows - number, count)
            if lower < upper:
                bounds = (self.batch.max_rows, int(self.batch.max_bytes))
                for rows, first in _run_of(file, group, lower, upper, *bounds):
                    for part, at in _bounded(rows, number + first, *bounds):
                        batch = tables.documents(
                            part,
                            name=piece.name,
                            source=source,
                            first_row=at,
                            passthrough=self.passthrough,
                            options=self.options,
                            fetch=lambda path, row: self._fetch(path, row, piece),
                        )
                        yield at + batch.num_rows, batch
            number += count


class _Member:
    """A member of a zip archive as a context manager that closes the archive too."""

    def __init__(self, stream: BinaryIO, member: str) -> None:
        self._stream = stream
        self._name = member

    def __enter__(self) -> BinaryIO:
        try:
            self._archive = zipfile.ZipFile(self._stream)
            return cast(BinaryIO, self._archive.open(self._name))
        except BaseException:
            self._stream.close()
            raise

    def __exit__(self, *_: object) -> None:
        self._archive.close()
        self._stream.close()


def _run_of(
    file: pq.ParquetFile, group: int, lower: int, upper: int, max_rows: int, max_bytes: int
) -> Iterator[tuple[pa.Table, int]]:
    """Yield rows lower to upper of a row group, with the number each run begins at.

    Rows are decoded a few at a time and gathered up to either bound: the file cannot tell how large a row
    becomes, since a dictionary packs a thousand long values into one.
    """
    at, held, size = 0, list[pa.RecordBatch](), 0
    for batch in file.iter_batches(batch_size=_DECODED_ROWS, row_groups=[group], use_threads=False):
        first, last = max(lower, at), min(upper, at + batch.num_rows)
        at += batch.num_rows
        if first < last:
            held.append(batch.slice(first - (at - batch.num_rows), last - first))
            size += held[-1].nbytes
        rows = sum(b.num_rows for b in held)
        if held and (rows + _DECODED_ROWS > max_rows or size >= max_bytes or at >= upper):
            yield pa.Table.from_batches(held), min(at, upper) - rows
            held, size = [], 0
        if at >= upper:
            return


def _bounded(rows: pa.Table, first: int, max_rows: int, max_bytes: int) -> Iterator[tuple[pa.Table, int]]:
    """Halve a run until it is within both bounds; one row may exceed the bytes."""
    if rows.num_rows <= 1 or (rows.nbytes <= max_bytes and rows.num_rows <= max_rows):
        yield rows, first
        return
    half = rows.num_rows // 2
    yield from _bounded(rows.slice(0, half), first, max_rows, max_bytes)
    yield from _bounded(rows.slice(half), first + half, max_rows, max_bytes)
