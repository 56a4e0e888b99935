"""Precision, recall and F1 of labels, by line."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.labels import LABELS

Array = NDArray[Any]


class Score(NamedTuple):
    """0 to 1, an entry for each label; NaN where neither truth nor answer has it.

    Attributes:
        precision, recall, f1: float64[10].
        lines: int64[10], lines that have the label in truth.
    """

    precision: Array
    recall: Array
    f1: Array
    lines: Array

    @property
    def macro(self) -> float:
        """The mean F1 of the labels that truth has."""
        there = self.lines > 0
        return float(self.f1[there].mean()) if there.any() else float("nan")


def score(truth: Array, found: Array) -> Score:
    """Compare labels by their numbers; lines whose truth is below 0 do not count."""
    known = truth >= 0
    counts = np.zeros((len(LABELS), len(LABELS)), np.int64)
    np.add.at(counts, (truth[known], found[known]), 1)
    right, wanted, given = np.diag(counts), counts.sum(1), counts.sum(0)
    with np.errstate(invalid="ignore"):
        return Score(right / given, right / wanted, 2 * right / (wanted + given), wanted)


def table(result: Score) -> str:
    """Return a Markdown table in per cent."""
    rows = [
        f"| {label} | {100 * p:.1f} | {100 * r:.1f} | {100 * f:.1f} | {n} |"
        for label, p, r, f, n in zip(LABELS, *result, strict=True)
    ]
    head = ["| label | precision | recall | F1 | lines |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows, f"| macro | | | {100 * result.macro:.1f} | {result.lines.sum()} |"])
