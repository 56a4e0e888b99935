"""Features of what comes again on other pages: running titles, printed lines, page numbers.

Texts are compared with their digits masked, as wholes and by their beginnings and ends, since numbers, dates
and misread letters differ from page to page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.geometry import Around
from models.line_labeller.rows import Rows
from models.line_labeller.wording import numbers_of

Array = NDArray[Any]

_DIGITS = re.compile(r"0{2,}")
_KEY = 9  # characters of a beginning or an end
_EDGE = 4  # lines from the top or the bottom of a page that count as being at its edge
_SLOT = 8.0  # points
_PAGES = 1 << 22

NAMES: Final = (
    "repeated_share",
    "repeated_pages",
    "repeated_in_place_share",
    "repeated_beside",
    "repeated_one_over",
    "beginning_share",
    "beginning_in_place_share",
    "ending_share",
    "ending_in_place_share",
    "edge_in_place_share",
    "repeated_on_page",
    "number_is_page",
    "number_is_last_page",
    "numbering_share",
)


def repetition(rows: Rows, around: Around, letters: Array) -> dict[str, Array]:
    """Return the columns of ``NAMES``.

    Args:
        rows: the lines.
        around: of the lines.
        letters: int64[n], characters of each line.
    """
    count = len(rows.doc)
    with_lines = np.bincount(rows.page_doc)[rows.doc]
    others = np.maximum(with_lines - 1, 1)
    told = letters >= 2
    texts = _DIGITS.sub("0", rows.masked.replace(" ", "")).split("\n")[:count]
    whole = _ids(texts, rows.doc)
    beginning = _ids([text[:_KEY] for text in texts], rows.doc)
    ending = _ids([text[-_KEY:] for text in texts], rows.doc)
    centre = (rows.y0 + rows.y1) / 2
    # two grids, half a slot apart: lines that stand at the same height share a slot of one of them
    slots = [np.floor(centre / _SLOT + half).astype(np.int64) + (1 << 14) for half in (0.0, 0.5)]

    def elsewhere(keys: Array) -> tuple[Array, Array]:
        """On how many other pages the key is, and on how many of them at the line's height."""
        pages = _distinct(keys, rows.page) - 1
        placed = _in_slots(keys, slots, rows.page, np.flatnonzero(pages))  # few lines come again at all
        return np.where(told, pages, 0), np.where(told, placed, 0)

    edge = np.minimum(around.rank_top, around.rank_bottom) < _EDGE
    at_edge = _in_slots(rows.doc, slots, rows.page, np.flatnonzero(edge))
    (again, in_place), (began, began_in_place), (ended, ended_in_place) = map(
        elsewhere, (whole, beginning, ending)
    )
    page_number = rows.page_number[rows.page]
    _, within, size = np.unique(whole * _PAGES + rows.page, return_inverse=True, return_counts=True)
    return {
        "repeated_share": again / others,
        "repeated_pages": np.log1p(np.minimum(again, 50)),
        "repeated_in_place_share": in_place / others,
        "repeated_beside": told & _on_page(whole, rows.page, (1, -1)),
        "repeated_one_over": told & _on_page(whole, rows.page, (2, -2)),
        "beginning_share": began / others,
        "beginning_in_place_share": began_in_place / others,
        "ending_share": ended / others,
        "ending_in_place_share": ended_in_place / others,
        "edge_in_place_share": at_edge / others,
        "repeated_on_page": np.minimum(size[within] - 1, 5),
        **_numbering(rows, around, letters, page_number, others),
    }


def _numbering(
    rows: Rows, around: Around, letters: Array, page_number: Array, others: Array
) -> dict[str, Array]:
    """Numbers that grow with the pages, at their edges."""
    count = len(rows.doc)
    edge = np.minimum(around.rank_top, around.rank_bottom) < _EDGE
    among = np.flatnonzero(edge & (letters <= 160))
    first, last = numbers_of(rows, among)
    is_page, is_last = np.zeros(count, bool), np.zeros(count, bool)
    share = np.zeros(count)
    here, pages = page_number[among], rows.page_count[among]
    is_page[among] = (first == here + 1) | (last == here + 1)
    is_last[among] = (last == pages) & (first != last)
    for number in (first, last):
        known = number >= 0
        keys = (rows.doc[among] << 24) + np.where(known, number - here, 1 << 20) + (1 << 22)
        follow = np.where(known, _distinct(keys, rows.page[among]) - 1, 0)
        share[among] = np.maximum(share[among], follow / others[among])
    return {"number_is_page": is_page, "number_is_last_page": is_last, "numbering_share": share}


def _ids(texts: list[str], doc: Array) -> Array:
    """Number texts, those of each document by themselves."""
    table: dict[str, int] = {}
    numbers = np.array([table.setdefault(text, len(table)) for text in texts], np.int64)
    return np.unique(doc * (len(table) + 1) + numbers, return_inverse=True)[1].astype(np.int64)


def _in_slots(keys: Array, slots: Sequence[Array], page: Array, among: Array) -> Array:
    """Return on how many other pages each line's key is found at its height; 0 for lines not among those."""
    found = np.zeros(len(keys), np.int64)
    if len(among):
        each = [_distinct(keys[among] * (1 << 16) + slot[among], page[among]) - 1 for slot in slots]
        found[among] = np.maximum(*each)
    return found


def _distinct(keys: Array, page: Array) -> Array:
    """Return on how many pages each line's key is found."""
    _, number = np.unique(keys, return_inverse=True)
    pairs = np.unique(number * _PAGES + page)
    found: Array = np.bincount(pairs // _PAGES, minlength=int(number.max(initial=0)) + 1)[number]
    return found


def _on_page(keys: Array, page: Array, steps: tuple[int, ...]) -> Array:
    """Return whether the key is on a page so many pages further on."""
    codes = keys * _PAGES + page
    known = np.unique(codes)
    found = np.zeros(len(codes), bool)
    for step in steps:
        at = np.searchsorted(known, codes + step)
        found |= known[np.minimum(at, len(known) - 1)] == codes + step
    return found
