"""Running heads, feet and footnotes."""

from __future__ import annotations

from dataclasses import replace

from models.line_labeller.generator.furniture.piece import Piece, Sketch
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import DARK, PALE, WHITE
from models.line_labeller.generator.sheet import Area, Rule, moved


class Running(Sketch):
    """Draws what pages repeat."""

    def _lines_of_head(self) -> list[str]:
        words = self.facts.words
        if self.habits.plain:
            options = (
                "{journal}",
                "{journal} {year};##:###-##",
                "{LASTN} et al.",
                "{topic}",
                "{LASTN} and {LASTN}",
                "{journal} ## ({year}) ###",
                "{topic} - {publisher}",
                "https://doi.org/10.####/{initials2}.####",
                "{publisher}",
                "{LASTN} et al. / {journal} ## ({year}) ###–###",
                "{LASTN} et al. {journal} ({year}) ##:###",
                "www.{publisher}.example",
                "{hospital} - {date}",
                "RESEARCH ARTICLE",
                "Open access",
                "{journal}, Vol. ##, No. #",
                "{LASTN} et al. ({year}). {topic}: {topic}. {journal}, #(#), ###. https://doi.org/10.####/{initials2}.####",
                "Preprint, not peer reviewed. doi: 10.####/####.##.##",
                "Volume ## | Article ######",
            )
            return self.pick(options, 1 if self.chance.maybe(0.7) else 2)
        return self.pick(words.running_lines, self.chance.weighted(((1, 0.65), (2, 0.27), (3, 0.08))))

    def head(self) -> Piece:
        """A running head."""
        chance = self.chance
        wide = self.wide
        size = self.small()
        lines = self._lines_of_head()
        shape = chance.of(("left", "center", "right", "sides", "boxed", "left", "sides"))
        colour = BLACK if chance.maybe(0.75) else chance.of(DARK)
        italic = chance.maybe(0.2)
        family = replace(self.family, regular=self.family.italic) if italic else self.family
        bold = chance.number(0, 1)
        if shape == "sides" and len(lines) < 2:
            lines = [*lines, *self._lines_of_head()]
        if shape == "sides":
            left = self.block(lines[:1], wide * 0.6, "left", size, bold, colour, family=family)
            right = self.block(lines[1:2], wide * 0.36, "right", size, 0, colour, family=family)
            piece = Piece(
                max(left.height, right.height),
                left.marks + [moved(mark, wide * 0.64, 0) for mark in right.marks],
            )
        elif shape == "boxed":
            inner = self.block(
                lines, wide - 10, chance.of(("left", "center")), size, bold, colour, family=family
            )
            fill = chance.of(PALE) if chance.maybe(0.4) else None
            piece = Piece(
                inner.height + 6,
                [
                    Area(0, 0, wide, inner.height + 6, fill, BLACK),
                    *[moved(mark, 5, 3) for mark in inner.marks],
                ],
            )
        else:
            piece = self.block(lines, wide, shape, size, bold, colour, family=family)
        if chance.maybe(0.3):
            piece.marks.append(
                Rule(0, piece.height + 2, wide, piece.height + 2, chance.between(0.3, 1.5), self.look.accent)
            )
            piece.height += 3
        return piece

    def _foot_lines(self) -> list[str]:
        chance, words = self.chance, self.facts.words
        if self.habits.plain:
            options = (
                "{journal} | www.{publisher}.example",
                "© {year} {publisher}",
                "{publisher}",
                "{LASTN} et al. {journal} ({year}) ##:##",
                "https://doi.org/10.####/{initials2}.####",
                "{journal} {year}, ##, ###",
                "Downloaded from {web} on {date}",
                "This is an open access article distributed under the terms of a Creative Commons licence.",
                "{date}",
                "{topic}",
                "{LASTN}, {initial}., & {LASTN}, {initial}. ({year}). {topic}: {topic}. {journal}, #(#), ###. https://doi.org/10.####/{initials2}.####",
                "{hospital}",
                "Draft of {date}",
                "All rights reserved.",
                "{LASTN} et al.",
            )
            return self.pick(options, chance.weighted(((1, 0.7), (2, 0.3))))
        pools = (words.footer_lines, words.legal_lines, words.print_lines)
        count = chance.weighted(((1, 0.45), (2, 0.27), (3, 0.16), (4, 0.08), (6, 0.04)))
        lines = []
        for _ in range(count):
            pool = chance.weighted(((pools[0], 0.6), (pools[1], 0.22), (pools[2], 0.18)))
            lines += self.pick(pool, 1)
        return lines

    def foot(self, beside: bool) -> Piece:
        """A foot. ``beside``: the page number needs the right end of its last line."""
        chance = self.chance
        wide = self.wide
        # A number beside the last line needs its place.
        room = wide - 110 if beside else wide
        size = max(5.0, self.small() - chance.between(0, 2))
        lines = self._foot_lines()
        colour = BLACK if chance.maybe(0.65) else chance.of((*DARK, Colour(110, 110, 110)))
        shape = chance.of(("center", "left", "right", "sides", "three", "banner", "center", "center", "left"))
        if beside:
            shape = "left"
        bold = chance.number(0, 1) if chance.maybe(0.2) else 0
        if shape == "sides":
            left = self.block(lines[:1], wide * 0.55, "left", size, bold, colour, label="footer")
            more = lines[1:] or self._foot_lines()[:1]
            right = self.block(more, wide * 0.4, "right", size, 0, colour, label="footer")
            piece = Piece(
                max(left.height, right.height),
                left.marks + [moved(mark, wide * 0.6, 0) for mark in right.marks],
            )
        elif shape == "three":
            each = wide / 3 - 8
            piece = Piece()
            lines = [*lines, *self._foot_lines(), *self._foot_lines()]
            for number in range(3):
                column = self.block(
                    lines[number::3][:3],
                    each,
                    ("left", "center", "right")[number],
                    size,
                    0,
                    colour,
                    label="footer",
                )
                piece.marks += [moved(mark, number * (each + 12), 0) for mark in column.marks]
                piece.height = max(piece.height, column.height)
        elif shape == "banner":
            inner = self.block(lines, wide - 16, "center", size, bold, WHITE, label="footer")
            fill = self.look.accent if sum(self.look.accent) > 60 else Colour(60, 60, 60)
            piece = Piece(
                inner.height + 8,
                [Area(0, 0, wide, inner.height + 8, fill), *[moved(mark, 8, 4) for mark in inner.marks]],
            )
        else:
            piece = self.block(lines, room, shape, size, bold, colour, label="footer")
        if chance.maybe(0.35):
            piece.marks = [
                Rule(0, 0, wide, 0, chance.between(0.3, 1.2), self.look.accent),
                *[moved(mark, 0, 3) for mark in piece.marks],
            ]
            piece.height += 3
        return piece

    def notes(self, wide: float) -> Piece:
        """Notes at the foot of the first page, below a short rule: text like any other."""
        chance = self.chance
        lines = [
            "* {mail}",
            "1 {hospital}",
            "{LASTN} {initial} and {LASTN} {initial} contributed equally.",
            "2 {web}",
            "3 {topic}",
        ]
        piece = self.block(
            self.pick(lines, chance.number(1, 3)),
            wide,
            "left",
            self.small() * 0.9,
            label="body",
            family=self.look.family,
        )
        piece.marks.append(Rule(0, -2, min(wide, 90.0), -2, 0.5))
        return piece
