"""Document rows as the reader makes them, one at a time, and batches of them."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pipeline import document

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(slots=True)
class Row:
    """One document before the first stage."""

    id: str
    source: str
    content_sha256: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    text: str | None = None
    blob: bytes | None = None  # the column `bytes`
    errors: list[document.Error] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Roughly the bytes it holds."""
        return len(self.blob or b"") + len(self.text or "") + 256

    def fail(self, code: str, message: str, kind: str = "document") -> Row:
        """Add an error of the reader; return the row itself."""
        self.errors.append({"stage": "read", "kind": kind, "code": code, "message": message})
        return self

    def fill(self, data: bytes, form: str, encoding: str) -> Row:
        """Take a file's content: text is decoded, a PDF is kept as bytes for parse."""
        self.content_sha256 = hashlib.sha256(data).hexdigest()
        if form == "pdf":
            self.blob = data
            return self
        codec = next((c for mark, c in _BOMS if data.startswith(mark)), encoding)
        try:
            self.text = document.normalise(data.decode(codec).removeprefix("\ufeff"))
        except UnicodeDecodeError as error:
            self.fail(
                "wrong_encoding",
                f"is not {codec} (byte {error.start}); set input: {{encoding: ...}}, for example latin-1 or cp1252",
            )
        return self

    def fill_text(self, text: str) -> Row:
        """Take text as it stands in a record."""
        self.content_sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        self.text = document.normalise(text)
        return self


def as_metadata(value: Any) -> str:
    """A field of a record as a metadata value: text as it is, everything else as JSON."""
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return shown.encode("utf-8", "replace").decode()


def to_batch(rows: Sequence[Row], passthrough: pa.Schema) -> pa.RecordBatch:
    """Return rows in the chain's input schema; pass-through columns are null."""
    fields = [*document.READ_FIELDS, document.BYTES, document.ERRORS_FIELD, *passthrough]
    arrays = [
        pa.array([r.id for r in rows], pa.string()),
        pa.array([r.source for r in rows], pa.string()),
        pa.array([r.content_sha256 for r in rows], pa.string()),
        pa.array([list(r.metadata.items()) for r in rows], document.METADATA.type),
        pa.array([r.text for r in rows], pa.string()),
        pa.array([r.blob for r in rows], pa.large_binary()),
        pa.array([r.errors for r in rows], document.ERRORS),
        *(pa.nulls(len(rows), f.type) for f in passthrough),
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))


def rebatch(
    parts: Iterator[Row | pa.RecordBatch], passthrough: pa.Schema, max_rows: int, max_bytes: int
) -> Iterator[pa.RecordBatch]:
    """Gather rows and small batches, in order, into batches within both bounds (one document may exceed
    the bytes)."""
    rows: list[Row] = []
    size = 0
    for part in parts:
        if isinstance(part, Row):
            if rows and size + part.size > max_bytes:
                yield to_batch(rows, passthrough)
                rows, size = [], 0
            rows.append(part)
            size += part.size
            if len(rows) >= max_rows:
                yield to_batch(rows, passthrough)
                rows, size = [], 0
            continue
        if rows:
            yield to_batch(rows, passthrough)
            rows, size = [], 0
        yield part
    if rows:
        yield to_batch(rows, passthrough)
