"""Hypothesis strategies for documents as parse leaves them, with any layout whatever."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from models.line_labeller.labels import LABELS
from pipeline import document

WORDS = (
    "fever",
    "Sodium",
    "l'\u00e9t\u00e9",
    "-",
    "\u2022",
    "1.",
    "12,4",
    "pneu-",
    "monia",
    "well-",
    "known",
    "The",
    "end.",
    "\u60a3\u8005",
    "(see",
    "X",
    "|",
)
GAPS = ("", "\n", "\n", "\n", "\n\n")


@st.composite
def documents(draw: st.DrawFn, most: int = 16) -> dict[str, Any]:
    """text, pages and lines of a document, and the labels of its lines."""
    count = draw(st.integers(0, most))
    text, lines, pages = "", [], []
    at_page = 1
    starts: list[int] = []
    for number in range(count):
        new_page = number == 0 or draw(st.integers(0, 5)) == 0
        if new_page and number:
            at_page += draw(st.integers(1, 2))
        words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)))
        hyphen = ""
        if number:
            gap = "\n\n" if new_page else draw(st.sampled_from(GAPS))
            if gap == "" and lines and not text[-1:].isspace() and draw(st.booleans()):
                lines[-1]["hyphen"] = "-"
            text += gap
        starts.append(len(text))
        text += words
        x0, y0 = draw(st.integers(0, 500)), draw(st.integers(0, 800))
        width, height = draw(st.sampled_from([0, 30, 120, 400])), draw(st.sampled_from([0, 8, 10, 40]))
        lines.append(
            {
                "page": at_page,
                "bbox": {"x0": x0, "y0": y0, "x1": x0 + width, "y1": y0 + height},
                "start": starts[-1],
                "end": len(text),
                "hyphen": hyphen,
                "font_size": draw(st.sampled_from([0.0, 8.0, 10.0, 14.0])),
                "bold": draw(st.booleans()),
                "italic": draw(st.booleans()),
            }
        )
    for page in range(1, at_page + draw(st.integers(0, 1)) + 1):
        mine = [line for line in lines if line["page"] == page]
        tables = []
        if len(mine) > 1 and draw(st.integers(0, 3)) == 0:
            first = draw(st.integers(0, len(mine) - 2))
            last = draw(st.integers(first + 1, len(mine) - 1))
            tables = [
                {
                    "rows": 1,
                    "columns": 1,
                    "cells": [],
                    "start": mine[first]["start"],
                    "end": mine[last]["end"],
                }
            ]
        pages.append(
            {
                "number": page,
                "width": 595.0,
                "height": 842.0,
                "start": mine[0]["start"] if mine else 0,
                "end": mine[-1]["end"] if mine else 0,
                "tables": tables or draw(st.sampled_from([[], None])),
            }
        )
    labels = draw(st.lists(st.sampled_from(LABELS), min_size=count, max_size=count))
    return {"text": text, "pages": pages, "lines": lines, "labels": labels}


def batch_of(rows: list[dict[str, Any]]) -> pa.RecordBatch:
    """Documents as a batch for the layout stage."""
    return pa.RecordBatch.from_arrays(
        [
            pa.array([f"d{number}" for number in range(len(rows))]),
            pa.array([[]] * len(rows), document.ERRORS),
            pa.array([row["text"] for row in rows], pa.string()),
            pa.array([row["lines"] for row in rows], document.LINES_FIELD.type),
            pa.array([row["pages"] for row in rows], document.PAGES_FIELD.type),
        ],
        ["id", "errors", "text", "lines", "pages"],
    )
