"""Typefaces: those of every PDF reader, and the free ones of Debian when they are installed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path("/usr/share/fonts/truetype")


@dataclass(frozen=True, slots=True)
class Family:
    """The four faces of a typeface, by ReportLab's names. ``plain``: its faces have the characters of Western
    Europe (cp1252) only."""

    name: str
    regular: str
    bold: str
    italic: str
    both: str
    plain: bool = False
    fixed: bool = False

    def face(self, bold: bool = False, italic: bool = False) -> str:
        if bold:
            return self.both if italic else self.bold
        return self.italic if italic else self.regular


HELVETICA = Family(
    "Helvetica", "Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique", True
)
TIMES = Family("Times", "Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic", True)
COURIER = Family(
    "Courier", "Courier", "Courier-Bold", "Courier-Oblique", "Courier-BoldOblique", True, fixed=True
)
BASE = (HELVETICA, TIMES, COURIER)

# name, folder, files of the four faces, fixed width
_FILES = (
    ("LiberationSans", "liberation", "LiberationSans-{}", ("Regular", "Bold", "Italic", "BoldItalic"), False),
    (
        "LiberationSerif",
        "liberation",
        "LiberationSerif-{}",
        ("Regular", "Bold", "Italic", "BoldItalic"),
        False,
    ),
    ("LiberationMono", "liberation", "LiberationMono-{}", ("Regular", "Bold", "Italic", "BoldItalic"), True),
    (
        "LiberationNarrow",
        "liberation",
        "LiberationSansNarrow-{}",
        ("Regular", "Bold", "Italic", "BoldItalic"),
        False,
    ),
    ("DejaVuSans", "dejavu", "DejaVuSans{}", ("", "-Bold", "-Oblique", "-BoldOblique"), False),
    ("DejaVuSerif", "dejavu", "DejaVuSerif{}", ("", "-Bold", "-Italic", "-BoldItalic"), False),
    ("DejaVuCondensed", "dejavu", "DejaVuSansCondensed{}", ("", "-Bold", "-Oblique", "-BoldOblique"), False),
    ("DejaVuMono", "dejavu", "DejaVuSansMono{}", ("", "-Bold", "-Oblique", "-BoldOblique"), True),
    ("Carlito", "crosextra", "Carlito-{}", ("Regular", "Bold", "Italic", "BoldItalic"), False),
    ("Caladea", "crosextra", "Caladea-{}", ("Regular", "Bold", "Italic", "BoldItalic"), False),
)


@cache
def installed(folder: Path = FOLDER) -> tuple[Family, ...]:
    """The base families and those whose four files lie in ``folder``, registered with ReportLab."""
    found = list(BASE)
    for name, place, pattern, ends, fixed in _FILES:
        files = [folder / place / f"{pattern.format(end)}.ttf" for end in ends]
        if not all(file.is_file() for file in files):
            continue
        faces = [f"{name}{number}" for number in range(4)]
        for face, file in zip(faces, files, strict=True):
            pdfmetrics.registerFont(TTFont(face, str(file)))
        regular, bold, italic, both = faces
        found.append(Family(name, regular, bold, italic, both, fixed=fixed))
    return tuple(found)


_SUBSTITUTES = str.maketrans(
    {
        "≥": ">=", "≤": "<=", "α": "alpha", "β": "bêta", "γ": "gamma", "µ": "µ", "μ": "µ", "→": "->", "−": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\ufb01": "fi", "\ufb02": "fl", "≈": "~",
        "′": "'", "″": '"', "‐": "-", "‑": "-", "●": "•", "▪": "•", "■": "•", "➢": ">", "√": "v", "☐": "o",
        "☑": "x", "✓": "x", "○": "o", "◦": "o", "►": ">", "∆": "D", "Δ": "D", "\t": " ",
    }
)  # fmt: skip


@cache
def drawable(text: str, plain: bool) -> str:
    """The text with nothing that the family cannot draw."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").replace("\u200b", "")
    if plain:
        text = text.translate(_SUBSTITUTES).encode("cp1252", "ignore").decode("cp1252")
    return "".join(letter for letter in text if letter.isprintable())


@cache
def width(word: str, face: str) -> float:
    """How wide a word is at 1 point."""
    return float(pdfmetrics.stringWidth(word, face, 1000)) / 1000


def measure(text: str, face: str, size: float) -> float:
    """How wide a line is, in points."""
    words = text.split(" ")
    return size * (sum(width(word, face) for word in words) + (len(words) - 1) * width(" ", face))
