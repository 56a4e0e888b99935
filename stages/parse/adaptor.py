"""What a PDF parser must offer to become a rung of the parse stage.

An adaptor runs inside the child process of ``sandbox``: it may hang, crash or eat memory. It imports
neither pyarrow nor pydantic.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

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


class Page(NamedTuple):
    """A page as displayed: size in points after ``rotation`` degrees clockwise."""

    width: float
    height: float
    rotation: int
    lines: list[Line]


class RefusedError(Exception):
    """The document, or one page of it, cannot be read. ``code`` is ``encrypted`` or ``corrupt``."""

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


class Adaptor(Protocol):
    """A parser. The class is called without arguments, once per child process."""

    name: str

    def open(self, data: bytes, passwords: Sequence[str]) -> Document:
        """Open a document, trying the passwords in turn when it is encrypted. Raises RefusedError."""
        ...
