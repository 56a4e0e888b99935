"""Divides a document of any length into parts that are labelled by themselves, so that memory stays bounded."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np

from models.line_labeller.lines import DocumentLines

LINES: Final = 6000  # of a part; about a hundred pages of print


def windows(document: DocumentLines) -> list[DocumentLines]:
    """Return the parts of a document, in order: whole pages, as many as fit.

    A page with more lines than a part may have is divided. Page numbers and sizes stay those of the document.
    """
    count = len(document)
    if count <= LINES:
        return [document] if count else []
    begins = [*np.flatnonzero(np.diff(document.page, prepend=-1)).tolist(), count]
    bounds = [0]
    for place, begin in enumerate(begins[:-1]):
        if begins[place + 1] - bounds[-1] > LINES and begin > bounds[-1]:
            bounds.append(begin)
        while begins[place + 1] - bounds[-1] > LINES:
            bounds.append(bounds[-1] + LINES)
    bounds.append(count)
    return [part(document, first, last) for first, last in pairwise(bounds)]


def part(document: DocumentLines, first: int, last: int) -> DocumentLines:
    """Return the lines from ``first`` up to ``last``."""
    return DocumentLines(
        document.texts[first:last],
        document.page[first:last],
        document.box[first:last],
        document.font_size[first:last],
        document.bold[first:last],
        document.italic[first:last],
        document.page_size,
    )
