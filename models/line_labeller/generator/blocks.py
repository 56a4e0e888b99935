"""What documents are made of, before it is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from models.line_labeller.generator.ink import Colour


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph. ``lead`` is set bold or underlined before the text, on the same line: a run-in heading is part
    of the line that it opens, and the line is the body's."""

    text: str
    lead: str = ""
    label: str = "body"
    bold: bool = False
    italic: bool = False
    factor: float = 1.0
    indent: float = 0.0
    align: str = ""  # of the look when empty
    tight: bool = False  # no space after it


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a section; level 1 is the highest."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Hang:
    """A section with its heading in a column at the left (``share`` of the frame) and its text beside it."""

    head: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points."""

    items: Sequence[str]
    label: str = "body"


@dataclass(frozen=True, slots=True)
class Name:
    """The title of the document, on one or more lines."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. ``weights``: widths of the columns, as shares."""

    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    caption: str = ""
    label: str = "table"
    weights: Sequence[float] = ()
    rules: str = ""
    repeat: bool = True
    sections: frozenset[int] = frozenset()  # rows that are headings within the table


@dataclass(frozen=True, slots=True)
class Lines:
    """Short lines, as in addresses: each by itself, from ``at`` (a share of the frame)."""

    lines: Sequence[str]
    label: str
    at: float = 0.0
    align: str = "left"
    wide: float = 1.0
    bold: frozenset[int] = frozenset()
    factor: float = 1.0
    boxed: bool = False
    fill: Colour | None = None
    leading: float = 0.0
    second: bool = False  # in the second typeface
    colour: Colour | None = None
    keep: bool = True
    headed: bool = False  # the first line is a section's heading


@dataclass(frozen=True, slots=True)
class Pairs:
    """Names and values in one to three columns: the boxes with a patient's identity, heads of forms."""

    items: Sequence[tuple[str, str]]
    columns: int = 2
    label: str = "address"
    boxed: bool = True
    grid: bool = False
    fill: Colour | None = None
    colon: str = " : "
    aligned: bool = False  # values in a column of their own
    bold_names: bool = False
    bold_values: bool = False
    factor: float = 1.0
    at: float = 0.0
    wide: float = 1.0


@dataclass(frozen=True, slots=True)
class Beside:
    """Two blocks side by side; ``share``: of the first."""

    left: Block
    right: Block
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Space:
    """Nothing, in lines of the body."""

    lines: float


@dataclass(frozen=True, slots=True)
class Scrawl:
    """A signature by hand, or a picture: strokes without text."""

    width: float
    height: float
    at: float
    seed: int
    kind: str = "hand"  # hand, figure


@dataclass(frozen=True, slots=True)
class Stroke:
    """A rule across the frame."""

    width: float = 0.6


Block: TypeAlias = (
    Prose | Head | Hang | Points | Name | Grid | Lines | Pairs | Beside | Space | Scrawl | Stroke
)
