"""From probabilities to one label per line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.labels import LABELS, NUMBER_OF

Labels = NDArray[np.int8]  # numbers into LABELS
Probabilities = NDArray[np.float32]

_IN_TABLES = tuple(NUMBER_OF[label] for label in ("body", "section", "title", "signature"))
_TABLE = NUMBER_OF["table"]


def choose(
    probabilities: Probabilities, keep: Collection[str], thresholds: Mapping[str, float]
) -> tuple[Labels, Probabilities]:
    """Return the label of each line and its probability.

    The most probable label that reaches its threshold; where the most probable one does not reach it, the best of
    the kept labels, of those that reach theirs if there are any.

    Args:
        probabilities: float32[n, labels].
        keep: labels whose lines make the text.
        thresholds: per label; 0 where none is given.
    """
    if not len(probabilities):
        return np.zeros(0, np.int8), np.zeros(0, np.float32)
    limits = np.array([thresholds.get(label, 0.0) for label in LABELS], np.float32)
    label = probabilities.argmax(axis=1)
    short = np.flatnonzero(probabilities[np.arange(len(label)), label] < limits[label])
    if len(short):
        kept = np.array([name in keep for name in LABELS])
        rest = np.where(kept, probabilities[short], -1.0)
        reaching = np.where(rest >= limits, rest, -1.0)
        label[short] = np.where(reaching.max(axis=1) >= 0, reaching.argmax(axis=1), rest.argmax(axis=1))
    return label.astype(np.int8), probabilities[np.arange(len(label)), label]


def unite_tables(
    probabilities: Probabilities,
    labels: Labels,
    probability: Probabilities,
    tables: Sequence[tuple[int, int]],
) -> None:
    """Give the lines of each table that parse found one label, in place, so that it stays whole.

    That is ``table``, or what the table as a whole is most probably, where that is running matter, a note or an
    address: a letterhead may be set as a table. The probability is the mean over the table's lines.

    Args:
        tables: first line and the line after the last one, for each table.
    """
    for first, last in tables:
        if first >= last:
            continue
        mean = probabilities[first:last].mean(axis=0)
        inside = float(mean[_TABLE] + mean[list(_IN_TABLES)].sum())
        mean[list(_IN_TABLES)] = 0.0
        mean[_TABLE] = inside
        best = int(mean.argmax())
        labels[first:last] = best
        probability[first:last] = mean[best]
