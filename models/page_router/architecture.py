"""The router's network in torch: a few small networks whose answers are averaged, each with one output a head.

Every feature is spelled out by how far it is through each of ten steps between its quantiles (piecewise-linear
encoding: Gorishniy, Rubachev and Babenko, "On Embeddings for Numerical Features in Tabular Deep Learning", 2022), so
that a network sees the hundredth that parts a good text from a poor one as well as the half that parts it
from none.

Imported by training only.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

MEMBERS = 4
_STEPS = 10
_HIDDEN = (48, 24)
_DROPOUT = 0.1
_DOUBT = 0.1


class Encoding(NamedTuple):
    """The steps of all features, one after the other: of which feature each is, where it begins, how wide it is."""

    column: NDArray[np.int64]
    begin: NDArray[np.float32]
    width: NDArray[np.float32]


def encoding_of(rows: NDArray[Any]) -> Encoding:
    """Return the steps for features that are distributed like these rows."""
    columns, begins, widths = [], [], []
    for number, values in enumerate(rows.T):
        bounds = np.unique(np.quantile(values, np.linspace(0, 1, _STEPS + 1)).astype(np.float32))
        columns += [number] * (len(bounds) - 1)
        begins += bounds[:-1].tolist()
        widths += np.diff(bounds).tolist()
    return Encoding(np.array(columns), np.array(begins, np.float32), np.array(widths, np.float32))


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """Features (rows x columns) to quality (rows x heads) in 0..1."""

    def __init__(self, encoding: Encoding, heads: int) -> None:
        super().__init__()
        self.encoding = encoding
        self.register_buffer("column", torch.from_numpy(encoding.column))
        self.register_buffer("begin", torch.from_numpy(encoding.begin))
        self.register_buffer("width", torch.from_numpy(encoding.width))
        first, second = _HIDDEN
        self.members = nn.ModuleList(
            nn.Sequential(
                nn.Linear(len(encoding.column), first),
                nn.ReLU(),
                nn.Dropout(_DROPOUT),
                nn.Linear(first, second),
                nn.ReLU(),
                nn.Linear(second, heads),
            )
            for _ in range(MEMBERS)
        )

    def logits(self, rows: torch.Tensor) -> torch.Tensor:
        """Return members x rows x heads."""
        ready = ((rows[:, self.column] - self.begin) / self.width).clamp(0, 1)
        return torch.stack([member(ready) for member in self.members])

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.logits(rows).sigmoid().mean(0)


def loss(
    logits: torch.Tensor,
    quality: torch.Tensor,
    known: torch.Tensor,
    weight: torch.Tensor,
    preference: float,
    readings: int,
) -> torch.Tensor:
    """Regression of the quality, and which of two readings of a page is the better one by how much.

    The preference is that of Bradley and Terry (1952): the chance that one reading is preferred is the
    sigmoid of its lead in quality over ``_DOUBT``, and so it is for the predictions.

    Args:
        logits: members x rows x heads.
        quality: rows x heads, anything where it is not known.
        known: rows x heads, 1 where the quality is known.
        weight: rows.
        preference: weight of the second part.
        readings: how many heads, the first ones, are qualities of readings.
    """
    found = logits.sigmoid()
    regression = ((found - quality) ** 2 + 0.2 * (found - quality).abs()) * known
    total = (regression.sum(-1) * weight).mean()
    for one in range(readings):
        for other in range(one):
            both = known[:, one] * known[:, other] * weight
            wanted = ((quality[:, one] - quality[:, other]) / _DOUBT).sigmoid()
            lead = (found[..., one] - found[..., other]) / _DOUBT
            pair = nn.functional.binary_cross_entropy_with_logits(
                lead, wanted.expand_as(lead), reduction="none"
            )
            total = total + preference * (pair * both).mean()
    return total
