"""Sets blocks as rows: pieces of a known height that stand below each other and can be parted by a page's end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod

from models.line_labeller.generator.blocks import (
    Beside,
    Block,
    Grid,
    Hang,
    Head,
    Lines,
    Name,
    Pairs,
    Points,
    Prose,
    Scrawl,
    Space,
    Stroke,
)
from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.fonts import Family, drawable, measure, width
from models.line_labeller.generator.ink import BLACK, Colour
from models.line_labeller.generator.look import WHITE, Look
from models.line_labeller.generator.sheet import Area, Curve, Mark, Rule, Text, moved

_UP = 0.78  # where the baseline is in a line of its size, from the top


@dataclass(slots=True)
class Row:
    """``marks`` are placed from the row's upper left corner. ``keep``: not parted from the next row.
    ``space``: it is left out at the head of a page."""

    height: float
    marks: list[Mark] = field(default_factory=list)
    keep: bool = False
    space: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """How letters are set."""

    face: str
    size: float
    pitch: float
    plain: bool
    colour: Colour = BLACK


def wrap(
    words: Sequence[str], face: str, size: float, first: float, rest: float, hyphenate: bool = False
) -> list[list[str]]:
    """Break words into lines, the first of them ``first`` points wide. A word wider than a line is cut."""
    lines: list[list[str]] = [[]]
    room = first
    space = size * width(" ", face)
    queue = list(reversed(words))
    while queue:
        word = queue.pop()
        wide = size * width(word, face)
        used = wide + (space if lines[-1] else 0.0)
        if used <= room:
            lines[-1].append(word)
            room -= used
            continue
        if hyphenate and len(word) > 6:
            at = _division(word, face, size, room - (space if lines[-1] else 0.0))
            if at:
                lines[-1].append(word[:at] + "-")
                queue.append(word[at:])
                lines.append([])
                room = rest
                continue
        if not lines[-1]:
            at = max(1, int(len(word) * room / wide)) if wide else len(word)
            if at >= len(word):
                lines[-1].append(word)
                room -= wide
                continue
            lines[-1].append(word[:at])
            word = word[at:]
        queue.append(word)
        lines.append([])
        room = rest
    return [line for line in lines if line]


_VOWELS = "aeiouyéèêàâîôûAEIOUY"


def _division(word: str, face: str, size: float, room: float) -> int:
    for at in range(len(word) - 3, 2, -1):
        if not (
            word[at - 1].isalpha()
            and word[at].isalpha()
            and word[at - 1] in _VOWELS
            and word[at] not in _VOWELS
        ):
            continue
        if size * width(word[:at] + "-", face) <= room:
            return at
    return 0


class Setter:
    """Sets the blocks of one document."""

    def __init__(self, look: Look, chance: Chance) -> None:
        self.look = look
        self._chance = chance
        self._numbers = [0, 0]

    def rows(self, blocks: Sequence[Block], wide: float) -> list[Row]:
        """Set the blocks one below the other."""
        out: list[Row] = []
        for block in blocks:
            out += self.set(block, wide)
        return out

    def stack(self, blocks: Sequence[Block], wide: float) -> tuple[float, list[Mark]]:
        """The same in one piece: its height and marks."""
        return _piled(self.rows(blocks, wide))

    @singledispatchmethod
    def set(self, block: Block, wide: float) -> list[Row]:
        """The rows of one block."""
        raise TypeError(f"there is no way to set {type(block).__name__}")

    def _type(
        self,
        family: Family,
        factor: float = 1.0,
        bold: bool = False,
        italic: bool = False,
        colour: Colour | None = None,
    ) -> Type:
        size = round(self.look.size * factor * 4) / 4
        face = family.face(bold, italic)
        return Type(
            face, size, size * self.look.leading, family.plain, self.look.ink if colour is None else colour
        )

    @set.register
    def _(self, block: Prose, wide: float) -> list[Row]:
        look = self.look
        kind = self._type(look.family, block.factor, block.bold, block.italic)
        align = block.align or ("justify" if look.justify else "left")
        out: list[Row] = []
        lead = drawable(block.lead, kind.plain)
        lead_face = look.family.face(True, block.italic)
        # A space too many keeps the bold words and the others apart.
        taken = measure(lead, lead_face, kind.size) + kind.size * 0.35 if lead else 0.0
        inner = max(wide - block.indent, 40.0)
        taken = min(taken, inner - 30)
        first = block.indent + (look.first_indent if not lead and block.label == "body" else 0.0)
        lines = wrap(
            drawable(block.text, kind.plain).split(),
            kind.face,
            kind.size,
            inner - taken - (first - block.indent),
            inner,
            look.hyphenate,
        )
        for number, words in enumerate(lines):
            x = block.indent if number else first
            room = inner if number else inner - taken - (first - block.indent)
            row = Row(kind.pitch)
            base = _base(kind)
            if lead and not number:
                row.marks.append(Text(x, base, lead, lead_face, kind.size, block.label, kind.colour))
                x += taken
            row.marks.append(_line(words, x, base, kind, block.label, align, room, number == len(lines) - 1))
            out.append(row)
        if not block.tight and look.gap:
            out.append(Row(look.gap * kind.pitch, space=True))
        return out

    @set.register
    def _(self, block: Head, wide: float) -> list[Row]:
        style = self.look.heading
        factor = style.factor if block.level == 1 else max(1.0, style.factor * 0.92)
        other = block.level > 1 and style.other_marks
        bold, italic = style.bold and not other, style.italic or other
        kind = self._type(style.family, factor, bold, italic, WHITE if _deep(style.fill) else style.colour)
        text = block.text.upper() if style.capital and block.level == 1 else block.text
        text = drawable(
            style.prefix + self._numbered(block.level) + text.rstrip(" :.") + style.end, kind.plain
        )
        indent = max(style.indent, 0.0) + (8.0 if other else 0.0)
        out = [Row(style.before * kind.pitch, space=True, keep=True)] if style.before else []
        lines = wrap(text.split(), kind.face, kind.size, wide - indent - 8, wide - indent - 8)
        pad = 2.0 if style.fill or style.boxed else 0.0
        for number, words in enumerate(lines):
            row = Row(kind.pitch + 2 * pad, keep=True)
            if style.fill or style.boxed:
                stroke = style.colour if style.boxed else None
                row.marks.append(Area(0, 0, wide, row.height, fill=style.fill, stroke=stroke))
            text_mark = _line(
                words,
                indent + 2 * pad,
                _base(kind) + pad,
                kind,
                "section",
                style.align,
                wide - indent - 2 * pad,
                True,
            )
            row.marks.append(text_mark)
            if style.underline:
                y = text_mark.y + 1.6
                row.marks.append(Rule(text_mark.x, y, text_mark.x + text_mark.width, y, 0.6, style.colour))
            if style.rule and number == len(lines) - 1:
                row.height += 3
                row.marks.append(Rule(0, row.height - 1.5, wide, row.height - 1.5, 0.6, style.colour))
            out.append(row)
        if style.after:
            out.append(Row(style.after * kind.pitch, space=True, keep=True))
        return out

    def _numbered(self, level: int) -> str:
        kind = self.look.heading.numbering
        if not kind:
            return ""
        if level == 1:
            self._numbers = [self._numbers[0] + 1, 0]
            number = self._numbers[0]
            if kind == "roman":
                return ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")[
                    (number - 1) % 13
                ] + ". "
            if kind == "letter":
                return "ABCDEFGHIJKLMN"[(number - 1) % 14] + ". "
            return kind.format(number)
        self._numbers[1] += 1
        return f"{self._numbers[0]}.{self._numbers[1]} " if "{" in kind else ""

    @set.register
    def _(self, block: Hang, wide: float) -> list[Row]:
        look, style = self.look, self.look.heading
        head = self._type(style.family, 1.0, style.bold, style.italic, style.colour)
        kind = self._type(look.family)
        x = wide * block.share
        said = drawable(block.head.upper() if style.capital else block.head, head.plain)
        left = wrap(said.split(), head.face, head.size, x - 8, x - 8)
        right = wrap(drawable(block.text, kind.plain).split(), kind.face, kind.size, wide - x, wide - x)
        out = []
        for number in range(max(len(left), len(right))):
            row = Row(kind.pitch, keep=number < len(left))
            if number < len(left):
                row.marks.append(_line(left[number], 0, _base(kind), head, "section", "left", x, True))
            if number < len(right):
                row.marks.append(_line(right[number], x, _base(kind), kind, "body", "left", wide - x, True))
            out.append(row)
        out.append(Row(max(look.gap, 0.3) * kind.pitch, space=True))
        return out

    @set.register
    def _(self, block: Points, wide: float) -> list[Row]:
        look = self.look
        kind = self._type(look.family)
        out: list[Row] = []
        indent = look.bullet_indent
        for number, item in enumerate(block.items, 1):
            mark = drawable(look.bullet.replace("1", str(number)), kind.plain) or "-"
            if look.bullet == "a)":
                mark = f"{'abcdefghijklmnopqrstuvwxyz'[(number - 1) % 26]})"
            hang = measure(mark + "  ", kind.face, kind.size)
            room = wide - indent - hang
            lines = wrap(drawable(item, kind.plain).split(), kind.face, kind.size, room, room)
            for place, words in enumerate(lines):
                row = Row(kind.pitch)
                base = _base(kind)
                if not place:
                    row.marks.append(Text(indent, base, mark, kind.face, kind.size, block.label, kind.colour))
                row.marks.append(_line(words, indent + hang, base, kind, block.label, "left", room, True))
                out.append(row)
        if look.gap:
            out.append(Row(look.gap * kind.pitch, space=True))
        return out

    @set.register
    def _(self, block: Name, wide: float) -> list[Row]:
        style = self.look.title
        colour = WHITE if _deep(style.fill) else style.colour
        marks: list[Mark] = []
        y = 5.0 if style.boxed or style.fill else 0.0
        left, right = wide, 0.0
        for number, line in enumerate(block.lines):
            factor = style.factor if not number else max(1.0, style.factor * 0.8)
            kind = self._type(style.family, factor, style.bold, style.italic, colour)
            text = line.upper() if style.capital and not number else line
            for words in wrap(drawable(text, kind.plain).split(), kind.face, kind.size, wide - 16, wide - 16):
                mark = _line(words, 8, y + _base(kind), kind, "title", style.align, wide - 16, True)
                if style.spaced and mark.width + style.spaced * len(mark.text) < wide - 10:
                    x = 8.0 if style.align == "left" else max(4.0, mark.x - style.spaced * len(mark.text) / 2)
                    mark = replace(mark, char_space=style.spaced, x=x)
                marks.append(mark)
                left, right = min(left, mark.x), max(right, mark.x + mark.width)
                if style.underline:
                    marks.append(Rule(mark.x, mark.y + 2, mark.x + mark.width, mark.y + 2, 0.8, colour))
                y += kind.pitch
        if style.boxed or style.fill:
            y += 5
            sides = (0.0, wide) if self._chance.maybe(0.5) else (max(0.0, left - 8), min(wide, right + 8))
            marks.insert(
                0, Area(sides[0], 0, sides[1], y, style.fill, style.colour if style.boxed else None, 0.8)
            )
        elif style.rules:
            marks += [
                Rule(0, -2, wide, -2, 0.8, style.colour),
                Rule(0, y + 3, wide, y + 3, 0.8, style.colour),
            ]
            y += 5
        pitch = self.look.size * self.look.leading
        return [
            Row(style.before * pitch, space=True),
            Row(y, marks, keep=True),
            Row(style.after * pitch, space=True, keep=True),
        ]

    @set.register
    def _(self, block: Grid, wide: float) -> list[Row]:
        look, style = self.look, self.look.table
        rules = block.rules or style.rules
        plain = self._type(look.family, style.factor)
        bold = self._type(look.family, style.factor, bold=True)
        count = max(len(row) for row in (*block.rows, block.head))
        weights = list(block.weights or [1.0] * count)
        total = wide * (style.wide if count > 2 else max(0.5, style.wide))
        if count > 3:
            total = max(total, wide * 0.85)
        widths = [total * weight / sum(weights) for weight in weights]
        out: list[Row] = []
        caption = self._caption(block, wide, plain)
        if caption and not style.caption_below:
            out += caption
        body = [(list(row), number in block.sections, False) for number, row in enumerate(block.rows)]
        if block.head:
            body.insert(0, (list(block.head), False, True))
        for number, (cells, section, head) in enumerate(body):
            kind = bold if section or (head and style.head_bold) else plain
            row = self._grid_row(cells, widths, kind, block.label, whole=section)
            last = number == len(body) - 1
            fill = style.head_fill if head else look.accent if False else None
            if fill is None and style.zebra and number % 2:
                fill = Colour(240, 240, 240)
            if fill is not None:
                row.marks.insert(0, Area(0, 0, total, row.height, fill))
            _rule(row, widths, total, rules, head, not number, last)
            row.keep = head or (last and bool(caption) and style.caption_below)
            out.append(row)
        if caption and style.caption_below:
            out += caption
        out.append(Row(max(look.gap, 0.5) * plain.pitch, space=True))
        return out

    def _caption(self, block: Grid, wide: float, kind: Type) -> list[Row]:
        if not block.caption:
            return []
        words = drawable(block.caption, kind.plain).split()
        align = "center" if self._chance.maybe(0.3) else "left"
        rows = []
        for line in wrap(words, kind.face, kind.size, wide, wide):
            mark = _line(line, 0, _base(kind), kind, block.label, align, wide, True)
            rows.append(Row(kind.pitch, [mark], keep=True))
        rows.append(Row(3, space=True, keep=True))
        return rows

    def _grid_row(self, cells: list[str], widths: list[float], kind: Type, label: str, whole: bool) -> Row:
        style = self.look.table
        pitch = kind.size * style.leading
        marks: list[Mark] = []
        most = 1
        x = 0.0
        for number, wide in enumerate(widths):
            text = drawable(cells[number], kind.plain) if number < len(cells) else ""
            room = (sum(widths) if whole else wide) - 2 * style.pad
            lines = wrap(text.split(), kind.face, kind.size, room, room)
            numeric = bool(text) and not text[0].isalpha()
            align = style.numbers if numeric and number else "left"
            for place, words in enumerate(lines):
                y = place * pitch + (pitch - kind.size) / 2 + kind.size * _UP
                marks.append(_line(words, x + style.pad, y, kind, label, align, room, True))
            most = max(most, len(lines))
            if style.dots and not number and lines and not whole and len(widths) > 1 and len(lines) == 1:
                end = marks[-1]
                assert isinstance(end, Text)  # noqa: S101 - it was added above
                dots = int(
                    (x + wide - style.pad - end.x - end.width) / (kind.size * width(".", kind.face)) - 1
                )
                if dots > 2:
                    at = len(marks) - 1
                    marks[at] = replace(end, text=f"{end.text} {'.' * (dots - 1)}")
            x += wide
        return Row(most * pitch + (style.leading - 1) * 3, marks)

    @set.register
    def _(self, block: Lines, wide: float) -> list[Row]:
        look = self.look
        family = look.second if block.second else look.family
        x = block.at * wide
        room = max(30.0, min(wide - x, block.wide * wide))
        pad = 5.0 if block.boxed or block.fill else 0.0
        rows: list[Row] = []
        for number, line in enumerate(block.lines):
            kind = self._type(family, block.factor, number in block.bold, colour=block.colour)
            if _deep(block.fill):
                kind = replace(kind, colour=WHITE)
            pitch = kind.size * block.leading if block.leading else kind.pitch
            for words in wrap(
                drawable(line, kind.plain).split(), kind.face, kind.size, room - 2 * pad, room - 2 * pad
            ):
                label = "section" if block.headed and not number else block.label
                mark = _line(words, x + pad, _base(kind), kind, label, block.align, room - 2 * pad, True)
                rows.append(Row(pitch, [mark], keep=block.keep))
        if not rows:
            return []
        if pad:
            height, marks = _piled(rows)
            inner = [moved(mark, 0, pad) for mark in marks]
            area = Area(x, 0, x + room, height + 2 * pad, block.fill, look.accent if block.boxed else None)
            return [Row(height + 2 * pad + 2, [area, *inner])]
        rows[-1].keep = False
        return rows

    @set.register
    def _(self, block: Pairs, wide: float) -> list[Row]:
        look = self.look
        x0 = block.at * wide
        room = max(80.0, min(wide - x0, wide * block.wide))
        pad = 5.0 if block.boxed or block.grid or block.fill else 0.0
        columns = max(1, min(block.columns, int((room - 2 * pad) / (block.factor * look.size * 15))))
        each = (room - 2 * pad) / columns
        kind = self._type(look.family, block.factor)
        names = self._type(look.family, block.factor, block.bold_names)
        values = self._type(look.family, block.factor, block.bold_values)
        aligned = 0.0
        if block.aligned:
            widest = max(
                measure(drawable(name, kind.plain), names.face, names.size) for name, _ in block.items
            )
            aligned = min(widest + 12, each * 0.6)
        marks: list[Mark] = []
        y = pad
        for start in range(0, len(block.items), columns):
            most = kind.pitch
            for place, (name, value) in enumerate(block.items[start : start + columns]):
                x = x0 + pad + place * each
                said = drawable(name + block.colon.rstrip(), kind.plain)
                marks.append(
                    Text(x, y + _base(kind), said, names.face, names.size, block.label, names.colour)
                )
                begin = aligned or measure(said, names.face, names.size) + kind.size * 0.3
                text = drawable(value, kind.plain)
                lines = wrap(
                    text.split(),
                    values.face,
                    values.size,
                    max(20.0, each - begin - 4),
                    max(20.0, each - begin - 4),
                )
                for number, words in enumerate(lines):
                    base = y + number * kind.pitch + _base(kind)
                    marks.append(
                        _line(words, x + begin, base, values, block.label, "left", each - begin, True)
                    )
                most = max(most, len(lines) * kind.pitch)
            y += most
            if block.grid and start + columns < len(block.items):
                marks.append(Rule(x0, y, x0 + room, y, 0.4))
                y += 2
        y += pad
        if block.boxed or block.grid or block.fill:
            stroke = BLACK if block.boxed or block.grid else None
            radius = 6.0 if block.boxed and self._chance.maybe(0.15) else 0.0
            marks.insert(0, Area(x0, 0, x0 + room, y, block.fill, stroke, 0.6, radius))
            if block.grid:
                marks += [
                    Rule(x0 + pad / 2 + place * each, 0, x0 + pad / 2 + place * each, y, 0.4)
                    for place in range(1, columns)
                ]
        return [Row(y, marks)]

    @set.register
    def _(self, block: Beside, wide: float) -> list[Row]:
        gap = 18.0
        first = (wide - gap) * block.share
        left_height, left = _piled(self.set(block.left, first))
        right_height, right = _piled(self.set(block.right, wide - gap - first))
        return [Row(max(left_height, right_height), left + [moved(mark, first + gap, 0) for mark in right])]

    @set.register
    def _(self, block: Space, wide: float) -> list[Row]:
        return [Row(block.lines * self.look.size * self.look.leading, space=True)]

    @set.register
    def _(self, block: Stroke, wide: float) -> list[Row]:
        return [Row(5, [Rule(0, 2.5, wide, 2.5, block.width, self.look.accent)])]

    @set.register
    def _(self, block: Scrawl, wide: float) -> list[Row]:
        chance = Chance([block.seed], self._chance.split)
        x = block.at * wide
        wide = min(block.width, wide - x)
        if block.kind == "figure":
            return [Row(block.height + 6, _figure(chance, x, wide, block.height))]
        points = [
            (x + wide * number / 11 + chance.between(-6, 6), chance.between(2, block.height - 2))
            for number in range(chance.number(6, 12))
        ]
        colour = Colour(20, 30, 140) if chance.maybe(0.6) else BLACK
        return [Row(block.height, [Curve(tuple(points), chance.between(0.6, 1.6), colour)])]


def _figure(chance: Chance, x: float, wide: float, height: float) -> list[Mark]:
    marks: list[Mark] = [
        Rule(x + 8, 4, x + 8, height - 6, 0.8),
        Rule(x + 8, height - 6, x + wide - 4, height - 6, 0.8),
    ]
    bars = chance.number(4, 12)
    each = (wide - 24) / bars
    for number in range(bars):
        top = chance.between(10, height - 12)
        grey = chance.number(60, 190)
        marks.append(
            Area(
                x + 12 + number * each,
                top,
                x + 12 + (number + 0.7) * each,
                height - 6,
                Colour(grey, grey, grey),
            )
        )
    return marks


def _piled(rows: list[Row]) -> tuple[float, list[Mark]]:
    marks: list[Mark] = []
    y = 0.0
    for row in rows:
        marks += [moved(mark, 0, y) for mark in row.marks]
        y += row.height
    return y, marks


def _base(kind: Type) -> float:
    return (kind.pitch - kind.size) / 2 + kind.size * _UP


def _line(
    words: list[str], x: float, y: float, kind: Type, label: str, align: str, room: float, last: bool
) -> Text:
    text = " ".join(words)
    mark = Text(x, y, text, kind.face, kind.size, label, kind.colour)
    if align == "justify":
        if last or len(words) < 2:
            return mark
        spare = room - mark.width
        if spare <= 0 or spare / (len(words) - 1) > kind.size * 1.1:
            return mark
        return replace(mark, word_space=spare / (len(words) - 1))
    if align == "center":
        return replace(mark, x=x + max(0.0, (room - mark.width) / 2))
    if align == "right":
        return replace(mark, x=x + max(0.0, room - mark.width))
    return mark


def _deep(fill: Colour | None) -> bool:
    return fill is not None and sum(fill) < 380


def _rule(
    row: Row, widths: list[float], total: float, rules: str, head: bool, first: bool, last: bool
) -> None:
    bottom = row.height
    if rules == "grid":
        xs = [math.fsum(widths[:number]) for number in range(len(widths) + 1)]
        row.marks += [Rule(x, 0, x, bottom, 0.4) for x in xs]
    if rules == "outer":
        row.marks += [Rule(0, 0, 0, bottom, 0.5), Rule(total, 0, total, bottom, 0.5)]
    if first and rules != "none":
        row.marks.append(Rule(0, 0, total, 0, 0.6))
    if rules in ("grid", "rows") or (rules == "head" and head) or (last and rules in ("outer", "head")):
        row.marks.append(Rule(0, bottom, total, bottom, 0.4))
