"""How a column of one document looks on a terminal.

A column with a view of its own has a function in ``VIEWS``; every other column is shown by what it holds:
a table for a list of structs, a text for a long string, a value for the rest. A new stage adds a function
only where the general view is not good enough.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.inspection import propositions
from pipeline.inspection.difference import pieces
from pipeline.inspection.entries import CELL, cell, flatten, tabulate
from pipeline.inspection.line_labels import colour_of, is_kept, name_of
from pipeline.inspection.line_words import line_words, spans_fit
from pipeline.inspection.rephrasings import passages, summary

SHOWN_WITH_OTHERS = frozenset(
    # the header, and parts of the views of `text` and `short_text`
    {"id", "source", "content_sha256", "metadata", "errors", "provenance", "lines", "short_spans"}
)
_ROWS = 12
_LINES = 60
_CHARACTERS = 4000
_REMOVED = 160
_PASSAGES = 6
_BAR = 24  # characters of a bar that is all lines


@dataclass(frozen=True, slots=True)
class View:
    """How much to show, and whether styles can be seen."""

    colour: bool = False
    everything: bool = False

    def cap(self, limit: int) -> int | None:
        """A limit, or none at all."""
        return None if self.everything else limit


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a column's name."""

    note: str = ""
    parts: Sequence[RenderableType] = field(default_factory=tuple)


def render(name: str, row: dict[str, Any], view: View) -> Section | None:
    """The section of one column; null when the document has no value there."""
    return VIEWS.get(name, _general)(name, row, view)


# --- views of single columns ------------------------------------------------------------------------


def _text(name: str, row: dict[str, Any], view: View) -> Section | None:
    text, lines = row.get(name), row.get("lines")
    if text is None:
        return None
    note = _size(text)
    # lines carry spans of the text as parse or layout wrote it: another stage may have replaced it since
    if not lines or not spans_fit(row):
        return Section(note, _long(text, view))
    labelled = any(line.get("label") for line in lines)
    listed = _lines(row, lines, view)
    if not labelled:
        return Section(f"{note}, {figures.plural(len(lines), 'line')}", [listed])
    # of rebuilt text the paragraphs tell more than the lines
    kept = sum(is_kept(line) for line in lines)
    heading = Text(
        f"\nlines  {figures.count(kept)} of {figures.plural(len(lines), 'line')} in the text", "dim"
    )
    return Section(note, [*_long(text, view), heading, listed])


def _lines(row: dict[str, Any], lines: Sequence[dict[str, Any]], view: View) -> Text:
    words = line_words(row)
    limit = view.cap(_LINES)
    width = len(str(len(lines)))
    wide = max((len(name_of(line["label"])) for line in lines if line.get("label")), default=0)
    out, page = Text(), None
    for number, line in enumerate(lines[:limit], 1):
        if line["page"] != page:
            page = line["page"]
            out.append(f"{'':>{width}}  page {page}\n", "dim")
        size = f"{line['font_size']:4.1f}" if line.get("font_size") else "    "
        marks = ("b" if line.get("bold") else " ") + ("i" if line.get("italic") else " ")
        out.append(f"{number:>{width}}  {size} {marks}", "dim")
        dropped = bool(line.get("label")) and not is_kept(line)
        if wide:
            label = line.get("label")
            style = f"dim {colour_of(label)}" if dropped else colour_of(label)
            out.append(f" {'-' if dropped else ' '}{name_of(label or ''):<{wide}}", style)
        out.append(" \u2502 ", "dim")
        out.append(one_line(words(line)) + "\n", "dim" if dropped else "")
    if limit is not None and len(lines) > limit:
        out.append(_more(len(lines) - limit, "line") + "\n", "dim")
    out.right_crop(1)
    return out


def _sections(name: str, row: dict[str, Any], view: View) -> Section | None:
    """The headings, those of a lower level further in."""
    found, text = row.get(name), row.get("text")
    if not found or text is None:
        return _general(name, row, view)
    limit = view.cap(_LINES)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading, justify in (("page", "right"), ("heading", "left"), ("kind", "left"), ("words", "right")):
        table.add_column(heading, justify="right" if justify == "right" else "left", overflow="fold")
    for section in found[:limit]:
        heading = section["heading"]
        shown = Text("  " * max(0, section["level"] - 1))
        shown.append(
            one_line(heading, CELL) if heading else "before the first heading", "" if heading else "dim"
        )
        words = len(text[section["content"] : section["end"]].split())
        table.add_row(str(section["page"]), shown, Text(section["kind"] or ""), figures.count(words))
    parts: list[RenderableType] = [table]
    if limit is not None and len(found) > limit:
        parts.append(Text(_more(len(found) - limit, "section"), "dim"))
    return Section(figures.plural(len(found), "section"), parts)


def _label_texts(name: str, row: dict[str, Any], view: View) -> Section | None:
    """A bar for each label, and the words of those that are not in the text."""
    found = row.get(name)
    if not found:
        return _general(name, row, view)
    whole = sum(entry["lines"] for entry in found)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("label", no_wrap=True)
    table.add_column("lines", justify="right")
    table.add_column("share", no_wrap=True)
    table.add_column("text", overflow="fold")
    for entry in found:
        bar = "\u2588" * max(1, round(_BAR * entry["lines"] / whole))
        words = "in the text" if entry["kept"] else one_line(entry["text"], 0 if view.everything else CELL)
        table.add_row(
            Text(name_of(entry["label"]), colour_of(entry["label"])),
            figures.count(entry["lines"]),
            Text(f"{bar} {figures.share(entry['lines'], whole)}", colour_of(entry["label"])),
            Text(words, "dim" if entry["kept"] else ""),
        )
    return Section(figures.plural(len(found), "label"), [table])


