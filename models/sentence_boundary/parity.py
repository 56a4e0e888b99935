"""How far an artifact decides and sees as the model it was made of; what the export gates measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.sentence_boundary.condition import thresholds_at
from models.sentence_boundary.interface import BoundaryModel
from models.sentence_boundary.prediction import Predictor


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an artifact differs from its original.

    Attributes:
        places: compared.
        ends: places that original or artifact takes for sentence ends.
        largest: largest difference of a probability.
        mean: mean difference of a probability, as an amount.
        changed: share of ``ends`` that only one of them sees, 0 to 1.
    """

    places: int
    ends: int
    largest: float
    mean: float
    changed: float


def compare(
    original: BoundaryModel, artifact: BoundaryModel, texts: Sequence[str], thresholds: Mapping[str, float]
) -> Comparison:
    """Compare two models of one tokenisation on texts, both at the same thresholds."""
    number = ends = changed = 0
    largest = summed = 0.0
    pairs = zip(texts, Predictor(original).places(texts), Predictor(artifact).places(texts), strict=True)
    for text, wanted, found in pairs:
        limits = thresholds_at(text, wanted.ends, thresholds)
        difference = np.abs(wanted.probabilities - found.probabilities)
        largest = float(np.max(difference, initial=largest))
        summed += float(difference.sum())
        one, other = wanted.probabilities > limits, found.probabilities > limits
        number += len(limits)
        ends += int((one | other).sum())
        changed += int((one != other).sum())
    return Comparison(number, ends, largest, summed / max(number, 1), changed / max(ends, 1))
