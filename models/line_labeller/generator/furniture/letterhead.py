"""Letterheads: of hospitals, practices and journals."""

from __future__ import annotations

from models.line_labeller.generator.fonts import drawable, measure
from models.line_labeller.generator.furniture.piece import Piece, Sketch
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import DARK, PALE, WHITE
from models.line_labeller.generator.sheet import Area, Curve, Mark, Round, Rule, Text, moved

_JOURNAL_LINES = (
    "{web}",
    "ISSN ####-####",
    "https://doi.org/10.####/{initials2}.####",
    "Open access",
    "Research article",
    "Volume ##, Issue #, {year}",
    "Contents lists available at {publisher}",
    "journal homepage: {web}",
    "Vol. ##, No. # ({year})",
    "RESEARCH",
    "Available online at {web}",
    "{publisher}",
    "Published {date}",
    "An international journal",
    "Article no. ####",
    "Received {date_in}, accepted {date}",
)


class Letterhead(Sketch):
    """Draws the head of a first page."""

    def draw(self) -> Piece:
        """One letterhead."""
        chance, facts = self.chance, self.facts
        words = facts.words
        size = self.small() + chance.between(0, 1.5)
        count = chance.few(4, 1, 9)
        top = [drawable(facts["hospital"], self.family.plain)]
        if chance.maybe(0.4):
            top.insert(
                chance.number(0, 1),
                drawable(facts.fill(chance.of(("{trust}", "{department}", "{unit}"))), self.family.plain),
            )
        if chance.maybe(0.12):
            top = [drawable(facts.fill(chance.of(("{unit}", "{chief}", "{doctor}"))), self.family.plain)]
        rest = self.pick(words.letterhead_lines, count)
        rest = [line for line in rest if line not in top]
        if self.habits.plain:  # the head of a journal, or of who wrote a report
            top = self.pick(
                (
                    "{journal}",
                    "{publisher}",
                    "{journal} {year}, ##:###",
                    "{hospital}",
                    "{journal} ## ({year}) ###–###",
                ),
                1,
            )
            rest = self.pick(_JOURNAL_LINES, min(count, 4))
        colour = self.look.accent if chance.maybe(0.35) else BLACK
        factor = 1.0 if chance.maybe(0.2) else chance.between(1.05, 1.9)
        shape = chance.of(
            (
                "center",
                "left",
                "right",
                "logo left",
                "logo right",
                "logo both",
                "sides",
                "banner",
                "boxed",
                "quality",
                "line",
                "three",
                "logo alone",
                "logo above",
                "center",
                "left",
                "sides",
                "logo left",
            )
        )
        wide = self.wide
        piece = Piece()
        bold = len(top) if chance.maybe(0.8) else 0
        if shape in ("center", "left", "right", "line"):
            align = shape if shape != "line" else chance.of(("left", "center", "right"))
            lines = [*top, *rest] if shape != "line" else [" - ".join([*top, *rest[:1]])]
            piece = self.block(lines, wide, align, size, bold, colour, factor)
        elif shape.startswith("logo"):
            piece = self._with_logo(shape, [*top, *rest], wide, size, bold, colour, factor)
        elif shape == "sides":
            cut = chance.number(1, max(1, len(rest)))
            left = self.block([*top, *rest[:cut]], wide * 0.48, "left", size, bold, colour, factor)
            more = rest[cut:] or self.pick(words.letterhead_lines, 2)
            right = self.block(
                more, wide * 0.44, chance.of(("right", "left", "center")), size, chance.number(0, 1), colour
            )
            piece = Piece(
                max(left.height, right.height),
                left.marks + [moved(mark, wide * 0.56, 0) for mark in right.marks],
            )
        elif shape == "three":
            each = wide / 3 - 8
            thirds = [[*top, *rest[0::3]], rest[1::3], rest[2::3]]
            for number, lines in enumerate(thirds):
                column = self.block(
                    lines,
                    each,
                    ("left", "center", "right")[number],
                    size * 0.9,
                    bold if not number else 0,
                    colour,
                )
                piece.marks += [moved(mark, number * (each + 12), 0) for mark in column.marks]
                piece.height = max(piece.height, column.height)
        elif shape == "banner":
            fill = self.look.accent if sum(self.look.accent) > 60 else Colour(0, 70, 120)
            inner = self.block(
                [*top, *rest[:2]], wide - 24, chance.of(("left", "center")), size, bold, WHITE, factor
            )
            piece = Piece(
                inner.height + 12,
                [Area(0, 0, wide, inner.height + 12, fill), *[moved(mark, 12, 6) for mark in inner.marks]],
            )
        elif shape == "boxed":
            inner = self.block(
                [*top, *rest[:4]], wide - 16, chance.of(("left", "center")), size, bold, colour, factor
            )
            piece = Piece(
                inner.height + 8,
                [
                    Area(0, 0, wide, inner.height + 8, None, BLACK),
                    *[moved(mark, 8, 4) for mark in inner.marks],
                ],
            )
        else:
            piece = self._quality(top, rest, wide, size)
        if chance.maybe(0.25):
            piece.marks.append(
                Rule(0, piece.height + 3, wide, piece.height + 3, chance.between(0.4, 2), self.look.accent)
            )
            piece.height += 5
        return piece

    def _quality(self, top: list[str], rest: list[str], wide: float, size: float) -> Piece:
        """The framed head of controlled documents."""
        chance, facts = self.chance, self.facts
        widths = (wide * 0.25, wide * 0.48, wide * 0.27)
        cells = [
            self.block([*top, *rest[:1]], widths[0] - 8, "center", size * 0.9),
            self.block(
                [facts["title"]] if chance.maybe(0.5) else rest[1:3] or top,
                widths[1] - 8,
                "center",
                size,
                1,
                factor=1.2,
            ),
            self.block(
                [
                    facts.fill(line)
                    for line in chance.some(
                        ("Réf : @@-##", "Version #.#", "{date}", "Code: @@@-###", "Rev. ##", "Date : {date}"),
                        3,
                    )
                ],
                widths[2] - 8,
                "left",
                size * 0.85,
            ),
        ]
        high = max(cell.height for cell in cells) + 8
        marks: list[Mark] = [Area(0, 0, wide, high, None, BLACK)]
        x = 0.0
        for cell, across in zip(cells, widths, strict=True):
            marks += [moved(mark, x + 4, 4 + (high - 8 - cell.height) / 2) for mark in cell.marks]
            x += across
            marks.append(Rule(x, 0, x, high, 0.5))
        return Piece(high, marks)

    def _with_logo(
        self, shape: str, lines: list[str], wide: float, size: float, bold: int, colour: Colour, factor: float
    ) -> Piece:
        chance = self.chance
        high = chance.between(24, 70)
        across = high * chance.between(0.8, 2.2)
        logo = self._logo(across, high)
        if shape == "logo alone":
            x = chance.of((0.0, (wide - across) / 2, wide - across))
            return Piece(high, [moved(mark, x, 0) for mark in logo])
        if shape == "logo above":
            align = chance.of(("left", "center"))
            text = self.block(lines, wide, align, size, bold, colour, factor)
            x = 0.0 if align == "left" else (wide - across) / 2
            return Piece(
                high + 6 + text.height,
                [*[moved(m, x, 0) for m in logo], *[moved(m, 0, high + 6) for m in text.marks]],
            )
        side = 2 if shape == "logo both" else 1
        room = max(120.0, wide - side * (across + 14))
        text = self.block(lines, room, chance.of(("left", "center", "right")), size, bold, colour, factor)
        x = 0.0 if shape == "logo right" else across + 14
        marks = [moved(mark, x, 0) for mark in text.marks]
        if shape != "logo right":
            marks += logo
        if shape != "logo left":
            marks += [moved(mark, wide - across, 0) for mark in logo]
        return Piece(max(high, text.height), marks)

    def _logo(self, across: float, high: float) -> list[Mark]:
        chance = self.chance
        colour = chance.of(DARK[1:])
        other = chance.of(DARK[1:])
        kind = chance.of(("cross", "circle", "bars", "wave", "square", "rings", "letters"))
        side = min(across, high)
        if kind == "cross":
            third = side / 3
            return [Area(third, 0, 2 * third, side, colour), Area(0, third, side, 2 * third, colour)]
        if kind == "circle":
            return [
                Round(0, 0, side, side, colour),
                Round(side * 0.25, side * 0.25, side * 0.75, side * 0.75, WHITE),
            ]
        if kind == "bars":
            return [
                Area(0, high * step / 5, across * chance.between(0.4, 1), high * (step + 0.6) / 5, colour)
                for step in range(5)
            ]
        if kind == "wave":
            points = tuple((across * step / 6, high * (0.3 if step % 2 else 0.7)) for step in range(7))
            return [
                Curve(points, high * 0.12, colour),
                Curve(tuple((x, y + high * 0.2) for x, y in points), high * 0.08, other),
            ]
        if kind == "rings":
            return [
                Round(
                    step * side * 0.3,
                    0,
                    step * side * 0.3 + side * 0.6,
                    side * 0.6,
                    None,
                    (colour, other)[step % 2],
                    3,
                )
                for step in range(3)
            ]
        if kind == "letters":  # a logo of letters is part of the letterhead
            text = (
                "".join(part[0] for part in self.facts["hospital"].split() if part[0].isupper())[:4] or "CH"
            )
            face = self.family.face(True)
            size = min(high, across / max(0.1, measure(text, face, 1)))
            return [
                Text(
                    0,
                    high * 0.5 + size * 0.35,
                    drawable(text, self.family.plain),
                    face,
                    size,
                    "header",
                    colour,
                )
            ]
        return [
            Area(0, 0, side, side, colour, None, 0.5, side * 0.2),
            Round(side * 0.3, side * 0.3, side * 0.7, side * 0.7, PALE[0]),
        ]
