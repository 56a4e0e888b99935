"""What stands around the text: letterhead, running heads, feet, page numbers, staff column, watermark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.fonts import Family, drawable, measure
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import DARK, PALE, WHITE, Look
from models.line_labeller.generator.setting import wrap
from models.line_labeller.generator.sheet import Area, Curve, Mark, Round, Rule, Text, moved


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


_JOURNAL_LINES = (
    "{web}", "ISSN ####-####", "https://doi.org/10.####/{initials2}.####", "Open access", "Research article", "Volume ##, Issue #, {year}",
    "Contents lists available at {publisher}", "journal homepage: {web}", "Vol. ##, No. # ({year})", "RESEARCH", "Available online at {web}",
    "{publisher}", "Published {date}", "An international journal", "Article no. ####", "Received {date_in}, accepted {date}",
)  # fmt: skip
_SIDE_TITLES = (
    "DOI:", "Software", "Edited by:", "Reviewed by:", "*Correspondence:", "Citation:", "Submitted:", "Published:", "License", "Received:",
    "Accepted:", "Academic editor", "Funding", "Keywords", "Specialty section:", "ARTICLE INFO", "Article history:", "Editor:", "Copyright:",
    "OPEN ACCESS", "Supplementary material",
)  # fmt: skip
_SIDE_LINES = (
    "10.####/{initials2}.#####", "{date}", "{junior}", "University of {city}", "{mail}", "{LASTN} {initial}, {LASTN} {initial} ({year}) {topic}. {journal} ##:###.",
    "Review", "Repository", "Archive", "Authors of papers retain copyright and release the work under a licence of their choice.",
    "This article was submitted to {journal}.", "{hospital}, {city}", "{topic}", "https://doi.org/10.####/####",
)  # fmt: skip
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Furniture:
    """Decides about everything around the text once, then draws it on every page."""

    def __init__(self, look: Look, chance: Chance, facts: Facts, habits: Habits) -> None:
        self.look = look
        self._chance = chance
        self._facts = facts
        self._habits = habits
        self._offset = 0
        self._family = look.second
        self._head_margin = min(look.left, look.right) if chance.maybe(0.6) else chance.between(18, 60)
        self._wide = look.width - 2 * self._head_margin
        self._number = self._number_place()
        self._pattern = chance.of(facts.words.page_numbers)
        if habits.plain and chance.maybe(0.5):
            self._pattern = "{p}"
            self._offset = chance.few(200, 0, 3000) if chance.maybe(0.6) else 0
        self._roman = chance.maybe(0.01) and "{n}" not in self._pattern
        self._number_size = self._small()
        self._staff = self._staff_column() if chance.maybe(habits.staff) else None
        self._head_x = self._head_margin
        if self._staff is not None and self._staff.from_top:  # the column begins beside the letterhead
            self._wide = look.width - self._staff.wide - self._head_margin - 40
            if self._staff.left:
                self._head_x = look.width - self._head_margin - self._wide
            else:
                self._wide = min(self._wide, self._staff.x - 12 - self._head_x)
        self._first = self._letterhead() if chance.maybe(habits.letterhead) else Piece()
        self._head_y = chance.between(10, max(14.0, look.top * 0.9))
        self._every = chance.maybe(0.22) and self._first.height < look.height * 0.2
        self._running = self._running_head() if chance.maybe(habits.later) else None
        self._other_running = self._running_head() if chance.maybe(0.4 if habits.plain else 0.03) else None
        if self._running and self._other_running:  # left and right pages differ
            self._running.height = self._other_running.height = max(
                self._running.height, self._other_running.height
            )
        self._head_wide = self._wide
        self._wide = look.width - 2 * self._head_margin
        self._running_first = self._running is not None and (not self._first.marks or chance.maybe(0.12))
        self._running_y = chance.between(9, max(12.0, look.top * 0.8))
        self._foot = self._footer() if chance.maybe(habits.footer) else None
        self._notes = self._footnotes() if chance.maybe(habits.notes) else None
        self._foot_first_only = self._foot is not None and chance.maybe(0.1)
        self._foot_low = chance.between(8, 42)
        self._foot_gap = chance.between(1.5, 24)
        self._head_gap = chance.between(1.5, 26)
        self._more = (
            drawable(chance.of(facts.words.continued), look.family.plain) if chance.maybe(0.05) else ""
        )
        self._behind = chance.maybe(0.5)
        self._mark = chance.of(facts.words.watermarks) if chance.maybe(habits.watermark) else ""
        self._edge = facts.of(facts.words.print_lines) if chance.maybe(0.025) else ""

    # -- what is left for the text

    def top(self, page: int) -> float:
        """Where the text may begin."""
        low = self.look.top
        end = self._head_end(page)
        if end:
            low = max(end + self._head_gap, low if self._head_gap > 8 else end + self._head_gap)
        return min(low, self.look.height * 0.5)

    def bottom(self, page: int) -> float:
        """Where it must end."""
        low = self.look.height - self.look.bottom
        start = self._foot_start(page)
        if start < self.look.height:
            low = start - self._foot_gap if self._foot_gap < 8 else min(low, start - self._foot_gap)
        return max(low, self.look.height * 0.6) - self._notes_high(page)

    def sides(self, page: int) -> tuple[float, float]:
        """Its left and right."""
        look = self.look
        left, right = look.left, look.width - look.right
        staff = self._staff
        if staff is not None and (not page or staff.every or staff.keeps):
            if staff.left:
                left = staff.x + staff.wide + staff.gap
            else:
                right = staff.x - staff.gap
        if right - left < 150:
            left, right = (left, look.width - 24) if staff and staff.left else (24, right)
        return left, right

    def _head(self, page: int) -> tuple[float, Piece] | None:
        if not page:
            if self._first.marks:
                return self._head_y, self._first
            return (self._running_y, self._running) if self._running and self._running_first else None
        if self._every and self._first.marks:
            return self._head_y, self._first
        running = self._other_running if self._other_running and self._running and page % 2 else self._running
        return (self._running_y, running) if running else None

    def _head_end(self, page: int) -> float:
        head = self._head(page)
        end = head[0] + head[1].height if head else 0.0
        if self._number.startswith("head"):
            end = max(end, self._number_y(page) + 4)
        if not page and self._running_first and self._first.marks and self._running:
            end += self._running.height + 4
        return end

    def _foot_start(self, page: int) -> float:
        height = self.look.height
        start = height
        if self._foot and not (page and self._foot_first_only):
            start = height - self._foot_low - self._foot.height
        if self._number.startswith("foot"):
            start = min(start, self._number_y(page) - self._number_size)
        if self._more:
            start -= self._number_size + 4
        return start

    def _notes_high(self, page: int) -> float:
        return self._notes.height + 10 if self._notes and not page else 0.0

    # -- the page number

    def _number_place(self) -> str:
        if not self._chance.maybe(self._habits.number):
            return "none"
        return self._chance.weighted(
            (
                ("foot center", 0.24), ("foot right", 0.22), ("foot left", 0.06), ("foot beside", 0.1), ("foot over", 0.08),
                ("foot line", 0.1), ("head right", 0.08), ("head left", 0.02), ("head center", 0.02), ("head line", 0.06),
                ("head over", 0.02), ("head beside", 0.07),
            )
        )  # fmt: skip

    def _number_text(self, page: int, total: int) -> str:
        if self._roman:
            return ROMAN[min(page, len(ROMAN) - 1)]
        text = self._pattern.format(p=page + 1 + self._offset, n=total + self._offset)
        return drawable(text, self._family.plain)

    def _number_y(self, page: int) -> float:
        """The number's baseline."""
        height, size = self.look.height, self._number_size
        if self._number.startswith("head"):
            head = self._head(page)
            if head is None:
                return self._running_y + size
            if self._number == "head beside":
                first = [mark for mark in head[1].marks if isinstance(mark, Text)]
                if first and max(m.x + m.width for m in first if m.y < first[0].y + 9) < self._head_wide - 70:
                    return head[0] + first[0].y
            if self._number == "head over":
                return max(size + 3, head[0] - 4)
            return head[0] + head[1].height + size + 2
        foot = self._foot if not (page and self._foot_first_only) else None
        if foot is None:
            return height - self._foot_low - 2
        top = height - self._foot_low - foot.height
        if self._number == "foot over":
            return top - 4
        if self._number == "foot beside":
            return top + foot.height - 3
        low = height - self._foot_low + size + 2
        return low if low < height - 5 else top - 4

    def _number_marks(self, page: int, total: int) -> list[Mark]:
        if self._number in ("none", "foot line", "head line"):
            return []
        if not page and self._chance_first_hidden:
            return []
        text = self._number_text(page, total)
        face = self._family.face()
        wide = measure(text, face, self._number_size)
        y = self._number_y(page)
        place = self._number.split()[1]
        if place in ("beside", "over"):
            place = "right" if self._even_side else "center"
        if self._number in ("foot beside", "head beside"):
            place = "right"
        left, right = self._head_margin, self.look.width - self._head_margin
        x = {"left": left, "right": right - wide, "center": (left + right - wide) / 2}[place]
        if self._swap and page % 2 and place in ("left", "right") and "beside" not in self._number:
            x = left if place == "right" else right - wide
        return [Text(x, y, text, face, self._number_size, "page_number", self._grey)]

    # -- drawing

    _chance_first_hidden = False
    _even_side = False
    _swap = False
    _grey = BLACK

    def settle(self) -> None:
        """Draw what is left to chance and does not change what room there is."""
        chance = self._chance
        self._chance_first_hidden = chance.maybe(0.1)
        self._even_side = chance.maybe(0.5)
        self._swap = chance.maybe(0.08 if not self._habits.plain else 0.3)
        self._grey = BLACK if chance.maybe(0.75) else Colour(96, 96, 96)

    def marks(self, page: int, total: int) -> tuple[list[Mark], list[Mark]]:
        """What is drawn before the text of a page, and after it."""
        look = self.look
        out: list[Mark] = []
        x = self._head_x
        head = self._head(page)
        if head:
            out += [moved(mark, x, head[0]) for mark in self._with_number(head[1], "head line", page, total)]
        if not page and self._running_first and self._first.marks and self._running:
            y = self._head_y + self._first.height + 4
            out += [moved(mark, x, y) for mark in self._with_number(self._running, "", page, total)]
        x = self._head_margin
        if self._foot and not (page and self._foot_first_only):
            y = look.height - self._foot_low - self._foot.height
            out += [moved(mark, x, y) for mark in self._with_number(self._foot, "foot line", page, total)]
        elif self._number == "foot line":
            text = self._number_text(page, total)
            face = self._family.face()
            wide = measure(text, face, self._number_size)
            out.append(
                Text(
                    (look.width - wide) / 2,
                    look.height - self._foot_low,
                    text,
                    face,
                    self._number_size,
                    "page_number",
                )
            )
        out += self._number_marks(page, total)
        if self._notes and not page:
            out += [moved(mark, self.sides(0)[0], self.bottom(0) + 6) for mark in self._notes.marks]
        if self._more and page + 1 < total:
            left, right = self.sides(page)
            wide = measure(self._more, look.family.face(), look.size)
            y = self.bottom(page) + look.size + 2
            out.append(
                Text(
                    right - wide if self._even_side else (left + right - wide) / 2,
                    y,
                    self._more,
                    look.family.face(),
                    look.size,
                    "footer",
                )
            )
        staff = self._staff
        if staff is not None and (not page or staff.every):
            y = staff.y if staff.from_top else max(staff.y, self._head_end(0) + 8)
            low = self._foot_start(page) - 4
            room = low - y
            out += [moved(mark, staff.x, y) for mark in staff.marks if _low(mark) < room]
            if staff.line:
                at = staff.x + staff.wide + staff.gap / 2 if staff.left else staff.x - staff.gap / 2
                out.append(Rule(at, y, at, y + min(room, staff.height + 20), 0.6, look.accent))
        behind: list[Mark] = []
        if self._mark:
            size = min(90.0, look.width / (0.62 * len(self._mark)))
            face = self._family.face(True)
            text = drawable(self._mark, self._family.plain)
            wide = measure(text, face, size) * math.cos(math.radians(45))
            grey = Colour(225, 225, 225)
            behind.append(
                Text(
                    max(20.0, (look.width - wide) / 2),
                    look.height / 2 + wide / 2,
                    text,
                    face,
                    size,
                    "footer",
                    grey,
                    angle=45,
                )
            )
        if self._edge:
            text = drawable(self._edge, self._family.plain)
            behind.append(
                Text(
                    13 if self._even_side else look.width - 8,
                    look.height * 0.7,
                    text,
                    self._family.face(),
                    5.5,
                    "footer",
                    angle=90,
                )
            )
        return ([*behind, *out], []) if self._behind else (behind, out)

    def _with_number(self, piece: Piece, place: str, page: int, total: int) -> list[Mark]:
        """The marks; where the number belongs to a line of this piece, to its last line."""
        if self._number != place:
            return list(piece.marks)
        texts = [number for number, mark in enumerate(piece.marks) if isinstance(mark, Text)]
        if not texts:
            return list(piece.marks)
        at = texts[-1] if place == "foot line" or self._even_side else texts[0]
        marks = list(piece.marks)
        mark = marks[at]
        assert isinstance(mark, Text)  # noqa: S101 - chosen above
        between = "   " if self._even_side else " - "
        longer = replace(mark, text=f"{mark.text}{between}{self._number_text(page, total)}")
        spare = longer.width - mark.width
        room = self.look.width - self._head_margin - 6 - self._head_margin
        if longer.x + longer.width > room + 6:
            longer = replace(longer, x=max(0.0, longer.x - spare))
        marks[at] = longer
        return marks

    # -- letterhead

    def _small(self) -> float:
        return round(self._chance.around(8.2, 1.3, 5.5, 11) * 2) / 2

    def _pick(self, options: Sequence[str], count: int) -> list[str]:
        return [
            drawable(self._facts.fill(line), self._family.plain) for line in self._chance.some(options, count)
        ]

    def _block(
        self, lines: Sequence[str], wide: float, align: str, size: float, bold: int = 0, colour: Colour = BLACK, factor: float = 1.0,
        family: Family | None = None, label: str = "header",
    ) -> Piece:  # fmt: skip
        """Lines below each other; the first ``bold`` of them bold and ``factor`` larger."""
        family = family or self._family
        piece = Piece()
        pitch = self._chance.between(1.08, 1.4)
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

    def _footnotes(self) -> Piece:
        """Notes at the foot of the first page, below a short rule: text like any other."""
        chance, facts = self._chance, self._facts
        lines = [
            "* {mail}",
            "1 {hospital}",
            "{LASTN} {initial} and {LASTN} {initial} contributed equally.",
            "2 {web}",
            "3 {topic}",
        ]
        left, right = self.sides(0)
        wide = right - left if self.look.columns == 1 else (right - left - self.look.gutter) / 2
        piece = self._block(
            self._pick(lines, chance.number(1, 3)),
            wide,
            "left",
            self._small() * 0.9,
            label="body",
            family=self.look.family,
        )
        piece.marks.append(Rule(0, -2, min(wide, 90.0), -2, 0.5))
        return piece

    def _letterhead(self) -> Piece:
        chance, facts = self._chance, self._facts
        words = facts.words
        size = self._small() + chance.between(0, 1.5)
        count = chance.few(4, 1, 9)
        top = [drawable(facts["hospital"], self._family.plain)]
        if chance.maybe(0.4):
            top.insert(
                chance.number(0, 1),
                drawable(facts.fill(chance.of(("{trust}", "{department}", "{unit}"))), self._family.plain),
            )
        if chance.maybe(0.12):
            top = [drawable(facts.fill(chance.of(("{unit}", "{chief}", "{doctor}"))), self._family.plain)]
        rest = self._pick(words.letterhead_lines, count)
        rest = [line for line in rest if line not in top]
        if self._habits.plain:  # the head of a journal, or of who wrote a report
            top = self._pick(
                (
                    "{journal}",
                    "{publisher}",
                    "{journal} {year}, ##:###",
                    "{hospital}",
                    "{journal} ## ({year}) ###–###",
                ),
                1,
            )
            rest = self._pick(_JOURNAL_LINES, min(count, 4))
        colour = self.look.accent if chance.maybe(0.35) else BLACK
        factor = 1.0 if chance.maybe(0.2) else chance.between(1.05, 1.9)
        shape = chance.of(
            ("center", "left", "right", "logo left", "logo right", "logo both", "sides", "banner", "boxed", "quality", "line", "three",
             "logo alone", "logo above", "center", "left", "sides", "logo left")
        )  # fmt: skip
        wide = self._wide
        piece = Piece()
        bold = len(top) if chance.maybe(0.8) else 0
        if shape in ("center", "left", "right", "line"):
            align = shape if shape != "line" else chance.of(("left", "center", "right"))
            lines = [*top, *rest] if shape != "line" else [" - ".join([*top, *rest[:1]])]
            piece = self._block(lines, wide, align, size, bold, colour, factor)
        elif shape.startswith("logo"):
            piece = self._with_logo(shape, [*top, *rest], wide, size, bold, colour, factor)
        elif shape == "sides":
            cut = chance.number(1, max(1, len(rest)))
            left = self._block([*top, *rest[:cut]], wide * 0.48, "left", size, bold, colour, factor)
            more = rest[cut:] or self._pick(words.letterhead_lines, 2)
            right = self._block(
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
                column = self._block(
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
            inner = self._block(
                [*top, *rest[:2]], wide - 24, chance.of(("left", "center")), size, bold, WHITE, factor
            )
            piece = Piece(
                inner.height + 12,
                [Area(0, 0, wide, inner.height + 12, fill), *[moved(mark, 12, 6) for mark in inner.marks]],
            )
        elif shape == "boxed":
            inner = self._block(
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
        chance, facts = self._chance, self._facts
        widths = (wide * 0.25, wide * 0.48, wide * 0.27)
        cells = [
            self._block([*top, *rest[:1]], widths[0] - 8, "center", size * 0.9),
            self._block(
                [facts["title"]] if chance.maybe(0.5) else rest[1:3] or top, widths[1] - 8, "center", size, 1, factor=1.2
            ),
            self._block(
                [facts.fill(line) for line in chance.some(("Réf : @@-##", "Version #.#", "{date}", "Code: @@@-###", "Rev. ##", "Date : {date}"), 3)],
                widths[2] - 8, "left", size * 0.85,
            ),
        ]  # fmt: skip
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
        chance = self._chance
        high = chance.between(24, 70)
        across = high * chance.between(0.8, 2.2)
        logo = self._logo(across, high)
        if shape == "logo alone":
            x = chance.of((0.0, (wide - across) / 2, wide - across))
            return Piece(high, [moved(mark, x, 0) for mark in logo])
        if shape == "logo above":
            align = chance.of(("left", "center"))
            text = self._block(lines, wide, align, size, bold, colour, factor)
            x = 0.0 if align == "left" else (wide - across) / 2
            return Piece(
                high + 6 + text.height,
                [*[moved(m, x, 0) for m in logo], *[moved(m, 0, high + 6) for m in text.marks]],
            )
        side = 2 if shape == "logo both" else 1
        room = max(120.0, wide - side * (across + 14))
        text = self._block(lines, room, chance.of(("left", "center", "right")), size, bold, colour, factor)
        x = 0.0 if shape == "logo right" else across + 14
        marks = [moved(mark, x, 0) for mark in text.marks]
        if shape != "logo right":
            marks += logo
        if shape != "logo left":
            marks += [moved(mark, wide - across, 0) for mark in logo]
        return Piece(max(high, text.height), marks)

    def _logo(self, across: float, high: float) -> list[Mark]:
        chance = self._chance
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
                "".join(part[0] for part in self._facts["hospital"].split() if part[0].isupper())[:4] or "CH"
            )
            face = self._family.face(True)
            size = min(high, across / max(0.1, measure(text, face, 1)))
            return [
                Text(
                    0,
                    high * 0.5 + size * 0.35,
                    drawable(text, self._family.plain),
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

    # -- running head, feet

    def _lines_of_head(self) -> list[str]:
        words = self._facts.words
        if self._habits.plain:
            options = (
                "{journal}", "{journal} {year};##:###-##", "{LASTN} et al.", "{topic}", "{LASTN} and {LASTN}", "{journal} ## ({year}) ###",
                "{topic} - {publisher}", "https://doi.org/10.####/{initials2}.####", "{publisher}", "{LASTN} et al. / {journal} ## ({year}) ###–###",
                "{LASTN} et al. {journal} ({year}) ##:###", "www.{publisher}.example", "{hospital} - {date}", "RESEARCH ARTICLE", "Open access",
                "{journal}, Vol. ##, No. #", "{LASTN} et al. ({year}). {topic}: {topic}. {journal}, #(#), ###. https://doi.org/10.####/{initials2}.####", "Preprint, not peer reviewed. doi: 10.####/####.##.##", "Volume ## | Article ######",
            )  # fmt: skip
            return self._pick(options, 1 if self._chance.maybe(0.7) else 2)
        return self._pick(words.running_lines, self._chance.weighted(((1, 0.65), (2, 0.27), (3, 0.08))))

    def _running_head(self) -> Piece:
        chance = self._chance
        wide = self._wide
        size = self._small()
        lines = self._lines_of_head()
        shape = chance.of(("left", "center", "right", "sides", "boxed", "left", "sides"))
        colour = BLACK if chance.maybe(0.75) else chance.of(DARK)
        italic = chance.maybe(0.2)
        family = replace(self._family, regular=self._family.italic) if italic else self._family
        bold = chance.number(0, 1)
        if shape == "sides" and len(lines) < 2:
            lines = [*lines, *self._lines_of_head()]
        if shape == "sides":
            left = self._block(lines[:1], wide * 0.6, "left", size, bold, colour, family=family)
            right = self._block(lines[1:2], wide * 0.36, "right", size, 0, colour, family=family)
            piece = Piece(
                max(left.height, right.height),
                left.marks + [moved(mark, wide * 0.64, 0) for mark in right.marks],
            )
        elif shape == "boxed":
            inner = self._block(
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
            piece = self._block(lines, wide, shape, size, bold, colour, family=family)
        if chance.maybe(0.3):
            piece.marks.append(
                Rule(0, piece.height + 2, wide, piece.height + 2, chance.between(0.3, 1.5), self.look.accent)
            )
            piece.height += 3
        return piece

    def _foot_lines(self) -> list[str]:
        chance, words = self._chance, self._facts.words
        if self._habits.plain:
            options = (
                "{journal} | www.{publisher}.example", "© {year} {publisher}", "{publisher}", "{LASTN} et al. {journal} ({year}) ##:##",
                "https://doi.org/10.####/{initials2}.####", "{journal} {year}, ##, ###", "Downloaded from {web} on {date}",
                "This is an open access article distributed under the terms of a Creative Commons licence.", "{date}",
                "{topic}", "{LASTN}, {initial}., & {LASTN}, {initial}. ({year}). {topic}: {topic}. {journal}, #(#), ###. https://doi.org/10.####/{initials2}.####", "{hospital}", "Draft of {date}", "All rights reserved.", "{LASTN} et al.",
            )  # fmt: skip
            return self._pick(options, chance.weighted(((1, 0.7), (2, 0.3))))
        pools = (words.footer_lines, words.legal_lines, words.print_lines)
        count = chance.weighted(((1, 0.45), (2, 0.27), (3, 0.16), (4, 0.08), (6, 0.04)))
        lines = []
        for _ in range(count):
            pool = chance.weighted(((pools[0], 0.6), (pools[1], 0.22), (pools[2], 0.18)))
            lines += self._pick(pool, 1)
        return lines

    def _footer(self) -> Piece:
        chance = self._chance
        wide = self._wide
        # A number beside the last line needs its place.
        room = wide - 110 if self._number == "foot beside" else wide
        size = max(5.0, self._small() - chance.between(0, 2))
        lines = self._foot_lines()
        colour = BLACK if chance.maybe(0.65) else chance.of((*DARK, Colour(110, 110, 110)))
        shape = chance.of(("center", "left", "right", "sides", "three", "banner", "center", "center", "left"))
        if self._number == "foot beside":
            shape = "left"
        bold = chance.number(0, 1) if chance.maybe(0.2) else 0
        if shape == "sides":
            left = self._block(lines[:1], wide * 0.55, "left", size, bold, colour, label="footer")
            more = lines[1:] or self._foot_lines()[:1]
            right = self._block(more, wide * 0.4, "right", size, 0, colour, label="footer")
            piece = Piece(
                max(left.height, right.height),
                left.marks + [moved(mark, wide * 0.6, 0) for mark in right.marks],
            )
        elif shape == "three":
            each = wide / 3 - 8
            piece = Piece()
            lines = [*lines, *self._foot_lines(), *self._foot_lines()]
            for number in range(3):
                column = self._block(
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
            inner = self._block(lines, wide - 16, "center", size, bold, WHITE, label="footer")
            fill = self.look.accent if sum(self.look.accent) > 60 else Colour(60, 60, 60)
            piece = Piece(
                inner.height + 8,
                [Area(0, 0, wide, inner.height + 8, fill), *[moved(mark, 8, 4) for mark in inner.marks]],
            )
        else:
            piece = self._block(lines, room, shape, size, bold, colour, label="footer")
        if chance.maybe(0.35):
            piece.marks = [
                Rule(0, 0, wide, 0, chance.between(0.3, 1.2), self.look.accent),
                *[moved(mark, 0, 3) for mark in piece.marks],
            ]
            piece.height += 3
        return piece

    # -- staff column

    def _staff_column(self) -> Staff:
        chance, facts, look = self._chance, self._facts, self.look
        words = facts.words
        left = chance.maybe(0.72)
        wide = look.width * chance.between(0.14, 0.31)
        edge = chance.between(10, 45)
        x = edge if left else look.width - edge - wide
        size = chance.between(5.5, 9.0)
        align = chance.of(("left", "center", "right", "left"))
        small = chance.maybe(0.15)  # a few lines anywhere
        room = look.height * (chance.between(0.04, 0.2) if small else chance.between(0.25, 0.92))
        family = self._family
        title_bold = chance.maybe(0.75)
        upper = chance.maybe(0.25)
        pitch = chance.between(1.08, 1.45)
        space = chance.between(0.2, 1.3)
        title_colour = look.accent if chance.maybe(0.4) else BLACK
        filled = chance.maybe(0.15)
        marks: list[Mark] = []
        y = 0.0
        while y < room:
            paper = self._habits.plain
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
            x, chance.between(14, 60) if from_top else chance.between(30, look.height * 0.75 if small else 190), wide, y, left, chance.maybe(0.3), chance.maybe(0.5),
            chance.between(12, 28), chance.maybe(0.3), from_top, marks,
        )  # fmt: skip


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


def _low(mark: Mark) -> float:
    if isinstance(mark, Text):
        return mark.y
    return 0.0 if isinstance(mark, (Area, Curve)) else mark.y1
