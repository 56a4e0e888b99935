"""Which pages of the papers the router learns from and is judged on, and how each of them is damaged.

The split is by document, and the documents of the test come from groups that training never sees: the journals of
``epmc_opendiagram``, and a quarter of the sources of ``benchmarks.page_manuals``. The other groups are divided by
document, every third one for the choice of the model and its calibration (dev).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from models.page_router.degrade.kinds import (
    Blank,
    Damage,
    Scan,
    some_errors,
    some_paper,
    some_shuffled,
    some_unmapped,
)

Split = Literal["train", "dev", "test"]
TEST_GROUPS = ("epmc_opendiagram", "latex_test", "manuals_test")
RECOGNISED_PAGES = {"train": 2, "dev": 2, "test": 3}  # per document, that text recognition reads
DAMAGED_PAGES = 4  # per document of train and dev


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the collection."""

    id: str
    group: str
    pages: int
    has_table: bool | None  # None where nobody knows
    split: Split
    pdf: Path
    reference: Path | None
    recognised_pages: int
    damaged_pages: int

    def read(self) -> bytes:
        return self.pdf.read_bytes()


@dataclass(frozen=True, slots=True)
class Variant:
    """A page (from 0) of a document with a damage. ``drawn`` names what the page looks like: variants that look
    the same share what text recognition reads."""

    paper: Paper
    page: int
    name: str
    damage: Damage | None
    drawn: str


def papers(*folders: Path) -> list[Paper]:
    """The documents of collections, in the order of their groups and ids."""
    entries: list[tuple[Path, dict[str, Any]]] = [
        (folder, entry)
        for folder in folders
        for entry in json.loads((folder / "manifest.json").read_text("utf-8"))
    ]
    found = []
    for group in sorted({entry["journal_group"] for _, entry in entries}):
        members = sorted(
            ((folder, entry) for folder, entry in entries if entry["journal_group"] == group),
            key=lambda one: str(one[1]["id"]),
        )
        for place, (folder, entry) in enumerate(members):
            split: Split = "test" if group in TEST_GROUPS else "dev" if place % 3 == 1 else "train"
            read = entry.get("recognised", RECOGNISED_PAGES[split])
            found.append(
                Paper(
                    entry["id"],
                    group,
                    entry["pages"],
                    entry.get("has_table"),
                    split,
                    folder / entry["pdf"],
                    folder / entry["reference"] if "reference" in entry else None,
                    read,
                    entry.get("damaged", read if split == "test" else DAMAGED_PAGES),
                )
            )
    return found


def recognised(paper: Paper) -> list[int]:
    """The pages of a document that text recognition reads: the first, and others spread over it."""
    count = min(paper.recognised_pages, paper.pages)
    return [round(place) for place in np.linspace(0, paper.pages - 1, count)]


def damaged_pages(paper: Paper) -> list[int]:
    """The pages of a document that are damaged: those, and some more where text recognition is not needed."""
    if paper.split == "test":
        return recognised(paper)
    more = np.linspace(0, paper.pages - 1, min(paper.damaged_pages, paper.pages))
    return sorted({*recognised(paper), *(round(place) for place in more)})


def variants(paper: Paper) -> Iterator[Variant]:
    """Every variant of every page that is used, those of one page together. The first is the page as it is; of
    pages that are not ``damaged_pages`` it is the only one."""
    for page in range(paper.pages):
        chance = np.random.default_rng(_seed(paper.id, page))

        def made(name: str, damage: Damage | None, drawn: str = "clean", page: int = page) -> Variant:
            return Variant(paper, page, name, damage, drawn)

        yield made("clean", None)
        if page not in damaged_pages(paper):
            continue
        scanned = some_paper(chance)
        yield made("scan", Scan(scanned), "scan")
        for number in range(3):
            damage = Scan(scanned, some_errors(chance), int(chance.integers(2**31)))
            yield made(f"layer{number}", damage, "scan")
        yield made("exact", Scan(scanned, 0.0), "scan")  # a picture under text without a fault
        yield made("slight", Scan(scanned, float(chance.uniform(0.002, 0.01)), 1), "scan")
        for number in range(2):
            yield made(f"unmapped{number}", some_unmapped(chance))
        yield made("shuffled", some_shuffled(chance))
        if page == 0:
            yield made("blank", Blank(), "blank")


def _seed(*words: object) -> int:
    return int.from_bytes(hashlib.sha256(" ".join(map(str, words)).encode()).digest()[:8])
