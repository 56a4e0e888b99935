"""The same pages as they come from a scanner, or from software that writes text wrongly.

The regions stay those of the clean file: they are moved with the paper where it lay askew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from models.line_labeller.generator.read_back import Region
from models.page_router.degrade.document import damaged
from models.page_router.degrade.kinds import (
    Damage,
    Paper,
    Scan,
    some_errors,
    some_paper,
    some_shuffled,
    some_unmapped,
)

_PIECE = 40.0  # points: a region of a crooked line is cut into upright boxes of this width
_HARD = 0.75  # the worst scans cannot be read by anybody


def scanned(
    pdf: bytes, regions: Sequence[Region], sizes: Sequence[tuple[float, float]], chance: np.random.Generator
) -> tuple[bytes, list[Region]]:
    """Return the document as pictures of its pages, and its regions where the pictures show them.

    Args:
        pdf: the clean document.
        regions: its regions.
        sizes: width and height of every page, in points.
        chance: draws the paper of the whole document; the grain is another on every page.
    """
    paper = some_paper(chance, chance.uniform(0, _HARD))
    damages: dict[int, Damage | None] = {}
    for page in range(len(sizes)):
        skew = paper.skew if chance.uniform() < 0.5 else float(chance.normal() * 0.4)
        fitted = Paper(
            max(120, paper.dpi), paper.blur, skew, paper.noise, paper.fade, paper.jpeg, paper.seed + page
        )
        damages[page] = Scan(fitted)
    out = []
    for region in regions:
        width, height = sizes[region.page - 1]
        scan = damages[region.page - 1]
        assert isinstance(scan, Scan)  # noqa: S101 - written above
        out += _turned(region, scan.paper.skew, width, height)
    return damaged(pdf, damages), out


def badly_read(pdf: bytes, pages: int, chance: np.random.Generator) -> bytes:
    """Return the document as pictures over a hidden text layer with mistakes; its lines stay where they were."""
    paper = some_paper(chance, chance.uniform(0, 0.6))
    upright = Paper(100, paper.blur, 0.0, paper.noise, paper.fade, paper.jpeg, paper.seed)
    errors = some_errors(chance)
    return damaged(pdf, {page: Scan(upright, errors, int(chance.integers(2**31))) for page in range(pages)})


def badly_written(pdf: bytes, pages: int, chance: np.random.Generator) -> bytes:
    """Return the document with its lines in another order in the file, or with letters exchanged."""
    damage = some_shuffled(chance) if chance.uniform() < 0.6 else some_unmapped(chance)
    return damaged(pdf, dict.fromkeys(range(pages), damage))


def _turned(region: Region, degrees: float, width: float, height: float) -> list[Region]:
    """The region after the page was turned clockwise about its middle."""
    if not degrees:
        return [region]
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    x0, y0, x1, y1 = region.box
    count = max(1, math.ceil((x1 - x0) / _PIECE))
    each = (x1 - x0) / count
    out = []
    for number in range(count):
        across = x0 + (number + 0.5) * each - width / 2
        down = (y0 + y1) / 2 - height / 2
        x = across * cosine - down * sine + width / 2
        y = across * sine + down * cosine + height / 2
        half = (y1 - y0) / 2
        out.append(Region(region.page, (x - each / 2, y - half, x + each / 2, y + half), region.label))
    return out
