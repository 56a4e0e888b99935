"""Choose below which probability the later layers may be left out (``inference``): what speed may cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from models.sentence_boundary.data import Record, corrupted
from models.sentence_boundary.interface import BoundaryModel

from .gate import best_f1

MOST_LOST = 0.001
"""Of macro F1, on clean and on corrupted records."""
CHOICES = (0.2, 0.15, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0)


def choose(open_with: Callable[[float], BoundaryModel], clean: Mapping[str, Sequence[Record]]) -> float:
    """Return the highest of the choices that costs no more than ``MOST_LOST``; 0 leaves nothing out.

    Args:
        open_with: gives the model that skips below a probability.
        clean: records by corpus that were not trained on.
    """
    stripped = {name: [corrupted(record) for record in some] for name, some in clean.items()}
    whole = open_with(0.0)
    wanted = [(some, best_f1(whole, some) - MOST_LOST) for some in (clean, stripped)]
    return next(
        below
        for below in CHOICES
        if below == 0 or all(best_f1(open_with(below), some) >= least for some, least in wanted)
    )
