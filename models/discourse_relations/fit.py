"""Fits ``logistic.Classifier`` with scikit-learn, and deals documents out for cross-validation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.discourse_relations.logistic import Classifier

FOLDS: Final = 5
_ITERATIONS: Final = 100
_TOLERANCE: Final = 1e-3


def fit(
    features: Sequence[Mapping[str, float]],
    labels: Sequence[str],
    weights: Sequence[float],
    *,
    c: float,
    fewest: int,
) -> Classifier:
    """Fit weights with an L2 penalty.

    Args:
        features: of each example.
        labels: likewise, of two classes or more.
        weights: likewise.
        c: inverse strength of the penalty.
        fewest: examples that must have a feature, else it is left out.
    """
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    seen = Counter(name for some in features for name in some)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform(
        [{name: value for name, value in some.items() if seen[name] >= fewest} for some in features]
    )
    fitted: Any = LogisticRegression(C=c, max_iter=_ITERATIONS, tol=_TOLERANCE)
    fitted.fit(rows, labels, sample_weight=weights)
    columns, bias = fitted.coef_, fitted.intercept_
    if len(fitted.classes_) == 2:  # scikit-learn keeps the second class only
        columns, bias = np.vstack([0 * columns, columns]), np.concatenate([0 * bias, bias])
    names = {name: columns[:, number] for name, number in vectorizer.vocabulary_.items()}
    return Classifier([str(name) for name in fitted.classes_], bias, names)


def folds(documents: Iterable[str]) -> dict[str, int]:
    """The fold of each document, always the same for the same documents."""
    names = sorted(set(documents))
    order = np.random.default_rng(1).permutation(len(names))
    return {names[number]: place % FOLDS for place, number in enumerate(order)}
