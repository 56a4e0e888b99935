"""``docmill inspect --html``: pages of a document as they look, with the boxes of the lines that were read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from pipeline import registry
from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.errors import JobError, UsageError
from pipeline.inspection.find import find, read
from pipeline.inspection.folder import open_folder
from pipeline.inspection.label_drawing import brackets, hatches, legend, share_bar, style_sheet
from pipeline.inspection.line_labels import hatch_of, is_kept, marks, shares, style_of
from pipeline.inspection.line_words import line_words, spans_fit
from pipeline.inspection.original import original
from pipeline.stage import StageError

FIRST_PAGES = 8  # drawn when nobody says which
_MOST = 200
_RANGE = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_FAILURES = {
    "encrypted": "the file is encrypted, and passwords are not kept in the output",
    "timeout": "drawing took too long",
    "memory": "drawing needs too much memory",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A line or a table on a page, in points: its number in reading order from 1 (0: a table), its words, a class of
    the style sheet, and what fills it where the style sheet does not say."""

    x: float
    y: float
    width: float
    height: float
    number: int
    words: str
    style: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to show. ``picture`` is a PNG in base64, "" where ``failure`` says why there is none; ``path`` goes
    through the middles of the lines in reading order."""

    number: int
    width: float
    height: float
    facts: Sequence[str]
    boxes: Sequence[Box]
    path: str
    picture: str
    failure: str
    text: str
    bar: Markup | str  # shares of labels, "" without labels
    brackets: Markup | str


def write_pages(output: str, doc_id: str, html: str, *, pages: str | None, source: str | None) -> str:
    """Write an HTML file with pages of a document; return a line that says what is in it.

    The file holds text of the document. Nothing in it is loaded from elsewhere.

    Args:
        doc_id: as for ``pipeline.inspection.view.show``.
        html: the file to write.
        pages: numbers and ranges, "1-3,7"; the first ones when None.
        source: the document's file, where it has moved.

    Raises:
        UsageError: there is no such document or page, or its file is not to be found.
        JobError: the file cannot be written.
    """
    folder = open_folder(output)
    place = find(folder, doc_id)
    row = read(folder, place)
    known = {page["number"]: page for page in row.get("pages") or ()}
    if not known:
        raise UsageError(
            f"{one_line(place.doc_id, 120)}: has no pages to draw: it was no PDF, or none was read"
        )
    wanted = _wanted(pages, known)
    data = original(folder, place, row, source)
    try:
        with closing(registry.load_object(registry.PAGE_PICTURES)()) as pictures:
            drawn = pictures.draw(data, [number - 1 for number in wanted])
    except StageError as error:
        raise JobError(str(error)) from None
    sheets = [_sheet(known[number], row, drawn[number - 1]) for number in wanted]
    if not any(sheet.picture for sheet in sheets):
        raise UsageError(f"{one_line(place.doc_id, 120)}: cannot be drawn: {sheets[0].failure}")
    try:
        made = _render(place.doc_id, sheets, len(known), row)
        Path(html).write_text(made, encoding="utf-8", errors="replace")
    except OSError as error:
        raise JobError(f"{html}: cannot be written: {error.strerror or type(error).__name__}") from None
    left = f" of {len(known)}" if len(sheets) < len(known) else ""
    return f"{html}: {figures.plural(len(sheets), 'page')}{left}"


def _wanted(given: str | None, known: dict[int, Any]) -> list[int]:
    if given is None:
        return sorted(known)[:FIRST_PAGES]
    found: set[int] = set()
    for part in given.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            raise UsageError(f"--pages {one_line(given, 60)}: must be numbers and ranges, as 1-3,7")
        first, last = int(match[1]), int(match[2] or match[1])
        inside = [number for number in known if first <= number <= last]
        if not inside:
            raise UsageError(f"--pages {one_line(given, 60)}: the document has pages 1 to {max(known)}")
        found.update(inside)
    if len(found) > _MOST:
        raise UsageError(f"--pages {one_line(given, 60)}: at most {_MOST} pages fit into one file")
    return sorted(found)


def _sheet(page: dict[str, Any], row: dict[str, Any], drawn: Any) -> Sheet:
    text = row.get("text") or ""
    lines = [line for line in row.get("lines") or () if line["page"] == page["number"]]
    words = line_words(row)
    # a program as parser knows no places: its boxes are nothing in the corner
    placed = [(number, line) for number, line in enumerate(lines, 1) if any((line["bbox"] or {}).values())]
    boxes = [_box(line, number, words(line)) for number, line in placed]
    middles = [f"{box.x + box.width / 2:.1f} {box.y + box.height / 2:.1f}" for box in boxes]
    for table in page.get("tables") or ():
        told = f"table, {table['rows']} rows, {table['columns']} columns"
        boxes.append(_placed(table["bbox"], 0, told, "table"))
    width, height = (page.get(side) or getattr(drawn, side) or 1.0 for side in ("width", "height"))
    failure = (
        _FAILURES.get(drawn.failure, f"pdfium could not draw it ({drawn.failure})") if drawn.failure else ""
    )
    inside = spans_fit(row) and page.get("start") is not None
    labelled = shares(lines)
    return Sheet(
        page["number"],
        width,
        height,
        _facts(page, len(lines), len(placed)),
        boxes,
        " ".join(middles),
        drawn.png,
        failure,
        text[page["start"] : page["end"]] if inside else "",
        share_bar(labelled) if labelled else "",
        brackets(marks(lines, width), width),
    )


def _box(line: dict[str, Any], number: int, words: str) -> Box:
    label = line.get("label")
    if not label:
        return _placed(line["bbox"], number, f"{number}  {words}", "line")
    sure = line.get("label_probability")
    told = label if sure is None else f"{label} {sure:.2f}"
    style = f"labelled {style_of(label)}"
    if is_kept(line):
        return _placed(line["bbox"], number, f"{number}  {told}: {words}", style)
    return _placed(
        line["bbox"], number, f"{number}  {told}, dropped: {words}", f"{style} dropped", hatch_of(label)
    )


def _placed(box: dict[str, float | None], number: int, words: str, style: str, fill: str = "") -> Box:
    x0, y0, x1, y1 = (float(box.get(side) or 0.0) for side in ("x0", "y0", "x1", "y1"))
    return Box(
        round(x0, 2),
        round(y0, 2),
        round(max(x1 - x0, 0.5), 2),
        round(max(y1 - y0, 0.5), 2),
        number,
        one_line(words, 400),
        style,
        fill,
    )


def _facts(page: dict[str, Any], lines: int, placed: int) -> list[str]:
    facts = [str(page.get("parser") or "no parser"), str(page.get("status") or "")]
    if page.get("rung_status"):
        facts.append(f"second reading: {page['rung_status']}")
    cheap, kept = page.get("cheap_quality"), page.get("predicted_quality")
    if kept is not None:
        both = page.get("rung_status") == "used" and cheap is not None
        facts.append(
            f"predicted quality {cheap:.2f}, then {kept:.2f}" if both else f"predicted quality {kept:.2f}"
        )
    if page.get("cost_cpu_s") is not None:
        facts.append(f"{figures.seconds(page['cost_cpu_s'])} of CPU time")
    without = "" if placed == lines else f", {lines - placed} of them without a place"
    facts.append(figures.plural(lines, "line") + without)
    return [one_line(fact, 80) for fact in facts if fact]


def _render(doc_id: str, sheets: Sequence[Sheet], known: int, row: dict[str, Any]) -> str:
    labelled = shares(row.get("lines") or ())
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda v: printable(v) if isinstance(v, str) and not isinstance(v, Markup) else v,
    )
    template = (resources.files("pipeline.inspection") / "pages.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(
        name=one_line(doc_id, 400),
        sheets=sheets,
        known=figures.plural(known, "page"),
        plural=figures.plural,
        labels=labelled,
        label_styles=style_sheet(),
        label_bar=share_bar(labelled),
        label_legend=legend(labelled, switches=True),
        hatches=hatches(),
    )
