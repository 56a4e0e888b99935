"""Pieces of furniture, and what is needed to draw one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.fonts import Family, drawable, measure
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import Look
from models.line_labeller.generator.setting import wrap
from models.line_labeller.generator.sheet import Mark, Text


@dataclass(slots=True)
class Piece:
    """Marks in a box of a width, from its upper left corner."""

    height: float = 0.0
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Habits:
    """What documents of a kind have around them, as probabilities."""

    letterhead: float = 0.88
    later: float = 0.6  # a head on the later pages
    footer: float = 0.75
    number: float = 0.85
    staff: float = 0.3
    watermark: float = 0.03
    plain: bool = False  # running heads of papers and reports, not of hospitals
    notes: float = 0.0  # footnotes, which belong to the text


class Sketch:
    """Draws pieces of a width with the type and the facts of one document."""

    def __init__(self, look: Look, chance: Chance, facts: Facts, habits: Habits, wide: float) -> None:
        self.look = look
        self.chance = chance
        self.facts = facts
        self.habits = habits
        self.wide = wide
        self.family = look.second

    def small(self) -> float:
        """A size for small print."""
        return round(self.chance.around(8.2, 1.3, 5.5, 11) * 2) / 2

    def pick(self, options: Sequence[str], count: int) -> list[str]:
        return [
            drawable(self.facts.fill(line), self.family.plain) for line in self.chance.some(options, count)
        ]

    def block(
        self,
        lines: Sequence[str],
        wide: float,
        align: str,
        size: float,
        bold: int = 0,
        colour: Colour = BLACK,
        factor: float = 1.0,
        family: Family | None = None,
        label: str = "header",
    ) -> Piece:
        """Lines below each other; the first ``bold`` of them bold and ``factor`` larger."""
        family = family or self.family
        piece = Piece()
        pitch = self.chance.between(1.08, 1.4)
        for number, line in enumerate(lines):
            large = number < bold
            here = size * (factor if large else 1.0)
            face = family.face(large)
            for words in wrap(line.split(), face, here, wide, wide):
                text = " ".join(words)
                used = measure(text, face, here)
                x = {"left": 0.0, "center": (wide - used) / 2, "right": wide - used}[align]
                piece.marks.append(Text(x, piece.height + here * 0.8, text, face, here, label, colour))
                piece.height += here * pitch
        return piece
