"""The router's networks in torch: small ones whose answers are averaged, each trained on other documents.

Every feature is spelled out by how far it is through each of ten steps between its quantiles (piecewise-linear
encoding: Gorishniy, Rubachev and Babenko, "On Embeddings for Numerical Features in Tabular Deep Learning", 2022), so
that a network sees the hundredth that parts a good text from a poor one as well as the half that parts it
from none.

Imported by training only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

_STEPS = 10
_HIDDEN = (32, 16)
_DROPOUT = 0.1
_DOUBT = 0.1


class Encoding(NamedTuple):
    """The steps of features, one after the other: of which column each is, where it begins, how wide it is."""

    column: NDArray[np.int64]
    begin: NDArray[np.float32]
    width: NDArray[np.float32]

    def spelled(self, rows: NDArray[Any]) -> NDArray[np.float32]:
        """Return how far each row is through each step, 0 to 1."""
        through = (rows[..., self.column] - self.begin) / self.width
        return np.asarray(np.clip(through, 0, 1), np.float32)


def encoding_of(rows: NDArray[Any], columns: Sequence[int]) -> Encoding:
    """Return the steps of these columns for features that are distributed like these rows."""
    owners, begins, widths = [], [], []
    for number in columns:
        bounds = np.unique(np.quantile(rows[:, number], np.linspace(0, 1, _STEPS + 1)).astype(np.float32))
        owners += [number] * (len(bounds) - 1)
        begins += bounds[:-1].tolist()
        widths += np.diff(bounds).tolist()
    return Encoding(np.array(owners), np.array(begins, np.float32), np.array(widths, np.float32))


def member(steps: int, heads: int) -> nn.Sequential:
    """A network from spelled features to the logit of each head."""
    first, second = _HIDDEN
    return nn.Sequential(
        nn.Linear(steps, first),
        nn.ReLU(),
        nn.Dropout(_DROPOUT),
        nn.Linear(first, second),
        nn.ReLU(),
        nn.Linear(second, heads),
    )


def loss(
    logits: torch.Tensor, quality: torch.Tensor, known: torch.Tensor, weight: torch.Tensor, preference: float
) -> torch.Tensor:
    """Regression of the quality, and which of two readings of a page is the better one by how much.

    The preference is that of Bradley and Terry (1952): the chance that one reading is preferred is the
    sigmoid of its lead in quality over ``_DOUBT``, and so it is for the predictions.

    Args:
        logits: rows x heads.
        quality: rows x heads, anything where it is not known.
        known: rows x heads, 1 where the quality is known.
        weight: rows.
        preference: weight of the second part; 0 where the heads are not readings of the same page.
    """
    found = logits.sigmoid()
    # The distance itself draws towards the median. Of tables that is none, so they have the square alone.
    distance = 0.2 * (found - quality).abs() if preference else 0.0
    regression = ((found - quality) ** 2 + distance) * known
    total = (regression.sum(-1) * weight).mean()
    for one in range(quality.shape[-1] if preference else 0):
        for other in range(one):
            both = known[:, one] * known[:, other] * weight
            wanted = ((quality[:, one] - quality[:, other]) / _DOUBT).sigmoid()
            lead = (found[:, one] - found[:, other]) / _DOUBT
            pair = nn.functional.binary_cross_entropy_with_logits(lead, wanted, reduction="none")
            total = total + preference * (pair * both).mean()
    return total
