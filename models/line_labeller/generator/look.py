"""The layout of one document, drawn from wide distributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.line_labeller.generator.chance import Chance
from models.line_labeller.generator.fonts import COURIER, HELVETICA, TIMES, Family
from models.line_labeller.generator.ink import BLACK, Colour

DARK = (
    Colour(0, 0, 0), Colour(0, 50, 110), Colour(0, 80, 140), Colour(120, 20, 30), Colour(20, 90, 50), Colour(80, 80, 80),
    Colour(90, 30, 100), Colour(0, 90, 100), Colour(140, 60, 0), Colour(30, 30, 90),
)  # fmt: skip
PALE = (
    Colour(230, 230, 230),
    Colour(220, 232, 245),
    Colour(240, 232, 214),
    Colour(225, 240, 225),
    Colour(245, 245, 245),
)
WHITE = Colour(255, 255, 255)


@dataclass(frozen=True, slots=True)
class Heading:
    """How section headings look; ``factor`` is of the body's size, spaces are in lines."""

    bold: bool
    italic: bool
    capital: bool
    underline: bool
    rule: bool
    colour: Colour
    fill: Colour | None
    boxed: bool
    factor: float
    before: float
    after: float
    align: str
    end: str
    numbering: str
    indent: float
    prefix: str
    family: Family
    run_in: float  # share of sections whose heading stands on the first line of the text
    other_marks: bool  # whether lower levels look the same
    hang: (
        float  # share of the frame that headings have for a column of their own; 0: they stand above the text
    )


@dataclass(frozen=True, slots=True)
class Title:
    bold: bool
    capital: bool
    underline: bool
    italic: bool
    spaced: float
    boxed: bool
    fill: Colour | None
    rules: bool
    colour: Colour
    factor: float
    align: str
    before: float
    after: float
    family: Family


@dataclass(frozen=True, slots=True)
class Table:
    rules: str  # none, rows, grid, outer, head
    head_bold: bool
    head_fill: Colour | None
    zebra: bool
    factor: float
    pad: float  # points to the left and right of a cell's text
    leading: float
    wide: float  # of the frame
    align: str
    numbers: str
    dots: bool
    caption_below: bool


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about the page but its furniture. Lengths in points."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    family: Family
    second: Family  # of furniture
    size: float
    leading: float  # line pitch in font sizes
    gap: float  # between paragraphs, in lines
    justify: bool
    first_indent: float
    ink: Colour
    columns: int
    gutter: float
    bullet: str
    bullet_indent: float
    hyphenate: bool
    heading: Heading
    title: Title
    table: Table
    accent: Colour
    balance: bool


_SIZES = {
    "A4": (595.28, 841.89),
    "letter": (612.0, 792.0),
    "A5": (419.53, 595.28),
    "legal": (612.0, 1008.0),
    "A4 landscape": (841.89, 595.28),
}
BULLETS = ("-", "•", "–", "*", "•", "-", "o", ">", "+", "»", "·", "→", "■", "‣", "1.", "1)", "a)", "(i)")


def draw(
    chance: Chance,
    families: Sequence[Family],
    *,
    small: bool = False,
    paper: bool = False,
    english: bool = False,
) -> Look:
    """Draw a layout. ``small``: for half sheets; ``paper``: as scientific papers are set."""
    width, height = _SIZES[_page(chance, small, english)]
    family = _family(chance, families)
    size = chance.around(10.3 if not paper else 9.5, 1.4, 6.5, 14.0)
    size = round(size * 2) / 2 if chance.maybe(0.7) else size
    margin = chance.around(62, 20, 22, 115)
    columns = 2 if chance.maybe(0.55 if paper else 0.04) else 1
    accent = chance.of(DARK)
    second = family if chance.maybe(0.6) else _family(chance, families)
    narrow = columns == 2
    return Look(
        width=width,
        height=height,
        left=margin if not small else margin * 0.6,
        right=(margin if chance.maybe(0.5) else chance.around(60, 22, 20, 120)) * (0.6 if small else 1.0),
        top=chance.around(52, 20, 14, 110) * (0.6 if small else 1.0),
        bottom=chance.around(52, 18, 18, 110) * (0.6 if small else 1.0),
        family=family,
        second=second,
        size=min(size, 9.5) if narrow else size,
        leading=chance.around(1.22, 0.13, 1.0, 2.0) if not chance.maybe(0.06) else chance.between(1.4, 2.1),
        gap=0.0 if chance.maybe(0.3) else chance.between(0.15, 1.3),
        justify=chance.maybe(0.85 if paper else 0.38),
        first_indent=chance.between(8, 36) if chance.maybe(0.45 if paper else 0.1) else 0.0,
        ink=BLACK if chance.maybe(0.85) else chance.of(DARK),
        columns=columns,
        gutter=chance.between(12, 30),
        bullet=chance.of(BULLETS),
        bullet_indent=chance.between(0, 36),
        hyphenate=chance.maybe(0.6 if paper else 0.06),
        heading=_heading(chance, family, families, accent),
        title=_title(chance, family, families, accent),
        table=_table(chance),
        accent=accent,
        balance=chance.maybe(0.5),
    )


