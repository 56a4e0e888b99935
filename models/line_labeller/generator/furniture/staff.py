"""The column of staff in the margin; beside papers, of editors and dates."""

from __future__ import annotations

from dataclasses import dataclass

from models.line_labeller.generator.fonts import drawable, measure
from models.line_labeller.generator.furniture.piece import Sketch
from models.line_labeller.generator.ink import BLACK
from models.line_labeller.generator.look import PALE
from models.line_labeller.generator.setting import wrap
from models.line_labeller.generator.sheet import Area, Mark, Text

_SIDE_TITLES = (
    "DOI:",
    "Software",
    "Edited by:",
    "Reviewed by:",
    "*Correspondence:",
    "Citation:",
    "Submitted:",
    "Published:",
    "License",
    "Received:",
    "Accepted:",
    "Academic editor",
    "Funding",
    "Keywords",
    "Specialty section:",
    "ARTICLE INFO",
    "Article history:",
    "Editor:",
    "Copyright:",
    "OPEN ACCESS",
    "Supplementary material",
)
_SIDE_LINES = (
    "10.####/{initials2}.#####",
    "{date}",
    "{junior}",
    "University of {city}",
    "{mail}",
    "{LASTN} {initial}, {LASTN} {initial} ({year}) {topic}. {journal} ##:###.",
    "Review",
    "Repository",
    "Archive",
    "Authors of papers retain copyright and release the work under a licence of their choice.",
    "This article was submitted to {journal}.",
    "{hospital}, {city}",
    "{topic}",
    "https://doi.org/10.####/####",
)


@dataclass(frozen=True, slots=True)
class Staff:
    """A column in the margin: ``every``: on all pages; ``keeps``: the text stays narrow where it is not."""

    x: float
    y: float
    wide: float
    height: float
    left: bool
    every: bool
    keeps: bool
    gap: float
    line: bool
    from_top: bool
    marks: list[Mark]


class StaffColumn(Sketch):
    """Draws the column."""

    def draw(self) -> Staff:
        """One column."""
        chance, facts, look = self.chance, self.facts, self.look
        words = facts.words
        left = chance.maybe(0.72)
        wide = look.width * chance.between(0.14, 0.31)
        edge = chance.between(10, 45)
        x = edge if left else look.width - edge - wide
        size = chance.between(5.5, 9.0)
        align = chance.of(("left", "center", "right", "left"))
        small = chance.maybe(0.15)  # a few lines anywhere
        room = look.height * (chance.between(0.04, 0.2) if small else chance.between(0.25, 0.92))
        family = self.family
        title_bold = chance.maybe(0.75)
        upper = chance.maybe(0.25)
        pitch = chance.between(1.08, 1.45)
        space = chance.between(0.2, 1.3)
        title_colour = look.accent if chance.maybe(0.4) else BLACK
        filled = chance.maybe(0.15)
        marks: list[Mark] = []
        y = 0.0
        while y < room:
            paper = self.habits.plain
            group = [
                (
                    drawable(
                        chance.of(_SIDE_TITLES) if paper else facts.of(words.staff_titles), family.plain
                    ),
                    True,
                )
            ]
            if not paper and chance.maybe(0.15):
                group = [(drawable(facts["unit"], family.plain), True), *group]
            if upper:
                group = [(text.upper(), head) for text, head in group]
            for _ in range(chance.few(2, 1, 7)):
                what = chance.number(0, 9)
                if paper:
                    group.append((drawable(facts.of(_SIDE_LINES), family.plain), False))
                    continue
                text = (
                    facts.doctor()
                    if what < 5
                    else facts["junior"]
                    if what < 6
                    else facts.of(words.staff_extras)
                )
                group.append((drawable(text, family.plain), False))
                if chance.maybe(0.25):
                    group.append(
                        (
                            drawable(
                                facts.fill(
                                    chance.of(("{any_phone}", "{mail}", "{role}", "Tél. {any_phone}"))
                                ),
                                family.plain,
                            ),
                            False,
                        )
                    )
            for text, head in group:
                face = family.face(head and title_bold)
                for part in wrap(text.split(), face, size, wide - 6, wide - 6):
                    line = " ".join(part)
                    used = measure(line, face, size)
                    at = {"left": 3.0, "center": (wide - used) / 2, "right": wide - used - 3}[align]
                    marks.append(
                        Text(at, y + size, line, face, size, "left_note", title_colour if head else BLACK)
                    )
                    y += size * pitch
            y += size * pitch * space
        if filled:
            marks.insert(0, Area(-4, -4, wide + 2, min(y, room) + 4, chance.of(PALE)))
        from_top = chance.maybe(0.25)
        return Staff(
            x,
            chance.between(14, 60) if from_top else chance.between(30, look.height * 0.75 if small else 190),
            wide,
            y,
            left,
            chance.maybe(0.3),
            chance.maybe(0.5),
            chance.between(12, 28),
            chance.maybe(0.3),
            from_top,
            marks,
        )
