"""Writes the sample that the shipped calibration is made from:

    python -m benchmarks.page_corpus --data DIR [--more DIR] --out FOLDER
    docmill calibrate parse FOLDER --out models/page_router/calibration.json

Documents of the split "dev", cut to the pages that are damaged elsewhere, each in eight copies. Of the pages 85
of 100 are as they were; 5 are scans without text, 5 have a hidden layer with 1 to 15 % of the characters wrong,
3 wrong maps to Unicode, 1 another order of lines, and 1 is blank.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks import measure
from benchmarks.page_variants import damaged_pages, papers
from models.page_router.degrade.document import damaged
from models.page_router.degrade.kinds import (
    Blank,
    Damage,
    Scan,
    some_errors,
    some_paper,
    some_shuffled,
    some_unmapped,
)

_COPIES = 8
_SHARES = {"good": 0.85, "scan": 0.05, "layer": 0.05, "maps": 0.03, "order": 0.01, "blank": 0.01}


def _damage(kind: str, chance: np.random.Generator) -> Damage | None:
    if kind == "scan":
        return Scan(some_paper(chance))
    if kind == "layer":
        return Scan(some_paper(chance), some_errors(chance), int(chance.integers(2**31)))
    if kind == "maps":
        return some_unmapped(chance)
    if kind == "order":
        return some_shuffled(chance)
    return Blank() if kind == "blank" else None


def main() -> None:
    """Write the PDFs."""
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with manifest.json and PDFs")
    parser.add_argument("--more", type=Path, action="append", default=[], help="another collection")
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    given.out.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(20)
    count = 0
    for copy in range(_COPIES):
        for paper in papers(given.data, *given.more):
            if paper.split != "dev":
                continue
            kinds = chance.choice(list(_SHARES), len(damaged_pages(paper)), p=list(_SHARES.values()))
            damages = {
                page: _damage(kind, chance) for page, kind in zip(damaged_pages(paper), kinds, strict=True)
            }
            data = damaged(paper.read(), damages, only=True)
            (given.out / f"{copy}-{paper.id}.pdf").write_bytes(data)
            count += len(damages)
    print(f"{count} pages")


if __name__ == "__main__":
    main()
