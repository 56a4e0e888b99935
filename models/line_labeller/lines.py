"""The lines of a document, as the labeller takes them: columns, one entry per line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class DocumentLines:
    """The lines of one document in the order in which the parser gives them.

    Attributes:
        texts: n lines as printed.
        page: int32[n], number of each line's page, from 0, ascending.
        box: float32[n, 4], x0, y0, x1, y1 in points; origin top left, y downwards.
        font_size: float32[n], points as displayed; 0 or NaN where it is not known.
        bold: bool[n].
        italic: bool[n].
        page_size: float32[pages, 2], width and height of every page in points, also of pages without lines.
    """

    texts: Sequence[str]
    page: NDArray[np.int32]
    box: NDArray[np.float32]
    font_size: NDArray[np.float32]
    bold: NDArray[np.bool_]
    italic: NDArray[np.bool_]
    page_size: NDArray[np.float32]

    def __post_init__(self) -> None:
        """Raises ValueError: columns of different lengths, or pages that do not ascend or are not there."""
        count = len(self.texts)
        if (
            self.page.shape != (count,)
            or self.box.shape != (count, 4)
            or any(column.shape != (count,) for column in (self.font_size, self.bold, self.italic))
            or self.page_size.ndim != 2
            or self.page_size.shape[1] != 2
        ):
            raise ValueError("the columns of a document's lines must have one entry for each line")
        if count and (
            self.page[0] < 0 or self.page[-1] >= len(self.page_size) or (np.diff(self.page) < 0).any()
        ):
            raise ValueError("the pages of a document's lines must ascend from 0 and have a size each")

    def __len__(self) -> int:
        return len(self.texts)
