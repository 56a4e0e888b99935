"""Documents whose lines have given labels, taken through everything of the layout stage but its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from models.line_labeller.labels import LABELS, NUMBER_OF
from pipeline import document
from stages.layout.options import LayoutConfig
from stages.layout.rebuilding import rebuild
from stages.layout.stack import read
from stages.parse.stage import Parse

SURE = 0.91


def parsed(*pdfs: bytes) -> pa.RecordBatch:
    """PDFs as parse leaves them, those that can be read."""
    count = len(pdfs)
    batch = pa.RecordBatch.from_arrays(
        [
            pa.array([f"d{number}" for number in range(count)]),
            pa.array([[]] * count, document.ERRORS),
            pa.array(pdfs, pa.large_binary()),
        ],
        ["id", "errors", "bytes"],
    )
    with closing(Parse()) as stage:
        found = stage.process(batch)
    assert found.column("text").null_count == 0
    return found


def certain(labels: Sequence[str]) -> NDArray[np.float32]:
    """Probabilities of lines whose labels are known."""
    rest = (1 - SURE) / (len(LABELS) - 1)
    found = np.full((len(labels), len(LABELS)), rest, np.float32)
    found[np.arange(len(labels)), [NUMBER_OF[label] for label in labels]] = SURE
    return found


def rebuilt(batch: pa.RecordBatch, labels: Sequence[str], **options: Any) -> list[dict[str, Any]]:
    """The rows after layout has given these labels to the lines of the batch."""
    made = rebuild(batch, read(batch), certain(labels), LayoutConfig.model_validate(options), {})
    made.validate(full=True)
    rows: list[dict[str, Any]] = made.to_pylist()
    return rows


def labelled(
    pdf: bytes, label_of: Mapping[str, str] | Callable[[str], str] = {}.get, **options: Any
) -> dict[str, Any]:
    """A PDF after layout. ``label_of`` knows labels by how lines begin; what it does not know is body."""
    batch = parsed(pdf)
    names = [_label(line, label_of) for line in read(batch).printed]
    (row,) = rebuilt(batch, names, **options)
    return row


def _label(line: str, label_of: Any) -> str:
    if callable(label_of):
        return label_of(line) or "body"
    return next((label for start, label in label_of.items() if line.startswith(start)), "body")
