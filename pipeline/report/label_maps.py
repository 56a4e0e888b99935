"""The section on layout: which labels lines have, and pages of some documents as boxes in their colours.

A page is drawn without its words, so that the section may stand in a report that shows no text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.inspection.label_drawing import brackets, hatches, legend, share_bar
from pipeline.inspection.line_labels import (
    Share,
    hatch_of,
    is_kept,
    marks,
    name_of,
    of_counts,
    shares,
    style_of,
)
from pipeline.report.label_counts import LabelCounts

_PAGES = 3  # of a document
_MARGIN = 118.0  # points beside a page, for names
_SCALE = 2.2  # of names: pages are drawn small
_BOXES = 2000  # of a page


@dataclass(frozen=True, slots=True)
class Map:
    """Pages of one document."""

    doc_id: str
    told: str
    pages: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class Section:
    """What the template shows. ``rows`` are a table of labels."""

    lead: str
    bar: Markup
    legend: Markup
    hatches: Markup
    rows: Sequence[tuple[str, str, Sequence[str]]]
    maps: Sequence[Map]


def section(counts: LabelCounts | None, documents: Sequence[Mapping[str, Any]]) -> Section | None:
    """Return the section; None when no line has a label.

    Args:
        counts: of the lines that were read.
        documents: rows to draw.
    """
    if counts is None or not counts.lines:
        return None
    found = of_counts(counts.lines, counts.kept)
    whole = sum(share.lines for share in found)
    kept = sum(share.lines for share in found if share.kept)
    by_name = {name_of(label): number for label, number in counts.documents.items()}
    return Section(
        f"{figures.plural(whole, 'line')} of {figures.plural(counts.documents_read, 'document')}; "
        f"{figures.share(kept, whole)} of the lines have a label whose lines are in the text.",
        share_bar(found),
        legend(found, switches=False),
        hatches(),
        [_row(share, whole, by_name.get(share.name, 0)) for share in found],
        [drawn for row in documents if (drawn := _map(row)) is not None],
    )


def _row(share: Share, whole: int, documents: int) -> tuple[str, str, Sequence[str]]:
    cells = (
        figures.count(share.lines),
        figures.share(share.lines, whole),
        figures.count(documents),
        "in the text" if share.kept else "dropped",
    )
    return share.style, share.name, cells


def _map(row: Mapping[str, Any]) -> Map | None:
    """The first pages with labelled lines."""
    pages = []
    lines = [line for line in row.get("lines") or () if line.get("label") is not None]
    for page in row.get("pages") or ():
        mine = [line for line in lines if line["page"] == page["number"]]
        width, height = page.get("width"), page.get("height")
        if mine and width and height and any(any((line["bbox"] or {}).values()) for line in mine):
            pages.append((page["number"], width, height, mine))
    if not pages:
        return None
    count = len(row.get("pages") or ())
    told = f"{figures.plural(count, 'page')}, {figures.plural(len(lines), 'line')}"
    return Map(one_line(str(row.get("id")), 400), told, [_page(*page) for page in pages[:_PAGES]])


def _page(number: int, width: float, height: float, lines: Sequence[Mapping[str, Any]]) -> Markup:
    boxes = Markup("").join(_box(line) for line in lines[:_BOXES])
    told = ", ".join(f"{share.name} {share.lines}" for share in shares(lines))
    return Markup(
        '<svg class="page-map" role="img" aria-label="page {}, lines by label: {}" viewBox="{} -4 {} {}">'
        '<rect class="sheet" x="0" y="0" width="{}" height="{}"/>{}{}</svg>'
    ).format(
        number,
        told,
        -_MARGIN,
        round(width + 2 * _MARGIN, 1),
        round(height + 8, 1),
        round(width, 1),
        round(height, 1),
        boxes,
        brackets(marks(lines, width, _SCALE), width, _SCALE),
    )


def _box(line: Mapping[str, Any]) -> Markup:
    box = line["bbox"] or {}
    x0, y0, x1, y1 = (float(box.get(side) or 0.0) for side in ("x0", "y0", "x1", "y1"))
    label = str(line["label"])
    style = f"labelled {style_of(label)}"
    inside = Markup('class="{}"').format(style)
    if not is_kept(line):
        inside = Markup('class="{} dropped" fill="{}"').format(style, hatch_of(label))
    sure = line.get("label_probability")
    told = name_of(label) if sure is None else f"{name_of(label)} {sure:.2f}"
    return Markup(
        '<rect {} x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
    ).format(inside, x0, y0, max(x1 - x0, 0.5), max(y1 - y0, 0.5), told)
