"""Calibrations and pages that tests write by hand."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from models.page_router.calibration import KINDS, Calibration, RungCost, Sample, settings_digest
from models.page_router.evidence import Evidence
from stages.parse.rungs.rung import Rung
from stages.parse.wire import PackedPage

ROUTER = "ab" * 32


def sample(
    cheap: list[float], *, blank: int = 0, characters: list[float] | None = None, **gains: list[float]
) -> Sample:
    """Pages of A4 whose readings of each kind gain so much; a kind that is not named gains nothing."""
    before = np.array(cheap, np.float64)
    qualities = {kind: before + np.array(gains.get(kind, [0.0] * len(cheap))) for kind in KINDS}
    sizes = characters or [1000.0] * len(cheap)
    features = np.array([(1.0, 97.0, size, 50.0) for size in sizes]).reshape(-1, 4)
    return Sample(3, blank, before, qualities, features)


def calibration(of: Sample, rungs: Mapping[str, Rung], seconds: Mapping[str, float]) -> Calibration:
    """Each rung costs so many seconds a page."""
    costs = {
        name: RungCost(
            rung.kind, settings_digest(rung.adaptor, rung.settings), (seconds[name], 0.0, 0.0, 0.0), 300, 24
        )
        for name, rung in rungs.items()
    }
    return Calibration(ROUTER, costs, of)


def page(number: int = 0, text: str = "Some words on a page.", objects: float = 5.0) -> PackedPage:
    """A page of A4 as the first rung reads it."""
    evidence = Evidence(*[0.0] * len(Evidence._fields))._replace(objects=objects)
    count = len(text.split("\n")) if text else 0
    return PackedPage(number, 595.0, 842.0, 0, 0.004, text, bytes(20 * count), bytes(count), (), evidence)
