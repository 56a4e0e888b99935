"""Sections of a document: each heading and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from models.line_labeller.labels import NUMBER_OF
from stages.layout.aggregation import Texts
from stages.layout.joining import IN_ONE_LINE, Evidence
from stages.layout.kinds import kind_of
from stages.layout.stack import Ints

LEVELS = 6
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s+\S")
_SECTION = NUMBER_OF["section"]
_MOST_NUMBERS = 50  # "2023 was a good year" is no heading of that number


@dataclass(frozen=True, slots=True)
class Section:
    """A section; see ``pipeline.document.SECTION``."""

    heading: str | None
    level: int
    kind: str | None
    start: int
    content: int
    end: int
    first_line: int
    last_line: int
    page: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its text and its lines, numbered within the batch."""

    text: str
    lines: list[int]


def sections(evidence: Evidence, kept: Texts, labelled: Texts, keep: Collection[str]) -> list[list[Section]]:
    """Return the sections of each document: what stands before the first heading, without a heading, then one for
    each heading.

    Args:
        kept: the text of each document; the group is the document.
        labelled: the texts by label, as ``aggregation.by_label`` makes them.
        keep: the labels that are kept.
    """
    stack = evidence.stack
    found = _headings(evidence, kept, False) if "section" in keep else _headings(evidence, labelled, True)
    place = np.full(len(stack), -1, np.int64)  # of a line among those of ``kept``
    place[kept.order] = np.arange(len(kept.order))
    texts = {document: number for number, document in enumerate(kept.group.tolist())}
    result: list[list[Section]] = []
    for document in range(len(stack.texts)):
        number = texts.get(document)
        bounds = (int(kept.first[number]), int(kept.first[number + 1])) if number is not None else (0, 0)
        result.append(_of_document(evidence, kept, document, bounds, place, found.get(document, [])))
    return result


def _headings(evidence: Evidence, source: Texts, by_label: bool) -> dict[int, list[Heading]]:
    """The headings of each document that has any, from texts that hold them. Of texts by label those lines are one
    heading that follow each other directly: others may stand between them that are of another text."""
    order, join = source.order, source.join
    places = np.flatnonzero(evidence.labels[order] == _SECTION)
    goes_on = np.isin(join[places], IN_ONE_LINE)
    goes_on[:-1] &= np.diff(places) == 1
    if by_label:
        goes_on[:-1] &= np.diff(order[places]) == 1
    goes_on[-1:] = False
    owner = np.searchsorted(source.first, places, side="right") - 1
    result: dict[int, list[Heading]] = {}
    begin = 0
    for at in np.flatnonzero(~goes_on).tolist():
        first, last, number = int(places[begin]), int(places[at]), int(owner[at])
        words = source.texts[number][int(source.start[first]) : int(source.end[last])]
        lines = order[first : last + 1].tolist()
        result.setdefault(int(evidence.stack.document[lines[0]]), []).append(Heading(words, lines))
        begin = at + 1
    return result


def _of_document(
    evidence: Evidence,
    kept: Texts,
    document: int,
    bounds: tuple[int, int],
    place: Ints,
    headings: Sequence[Heading],
) -> list[Section]:
    """Sections of one document, whose kept lines are ``kept.order[bounds[0]:bounds[1]]``."""
    stack = evidence.stack
    low, high = bounds
    base, first_page = int(stack.first[document]), int(stack.first_page[document])
    # where each section begins among the kept lines
    begins: list[int] = []
    for heading in headings:
        at = int(place[heading.lines[0]])
        if at < 0:
            at = low + int((kept.order[low:high] < heading.lines[0]).sum())
        begins.append(max(at, *begins[-1:], low))
    result: list[Section] = []

    def add(heading: Heading | None, level: int, begin: int, end: int) -> None:
        inside = kept.order[begin:end].tolist()
        own: list[int] = [] if heading is None else heading.lines
        members = sorted({*inside, *own})
        if not members:
            return
        # where there is nothing of it in the text: the end of what stands before it
        start = stop = content = int(kept.end[begin - 1]) if begin > low else 0
        if inside:
            start, stop = int(kept.start[begin]), int(kept.end[end - 1])
            after = begin + (len(own) if own and place[own[0]] >= 0 else 0)
            content = int(kept.start[after]) if after < end else stop
        result.append(
            Section(
                heading.text if heading else None,
                level,
                kind_of(heading.text) if heading else None,
                start,
                content,
                stop,
                members[0] - base,
                members[-1] - base,
                int(stack.page[members[0]]) - first_page,
            )
        )

    add(None, 0, low, begins[0] if begins else high)
    ends = [*begins[1:], high]
    for number, level in enumerate(_levels(evidence, headings)):
        add(headings[number], level, begins[number], ends[number])
    return result


def _levels(evidence: Evidence, headings: Sequence[Heading]) -> list[int]:
    """Levels from 1. By the numbers of the headings where at least half have one, else by their print: larger
    before smaller, then bold before plain, then capitals before small letters."""
    numbers = [_NUMBERED.match(heading.text) for heading in headings]
    depths = [
        match[1].count(".") + 1 if match and int(match[1].split(".")[0]) <= _MOST_NUMBERS else None
        for match in numbers
    ]
    styles = [_style(evidence, heading) for heading in headings]
    if 2 * sum(depth is not None for depth in depths) >= len(headings):
        # one without a number ("References") is of the level of those that look like it
        looks: dict[tuple[float, bool, bool], int] = {}
        for style, depth in zip(styles, depths, strict=True):
            if depth is not None:
                looks[style] = min(depth, looks.get(style, LEVELS))
        return [
            min(depth or looks.get(style, 1), LEVELS) for style, depth in zip(styles, depths, strict=True)
        ]
    rank = {style: number for number, style in enumerate(sorted(set(styles), reverse=True), 1)}
    return [min(rank[style], LEVELS) for style in styles]


def _style(evidence: Evidence, heading: Heading) -> tuple[float, bool, bool]:
    line = heading.lines[0]
    size = round(2 * float(evidence.stack.font_size[line])) / 2
    return size, bool(evidence.stack.bold[line]), heading.text.isupper()
