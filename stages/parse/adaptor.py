"""What a PDF parser must offer to become a rung of the parse stage.

An adaptor runs inside the child process of ``sandbox``: it may hang, crash or eat memory. It imports
neither pyarrow nor pydantic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from models.page_router.evidence import Evidence

NEW_LINE = 0
NEW_BLOCK = 1


class Line(NamedTuple):
    """A printed line, in reading order.

    ``text`` is as printed, on one line, with the hyphen at its end if there is one. The box is in points
    from the top left corner of the page as displayed. ``before`` says what separates the line from the
    one before it: NEW_LINE or NEW_BLOCK.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    font_size: float
    bold: bool
    italic: bool
    before: int = NEW_LINE


class Cell(NamedTuple):
    """A cell of a table: its place, counted from 0, how many rows and columns it takes, and its text on one
    line."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


class Table(NamedTuple):
    """A table of a page: its box, as that of a line, its cells in the order of rows, and where its Markdown
    stands among the lines of the page: from line ``first_line`` on, ``line_count`` of them."""

    x0: float
    y0: float
    x1: float
    y1: float
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    first_line: int
    line_count: int


class Page(NamedTuple):
    """A page as displayed: size in points after ``rotation`` degrees clockwise.

    ``evidence`` is what the page's objects tell, where the adaptor was asked for it.
    """

    width: float
    height: float
    rotation: int
    lines: list[Line]
    tables: tuple[Table, ...] = ()
    evidence: Evidence | None = None


class RefusedError(Exception):
    """The document, or one page of it, cannot be read. ``code`` is ``encrypted``, ``corrupt``, or a word of
    the adaptor's own for what kept it from reading a page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Document(Protocol):
    """An open document."""

    page_count: int
    cut_off: bool  # whether its end is missing, so that parts of it may be missing without a trace

    def page(self, index: int) -> Page:
        """Return the page (from 0). Raises RefusedError when this page cannot be read."""
        ...

    def close(self) -> None:
        """Free everything the document holds."""
        ...


@runtime_checkable
class PreparedDocument(Protocol):
    """A document that wants to know which pages it will be asked for, because it reads them in one go."""

    def prepare(self, pages: Sequence[int]) -> None:
        """Make the pages (from 0, ascending) ready. What this costs is shared out evenly among them."""
        ...


class Adaptor(Protocol):
    """A parser. The class is called once per child process, with the settings of its rung as keywords."""

    name: str

    def open(self, data: bytes, passwords: Sequence[str]) -> Document:
        """Open a document, trying the passwords in turn when it is encrypted. Raises RefusedError."""
        ...
