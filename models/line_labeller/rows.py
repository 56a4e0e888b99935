"""The lines of several documents one after the other, in the form that all features are made from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.cues import unaccented
from models.line_labeller.lines import DocumentLines
from models.sentence_boundary.fast.characters import DIGIT, KIND_BITS, characters

Array = NDArray[Any]

_FARTHEST = 1e5  # points; a box beyond this is damage


class Rows(NamedTuple):
    """n lines of some documents and P pages that hold a line, numbered through.

    Attributes:
        joined: the texts, each ended by a line feed (those within a text became blanks).
        plain: the same in small letters without accents.
        masked: the same with every digit as "0".
        codes: uint32, the code points of ``joined``.
        traits: uint8, their kinds (``models.sentence_boundary.fast.characters``).
        doc: int64[n], number of the document.
        page: int64[n], number of the page among those with lines.
        page_doc: int64[P], the page's document.
        page_number: int64[P], the page's number in its document, from 0.
        page_count: int64[n], pages of the line's document, blank ones included.
        x0, y0, x1, y1: float64[n], points, finite, x0 <= x1 and y0 <= y1.
        size: float64[n], font size in points; the height of the box where it is not known.
        width, height: float64[n], of the line's page, in points.
        bold, italic: bool[n].
    """

    joined: str
    plain: str
    masked: str
    codes: Array
    traits: Array
    doc: Array
    page: Array
    page_doc: Array
    page_number: Array
    page_count: Array
    x0: Array
    y0: Array
    x1: Array
    y1: Array
    size: Array
    width: Array
    height: Array
    bold: Array
    italic: Array


def rows_of(documents: Sequence[DocumentLines]) -> Rows:
    """Join documents that have at least one line in all."""
    counts = [len(one) for one in documents]
    doc = np.repeat(np.arange(len(documents)), counts)
    number = np.concatenate([one.page for one in documents]).astype(np.int64)
    begins = np.ones(len(doc), bool)
    begins[1:] = (doc[1:] != doc[:-1]) | (number[1:] != number[:-1])
    page = np.cumsum(begins) - 1
    sizes = np.concatenate([one.page_size[one.page] for one in documents if len(one)], dtype=np.float64)
    sizes = np.clip(np.nan_to_num(sizes, nan=1.0, posinf=_FARTHEST, neginf=1.0), 1.0, _FARTHEST)
    box = np.concatenate([one.box for one in documents]).astype(np.float64)
    box = np.clip(np.nan_to_num(box, nan=0.0, posinf=_FARTHEST, neginf=-_FARTHEST), -_FARTHEST, _FARTHEST)
    x0, x1 = np.minimum(box[:, 0], box[:, 2]), np.maximum(box[:, 0], box[:, 2])
    y0, y1 = np.minimum(box[:, 1], box[:, 3]), np.maximum(box[:, 1], box[:, 3])
    size = np.concatenate([one.font_size for one in documents]).astype(np.float64)
    size = np.where(np.isfinite(size) & (size > 0.5) & (size < 1000), size, np.clip(y1 - y0, 1.0, 1000.0))
    joined = "\n".join(["\n".join(one.texts) for one in documents if len(one)]) + "\n"
    if joined.count("\n") != len(doc):
        joined = "".join([text.replace("\n", " ") + "\n" for one in documents for text in one.texts])
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    traits = characters().traits[codes]
    masked = unaccented()[codes]
    plain = np.where(traits & KIND_BITS == DIGIT, codes, masked)
    return Rows(
        joined=joined,
        plain=plain.tobytes().decode("utf-32-le", "surrogatepass"),
        masked=masked.tobytes().decode("utf-32-le", "surrogatepass"),
        codes=codes,
        traits=traits,
        doc=doc,
        page=page,
        page_doc=doc[begins],
        page_number=number[begins],
        page_count=np.array([len(one.page_size) for one in documents])[doc],
        x0=x0,
        y0=y0,
        x1=x1,
        y1=y1,
        size=size,
        width=sizes[:, 0],
        height=sizes[:, 1],
        bold=np.concatenate([one.bold for one in documents]).astype(bool),
        italic=np.concatenate([one.italic for one in documents]).astype(bool),
    )
