"""What reading a page costs a rung: constants of a machine times facts about the page that are free to have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from models.page_router.evidence import Evidence

COST_FEATURES = ("page", "square_inches", "characters", "objects")
_PAGES_PER_CONSTANT = 6  # fewer measured pages do not bear another constant
_POINTS_PER_INCH = 72.0


class Sized(Protocol):
    """What the cost of a page is told from. Width and height are in points."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def text(self) -> str: ...
    @property
    def evidence(self) -> Evidence | None: ...


def cost_features(pages: Sequence[Sized]) -> NDArray[np.float64]:
    """Return one row of COST_FEATURES per page: 1, its area in square inches (what is drawn for text
    recognition grows with it), the characters that the first rung found, the objects of the page."""
    rows = [
        (
            1.0,
            page.width * page.height / _POINTS_PER_INCH**2,
            float(len(page.text)),
            page.evidence.objects if page.evidence is not None else 0.0,
        )
        for page in pages
    ]
    return np.array(rows, np.float64).reshape(len(pages), len(COST_FEATURES))


def fit(features: NDArray[np.float64], seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit constants to measured costs: least squares among constants that are not negative.

    A non-negative solution is the unrestricted one on the features that it uses, and there are few features:
    so every choice of them is tried. The constants are then scaled to give the measured total, which is
    what a budget is about.

    Args:
        features: ``cost_features`` of the pages measured, at least one.
        seconds: CPU seconds of each.

    Returns:
        One constant per feature, in CPU seconds per unit.
    """
    count, width = features.shape
    scale = np.maximum(np.abs(features).max(axis=0), 1e-12)
    best, least = np.zeros(width), np.inf
    for size in range(1, max(1, min(width, count // _PAGES_PER_CONSTANT)) + 1):
        for used in combinations(range(width), size):
            columns = list(used)
            found, _, rank, _ = np.linalg.lstsq(features[:, columns] / scale[columns], seconds, rcond=None)
            if rank < size or (found < 0).any():
                continue
            left = float(((features[:, columns] / scale[columns] @ found - seconds) ** 2).sum())
            if left < least * (1 - 1e-9):
                best, least = np.zeros(width), left
                best[columns] = found / scale[columns]
    told = float((features @ best).sum())
    return best * (float(seconds.sum()) / told) if told > 0 else best


def seconds(features: NDArray[np.float64], constants: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the CPU seconds that each page is expected to cost: pages, or pages x rungs where ``constants`` are
    COST_FEATURES x rungs."""
    found: NDArray[np.float64] = np.zeros((len(features), *constants.shape[1:]))
    for facts, each in zip(features.T, constants, strict=True):
        # no matrix product: its last digits depend on how many pages there are
        found += np.multiply.outer(facts, each)
    return found
