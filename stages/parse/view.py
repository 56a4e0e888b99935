"""A page as displayed: from the coordinates of a PDF to points from the top left corner."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]
Type = tuple[float, int, float]  # font size, direction (see View.turn), place of the base line across it


class View(NamedTuple):
    """The page as displayed: from pdfium's coordinates (user space) to points from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.rotation in (90, 270) else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.rotation in (90, 270) else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The box as displayed: x0, y0, x1, y1."""
        if self[4] == 0:  # by number, because it is asked for every line: rotation, left and top
            x, y = self[0], self[3]
            return left - x, y - top, right - x, y - bottom
        xa, ya = self.point(left, top)
        xb, yb = self.point(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def nowhere(self, kind: Type) -> Box:
        """The empty box of text that leaves no mark, on its base line."""
        _, turn, base = kind
        x, y = ((0.0, base), (-base, 0.0), (0.0, -base), (base, 0.0))[turn]
        return x, y, x, y

    def along(self, box: Box, turn: int, size: float) -> tuple[float, float]:
        """Where text in a box begins along itself, in user space (negated where the text runs towards
        smaller coordinates), and its width in font sizes."""
        x0, y0, x1, y1 = box
        if turn == 0 == self.rotation:
            return x0 + self.left, (x1 - x0) / size
        width = (x1 - x0 if turn % 2 == 0 else y1 - y0) / size
        (xa, ya), (xb, yb) = self._back(x0, y0), self._back(x1, y1)
        quarter = (turn - self.rotation // 90) % 4
        begin = (min(xa, xb), -max(ya, yb), -max(xa, xb), min(ya, yb))[quarter]
        return begin, width

    def _back(self, x: float, y: float) -> tuple[float, float]:
        """A point as displayed in user space: the inverse of ``point``."""
        if self.rotation == 0:
            return x + self.left, self.top - y
        if self.rotation == 90:
            return y + self.left, x + self.bottom
        if self.rotation == 180:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x

    def turn(self, a: float, b: float) -> int:
        """Clockwise quarter turns, as displayed, of text that runs along (a, b) in user space."""
        quarter = (0 if a >= 0 else 2) if abs(b) <= abs(a) else 3 if b > 0 else 1
        return (quarter + self.rotation // 90) % 4
