"""The labels of lines, as layout gives them, for people: names, styles, shares, and what marks them on a page.

A label has a colour, a dash of its own for the outline of its boxes, and its name in the margin of the page, so
that nobody has to tell ten colours apart. Boxes of lines that are not in the text are hatched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.line_labeller.labels import LABELS
from pipeline.console.printable import one_line

_STYLES = {label: f"l{number}" for number, label in enumerate(LABELS)}
_OTHER = "lx"
# on a terminal
_COLOURS = {
    "body": "blue",
    "section": "bold red",
    "title": "bold magenta",
    "header": "yellow",
    "footer": "yellow",
    "page_number": "bright_black",
    "left_note": "cyan",
    "address": "green",
    "table": "magenta",
    "signature": "bright_blue",
}
_ROOM = 11.0  # points between the names in a margin
_BESIDE = 0.3  # of the width: what begins further right has its name in the right margin
_APART = 60.0  # points: lines of one label that are further apart are two groups


@dataclass(frozen=True, slots=True)
class Share:
    """A label, its lines, and whether they are in the text."""

    name: str
    style: str
    lines: int
    part: float  # of all lines that have a label
    kept: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A group of lines of one label, as a bracket with a name in a margin; y downwards in points."""

    name: str
    style: str
    right: bool
    top: float
    bottom: float
    base: float  # of the name
    kept: bool


def style_of(label: str | None) -> str:
    """The class of the style sheet; "" without a label."""
    return "" if label is None else _STYLES.get(label, _OTHER)


def hatch_of(label: str) -> str:
    """What fills a box that is not in the text, see ``label_drawing.hatches``."""
    return f"url(#h{style_of(label)[1:]})"


def name_of(label: str) -> str:
    """The label in words."""
    return one_line(label.replace("_", " "), 40)


def colour_of(label: str | None) -> str:
    """The style on a terminal."""
    return _COLOURS.get(label or "", "")


def is_kept(line: Mapping[str, Any]) -> bool:
    """Whether a line is in the text."""
    return line.get("start") is not None


def shares(lines: Sequence[Mapping[str, Any]]) -> list[Share]:
    """The labels of lines, in the order of the labeller, without those that no line has."""
    counted = Counter(line["label"] for line in lines if line.get("label") is not None)
    kept = {line["label"] for line in lines if line.get("label") is not None and is_kept(line)}
    return of_counts(counted, kept)


def of_counts(counted: Mapping[str, int], kept: set[str]) -> list[Share]:
    """Shares of labels that are counted already."""
    whole = sum(counted.values()) or 1
    order = [label for label in LABELS if label in counted]
    order += sorted(label for label in counted if label not in _STYLES)
    return [
        Share(name_of(label), style_of(label), counted[label], counted[label] / whole, label in kept)
        for label in order
    ]


def marks(lines: Sequence[Mapping[str, Any]], width: float, scale: float = 1.0) -> list[Mark]:
    """Brackets for the lines of a page: one for each run of lines with one label on one side of the page.

    Args:
        lines: of one page, in reading order.
        width: of the page in points.
        scale: how much larger than on a page in full size names are.
    """
    groups: list[tuple[str, bool, float, float, bool]] = []
    for line in lines:
        label, box = line.get("label"), line.get("bbox") or {}
        if label is None or not any(box.values()):
            continue
        x0, y0, y1 = (float(box.get(side) or 0.0) for side in ("x0", "y0", "y1"))
        right = x0 > _BESIDE * width
        if groups:
            before, side, top, bottom, kept = groups[-1]
            near = y0 - bottom < _APART and top - y1 < _APART
            if (before, side, kept) == (label, right, is_kept(line)) and near:
                groups[-1] = label, side, min(top, y0), max(bottom, y1), kept
                continue
        groups.append((label, right, y0, y1, is_kept(line)))
    found: list[Mark] = []
    room = _ROOM * scale
    last = {False: -room, True: -room}
    for label, right, top, bottom, kept in sorted(groups, key=lambda group: (group[2], group[1])):
        base = max(top + 7.0 * scale, last[right] + room)
        last[right] = base
        found.append(
            Mark(
                name_of(label), style_of(label), right, round(top, 1), round(bottom, 1), round(base, 1), kept
            )
        )
    return found
