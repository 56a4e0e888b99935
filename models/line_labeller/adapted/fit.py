"""Fits the correction to a few labelled documents, with numpy on one core.

A softmax regression that starts at the base model: before any data it changes nothing, and a penalty holds it
there (a Gaussian prior). How strong the penalty is, or that nothing is changed at all, is chosen by
cross-validation over whole documents. Inside, what is remembered of a document never judges that document.

The fit is a fixed number of steps under a bound on the curvature (Boehning, "Multinomial logistic regression
algorithm", 1992): no step size to choose, the same result each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.adapted.memory import Memory, hashes_of, places_of, remembered
from models.line_labeller.adapted.model import INPUTS, Head, inputs, log_probabilities, selected
from models.line_labeller.features import features
from models.line_labeller.labels import LABELS, NUMBER_OF
from models.line_labeller.lines import DocumentLines
from models.line_labeller.predictor import Labeller
from models.line_labeller.scoring import score
from models.line_labeller.windows import windows

Array = NDArray[Any]
Floats = NDArray[np.float32]

_FOLDS = 5
_STEPS = 120
_PENALTIES: Final = (100.0, 30.0, 10.0, 3.0, 1.0)  # the strongest first
_GAIN = 0.003  # less than this is no difference
_STRETCH = 10  # lines of a fold where there is but one page


class Example(NamedTuple):
    """A labelled document: its lines, and a label or None for each of them."""

    lines: DocumentLines
    labels: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Fitted:
    """What came out.

    Attributes:
        head: the new last layer.
        penalty: that was chosen; 0 where nothing is changed.
        before: macro F1 of the base model on the examples, 0 to 1.
        after: of the corrected one, by cross-validation.
        lines: labelled lines.
    """

    head: Head
    penalty: float
    before: float
    after: float
    lines: int


class _Part(NamedTuple):
    """What is known of a document, or of a part that is a fold of its own."""

    base: Floats
    chosen: Floats
    hashes: NDArray[np.uint64]
    places: Floats
    truth: Array


def fit(labeller: Labeller, examples: Sequence[Example]) -> Fitted:
    """Fit a head to examples that have at least one labelled line in all.

    Args:
        labeller: the base model.
        examples: labelled documents.
    """
    parts = _parts(labeller, examples)
    fewest = 2 if len(parts) > 1 else 1
    rows = np.concatenate([one.chosen for one in parts])
    mean = rows.mean(0, dtype=np.float64).astype(np.float32)
    scale = (1 / (rows.std(0, dtype=np.float64) + 0.05)).astype(np.float32)
    truth = np.concatenate([one.truth for one in parts])
    base = np.concatenate([one.base for one in parts])
    before = _worth(truth, base)
    fold = np.arange(len(parts)) % _FOLDS
    held_out = {penalty: base.copy() for penalty in _PENALTIES}
    ends = np.cumsum([len(one.truth) for one in parts])
    for number in range(min(_FOLDS, len(parts)) if len(parts) > 1 else 0):
        learned = [one for one, where in zip(parts, fold, strict=True) if where != number]
        table, target, offset = _table(learned, mean, scale)
        memory = _memory(learned, fewest)
        for penalty in _PENALTIES:
            weights = _fitted(table, target, offset, penalty)
            for place in np.flatnonzero(fold == number).tolist():
                one = parts[place]
                where = slice(ends[place] - len(one.truth), ends[place])
                told = memory.told(one.hashes, one.places)
                held_out[penalty][where] += inputs(one.base, (one.chosen - mean) * scale, told) @ weights
    chosen = 0.0
    if len(parts) > 1:
        worth = {penalty: _worth(truth, held_out[penalty]) for penalty in _PENALTIES}
        best = max(worth.values())
        if best >= before + _GAIN:  # the strongest that is about as good as the best
            chosen = next(penalty for penalty in _PENALTIES if worth[penalty] >= best - _GAIN)
    weights = np.zeros((INPUTS, len(LABELS)), np.float32)
    memory = _memory(parts, fewest) if chosen else _memory([], 1)
    if chosen:
        weights = _fitted(*_table(parts, mean, scale), chosen)
    result = Head(weights, mean, scale, memory)
    final = held_out[chosen] if chosen else base
    return Fitted(result, chosen, _macro(truth, base), _macro(truth, final), int((truth >= 0).sum()))


def _parts(labeller: Labeller, examples: Sequence[Example]) -> list[_Part]:
    """The examples; a single one is divided into its pages, or a single page into stretches."""
    found: list[_Part] = []
    for example in examples:
        truth = np.array([-1 if one is None else NUMBER_OF[one] for one in example.labels], np.int64)
        if not len(truth):
            continue
        rows = np.concatenate([features([one]) for one in windows(example.lines)])
        base = log_probabilities(labeller.logits([example.lines])[0])
        found.append(_Part(base, selected(rows), hashes_of(example.lines), places_of(rows), truth))
    if len(found) == 1:
        whole, lines = found[0], next(one.lines for one in examples if len(one.lines))
        owner = lines.page if lines.page[0] != lines.page[-1] else np.arange(len(lines)) // _STRETCH
        found = [_Part(*(column[owner == one] for column in whole)) for one in np.unique(owner)]
    return found


def _memory(parts: Sequence[_Part], fewest: int) -> Memory:
    return remembered(
        [one.hashes for one in parts], [one.places for one in parts], [one.truth for one in parts], fewest
    )


def _table(parts: Sequence[_Part], mean: Floats, scale: Floats) -> tuple[Array, Array, Array]:
    """Inputs, one-hot labels and base logits of the labelled lines; each part is judged by the others' memory."""
    tables = []
    for number, one in enumerate(parts):
        memory = _memory([*parts[:number], *parts[number + 1 :]], 1)
        tables.append(inputs(one.base, (one.chosen - mean) * scale, memory.told(one.hashes, one.places)))
    truth = np.concatenate([one.truth for one in parts])
    known = truth >= 0
    table = np.concatenate(tables)[known].astype(np.float64)
    base = np.concatenate([one.base for one in parts])[known].astype(np.float64)
    return table, np.eye(len(LABELS))[truth[known]], base


def _fitted(table: Array, target: Array, offset: Array, penalty: float) -> Floats:
    """Return float32[INPUTS, labels]."""
    weights = np.zeros((table.shape[1], target.shape[1]))
    if not len(table):
        return weights.astype(np.float32)
    curvature = 0.5 * table.T @ table
    curvature[np.diag_indices_from(curvature)] += penalty
    inverse = np.linalg.inv(curvature)
    ahead, momentum = weights, 1.0
    for _ in range(_STEPS):
        raised = offset + table @ ahead
        raised = np.exp(raised - raised.max(1, keepdims=True))
        off = raised / raised.sum(1, keepdims=True) - target
        following = ahead - inverse @ (table.T @ off + penalty * ahead)
        grown = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = following + (momentum - 1) / grown * (following - weights)
        weights, momentum = following, grown
    return weights.astype(np.float32)


def _macro(truth: Array, logits: Floats) -> float:
    return score(truth, logits.argmax(1)).macro


def _worth(truth: Array, logits: Floats) -> float:
    """Half macro F1, half the share of right lines: rare labels count, but not for everything."""
    known = truth >= 0
    right = float((logits.argmax(1)[known] == truth[known]).mean())
    return 0.5 * _macro(truth, logits) + 0.5 * right
