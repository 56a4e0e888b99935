"""Features of what comes again on other pages: running titles, printed lines, page numbers.

Texts are compared with their digits masked, as wholes and by their beginnings and ends, since numbers, dates
and misread letters differ from page to page.
"""

from __future__ import annotations

import re
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

    def pages_with(keys: Array) -> Array:
        return np.where(told, _distinct(keys, rows.page) - 1, 0)

    def in_place(keys: Array) -> Array:
        return np.maximum(*(pages_with(keys * (1 << 16) + slot) for slot in slots))

    edge = np.minimum(around.rank_top, around.rank_bottom) < _EDGE
    at_edge = np.maximum(
        *(np.where(edge, _distinct(_joined(rows.doc, slot, edge), rows.page) - 1, 0) for slot in slots)
    )
    again = pages_with(whole)
    page_number = rows.page_number[rows.page]
    _, within, size = np.unique(whole * _PAGES + rows.page, return_inverse=True, return_counts=True)
    return {
        "repeated_share": again / others,
        "repeated_pages": np.log1p(np.minimum(again, 50)),
        "repeated_in_place_share": in_place(whole) / others,
        "repeated_beside": told & _on_page(whole, rows.page, (1, -1)),
        "repeated_one_over": told & _on_page(whole, rows.page, (2, -2)),
        "beginning_share": pages_with(beginning) / others,
        "beginning_in_place_share": in_place(beginning) / others,
        "ending_share": pages_with(ending) / others,
        "ending_in_place_share": in_place(ending) / others,
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


def _joined(doc: Array, slot: Array, edge: Array) -> Array:
    return (doc * 2 + edge) * (1 << 16) + slot


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
