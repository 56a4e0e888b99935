"""Reads labelled documents from the Parquet that ``benchmarks.layout_lines`` writes. Used by training only."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.labels import NUMBER_OF
from models.line_labeller.lines import DocumentLines


class Labelled(NamedTuple):
    """A document and the number of each line's label, -1 where there is none.

    ``kind`` says of what make it is: the template or the family of templates.
    """

    name: str
    kind: str
    lines: DocumentLines
    truth: NDArray[np.int64]


def read(path: Path) -> list[Labelled]:
    """Read the documents of a Parquet file that have lines."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    documents = []
    for row in table.to_pylist():
        if not row["lines"]:
            continue
        truth = [NUMBER_OF.get(label, -1) for label in row["labels"]]
        documents.append(Labelled(row["doc"], row.get("kind") or "", _lines(row), np.array(truth, np.int64)))
    return documents


def _lines(row: dict[str, Any]) -> DocumentLines:
    lines, pages = row["lines"], row["pages"]
    place = {page["number"]: number for number, page in enumerate(pages)}
    return DocumentLines(
        [line["text"] for line in lines],
        np.array([place[line["page"]] for line in lines], np.int32),
        np.array([[line["bbox"][side] for side in ("x0", "y0", "x1", "y1")] for line in lines], np.float32),
        np.array([line["font_size"] or 0.0 for line in lines], np.float32),
        np.array([bool(line["bold"]) for line in lines]),
        np.array([bool(line["italic"]) for line in lines]),
        np.array([(page["width"], page["height"]) for page in pages], np.float32).reshape(-1, 2),
    )
