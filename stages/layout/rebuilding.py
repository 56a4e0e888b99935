"""From the probabilities of a batch's lines to all columns that layout provides."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from models.line_labeller.labels import LABELS, NUMBER_OF
from pipeline import document
from stages.columns import with_column
from stages.layout import writing
from stages.layout.aggregation import by_label, of_lines
from stages.layout.geometry import places
from stages.layout.joining import Evidence
from stages.layout.labelling import Probabilities, choose, unite_tables
from stages.layout.list_marks import items_of_marks, label_like_items
from stages.layout.marks import marks
from stages.layout.options import LayoutConfig
from stages.layout.sections import sections
from stages.layout.stack import Ints, Stack


def rebuild(
    batch: pa.RecordBatch,
    stack: Stack,
    probabilities: Probabilities,
    config: LayoutConfig,
    thresholds: Mapping[str, float],
) -> pa.RecordBatch:
    """Return the batch with labels, the new text, and spans that follow it.

    Args:
        stack: the lines of the batch, see ``stack.read``.
        probabilities: float32[n, labels], of all lines of the batch.
        thresholds: per label; see ``labelling.choose``.
    """
    labels, probability = choose(probabilities, config.keep, thresholds)
    tables = _tables(batch.column("pages"), stack)
    unite_tables(probabilities, labels, probability, tables)
    table = _numbered(tables, len(stack))
    where = places(stack, labels == NUMBER_OF["body"])
    items = items_of_marks(stack, where, table)
    label_like_items(items, probabilities, labels, probability)
    evidence = Evidence(stack, labels, marks(stack.printed), where, table, items)
    keep = np.array([label in config.keep for label in LABELS])
    order = np.flatnonzero(keep[labels])
    kept = of_lines(evidence, order, stack.document[order], config.join)
    labelled = by_label(evidence, config.join)
    columns = {
        document.TEXT: writing.text_column(kept, batch.num_rows),
        document.LINES_FIELD: writing.lines_column(
            batch.column("lines"), stack, kept, labelled, labels, probability
        ),
        document.PAGES_FIELD: writing.pages_column(batch.column("pages"), stack, kept, tables),
        document.SECTIONS_FIELD: writing.sections_column(
            stack, sections(evidence, kept, labelled, config.keep)
        ),
        document.LABEL_TEXTS_FIELD: writing.label_texts_column(stack, labelled, config.keep),
    }
    for field, column in columns.items():
        batch = with_column(batch, field, column)
    return batch


def _tables(pages: pa.ListArray, stack: Stack) -> list[tuple[int, int]]:
    """The first line and the line after the last one of each table that parse found, in the order of the
    column ``pages``; numbers of lines in the batch."""
    listed = pages.flatten().field("tables")
    count = pc.fill_null(pc.list_value_length(listed), 0).to_numpy(zero_copy_only=False)
    if not count.any():
        return []
    page = np.repeat(np.arange(len(count)), count)
    owner = np.searchsorted(stack.first_page, page, side="right") - 1
    values = listed.flatten()
    spans = zip(
        owner.tolist(), values.field("start").to_pylist(), values.field("end").to_pylist(), strict=True
    )
    found = []
    for of, start, end in spans:
        low, high = int(stack.first[of]), int(stack.first[of + 1])
        if start is None or end is None:
            found.append((low, low))
            continue
        first = low + int(np.searchsorted(stack.start[low:high], start))
        found.append((first, low + int(np.searchsorted(stack.end[low:high], end, side="right"))))
    return found


def _numbered(tables: list[tuple[int, int]], lines: int) -> Ints:
    """For each line the number of its table; -1 without one."""
    found = np.full(lines, -1, np.int64)
    for number, (first, last) in enumerate(tables):
        found[first:last] = number
    return found
