"""Names the relation that a cue expresses between two units of text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models import catalog
from models.discourse_relations.features import Position, expected, features, in_lexicon, normal
from models.discourse_relations.labels import COARSE, Relation

MODEL: Final = "discourse-relations"
SCALE: Final = 1000  # weights are integers in the file, thousandths of a logit


class Classifier:
    """Multinomial logistic regression over named features.

    Args:
        classes: the relations it can tell.
        bias: one number for each.
        weights: feature name to one number for each class; features without weights are ignored.
    """

    def __init__(
        self,
        classes: Sequence[Relation],
        bias: NDArray[np.float64],
        weights: Mapping[str, NDArray[np.float64]],
    ) -> None:
        self.classes = tuple(classes)
        self.bias = bias
        self.weights = weights

    def knows(self, cue: str) -> bool:
        """Whether the cue (``features.normal``) was seen in training."""
        return f"cue {cue}" in self.weights

    def probabilities(self, found: Mapping[str, float]) -> dict[Relation, float]:
        """Probability of each class for one pair's features; they sum to 1."""
        logits = self.bias.copy()
        for name, value in found.items():
            row = self.weights.get(name)
            if row is not None:
                logits += value * row
        odds = np.exp(logits - logits.max())
        return dict(zip(self.classes, (odds / odds.sum()).tolist(), strict=True))


def choose(probabilities: Mapping[Relation, float]) -> tuple[Relation, float]:
    """The likeliest relation of the likeliest of the nine coarse classes, with the probability of that class."""
    coarse: dict[str, float] = {}
    for relation, probability in probabilities.items():
        coarse[COARSE[relation]] = coarse.get(COARSE[relation], 0.0) + probability
    best = max(coarse, key=lambda name: (coarse[name], name))
    return max((r for r in probabilities if COARSE[r] == best), key=lambda r: probabilities[r]), coarse[best]


def relation(
    cue: str, position: Position, subordinate: bool, left: Sequence[str], right: Sequence[str]
) -> tuple[str, float]:
    """Return what the unit with the cue (``right``) is to the other one, and how probable that is.

    Arguments as of ``features.features``. The name is one of ``labels.Relation``, never a ``_C`` variant (see
    ``labels.AS_COORDINATION``). Without a cue, and with one that neither training nor the lexicon knows, it is
    ``UNKNOWN_SUBORDINATION`` or ``UNKNOWN_COORDINATION`` with probability 0.0. A cue that stands in the lexicon but was
    not seen in training is what the lexicon says.

    Raises:
        models.catalog.CatalogError: the model's file is missing or another one.
    """
    classifier = open_classifier()
    cue = normal(cue)
    hint = expected(cue) if cue else None
    if hint is None and not (cue and classifier.knows(cue)):
        unknown = Relation.UNKNOWN_SUBORDINATION if subordinate else Relation.UNKNOWN_COORDINATION
        return unknown.value, 0.0
    probabilities = classifier.probabilities(features(cue, position, subordinate, left, right))
    if not classifier.knows(cue) and in_lexicon(cue):
        assert hint is not None  # noqa: S101 - the whole cue is in the lexicon
        return hint.value, sum(p for name, p in probabilities.items() if COARSE[name] == COARSE[hint])
    name, probability = choose(probabilities)
    return name.value, probability


@cache
def open_classifier() -> Classifier:
    """The verified classifier, read once per process.

    Raises:
        models.catalog.CatalogError: its file is missing or another one.
    """
    return read(catalog.files_of(catalog.entry(MODEL))["relations"].read_bytes())


def read(content: bytes) -> Classifier:
    """Open a classifier from the bytes of its file (``train.written``)."""
    stored = json.loads(content)
    return Classifier(
        [Relation(name) for name in stored["classes"]],
        np.array(stored["bias"], np.float64) / SCALE,
        {name: np.array(row, np.float64) / SCALE for name, row in stored["weights"].items()},
    )


def model_hashes() -> dict[str, str]:
    """Name to sha256 of the model."""
    return {MODEL: catalog.entry(MODEL).sha256}