def _page(chance: Chance, small: bool, english: bool) -> str:
    if small:
        return chance.weighted((("A5", 0.75), ("A4", 0.25)))
    if english:
        return chance.weighted((("A4", 0.45), ("letter", 0.5), ("legal", 0.03), ("A4 landscape", 0.02)))
    return chance.weighted((("A4", 0.95), ("letter", 0.03), ("A4 landscape", 0.02)))


def _family(chance: Chance, families: Sequence[Family]) -> Family:
    if chance.maybe(0.45):
        return chance.weighted(((HELVETICA, 0.5), (TIMES, 0.4), (COURIER, 0.1)))
    kept = [family for family in families if not family.fixed or chance.maybe(0.3)]
    return chance.of(kept)


def _heading(chance: Chance, family: Family, families: Sequence[Family], accent: Colour) -> Heading:
    plain = chance.maybe(0.12)  # nothing but its place and words tells it
    fill = None if plain or not chance.maybe(0.1) else chance.of((*PALE, accent))
    return Heading(
        bold=not plain and chance.maybe(0.72),
        italic=not plain and chance.maybe(0.1),
        capital=chance.maybe(0.3),
        underline=not plain and chance.maybe(0.25),
        rule=not plain and chance.maybe(0.1),
        colour=accent if chance.maybe(0.3) else BLACK,
        fill=fill,
        boxed=not plain and chance.maybe(0.05),
        factor=1.0 if plain or chance.maybe(0.5) else chance.between(0.95, 1.5),
        before=chance.between(0.0, 1.6),
        after=0.0 if chance.maybe(0.4) else chance.between(0.0, 0.9),
        align=chance.weighted((("left", 0.94), ("center", 0.06))),
        end=chance.weighted((("", 0.5), (":", 0.2), (" :", 0.25), (".", 0.03), (" -", 0.02))),
        numbering=chance.weighted(
            (
                ("", 0.8),
                ("{}. ", 0.06),
                ("{}) ", 0.03),
                ("{} - ", 0.02),
                ("roman", 0.05),
                ("letter", 0.02),
                ("{} ", 0.02),
            )
        ),
        indent=0.0 if chance.maybe(0.85) else chance.between(-14, 24),
        prefix=chance.weighted(
            (("", 0.9), ("• ", 0.02), ("> ", 0.02), ("- ", 0.02), ("* ", 0.01), ("■ ", 0.02), ("=> ", 0.01))
        ),
        family=family if chance.maybe(0.85) else chance.of(families),
        run_in=chance.weighted(((0.0, 0.6), (0.3, 0.2), (0.9, 0.2))),
        other_marks=chance.maybe(0.4),
        hang=chance.between(0.16, 0.32) if chance.maybe(0.05) else 0.0,
    )


def _title(chance: Chance, family: Family, families: Sequence[Family], accent: Colour) -> Title:
    boxed = chance.maybe(0.16)
    return Title(
        bold=chance.maybe(0.82),
        capital=chance.maybe(0.3),
        underline=chance.maybe(0.18),
        italic=chance.maybe(0.05),
        spaced=chance.between(0.5, 3) if chance.maybe(0.03) else 0.0,
        boxed=boxed,
        fill=chance.of((*PALE, accent)) if chance.maybe(0.35 if boxed else 0.04) else None,
        rules=not boxed and chance.maybe(0.08),
        colour=accent if chance.maybe(0.3) else BLACK,
        factor=1.0 if chance.maybe(0.12) else chance.between(1.0, 2.1),
        align=chance.weighted((("center", 0.72), ("left", 0.24), ("right", 0.04))),
        before=chance.between(0.2, 2.2),
        after=chance.between(0.2, 2.2),
        family=family if chance.maybe(0.8) else chance.of(families),
    )


def _table(chance: Chance) -> Table:
    return Table(
        rules=chance.weighted(
            (("none", 0.3), ("grid", 0.3), ("rows", 0.18), ("outer", 0.08), ("head", 0.14))
        ),
        head_bold=chance.maybe(0.65),
        head_fill=chance.of(PALE) if chance.maybe(0.35) else None,
        zebra=chance.maybe(0.12),
        factor=1.0 if chance.maybe(0.4) else chance.between(0.75, 1.0),
        pad=chance.between(1.5, 7),
        leading=chance.between(1.12, 1.75),
        wide=1.0 if chance.maybe(0.6) else chance.between(0.55, 1.0),
        align=chance.weighted((("left", 0.7), ("center", 0.3))),
        numbers=chance.weighted((("left", 0.4), ("right", 0.25), ("center", 0.35))),
        dots=chance.maybe(0.06),
        caption_below=chance.maybe(0.25),
    )
