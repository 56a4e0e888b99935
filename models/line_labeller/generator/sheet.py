"""Pages as drawing operations, and these as a PDF. Points, origin top left, y downwards."""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from reportlab.pdfgen.canvas import Canvas

from models.line_labeller.generator.fonts import measure
from models.line_labeller.generator.ink import BLACK, Colour, marked


@dataclass(frozen=True, slots=True)
class Text:
    """A string with its baseline's left end."""

    x: float
    y: float
    text: str
    face: str
    size: float
    label: str
    colour: Colour = BLACK
    word_space: float = 0.0  # added to every space
    angle: float = 0.0  # degrees, counterclockwise
    char_space: float = 0.0

    @property
    def width(self) -> float:
        return (
            measure(self.text, self.face, self.size)
            + self.word_space * self.text.count(" ")
            + self.char_space * len(self.text)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    colour: Colour = BLACK
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle: filled, stroked or both."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.5
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """An ellipse within a box."""

    x0: float
    y0: float
    x1: float
    y1: float
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Curve:
    """A chain of points joined by smooth strokes: handwriting, waves of logos."""

    points: tuple[tuple[float, float], ...]
    width: float = 0.8
    colour: Colour = BLACK
    fill: Colour | None = None


Mark: TypeAlias = Text | Rule | Area | Round | Curve


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The mark at another place."""
    if isinstance(mark, Text):
        return replace(mark, x=mark.x + dx, y=mark.y + dy)
    if isinstance(mark, Curve):
        return replace(mark, points=tuple((x + dx, y + dy) for x, y in mark.points))
    return replace(mark, x0=mark.x0 + dx, y0=mark.y0 + dy, x1=mark.x1 + dx, y1=mark.y1 + dy)


@dataclass(slots=True)
class Page:
    """One page: ``behind`` is drawn first, then ``marks``, then ``front``."""

    width: float
    height: float
    behind: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    front: list[Mark] = field(default_factory=list)


def to_pdf(pages: list[Page]) -> bytes:
    """Draw the pages. The same pages give the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for mark in (*page.behind, *page.marks, *page.front):
            _draw(canvas, mark, page.height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _share(colour: Colour) -> tuple[float, float, float]:
    return colour.red / 255, colour.green / 255, colour.blue / 255


def _draw(canvas: Canvas, mark: Mark, height: float) -> None:
    if isinstance(mark, Text):
        _write(canvas, mark, height)
        return
    if isinstance(mark, Rule):
        canvas.setStrokeColorRGB(*_share(mark.colour))
        canvas.setLineWidth(mark.width)
        canvas.setDash(*((2, 2) if mark.dashed else ()))
        canvas.line(mark.x0, height - mark.y0, mark.x1, height - mark.y1)
        canvas.setDash()
        return
    if mark.fill is not None:
        canvas.setFillColorRGB(*_share(mark.fill))
    if isinstance(mark, Curve):
        _curve(canvas, mark, height)
        return
    if mark.stroke is not None:
        canvas.setStrokeColorRGB(*_share(mark.stroke))
        canvas.setLineWidth(mark.width)
    stroke, fill = int(mark.stroke is not None), int(mark.fill is not None)
    if isinstance(mark, Round):
        canvas.ellipse(mark.x0, height - mark.y1, mark.x1, height - mark.y0, stroke, fill)
    else:
        sides = (mark.x0, height - mark.y1, mark.x1 - mark.x0, mark.y1 - mark.y0)
        if mark.radius:
            canvas.roundRect(*sides, mark.radius, stroke, fill)
        else:
            canvas.rect(*sides, stroke, fill)


def _write(canvas: Canvas, mark: Text, height: float) -> None:
    if not mark.text.strip():
        return
    canvas.setFillColorRGB(*_share(marked(mark.colour, mark.label)))
    writer = canvas.beginText()
    if mark.angle:
        canvas.saveState()
        canvas.translate(mark.x, height - mark.y)
        canvas.rotate(mark.angle)
        writer.setTextOrigin(0, 0)
    else:
        writer.setTextOrigin(mark.x, height - mark.y)
    writer.setFont(mark.face, mark.size)
    writer.setWordSpace(mark.word_space)
    writer.setCharSpace(mark.char_space)
    writer.textOut(mark.text)
    writer.setWordSpace(0)
    writer.setCharSpace(0)
    canvas.drawText(writer)
    if mark.angle:
        canvas.restoreState()


def _curve(canvas: Canvas, mark: Curve, height: float) -> None:
    canvas.setStrokeColorRGB(*_share(mark.colour))
    canvas.setLineWidth(mark.width)
    path = canvas.beginPath()
    points = [(x, height - y) for x, y in mark.points]
    path.moveTo(*points[0])
    for (x0, y0), (x1, y1) in pairwise(points):
        path.curveTo(x0 + (x1 - x0) / 3, y0, x1 - (x1 - x0) / 3, y1, x1, y1)
    canvas.drawPath(path, stroke=1, fill=int(mark.fill is not None))
