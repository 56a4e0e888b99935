"""From the outcome of parsing to the columns of the batch, and from its failures to statuses and errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.document import BBOX, LINE, LINES_FIELD, PAGES_FIELD, PARSE_STATUSES, Error, normalise
from stages.parse import wire
from stages.parse.assembly import Assembled, assemble
from stages.parse.explain import Explained, explain
from stages.parse.ladder import Climbed, Reading
from stages.parse.sandbox import Limits


@dataclass(slots=True)
class Row:
    """What parse adds to one document. ``text``, ``pages`` and ``lines`` are None when it could not be
    opened, or when nothing of it could be read."""

    status: str
    errors: list[Error]
    text: str | None = None
    pages: list[dict[str, object]] | None = None
    lines: pa.StructArray | None = None


def row(climbed: Climbed, limits: Limits, parser: str) -> Row:
    """Return the row of a document. ``parser`` is the first rung, which tried every page."""
    outcome = climbed.outcome
    explained: Explained = explain(outcome, limits, climbed.failures)
    if explained.nothing:
        return Row(explained.status, explained.errors)
    got = {page.number: page for page in outcome.pages}
    lost = {failure.page: failure.code for failure in outcome.failures if failure.page is not None}
    numbers = sorted(got.keys() | lost.keys())
    pages = [got.get(number) for number in numbers]
    made = assemble(pages)
    records: list[dict[str, object]] = []
    at = 0  # the first line of the page among those of the document
    for number, page, (start, end) in zip(numbers, pages, made.page_spans, strict=True):
        reading = climbed.readings.get(number, Reading(parser))
        record: dict[str, object] = {
            "number": number + 1,
            "start": start,
            "end": end,
            "parser": reading.parser,
            "predicted_quality": reading.quality,
            "rung_status": reading.status,
            "cheap_quality": reading.cheap_quality,
            "rung_cost_cpu_s": reading.rung_seconds,
        }
        if page is not None:
            record |= {
                "width": page.width,
                "height": page.height,
                "rotation": page.rotation,
                "cost_cpu_s": page.cpu_seconds,
                "status": "ok" if page.flags else "empty",
                "tables": _tables(page, made, at) if page.tables else [],
            }
            at += len(page.flags)
        else:
            code = lost[number]
            record["cost_cpu_s"] = outcome.cpu_seconds.get(number)
            record["status"] = code if code in PARSE_STATUSES else "corrupt"
        records.append(record)
    lines = _lines([page for page in pages if page], made.line_starts, made.line_ends, made.hyphens)
    return Row(explained.status, explained.errors, made.text, records, lines)


def _tables(page: wire.PackedPage, made: Assembled, at: int) -> list[dict[str, object]]:
    return [
        {
            "bbox": {"x0": table.x0, "y0": table.y0, "x1": table.x1, "y1": table.y1},
            "rows": table.rows,
            "columns": table.columns,
            "cells": [cell._replace(text=normalise(cell.text))._asdict() for cell in table.cells],
            "start": int(made.line_starts[at + table.first_line]),
            "end": int(made.line_ends[at + table.first_line + table.line_count - 1]),
        }
        for table in page.tables
    ]


def _lines(
    pages: Sequence[wire.PackedPage], starts: NDArray[np.int32], ends: NDArray[np.int32], hyphens: list[str]
) -> pa.StructArray:
    counts = [len(page.flags) for page in pages]
    columns = np.concatenate(
        [np.empty((5, 0), np.float32)]
        + [np.frombuffer(page.numbers, np.float32).reshape(5, -1) for page in pages if page.flags],
        axis=1,
    )
    flags = np.frombuffer(b"".join(page.flags for page in pages), np.uint8)
    box = pa.StructArray.from_arrays([pa.array(side) for side in columns[:4]], fields=list(BBOX))
    count = len(flags)
    return pa.StructArray.from_arrays(
        [
            pa.array(np.repeat(np.array([page.number + 1 for page in pages], np.int32), counts)),
            box,
            pa.array(starts),
            pa.array(ends),
            pa.array(hyphens, pa.string()),
            pa.array(columns[4]),
            pa.array((flags & wire.BOLD) != 0),
            pa.array((flags & wire.ITALIC) != 0),
            pa.nulls(count, pa.string()),
            pa.nulls(count, pa.float32()),
            pa.nulls(count, pa.int32()),
            pa.nulls(count, pa.int32()),
        ],
        fields=list(LINE),
    )


@dataclass(slots=True)
class Columns:
    """Collects rows into Arrow columns."""

    rows: list[Row] = field(default_factory=list)

    def text(self) -> pa.Array[Any]:
        return pa.array([each.text for each in self.rows], pa.string())

    def status(self) -> pa.Array[Any]:
        return pa.array([each.status for each in self.rows], pa.string())

    def pages(self) -> pa.Array[Any]:
        return pa.array([each.pages for each in self.rows], PAGES_FIELD.type)

    def lines(self) -> pa.Array[Any]:
        """The lists of lines, without a Python object per line."""
        offsets: list[int | None] = []
        at = 0
        for each in self.rows:
            offsets.append(None if each.lines is None else at)
            at += 0 if each.lines is None else len(each.lines)
        parts = [each.lines for each in self.rows if each.lines is not None]
        values = pa.concat_arrays(parts) if parts else pa.array([], LINE)
        return pa.ListArray.from_arrays(pa.array([*offsets, at], pa.int32()), values, type=LINES_FIELD.type)
