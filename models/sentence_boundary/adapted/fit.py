"""Fits the last layer of an adapted model to a few hundred segmented sentences, with numpy on one core.

A logistic regression that starts from the base model: its logit has slope 1 before any data, everything else
weight 0, and a penalty holds it there (a Gaussian prior). How strong, and from which probability on a sentence
ends, is chosen by cross-validation over stretches of the examples, so that no stretch judges itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.adapted.context import WIDTH, context
from models.sentence_boundary.adapted.examples import Example
from models.sentence_boundary.adapted.model import Head
from models.sentence_boundary.interface import BoundaryModel, Floats
from models.sentence_boundary.prediction import Places, Predictor, extended, places, sigmoid
from models.sentence_boundary.scoring import compare, total

_FOLDS = 5
_STRETCH = 8  # sentences that stay together in a fold
_HIDDEN_PENALTIES = (30.0, 300.0, 3000.0)
_CONTEXT_PENALTY = 1.0
_STEPS = 25
_THRESHOLDS = np.linspace(0.1, 0.9, 33)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came out.

    Attributes:
        head: the new last layer.
        threshold: probability from which on a sentence ends.
        before: boundary F1 of the base model on the examples.
        after: of the adapted one, by cross-validation.
    """

    head: Head
    threshold: float
    before: float
    after: float


def fit(
    model: BoundaryModel,
    examples: Sequence[Example],
    limits_of: Callable[[Sequence[Places]], Sequence[NDArray[np.float32]]],
) -> Fitted:
    """Fit a head.

    Args:
        model: the base.
        examples: segmented texts, with two sentences at least in all.
        limits_of: gives the base's threshold at each of the places of each example's text.
    """
    texts = [one.text for one in examples]
    predictor = Predictor(model)
    tokens = list(predictor.logits(texts))
    shows = _shows_hidden(model, texts[0])
    hidden = (
        [rows for _, rows in predictor.hidden(texts)]
        if shows
        else [np.zeros((len(e), 0), np.float32) for e, _ in tokens]
    )
    found = [places(text, *one) for text, one in zip(texts, tokens, strict=True)]
    before = _f1(
        examples,
        [one.ends[one.probabilities > limits] for one, limits in zip(found, limits_of(found), strict=True)],
    )
    stretches = _stretches(examples, tokens)
    spread = np.concatenate(hidden).std(0) + 1e-6
    data = _Data(
        logits=np.concatenate([logits for _, logits in tokens]).astype(np.float64),
        hidden=np.concatenate(hidden) / spread,
        context=np.concatenate([context(text, ends) for text, (ends, _) in zip(texts, tokens, strict=True)]),
        wanted=np.concatenate([_wanted(one, ends) for one, (ends, _) in zip(examples, tokens, strict=True)]),
        stretch=np.concatenate(stretches),
    )
    owners = np.repeat(np.arange(len(texts)), [len(ends) for ends, _ in tokens])
    best = (-1.0, 0.5, _HIDDEN_PENALTIES[-1])
    for penalty in _HIDDEN_PENALTIES if shows else _HIDDEN_PENALTIES[:1]:
        held_out = data.cross_validated(penalty)
        per_text = [held_out[owners == number].astype(np.float32) for number in range(len(texts))]
        found = [
            places(text, ends, logits)
            for text, (ends, _), logits in zip(texts, tokens, per_text, strict=True)
        ]
        for threshold in _THRESHOLDS:
            score = _f1(examples, [one.ends[one.probabilities > threshold] for one in found])
            if score > best[0] + 1e-9:
                best = (score, float(threshold), penalty)
    after, threshold, penalty = best
    weights = data.fitted(penalty, np.ones(len(data.logits), bool))
    depth = data.hidden.shape[1]
    head = Head(
        hidden=(weights[2 : 2 + depth] / spread).astype(np.float32),
        context=weights[2 + depth :].astype(np.float32),
        slope=float(weights[0]),
        bias=float(weights[1]),
    )
    return Fitted(head, round(threshold, 3), before, after)


@dataclass(frozen=True, slots=True)
class _Data:
    """One row per token."""

    logits: Matrix
    hidden: Floats
    context: Floats
    wanted: NDArray[np.bool_]
    stretch: NDArray[np.int64]

    def cross_validated(self, penalty: float) -> Matrix:
        """Return each token's logit by a layer that did not see its stretch."""
        found = np.zeros(len(self.logits))
        fold = self.stretch % _FOLDS
        for number in range(_FOLDS):
            out = fold == number
            if out.any() and not out.all():
                found[out] = self._matrix()[out] @ self.fitted(penalty, ~out)
            elif out.any():
                found[out] = self.logits[out]
        return found

    def fitted(self, penalty: float, rows: NDArray[np.bool_]) -> Matrix:
        """Return the weights: of the base's logit, bias, hidden layer, context. Newton's method."""
        matrix, wanted = self._matrix()[rows], self.wanted[rows].astype(np.float64)
        start = np.zeros(matrix.shape[1])
        start[0] = 1.0
        depth = self.hidden.shape[1]
        strength = np.concatenate(
            ([10.0, 0.01], np.full(depth, penalty / max(depth, 1)), np.full(WIDTH, _CONTEXT_PENALTY))
        )
        weights = start.copy()

        def loss(candidate: Matrix) -> float:
            margin = matrix @ candidate
            data_loss = np.logaddexp(0, margin).sum() - (wanted * margin).sum()
            return float(data_loss + 0.5 * (strength * (candidate - start) ** 2).sum())

        current = loss(weights)
        for _ in range(_STEPS):
            margin = matrix @ weights
            probability = sigmoid(margin.astype(np.float32)).astype(np.float64)
            gradient = matrix.T @ (probability - wanted) + strength * (weights - start)
            curvature = np.maximum(probability * (1 - probability), 1e-6)
            hessian = (matrix.T * curvature) @ matrix
            hessian[np.diag_indices_from(hessian)] += strength
            step = np.linalg.solve(hessian, gradient)
            scale = 1.0
            while scale > 1e-4 and loss(weights - scale * step) > current:
                scale /= 2
            weights = weights - scale * step
            now = loss(weights)
            if current - now < 1e-5 * max(current, 1.0):
                break
            current = now
        return weights

    def _matrix(self) -> Matrix:
        ones = np.ones((len(self.logits), 1))
        return np.concatenate((self.logits[:, np.newaxis], ones, self.hidden, self.context), 1).astype(
            np.float64
        )


def _shows_hidden(model: BoundaryModel, text: str) -> bool:
    encoded = model.encode(text)
    if model.batch > 1 or not len(encoded):
        return False
    first = {name: rows[:1][np.newaxis] for name, rows in encoded.inputs.items()}
    return model.hidden(first, np.ones(1, np.int64)) is not None


def _wanted(example: Example, ends: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.isin(extended(example.text, ends), extended(example.text, np.array(example.ends)))


def _stretches(
    examples: Sequence[Example], tokens: Sequence[tuple[NDArray[np.int32], Floats]]
) -> list[NDArray[np.int64]]:
    found = []
    begun = 0
    for example, (ends, _) in zip(examples, tokens, strict=True):
        sentence = np.searchsorted(np.array(example.ends), ends)
        found.append((begun + sentence) // _STRETCH)
        begun += (len(example.ends) // _STRETCH + 1) * _STRETCH
    return found


def _f1(examples: Sequence[Example], ends: Sequence[NDArray[np.int64]]) -> float:
    counts = (compare(one.text, one.ends, found.tolist()) for one, found in zip(examples, ends, strict=True))
    return total(counts).f1
