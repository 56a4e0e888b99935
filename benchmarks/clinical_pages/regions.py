"""Regions of a rendered PDF, read from the fill colours of its characters: no layout is guessed.

What stands on one base line in one label is one region, across gaps and columns, as long as no other label
stands between: so a region holds the centre of any line that a parser may see in it. A page number on
the base line of running matter is a region of its own within that of the running matter, so that it is
page_number to a parser that reads it alone, and header or footer to one that reads a single line.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from benchmarks.clinical_pages.ink import label_of


@dataclass(slots=True)
class Run:
    label: str
    x0: float
    y0: float
    x1: float
    y1: float
    upright: bool = True
    characters: int = 1

    def holds(self, other: Run) -> bool:
        """Whether both stand on one base line: they share more than half of the lower one's height."""
        shared = min(self.y1, other.y1) - max(self.y0, other.y0)
        return shared > 0.5 * min(self.y1 - self.y0, other.y1 - other.y0)

    def level(self, other: Run) -> bool:
        """Whether both end on nearly the same base line, whatever lies between them."""
        return abs(self.y1 - other.y1) < 0.25 * min(self.y1 - self.y0, other.y1 - other.y0)

    def take(self, other: Run) -> None:
        self.x0, self.y0 = min(self.x0, other.x0), min(self.y0, other.y0)
        self.x1, self.y1 = max(self.x1, other.x1), max(self.y1, other.y1)
        self.characters += other.characters


def regions(pdf: bytes) -> dict[str, Any]:
    """Return the JSON object of a labelled document: pages from 1, points, origin top left, y downwards.

    Raises ValueError when a character has a colour that tells no label.
    """
    found = []
    document = pdfium.PdfDocument(pdf)
    try:
        for number in range(len(document)):
            page = document[number]
            for run in _merged(_runs(page)):
                box = [round(side, 2) for side in (run.x0, run.y0, run.x1, run.y1)]
                found.append({"page": number + 1, "bbox": box, "label": run.label})
    finally:
        document.close()
    return {"version": 1, "regions": found}


def _runs(page: Any) -> list[Run]:
    """Neighbouring characters of one label on one base line, in the order of the page's content."""
    height = page.get_height()
    text = page.get_textpage()
    handle = text.raw
    rgba = [ctypes.c_uint() for _ in range(4)]
    rect = raw.FS_RECTF()
    runs: list[Run] = []
    for i in range(raw.FPDFText_CountChars(handle)):
        if raw.FPDFText_IsGenerated(handle, i) == 1 or chr(raw.FPDFText_GetUnicode(handle, i)).isspace():
            continue
        raw.FPDFText_GetFillColor(handle, i, *rgba)
        label = label_of(rgba[2].value)
        if label is None:
            raise ValueError(f"character {i} has a colour that tells no label")
        raw.FPDFText_GetLooseCharBox(handle, i, rect)
        upright = abs(raw.FPDFText_GetCharAngle(handle, i)) < 0.2
        new = Run(label, rect.left, height - rect.top, rect.right, height - rect.bottom, upright)
        last = runs[-1] if runs else None
        if last and last.label == label and last.upright == upright and (not upright or last.holds(new)):
            last.take(new)
        else:
            runs.append(new)
    return runs


def _merged(runs: list[Run]) -> list[Run]:
    changed = True
    while changed:
        changed = False
        for i, run in enumerate(runs):
            for j in range(len(runs) - 1, i, -1):
                other = runs[j]
                alike = run.label == other.label and run.upright and other.upright
                if alike and run.level(other) and _clear(run, other, runs):
                    run.take(other)
                    del runs[j]
                    changed = True
    for number in [run for run in runs if run.label == "page_number" and run.upright]:
        for run in runs:
            if (
                run.label in ("header", "footer")
                and run.upright
                and run.level(number)
                and _clear(run, number, runs)
            ):
                run.take(number)
    return runs


def _clear(a: Run, b: Run, runs: list[Run]) -> bool:
    """Whether nothing of another label stands between two runs of one base line."""
    left, right = (a, b) if a.x0 <= b.x0 else (b, a)
    return not any(
        run.label != a.label and run.holds(a) and run.x0 < right.x0 and run.x1 > left.x1
        for run in runs
        if run is not a and run is not b
    )
