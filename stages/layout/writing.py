"""From labels and texts to the columns of the batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from models.line_labeller.labels import LABELS
from pipeline import document
from stages.layout.aggregation import Texts
from stages.layout.labelling import Labels, Probabilities
from stages.layout.sections import Section
from stages.layout.stack import Ints, Stack


def text_column(kept: Texts, documents: int) -> pa.Array:
    """The new texts; "" for a document of which no line is kept."""
    texts = [""] * documents
    for number, text in zip(kept.group.tolist(), kept.texts, strict=True):
        texts[number] = text
    return pa.array(texts, pa.string())


def lines_column(
    column: pa.ListArray,
    stack: Stack,
    kept: Texts,
    labelled: Texts,
    labels: Labels,
    probability: Probabilities,
) -> pa.ListArray:
    """The lines with their labels and their spans: of the new text, or of the text of their label."""
    count = len(stack)
    dropped = np.ones(count, np.bool_)
    dropped[kept.order] = False
    hyphens = [""] * count
    for made in (labelled, kept):  # of a kept line that of the new text counts
        if any(labelled.hyphen) or any(kept.hyphen):
            for line, hyphen in zip(made.order.tolist(), made.hyphen, strict=True):
                hyphens[line] = hyphen
    new = {
        "start": _placed(kept.order, kept.start, count, dropped),
        "end": _placed(kept.order, kept.end, count, dropped),
        "hyphen": pa.array(hyphens, pa.string()),
        "label": pa.array(LABELS, pa.string()).take(pa.array(labels)),
        "label_probability": pa.array(probability.astype(np.float32)),
        "label_start": _placed(labelled.order, labelled.start, count, ~dropped),
        "label_end": _placed(labelled.order, labelled.end, count, ~dropped),
    }
    old = column.flatten()
    values = pa.StructArray.from_arrays(
        [new[field.name] if field.name in new else old.field(field.name) for field in document.LINE],
        fields=list(document.LINE),
    )
    return _listed(stack.first, values, document.LINES_FIELD.type)


def _placed(order: Ints, values: Ints, count: int, null: NDArray[np.bool_]) -> pa.Array:
    """Values of some lines as a column of all lines."""
    found = np.zeros(count, np.int32)
    found[order] = values
    return pa.array(found, mask=null)


def pages_column(
    column: pa.ListArray, stack: Stack, kept: Texts, tables: Sequence[tuple[int, int]]
) -> pa.ListArray:
    """The pages with their spans, and those of their tables, in the new text.

    Args:
        tables: first line and the line after the last one, for each table of the batch.
    """
    pages = len(stack.page_size)
    owner = np.repeat(np.arange(len(stack.texts)), np.diff(stack.first_page))
    first = np.searchsorted(stack.page[kept.order], np.arange(pages))
    last = np.searchsorted(stack.page[kept.order], np.arange(pages), side="right")
    start, end = np.zeros(pages, np.int32), np.zeros(pages, np.int32)
    full = last > first
    start[full], end[full] = kept.start[first[full]], kept.end[last[full] - 1]
    # a page of which nothing is kept has an empty span where the page before it ends
    behind = ~full & (first > 0)
    same = np.zeros(pages, np.bool_)
    same[behind] = stack.document[kept.order[first[behind] - 1]] == owner[behind]
    start[same] = end[same] = kept.end[first[same] - 1]
    old = column.flatten()
    new = {
        "start": pa.array(start),
        "end": pa.array(end),
        "tables": _tables(old.field("tables"), stack, kept, tables),
    }
    values = pa.StructArray.from_arrays(
        [new[field.name] if field.name in new else old.field(field.name) for field in document.PAGE],
        fields=list(document.PAGE),
    )
    return _listed(stack.first_page, values, document.PAGES_FIELD.type)


def _tables(
    column: pa.ListArray, stack: Stack, kept: Texts, tables: Sequence[tuple[int, int]]
) -> pa.ListArray:
    if not tables:
        return column
    place = np.full(len(stack), -1, np.int64)
    place[kept.order] = np.arange(len(kept.order))
    spans: list[tuple[int | None, int | None]] = [
        (int(kept.start[place[first]]), int(kept.end[place[last - 1]]))
        if first < last and place[first] >= 0
        else (None, None)
        for first, last in tables
    ]
    new = {
        "start": pa.array([start for start, _ in spans], pa.int32()),
        "end": pa.array([end for _, end in spans], pa.int32()),
    }
    old = column.flatten()
    values = pa.StructArray.from_arrays(
        [new[field.name] if field.name in new else old.field(field.name) for field in document.TABLE],
        fields=list(document.TABLE),
    )
    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    return pa.ListArray.from_arrays(offsets, values, type=column.type, mask=column.is_null())


def label_texts_column(stack: Stack, labelled: Texts, keep: Collection[str]) -> pa.ListArray:
    """A text for each label of each document, in the order of ``LABELS``."""
    owner, label = np.divmod(labelled.group, len(LABELS))
    kept = np.array([name in keep for name in LABELS])
    pages = stack.page[labelled.order] - stack.first_page[stack.document[labelled.order]]
    count = np.diff(labelled.first)
    values = pa.StructArray.from_arrays(
        [
            pa.array(LABELS, pa.string()).take(pa.array(label)),
            pa.array(kept[label]),
            pa.array(labelled.texts, pa.string()),
            pa.array(count.astype(np.int32)),
            _page_numbers(stack, owner, pages[labelled.first[:-1]]),
            _page_numbers(stack, owner, pages[labelled.first[1:] - 1]),
        ],
        fields=list(document.LABEL_TEXT),
    )
    return _listed(_first(owner, len(stack.texts)), values, document.LABEL_TEXTS_FIELD.type)


def sections_column(stack: Stack, found: Sequence[Sequence[Section]]) -> pa.ListArray:
    """The sections of each document."""
    flat = [section for each in found for section in each]
    owner = np.repeat(np.arange(len(found)), [len(each) for each in found])
    columns: dict[str, pa.Array] = {
        "page": _page_numbers(stack, owner, np.array([section.page for section in flat], np.int64))
    }
    values = pa.StructArray.from_arrays(
        [
            columns[field.name]
            if field.name in columns
            else pa.array([getattr(section, field.name) for section in flat], field.type)
            for field in document.SECTION
        ],
        fields=list(document.SECTION),
    )
    return _listed(_first(owner, len(found)), values, document.SECTIONS_FIELD.type)


def _page_numbers(stack: Stack, owner: Ints, page: Ints) -> pa.Array:
    """Numbers of pages, as they are printed in ``pages``, from their places among a document's pages."""
    return pa.array(stack.page_number[stack.first_page[owner] + page].astype(np.int32))


def _first(owner: Ints, documents: int) -> Ints:
    found: NDArray[np.int64] = np.searchsorted(owner, np.arange(documents + 1)).astype(np.int64)
    return found


def _listed(first: Ints, values: pa.StructArray, kind: pa.DataType) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array(first.astype(np.int32)), values, type=kind)
