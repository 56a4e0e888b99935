"""The lines of all documents of a batch as columns, read from Arrow without an object per line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.line_labeller.lines import DocumentLines
from pipeline.stage import StageError

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Stack:
    """The lines of several documents below each other; n lines, d documents, p pages.

    Attributes:
        texts: d texts, as parse wrote them.
        first: int64[d + 1]: document k has the lines first[k] to first[k + 1] - 1.
        document: int64[n].
        page: int64[n], number of the line's page among all pages of the batch.
        first_page: int64[d + 1], as ``first``, of pages.
        page_number: int64[p], from 1, as the document counts.
        page_size: float32[p, 2], width and height in points; 0 where it is not known.
        start, end: int64[n], the line's span of its document's text.
        hyphen: n strings, "" mostly; see ``pipeline.document.LINE``.
        box: float32[n, 4], x0, y0, x1, y1 in points from the top left.
        font_size: float32[n], 0 where it is not known.
        bold, italic: bool[n].
    """

    texts: Sequence[str]
    first: Ints
    document: Ints
    page: Ints
    first_page: Ints
    page_number: Ints
    page_size: Floats
    start: Ints
    end: Ints
    hyphen: Sequence[str]
    box: Floats
    font_size: Floats
    bold: Bools
    italic: Bools

    def __len__(self) -> int:
        return len(self.document)

    @cached_property
    def printed(self) -> list[str]:
        """The lines as printed: with the hyphen that parse took out."""
        texts = self.texts
        spans = zip(self.document.tolist(), self.start.tolist(), self.end.tolist(), self.hyphen, strict=True)
        return [
            texts[document][start:end] + hyphen if hyphen else texts[document][start:end]
            for document, start, end, hyphen in spans
        ]

    @cached_property
    def gap(self) -> Ints:
        """How many characters parse put between a line and the next one of its document: 0 within a divided
        word, 1 in a block, 2 or more before another block or page, and also after the last line."""
        gap = np.full(len(self), 2, np.int64)
        if len(self) > 1:
            within = self.document[1:] == self.document[:-1]
            gap[:-1][within] = (self.start[1:] - self.end[:-1])[within]
        return gap

    def documents(self) -> list[DocumentLines]:
        """The same lines as the line labeller takes them."""
        printed = self.printed
        made = []
        for number in range(len(self.texts)):
            here = slice(int(self.first[number]), int(self.first[number + 1]))
            pages = slice(int(self.first_page[number]), int(self.first_page[number + 1]))
            made.append(
                DocumentLines(
                    printed[here],
                    (self.page[here] - pages.start).astype(np.int32),
                    self.box[here],
                    self.font_size[here],
                    self.bold[here],
                    self.italic[here],
                    self.page_size[pages],
                )
            )
        return made


def read(batch: pa.RecordBatch) -> Stack:
    """Return the lines of a batch with the columns ``text``, ``lines`` and ``pages``, none of them null.

    Raises:
        StageError: spans do not fit the text, or a line is on a page that is not there.
    """
    texts: list[str] = batch.column("text").to_pylist()
    column, pages = batch.column("lines"), batch.column("pages")
    first, first_page = _offsets(column), _offsets(pages)
    lines, page_rows = column.flatten(), pages.flatten()
    document = np.repeat(np.arange(len(texts)), np.diff(first))
    start, end = lines.field("start"), lines.field("end")
    if start.null_count or end.null_count:
        raise StageError("lines without spans: layout was run on this text before", code="spans")
    starts, ends = _ints(start), _ints(end)
    _check_spans(starts, ends, document, texts)
    box, numbers = lines.field("bbox"), _ints(page_rows.field("number"))
    return Stack(
        texts,
        first,
        document,
        _pages_of(_ints(lines.field("page")), document, numbers, first_page),
        first_page,
        numbers,
        np.stack([_floats(page_rows.field("width")), _floats(page_rows.field("height"))], axis=1),
        starts,
        ends,
        pc.fill_null(lines.field("hyphen"), "").to_pylist(),
        np.stack([_floats(pc.struct_field(box, side)) for side in ("x0", "y0", "x1", "y1")], axis=1),
        _floats(lines.field("font_size")),
        _bools(lines.field("bold")),
        _bools(lines.field("italic")),
    )


def _offsets(column: pa.ListArray) -> Ints:
    lengths = _ints(pc.list_value_length(column))
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])


def _ints(array: pa.Array) -> Ints:
    return np.asarray(pc.fill_null(array, 0).to_numpy(zero_copy_only=False), np.int64)


def _floats(array: pa.Array) -> Floats:
    found = np.asarray(pc.fill_null(array, 0.0).to_numpy(zero_copy_only=False), np.float32)
    return np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0)


def _bools(array: pa.Array) -> Bools:
    return np.asarray(pc.fill_null(array, False).to_numpy(zero_copy_only=False), np.bool_)


def _check_spans(starts: Ints, ends: Ints, document: Ints, texts: Sequence[str]) -> None:
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    before = np.zeros(len(starts), np.int64)  # where the line before ends
    if len(starts) > 1:
        before[1:] = np.where(document[1:] == document[:-1], ends[:-1], 0)
    if (starts < before).any() or (ends < starts).any() or (ends > lengths[document]).any():
        raise StageError("lines do not fit the text: put layout right after parse", code="spans")


def _pages_of(number: Ints, document: Ints, numbers: Ints, first_page: Ints) -> Ints:
    """For each line, where its page is among all pages; within a document pages ascend by number."""
    owner = np.repeat(np.arange(len(first_page) - 1), np.diff(first_page))
    far = int(max(number.max(initial=0), numbers.max(initial=0))) + 1
    keys, wanted = owner * far + numbers, document * far + number
    place = np.searchsorted(keys, wanted)
    if len(wanted) and (not len(keys) or (keys[np.minimum(place, len(keys) - 1)] != wanted).any()):
        raise StageError("a line is on a page that the column pages does not have", code="spans")
    return place


def document_lines(batch: pa.RecordBatch) -> list[DocumentLines]:
    """Return the lines of the documents of a batch that parse has read, as the line labeller takes them; see
    ``read``."""
    return read(batch).documents()
