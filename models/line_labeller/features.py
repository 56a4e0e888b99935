"""What the labeller sees of a line: one vector of numbers, shared by training and by the stage.

A line's colour is not among them. The lines of several documents are computed together, because a call of
numpy costs more than the work it does on one page; a line's vector depends on its own document alone, bit for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller import context, geometry, repetition, wording
from models.line_labeller.lines import DocumentLines
from models.line_labeller.rows import rows_of

OWN: Final = (*wording.NAMES, *geometry.NAMES, *repetition.NAMES)  # of a line and its document
NAMES: Final = (*OWN, *context.NAMES)  # and of the lines around it
EM: Final = NAMES.index("em")  # the document's body size, in tens of points


def features(documents: Sequence[DocumentLines]) -> NDArray[np.float32]:
    """Return one row of ``NAMES`` for each line of all documents, one document after the other."""
    if not any(len(one) for one in documents):
        return np.zeros((0, len(NAMES)), np.float32)
    rows = rows_of(documents)
    letters = np.array([len(text) for one in documents for text in one.texts], np.int64)
    columns: dict[str, NDArray[Any]] = wording.wording(rows)
    placed, around = geometry.geometry(rows, letters)
    columns |= placed
    columns |= repetition.repetition(rows, around, letters)
    columns |= context.context(rows, around, columns)
    found = np.empty((len(NAMES), len(rows.doc)), np.float32)
    for number, name in enumerate(NAMES):
        found[number] = columns[name]
    return np.ascontiguousarray(found.T)
