"""Evidence out of the objects of a page, by pdfium.

A drawing may hold a hundred thousand objects, so only a bounded number is looked at: all where there are few,
and every n-th where there are many. The same page always gives the same answer.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_float, c_uint, c_void_p
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from models.page_router.evidence import Evidence
from stages.parse import pdfium_calls as calls
from stages.parse.pdfium_calls import Handle
from stages.parse.view import Box, View

_LOOKED_AT = 256  # objects of a page whose kind is asked
_MEASURED = 40  # of these, paths whose extent is asked
_SAMPLED = 24  # characters
_FORM_DEPTH = 3

_THIN = 2.0  # points: a rule is not thicker
_LONG = 18.0  # points, and not shorter
_CELL = (12.0, 6.0)  # points: the least width and height of a table cell
_SAME = 4.0  # points: ends of rules that are nearer than about this are one below the other
_ROWS = 3  # rules that a table has at least

_TEXT, _PATH, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)
_INVISIBLE = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE

Matrix = tuple[float, float, float, float, float, float]
Rule = tuple[float, float, float]  # begin and end along itself, and its place across
_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_BOX = (c_float * 4)()  # left, bottom, right, top
_BOX_AT = tuple(c_void_p(ctypes.addressof(_BOX) + 4 * i) for i in range(4))
_MATRIX = (c_float * 6)()
_MATRIX_AT = c_void_p(ctypes.addressof(_MATRIX))
_SIZE = (c_uint * 2)()
_SIZE_AT = (c_void_p(ctypes.addressof(_SIZE)), c_void_p(ctypes.addressof(_SIZE) + 4))


class _Tally:
    """What was counted on a page. Each object speaks for ``weight`` of them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.area = max((view.right - view.left) * (view.top - view.bottom), 1.0)
        self.objects = 0.0
        self.looked_at = 0
        self.paths = 0.0
        self.images = 0.0
        self.image_area = 0.0
        self.largest = 0.0
        self.largest_dpi = 0.0
        self.measured: list[Box] = []  # of paths
        self.forms = 0.0

    def look(
        self,
        count: int,
        get: Callable[[c_void_p, int], Handle],
        parent: c_void_p,
        matrix: Matrix,
        weight: float,
        depth: int,
    ) -> None:
        """Count the objects of a page or of a form."""
        room = _LOOKED_AT - self.looked_at
        if count <= 0:
            return
        if room <= 0:
            self.objects += weight * count
            return
        places, each = _spread(count, room)
        weight *= each
        objects = list(map(get, repeat(parent), places))
        kinds = list(map(calls.object_type, objects))
        forms = kinds.count(_FORM)
        self.looked_at += len(kinds) - forms
        self.objects += weight * (len(kinds) - forms)
        paths = kinds.count(_PATH)
        self.paths += weight * paths
        if paths:
            found = [item for item, kind in zip(objects, kinds, strict=True) if kind == _PATH]
            step = max(1, -(-paths // max(1, _MEASURED - len(self.measured))))
            self.measured += _boxes(found[::step], matrix)
        if _IMAGE in kinds:
            images = [item for item, kind in zip(objects, kinds, strict=True) if kind == _IMAGE]
            self._images(images, matrix, weight)
        if forms:
            self.forms += weight * forms
            for item, kind in zip(objects, kinds, strict=True):
                if kind == _FORM:
                    self._form(item, matrix, weight, depth)

    def _form(self, item: Handle, matrix: Matrix, weight: float, depth: int) -> None:
        if depth == _FORM_DEPTH:
            self.objects += weight
            return
        inner = _times(_matrix_of(item), matrix)
        self.look(calls.count_form_objects(item), calls.get_form_object, item, inner, weight, depth + 1)

    def _images(self, images: Sequence[Handle], matrix: Matrix, weight: float) -> None:
        view = self.view
        for item, (x0, y0, x1, y1) in zip(images, _boxes(images, matrix), strict=True):
            self.images += weight
            width = min(x1, view.right) - max(x0, view.left)
            height = min(y1, view.top) - max(y0, view.bottom)
            if width <= 0 or height <= 0:
                continue
            self.image_area += weight * width * height
            if width * height > self.largest:
                self.largest = width * height
                known = calls.image_size(item, *_SIZE_AT)
                self.largest_dpi = 72.0 * _SIZE[0] / (x1 - x0) if known else 0.0


def evidence_of(page: Any, text_page: Any, view: View) -> Evidence:
    """Return what the page's objects tell. The handles are pdfium's."""
    page_at, text_at = (ctypes.cast(handle, c_void_p) for handle in (page, text_page))
    tally = _Tally(view)
    tally.look(calls.count_objects(page_at), calls.get_object, page_at, _PLAIN, 1.0, 0)
    lying: list[Rule] = []
    standing: list[Rule] = []
    boxes = 0
    for x0, y0, x1, y1 in tally.measured:
        width, height = x1 - x0, y1 - y0
        if height <= _THIN:
            if width >= _LONG:
                lying.append((x0, x1, y0))
        elif width <= _THIN:
            if height >= _LONG:
                standing.append((y0, y1, x0))
        else:
            boxes += width >= _CELL[0] and height >= _CELL[1]
    scale = tally.paths / len(tally.measured) if tally.measured else 0.0
    if view.rotation in (90, 270):
        lying, standing = standing, lying
    rows, ruled = _aligned(lying)
    characters = calls.count_chars(text_at)
    sampled, invisible, unmapped = _sample(text_at, characters)
    return Evidence(
        objects=tally.objects,
        looked_at=float(tally.looked_at),
        characters=float(characters),
        sampled=float(sampled),
        invisible_share=invisible / sampled if sampled else 0.0,
        unmapped_share=unmapped / sampled if sampled else 0.0,
        images=tally.images,
        image_share=min(tally.image_area / tally.area, 1.0),
        largest_image_share=min(tally.largest / tally.area, 1.0),
        largest_image_dpi=tally.largest_dpi,
        paths=tally.paths,
        horizontal_rules=scale * len(lying),
        vertical_rules=scale * len(standing),
        boxes=scale * boxes,
        forms=tally.forms,
        ruled_rows=float(rows),
        ruled_share=min(ruled / tally.area, 1.0),
    )


def _aligned(rules: Sequence[Rule]) -> tuple[int, float]:
    """How many rules are equally long and below each other at most, and the area between the first and the
    last of every three or more of them."""
    if len(rules) < 2:
        return len(rules), 0.0
    places: dict[tuple[int, int], list[float]] = {}
    for begin, end, at in rules:
        places.setdefault((round(begin / _SAME), round(end / _SAME)), []).append(at)
    area = 0.0
    for (begin_, end_), across in places.items():
        if len(across) >= _ROWS:
            area += _SAME * (end_ - begin_) * (max(across) - min(across))
    return max(map(len, places.values())), area


def _sample(text_page: c_void_p, characters: int) -> tuple[int, int, int]:
    """How many characters were asked, how many of them are invisible, and how many have no Unicode."""
    if characters <= 0:
        return 0, 0, 0
    places, _ = _spread(characters, _SAMPLED)
    objects = [item for item in map(calls.object_of_char, repeat(text_page), places) if item]
    invisible = list(map(calls.mode_of_object, objects)).count(_INVISIBLE)
    unmapped = list(map(calls.has_map_error, repeat(text_page), places)).count(1)
    # Spaces that the library put in belong to no object, and have no map to be wrong.
    return max(len(objects), unmapped), invisible, unmapped


def _spread(count: int, most: int) -> tuple[Sequence[int], float]:
    """At most ``most`` of ``count`` places, the first and the last among them, and how many each stands for."""
    if count <= most or most < 2:
        places: Sequence[int] = range(min(count, most))
    else:
        places = [i * (count - 1) // (most - 1) for i in range(most)]
    return places, count / len(places)


def _boxes(objects: Sequence[Handle], matrix: Matrix) -> Iterator[Box]:
    """Left, bottom, right and top of objects, in user space."""
    a, b, c, d, e, f = matrix
    for item in objects:
        if not calls.object_bounds(item, *_BOX_AT):
            yield 0.0, 0.0, 0.0, 0.0
            continue
        x0, y0, x1, y1 = _BOX
        if matrix is not _PLAIN:
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        yield x0, y0, x1, y1


def _matrix_of(item: Handle) -> Matrix:
    if not calls.object_matrix(item, _MATRIX_AT):
        return _PLAIN
    a, b, c, d, e, f = _MATRIX
    return a, b, c, d, e, f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
