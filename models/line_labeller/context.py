"""Features of the lines around a line: copies of what matters of its neighbours, shares in a window, and how far
back the places lie that divide a letter (title, salutation, headings, closing formula)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.geometry import Around
from models.line_labeller.rows import Rows

Array = NDArray[Any]

_SHAPE: Final = (
    "log_characters",
    "page_width_share",
    "doc_width",
    "size",
    "page_x0",
    "digit_share",
    "upper_share",
)
_WORDS: Final = ("function_words", "name_title_words", "identity_words", "section_words")
_COPIED: Final = (
    *_SHAPE,
    *_WORDS,
    "ends_full_stop",
    "begins_lower",
    "marker",
    "repeated_share",
    "closing_words",
    "institution_words",
    "grid_words",
    "bold",
)
_FEW: Final = ("log_characters", "doc_width", "size", "page_x0", "upper_share", "function_words", "marker")
_BESIDE: Final = (*_SHAPE, "marker", "function_words", "unit_words", "bold")
_SHARED: Final = (
    "digit_share",
    "doc_width",
    "mates_left",
    "mates_right",
    "bold",
    "function_words",
    "unit_words",
    "grid_words",
    "analyte_words",
    "staff_words",
    "name_title_words",
    "identity_words",
    "institution_words",
    "street_words",
    "contact_words",
    "legal_words",
    "section_words",
    "closing_words",
    "signed_words",
    "size",
    "ends_full_stop",
    "repeated_share",
)
_STEPS: Final[tuple[tuple[str, int, tuple[str, ...]], ...]] = (
    ("before", 1, _COPIED),
    ("before2", 2, _FEW),
    ("after", -1, _COPIED),
    ("after2", -2, _FEW),
)
_SPATIAL: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("over", _COPIED),
    ("under", _COPIED),
    ("left", _BESIDE),
    ("right", _BESIDE),
)
_WINDOWS: Final = (("near", 3), ("around", 8))
_MARKS: Final = ("salutation", "closing", "title", "heading", "signed", "identity", "prose")
_LONG = 60

NAMES: Final = (
    *(f"{name}_{where}" for where, _, names in _STEPS for name in names),
    *(f"{name}_{where}" for where, names in _SPATIAL for name in names),
    *(f"{name}_{where}" for where, _ in _WINDOWS for name in _SHARED),
    "step_before",
    "step_after",
    "indent_before",
    "indent_after",
    "page_before",
    "page_after",
    *(f"since_{name}" for name in _MARKS),
    *(f"until_{name}" for name in _MARKS),
)


def context(rows: Rows, around: Around, known: dict[str, Array]) -> dict[str, Array]:
    """Return the columns of ``NAMES``.

    Args:
        rows: the lines.
        around: of the lines.
        known: the columns that were made before.
    """
    count = len(rows.doc)
    columns: dict[str, Array] = {}
    held: dict[tuple[str, ...], Array] = {
        names: np.stack([known[name] for name in names]).astype(np.float32)
        for names in (_COPIED, _FEW, _BESIDE)
    }
    for where, step, names in _STEPS:
        taken = _shifted(held[names], step, rows.doc)
        columns |= {f"{name}_{where}": taken[number] for number, name in enumerate(names)}
    beside = (around.above, around.below, around.left, around.right)
    for (where, names), places in zip(_SPATIAL, beside, strict=True):
        taken = held[names][:, places]
        columns |= {f"{name}_{where}": taken[number] for number, name in enumerate(names)}
    shared = np.stack([known[name] for name in _SHARED]).astype(np.float32)
    summed, seen = shared.copy(), np.ones(count, np.float32)
    reached = 0
    for where, reach in _WINDOWS:
        for step in range(reached + 1, reach + 1):
            for side in (step, -step):
                summed += _shifted(shared, side, rows.doc)
                seen += _shifted(np.ones((1, count), np.float32), side, rows.doc)[0]
        reached = reach
        columns |= {f"{name}_{where}": summed[number] / seen for number, name in enumerate(_SHARED)}
    centre = ((rows.y0 + rows.y1) / 2 / around.em).astype(np.float32)
    edge = (rows.x0 / around.em).astype(np.float32)
    page = rows.page.astype(np.float32)
    for where, step in (("before", 1), ("after", -1)):
        there = _shifted(np.stack((centre, edge, page - page[0] + 1)), step, rows.doc)
        same = there[2] == page - page[0] + 1
        columns[f"step_{where}"] = np.where(same, np.clip(centre - there[0], -40, 40), 0)
        columns[f"indent_{where}"] = np.where(same, np.clip(edge - there[1], -40, 40), 0)
        columns[f"page_{where}"] = same
    for name, mask in _marks(known).items():
        columns[f"since_{name}"], columns[f"until_{name}"] = _distances(mask, rows.doc)
    return columns


def _shifted(columns: Array, step: int, doc: Array) -> Array:
    """Return the columns of the line ``step`` before in the same document, 0 where there is none."""
    found = np.zeros_like(columns)
    if abs(step) >= columns.shape[1]:
        return found
    if step > 0:
        np.multiply(columns[:, :-step], doc[step:] == doc[:-step], out=found[:, step:])
    else:
        np.multiply(columns[:, -step:], doc[:step] == doc[-step:], out=found[:, :step])
    return found


def _marks(known: dict[str, Array]) -> dict[str, Array]:
    short = known["log_words"] < np.log1p(9)
    prose = known["function_words"] > 0.5
    set_off = (
        (known["bold"] > 0) | (known["all_capitals"] > 0) | (known["ends_colon"] > 0) | (known["size"] > 1.08)
    )
    return {
        "salutation": (known["salutation_first"] > 0) & short,
        "closing": (known["closing_words"] > 0.6) & ~known["begins_bullet"],
        "title": (known["title_words"] > 0.7) & short & set_off,
        "heading": (known["section_words"] > 0.5) & short & set_off,
        "signed": known["signed_words"] > 0.4,
        "identity": (known["identity_words"] > 0.6) & (known["log_words"] < np.log1p(20)),
        "prose": prose & (known["log_words"] > np.log1p(7)),
    }


def _distances(mask: Array, doc: Array) -> tuple[Array, Array]:
    """Return how many lines ago, and in how many lines, the mask holds in the document: logarithm, capped."""
    count = len(mask)
    at = np.arange(count)
    last = np.maximum.accumulate(np.where(mask, at, -1))
    since = np.where((last >= 0) & (doc[np.maximum(last, 0)] == doc), at - last, _LONG)
    following = np.minimum.accumulate(np.where(mask, at, count)[::-1])[::-1]
    there = following < count
    until = np.where(there & (doc[np.where(there, following, 0)] == doc), following - at, _LONG)
    return np.log1p(np.minimum(since, _LONG)), np.log1p(np.minimum(until, _LONG))
