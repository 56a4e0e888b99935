"""What stands around the text of one document, on every page."""

from __future__ import annotations

import math
from dataclasses import replace

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.facts import Facts
from models.line_labeller.generator.fonts import drawable, measure
from models.line_labeller.generator.furniture.letterhead import Letterhead
from models.line_labeller.generator.furniture.piece import Habits, Piece, Sketch
from models.line_labeller.generator.furniture.running import Running
from models.line_labeller.generator.furniture.staff import StaffColumn
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import Look
from models.line_labeller.generator.sheet import Area, Curve, Mark, Rule, Text, moved

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
        self._number_size = Sketch(look, chance, facts, habits, 0).small()
        self._staff = (
            StaffColumn(look, chance, facts, habits, 0).draw() if chance.maybe(habits.staff) else None
        )
        self._head_x = self._head_margin
        if self._staff is not None and self._staff.from_top:  # the column begins beside the letterhead
            self._wide = look.width - self._staff.wide - self._head_margin - 40
            if self._staff.left:
                self._head_x = look.width - self._head_margin - self._wide
            else:
                self._wide = min(self._wide, self._staff.x - 12 - self._head_x)
        self._first = (
            Letterhead(look, chance, facts, habits, self._wide).draw()
            if chance.maybe(habits.letterhead)
            else Piece()
        )
        self._head_y = chance.between(10, max(14.0, look.top * 0.9))
        self._every = chance.maybe(0.22) and self._first.height < look.height * 0.2
        running = Running(look, chance, facts, habits, self._wide)
        self._running = running.head() if chance.maybe(habits.later) else None
        self._other_running = running.head() if chance.maybe(0.4 if habits.plain else 0.03) else None
        if self._running and self._other_running:  # left and right pages differ
            self._running.height = self._other_running.height = max(
                self._running.height, self._other_running.height
            )
        self._head_wide = self._wide
        self._wide = look.width - 2 * self._head_margin
        self._running_first = self._running is not None and (not self._first.marks or chance.maybe(0.12))
        self._running_y = chance.between(9, max(12.0, look.top * 0.8))
        running.wide = self._wide
        self._foot = running.foot(self._number == "foot beside") if chance.maybe(habits.footer) else None
        self._notes = running.notes(self._note_width()) if chance.maybe(habits.notes) else None
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

    def _note_width(self) -> float:
        left, right = self.sides(0)
        return right - left if self.look.columns == 1 else (right - left - self.look.gutter) / 2

    def _notes_high(self, page: int) -> float:
        return self._notes.height + 10 if self._notes and not page else 0.0

    # -- the page number

    def _number_place(self) -> str:
        if not self._chance.maybe(self._habits.number):
            return "none"
        return self._chance.weighted(
            (
                ("foot center", 0.24),
                ("foot right", 0.22),
                ("foot left", 0.06),
                ("foot beside", 0.1),
                ("foot over", 0.08),
                ("foot line", 0.1),
                ("head right", 0.08),
                ("head left", 0.02),
                ("head center", 0.02),
                ("head line", 0.06),
                ("head over", 0.02),
                ("head beside", 0.07),
            )
        )

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


def _low(mark: Mark) -> float:
    if isinstance(mark, Text):
        return mark.y
    return 0.0 if isinstance(mark, (Area, Curve)) else mark.y1
