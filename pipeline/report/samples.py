"""A look at single documents: the text, and what each stage made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.inspection.difference import pieces
from pipeline.inspection.entries import Sheet, cell, tabulate
from pipeline.inspection.find import Place, read
from pipeline.inspection.folder import Folder

_CHARACTERS = 1800  # of a text
_ENTRIES = 8  # of a list
_OWN_PLACE = frozenset(
    {"id", "source", "content_sha256", "metadata", "errors", "provenance", "text", "short_spans"}
)
_LONG = 60  # a longer string is a text, a shorter one a value


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ``kept`` is false where a stage removed it."""

    kept: bool
    text: str


@dataclass
class Panel:
    """What one column holds for a document: pieces of text or a table, and what was left out."""

    title: str
    note: str
    text: Sequence[Piece] = ()
    sheet: Sheet | None = None
    more: str = ""
    open: bool = True


@dataclass
class Sample:
    """One document."""

    doc_id: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)


def sample(folder: Folder, place: Place) -> Sample:
    """Read a document and make its panels: the text first, then what stages added, column by column."""
    row = read(folder, place)
    result = Sample(one_line(place.doc_id, 400))
    for key, value in row.get("metadata") or ():
        result.facts.append((one_line(key, 80), cell(value)))
    text = row.get("text")
    if text is not None:
        result.panels.append(_text("text", text))
    for name, value in row.items():
        if name in _OWN_PLACE or value is None:
            continue
        if name == "short_text" and text is not None and row.get("short_spans") is not None:
            result.panels.append(_difference(name, value, text, row["short_spans"]))
        elif isinstance(value, str) and (len(value) > _LONG or name.endswith("text")):
            result.panels.append(_text(name, value))
        elif isinstance(value, list) and value and all(isinstance(v, dict) for v in value):
            result.panels.append(_entries(name, value, text))
        elif value != []:
            result.facts.append((one_line(name, 80), cell(value)))
    # texts side by side, then tables, those that are shut last
    result.panels.sort(key=lambda panel: (panel.sheet is not None, not panel.open))
    return result


def _text(name: str, text: str) -> Panel:
    shown, more = _cut(text)
    return Panel(one_line(name, 80), _size(text), [Piece(True, printable(shown))], more=more)


def _difference(name: str, short: str, text: str, spans: list[dict[str, int]]) -> Panel:
    shown, more = _cut(text)
    before, after = len(text.split()), len(short.split())
    note = f"{_size(short)}, {figures.share(after, before)} of the words; the rest is struck out"
    runs = [Piece(kept, printable(piece)) for kept, piece in pieces(shown, spans)]
    return Panel(one_line(name, 80), note, runs, more=more)


def _entries(name: str, entries: list[dict[str, Any]], text: str | None) -> Panel:
    left = len(entries) - _ENTRIES
    more = f"and {figures.count(left)} more" if left > 0 else ""
    note = figures.plural(len(entries), "entry", "entries")
    # where things stand on a page is looked up now and then, not read
    shut = name in ("pages", "lines")
    return Panel(one_line(name, 80), note, sheet=tabulate(entries[:_ENTRIES], text), more=more, open=not shut)


def _cut(text: str) -> tuple[str, str]:
    if len(text) <= _CHARACTERS * 1.1:
        return text, ""
    end = text.rfind(" ", _CHARACTERS // 2, _CHARACTERS)
    end = end if end > 0 else _CHARACTERS
    return text[:end], f"and {figures.count(len(text) - end)} more characters"


def _size(text: str) -> str:
    return figures.plural(len(text.split()), "word")