def _short_text(name: str, row: dict[str, Any], view: View) -> Section | None:
    short, text, spans = row.get(name), row.get("text"), row.get("short_spans")
    if short is None:
        return None
    if text is None or spans is None:
        return Section(_size(short), _long(short, view))
    words, all_words = len(short.split()), len(text.split())
    note = f"{_size(short)}, {figures.share(words, all_words)} of the words of text"
    return Section(note, [_difference(text, spans, view)])


def _difference(text: str, spans: Iterable[dict[str, int]], view: View) -> Text:
    """The text with what was removed struck out; without colours in ``[-`` and ``-]``."""
    out, room = Text(), view.cap(_CHARACTERS)
    for kept, piece in pieces(text, spans):
        if room is not None and len(out) > room:
            out.append("\n" + _more(None, "text"), "dim")
            break
        if kept or piece.isspace():
            out.append(printable(piece if room is None else piece[:room]))
            continue
        shown = piece
        if not view.everything and len(piece) > _REMOVED:
            half = _REMOVED // 2
            shown = f"{piece[:half]} \u2026 {len(piece) - 2 * half:,} characters \u2026 {piece[-half:]}"
        shown = printable(shown)
        if view.colour:
            out.append(shown, "dim strike")
        else:
            out.append(f"[-{shown}-]")
    return out


def _rephrasings(name: str, row: dict[str, Any], view: View) -> Section | None:
    found, text = row.get(name), row.get("text")
    if not found or text is None:
        return _general(name, row, view)
    parts, left = passages(found, text, view.cap(_PASSAGES), everything=view.everything)
    if left:
        parts.append(Text(_more(left, "passage"), "dim"))
    return Section(summary(found), parts)


def _pages(name: str, row: dict[str, Any], view: View) -> Section | None:
    section = _general(name, {name: row.get(name)}, view)
    if section is None or not row.get(name):
        return section
    spent = sum(page.get("cost_cpu_s") or 0.0 for page in row[name])
    return Section(f"{section.note}, {figures.seconds(spent)} of CPU time", section.parts)


def _propositions(name: str, row: dict[str, Any], view: View) -> Section | None:
    found = row.get(name)
    if not found or not {"id", "sentence", "parent", "text", "links"} <= found[0].keys():
        return _general(name, row, view)  # a column of the user's own, under this name
    drawing, left = propositions.draw(
        found, row.get("text"), row.get("sentences"), row.get("simplify_statuses"), view.cap(_ROWS)
    )
    parts: list[RenderableType] = [drawing]
    if left:
        parts.append(Text(_more(left, "sentence"), "dim"))
    contexts = sum(one["role"] == "context" for one in found)
    return Section(f"{figures.plural(len(found), 'entry', 'entries')}, {contexts} of them contexts", parts)


# --- views by what a column holds -------------------------------------------------------------------


def _general(name: str, row: dict[str, Any], view: View) -> Section | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        if len(value) <= 80 and "\n" not in value:
            return Section(printable(value))
        return Section(_size(value), _long(value, view))
    if isinstance(value, dict):
        return Section("", [_fields(value)])
    if not isinstance(value, list):
        return Section(cell(value))
    if not value:
        return Section("empty")
    note = figures.plural(len(value), "entry", "entries")
    limit = view.cap(_ROWS)
    if all(isinstance(v, dict) for v in value):
        parts: list[RenderableType] = list(_table(value[:limit], row.get("text"), view))
    else:
        parts = [Text(", ".join(cell(v) for v in value[:limit]))]
    if limit is not None and len(value) > limit:
        parts.append(Text(_more(len(value) - limit, "entry", "entries"), "dim"))
    return Section(note, parts)


def _table(entries: Sequence[dict[str, Any]], text: str | None, view: View) -> Iterable[RenderableType]:
    sheet = tabulate(entries, text, None if view.everything else CELL)
    if sheet.same:
        yield Text("all: " + ", ".join(f"{printable(n)} {v}" for n, v in sheet.same), "dim")
    if not sheet.names:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name, numeric in zip(sheet.names, sheet.numeric, strict=True):
        table.add_column(Text(printable(name)), justify="right" if numeric else "left", overflow="fold")
    for row in sheet.rows:
        table.add_row(*(Text(value) for value in row))
    yield table


def _fields(value: dict[str, Any]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, inner in flatten(value).items():
        grid.add_row(Text(printable(name)), Text(cell(inner)))
    return grid


def _long(text: str, view: View) -> list[RenderableType]:
    limit = view.cap(_CHARACTERS)
    if limit is None or len(text) <= limit:
        return [Text(printable(text))]
    return [Text(printable(text[:limit])), Text(_more(len(text) - limit, "character"), "dim")]


def _size(text: str) -> str:
    return f"{figures.plural(len(text.split()), 'word')}, {figures.plural(len(text), 'character')}"


def _more(amount: int | None, one: str, many: str | None = None) -> str:
    what = (
        f"{figures.count(amount)} more {one if amount == 1 else many or one + 's'}"
        if amount
        else f"more {one}"
    )
    return f"\u2026 {what}; --all shows everything"


VIEWS: dict[str, Callable[[str, dict[str, Any], View], Section | None]] = {
    "text": _text,
    "pages": _pages,
    "short_text": _short_text,
    "propositions": _propositions,
    "sections": _sections,
    "label_texts": _label_texts,
    "rephrasings": _rephrasings,
}
