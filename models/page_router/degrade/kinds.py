"""The kinds of damage a page can be given, and how each is drawn by chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np


@dataclass(frozen=True, slots=True)
class Paper:
    """How a page was scanned. ``seed`` decides the grain and the dust."""

    dpi: int
    blur: float  # standard deviation in pixels at 150 dpi
    skew: float  # degrees, clockwise
    noise: float  # standard deviation of grey levels, of 255
    fade: float  # share of the contrast that is lost
    jpeg: int  # quality
    seed: int


@dataclass(frozen=True, slots=True)
class Scan:
    """The page is a picture. With ``errors`` it has an invisible text layer, as scanning software makes, in
    which that share of the characters is wrong; None: it has no text."""

    paper: Paper
    errors: float | None = None
    seed: int = 0  # of the errors


@dataclass(frozen=True, slots=True)
class Unmapped:
    """The page looks as before, but its fonts say the wrong characters, or none.

    ``missing``: the maps to Unicode are taken away; where the font's encoding tells the characters, pdfium
    still finds them. ``permuted``: letters are exchanged for each other, ``share`` of them. ``shifted``: each
    code says a character some places further, as where glyph numbers were taken for characters.
    """

    how: Literal["missing", "permuted", "shifted"]
    share: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Shuffled:
    """The lines of the page stand in the file in another order than on paper. ``pieces``: into how many runs
    of lines they are cut before these change places; 0 for every line by itself."""

    pieces: int
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing is left on the page."""


Damage: TypeAlias = Scan | Unmapped | Shuffled | Blank


def some_paper(chance: np.random.Generator, severity: float | None = None) -> Paper:
    """Draw a scan; ``severity`` from 0 (a good office scanner) to 1 (hard to read), by chance when None."""
    worse = chance.uniform() if severity is None else severity
    return Paper(
        dpi=int(chance.choice([100, 120, 150, 200], p=_DPI[min(int(worse * 3), 2)])),
        blur=float(worse * chance.uniform(0.3, 1.6)),
        skew=float(chance.normal() * (0.2 + 0.7 * worse)),
        noise=float(3 + 35 * worse * chance.uniform()),
        fade=float(0.5 * worse * chance.uniform()),
        jpeg=int(85 - 60 * worse * chance.uniform(0.5, 1.0)),
        seed=int(chance.integers(2**31)),
    )


_DPI = ([0.0, 0.1, 0.4, 0.5], [0.1, 0.3, 0.4, 0.2], [0.4, 0.3, 0.2, 0.1])


def some_errors(chance: np.random.Generator) -> float:
    """Draw the share of wrong characters of a text layer: 1 to 15 %, small ones as likely as large ones on a
    logarithmic scale."""
    return float(np.exp(chance.uniform(np.log(0.01), np.log(0.15))))


def some_unmapped(chance: np.random.Generator) -> Unmapped:
    """Draw a damage of maps to Unicode."""
    how: Literal["missing", "permuted", "shifted"] = ("missing", "permuted", "shifted")[chance.integers(3)]
    share = float(chance.choice([0.1, 0.25, 0.5, 1.0]))
    return Unmapped(how, share if how == "permuted" else 1.0, int(chance.integers(2**31)))


def some_shuffled(chance: np.random.Generator) -> Shuffled:
    """Draw an order."""
    return Shuffled(int(chance.choice([0, 3, 8, 20])), int(chance.integers(2**31)))
