"""The gate: the graph must say on real lines what the trained models say from which it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.lines import DocumentLines
from models.line_labeller.predictor import Labeller
from models.session import open_session

MOST: Final = 1e-4  # difference of a probability


class Difference(NamedTuple):
    """Between the graph and what it was written from.

    Attributes:
        lines: that were compared.
        probability: the largest difference of a probability.
        labels: lines whose likeliest label differs.
    """

    lines: int
    probability: float
    labels: int


def compare(file: Path, documents: Sequence[DocumentLines], logits: NDArray[Any]) -> Difference:
    """Compare a graph with the logits of the originals: float[lines of all documents, labels]."""
    found = np.concatenate(Labeller(open_session(file, "edge")).probabilities(documents))
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    wanted = raised / raised.sum(axis=1, keepdims=True)
    return Difference(
        len(found),
        float(np.abs(found - wanted).max(initial=0.0)),
        int((found.argmax(1) != wanted.argmax(1)).sum()),
    )


def gate(file: Path, documents: Sequence[DocumentLines], logits: NDArray[Any]) -> Difference:
    """Compare, and refuse a graph that differs.

    Raises:
        ValueError: a probability differs by more than ``MOST``.
    """
    found = compare(file, documents, logits)
    if not found.probability <= MOST:
        raise ValueError(
            f"the graph differs from the trained models by {found.probability:.2g} in a probability"
        )
    return found
