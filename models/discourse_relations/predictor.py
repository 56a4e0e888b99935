"""Names the relation that a cue expresses between two units of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from models import catalog
from models.discourse_relations.features import Position, expected, features, in_lexicon, normal
from models.discourse_relations.labels import COARSE, Relation
from models.discourse_relations.logistic import Classifier, read

MODEL: Final = "discourse-relations"


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
    seen = f"cue {cue}" in classifier.weights
    hint = expected(cue) if cue else None
    if not cue or (hint is None and not seen):
        unknown = Relation.UNKNOWN_SUBORDINATION if subordinate else Relation.UNKNOWN_COORDINATION
        return unknown.value, 0.0
    told = classifier.probabilities(features(cue, position, subordinate, left, right))
    if hint is not None and not seen and in_lexicon(cue):
        return hint.value, sum(p for name, p in told.items() if _COARSE[name] == COARSE[hint])
    name, probability = choose(told)
    return name.value, probability


def choose(told: Mapping[str, float]) -> tuple[Relation, float]:
    """The likeliest relation of the likeliest of the nine coarse classes, with the probability of that class.

    Args:
        told: probability of each relation, by its value.
    """
    coarse: dict[str, float] = {}
    for name, probability in told.items():
        kind = _COARSE[name]
        coarse[kind] = coarse.get(kind, 0.0) + probability
    best = max(zip(coarse.values(), coarse, strict=True))[1]
    found = max((name for name in told if _COARSE[name] == best), key=told.__getitem__)
    return Relation(found), coarse[best]


_COARSE: Final = {relation.value: kind for relation, kind in COARSE.items()}
"""By plain strings, which are found several times as fast as members of an enum."""


@cache
def open_classifier() -> Classifier:
    """The verified classifier, read once per process.

    Raises:
        models.catalog.CatalogError: its file is missing or another one.
    """
    return read(catalog.files_of(catalog.entry(MODEL))["relations"].read_bytes())


def model_hashes() -> dict[str, str]:
    """Name to sha256 of the model: of relations and nuclearity together."""
    return {MODEL: catalog.entry(MODEL).sha256}
