"""The section on parsers: the budget asked for and spent, and a map of the pages of some documents.

A page is a column: its bar is the predicted quality of the text that was kept, in the colour of the parser
that made it; a line across is that of the first parser's text; below stands what the page cost, on a
logarithmic scale; a cross says that another parser failed on it. A pointer, and a screen reader, are told
all of it in words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.report.ladder import Ladder, PageFacts
from pipeline.report.scan import Scan, Strip

_COLOURS = 6  # parsers beyond share the last one
_CHEAPEST, _DECADES = 1e-3, 5  # CPU seconds at the top of the scale of costs, and how far it goes down
_ASKED = {
    "used": "its text was kept",
    "kept_cheap": "another parser found nothing, so the first text stays",
    "timeout": "another parser ran out of time, so the first text stays",
    "memory": "another parser needed too much memory, so the first text stays",
    "crashed": "another parser crashed, so the first text stays",
    "failed": "another parser failed, so the first text stays",
}


@dataclass(frozen=True, slots=True)
class Section:
    """What the template shows. ``legend`` has the class and the name of each parser; ``rows`` are its table."""

    lead: Sequence[str]
    legend: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    came_of: Sequence[tuple[str, str, str]]
    strips: Sequence[tuple[str, str, Markup]]
    all_read: bool


def section(scan: Scan, manifest: Mapping[str, Any]) -> Section | None:
    """Return the section; None when the run had one parser only."""
    ladder, options = scan.ladder, _options(manifest)
    rungs = [str(name) for name in options.get("rungs") or ()]
    if ladder is None or not ladder.pages or (len(rungs) < 2 and not ladder.asked):
        return None
    names = [n for n in rungs if n in ladder.parsers]
    names += sorted(n for n in ladder.parsers if n not in names)
    styles = {name: f"k{min(number, _COLOURS - 1)}" for number, name in enumerate(_order(rungs, names))}
    return Section(
        _lead(ladder, options),
        [(styles[name], one_line(name, 40)) for name in names],
        [_row(name, ladder) for name in names],
        [
            (one_line(what, 40), figures.count(count), _ASKED.get(what, ""))
            for what, count in ladder.asked.most_common()
        ],
        [(one_line(s.doc_id, 400), _told(s), strip(s, styles)) for s in scan.strips],
        scan.read == scan.rows,
    )


def strip(document: Strip, styles: Mapping[str, str]) -> Markup:
    """Draw the pages of a document."""
    return Markup("").join(_page(page, styles) for page in document.facts)


def _order(rungs: Sequence[str], names: Sequence[str]) -> list[str]:
    """A parser has one colour whichever documents are shown."""
    return [*rungs, *(name for name in names if name not in rungs)]


def _page(page: PageFacts, styles: Mapping[str, str]) -> Markup:
    known = page.quality is not None
    lost = page.asked not in ("", "used")
    parts = Markup('<i style="--v:{}"></i>').format(_part(page.quality if known else 1.0))
    if page.cheap is not None and page.asked:
        parts += Markup('<b style="--v:{}"></b>').format(_part(page.cheap))
    if page.cost:
        depth = (math.log10(max(page.cost, _CHEAPEST)) - math.log10(_CHEAPEST)) / _DECADES
        parts += Markup('<u style="--v:{}"></u>').format(_part(depth))
    style = " ".join(
        [
            styles.get(page.parser, f"k{_COLOURS - 1}"),
            *(["unjudged"] if not known else []),
            *(["lost"] * lost),
        ]
    )
    return Markup('<span class="{}" role="img" title="{}">{}</span>').format(style, _words(page), parts)


def _words(page: PageFacts) -> str:
    said = [f"page {page.number}: {page.parser or 'no parser'}"]
    if page.status not in ("ok", ""):
        said.append(page.status)
    if page.asked and page.cheap is not None and page.quality is not None and page.asked == "used":
        said.append(f"quality {page.cheap:.2f}, then {page.quality:.2f}")
    elif page.quality is not None:
        said.append(f"quality {page.quality:.2f}")
    if page.asked and page.asked != "used":
        said.append(_ASKED.get(page.asked, page.asked))
    if page.cost is not None:
        said.append(f"{figures.seconds(page.cost)} of CPU time")
    return one_line(", ".join(said), 300)


def _lead(ladder: Ladder, options: Mapping[str, Any]) -> list[str]:
    sent = ladder.asked.total()
    asked = _budget(options)
    share = (
        f"{figures.count(sent)} of {figures.count(ladder.pages)} pages, {figures.share(sent, ladder.pages)}"
    )
    each = ladder.second_seconds / ladder.pages
    first = (ladder.seconds - ladder.second_seconds) / ladder.pages
    return [
        f"Budget: {asked}.",
        f"Spent: {share}, went to another parser, which took {_seconds(each)} of CPU time per page of all; the "
        f"first reading took {_seconds(first)}.",
    ]


def _budget(options: Mapping[str, Any]) -> str:
    if options.get("force"):
        return f"none; every page was sent to {one_line(str(options['force']), 40)}"
    fraction, seconds = options.get("budget_fraction"), options.get("budget_cpu_s_per_page")
    if isinstance(fraction, int | float):
        return f"{100 * fraction:.4g} % of the pages"
    if isinstance(seconds, int | float):
        return f"{_seconds(float(seconds))} of CPU time per page"
    return "none; pages go where they gain enough"


def _row(name: str, ladder: Ladder) -> list[str]:
    found = ladder.parsers[name]
    return [
        one_line(name, 40),
        figures.count(found.pages),
        figures.share(found.pages, ladder.pages),
        _quality(found.cheap.value),
        _quality(found.kept.value),
        _seconds(found.seconds / found.pages),
        figures.share(found.seconds, ladder.seconds),
    ]


def _told(document: Strip) -> str:
    left = document.pages - len(document.facts)
    sent = sum(bool(page.asked) for page in document.facts)
    more = f", {figures.count(left)} more are not drawn" if left else ""
    return f"{figures.plural(document.pages, 'page')}, {figures.count(sent)} read again{more}"


def _quality(value: float | None) -> str:
    return figures.MISSING if value is None else f"{value:.3f}"


def _seconds(value: float) -> str:
    return printable(figures.seconds(value))


def _part(value: float | None) -> str:
    return f"{min(1.0, max(0.0, value or 0.0)):.3g}"


def _options(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of parse; none where the manifest has none."""
    stages = (manifest.get("config") or {}).get("stages") or ()
    for stage in stages:
        if isinstance(stage, dict) and isinstance(stage.get("parse"), dict):
            options: Mapping[str, Any] = stage["parse"]
            return options
    return {}
