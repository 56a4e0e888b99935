"""Multinomial logistic regression over named features: how it tells, and its file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import exp
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_SCALE: Final = 1000  # weights are integers in the file, thousandths of a logit


class Classifier:
    """The weights.

    Args:
        classes: names of what it can tell.
        bias: one number for each.
        weights: feature name to one number for each class; features without weights are ignored.
    """

    def __init__(
        self,
        classes: Sequence[str],
        bias: NDArray[np.float64],
        weights: Mapping[str, NDArray[np.float64]],
    ) -> None:
        self.classes = tuple(classes)
        self.bias = bias
        self.weights = weights
        self._rows = {name: number for number, name in enumerate(weights)}
        self._matrix = np.array([*weights.values(), np.zeros(len(bias))])

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Probability of each class for one object's features; they sum to 1."""
        rows = self._rows
        seen = [(rows[name], value) for name, value in features.items() if name in rows]
        logits: list[float] = self.bias.tolist()
        if seen:
            numbers, values = zip(*seen, strict=True)
            logits = (self.bias + np.array(values) @ self._matrix.take(numbers, axis=0)).tolist()
        # of a dozen numbers: each call of numpy would cost more than the sum
        highest = max(logits)
        odds = [exp(logit - highest) for logit in logits]
        total = sum(odds)
        return {name: odd / total for name, odd in zip(self.classes, odds, strict=True)}


def read(content: bytes) -> Classifier:
    """Open a classifier from the bytes of its file, as ``written`` makes them."""
    stored = json.loads(content)
    return Classifier(
        stored["classes"],
        np.array(stored["bias"], np.float64) / _SCALE,
        {name: np.array(row, np.float64) / _SCALE for name, row in stored["weights"].items()},
    )


def written(classifier: Classifier) -> bytes:
    """The classifier as the bytes of its file; weights are rounded, rows that become zero are left out."""

    def whole(row: Any) -> list[int]:
        return [round(float(x) * _SCALE) for x in row]

    rows = {name: whole(row) for name, row in sorted(classifier.weights.items())}
    stored = {
        "classes": list(classifier.classes),
        "bias": whole(classifier.bias),
        "weights": {name: row for name, row in rows.items() if any(row)},
    }
    return (json.dumps(stored, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
