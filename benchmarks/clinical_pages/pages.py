# ruff: noqa: E501  (tables, and text in XML)
"""Cases as HTML, printed by WeasyPrint. Each template is a layout of its own; options vary within it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import markupsafe

from benchmarks.clinical_pages.case import Case
from benchmarks.clinical_pages.ink import LABELS, ink

# The fonts are Debian packages; none is used for the training's documents. Halves share no font.
FONTS = {
    "dev": {
        "serif": ["EB Garamond 12", "PT Serif", "Noto Serif"],
        "sans": ["Lato", "Open Sans", "Cantarell", "Roboto Condensed", "Noto Sans"],
        "mono": ["Inconsolata"],
        "slab": ["Roboto Slab"],
    },
    "test": {
        "serif": ["Linux Libertine O", "Vollkorn", "Gentium Book Basic"],
        "sans": ["Inter", "Cabin", "PT Sans", "B612", "Linux Biolinum O", "Roboto"],
        "mono": ["Fira Code", "PT Mono"],
        "slab": ["Vollkorn"],
    },
}
TEMPLATES = {
    "dev": ("sidebar", "banner", "plain_letter", "record_print", "columns", "right_staff"),
    "test": ("margin_headings", "tinted_column", "line_printer", "demographics", "low_letterhead", "frames"),
}
_PALETTES = {
    "dev": ["#000000", "#12305a", "#22557f", "#444444", "#7a1f2b", "#0d5a4a"],
    "test": ["#000000", "#3a2a66", "#1d6b3a", "#555555", "#93500a", "#005f73"],
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a template may vary: drawn once for a document."""

    text: str  # font families
    display: str
    size: float  # points
    leading: float
    margin: float  # millimetres
    accent: str
    grey: str
    justify: bool
    paper: str
    seed: int

    def pick(self, name: str, *choices: Any) -> Any:
        """One of the choices, the same whenever this document asks for this name."""
        return random.Random(f"{self.seed}/{name}").choice(choices)

    def chance(self, name: str, share: float) -> bool:
        """True for this share of documents, the same whenever this document asks for this name."""
        return random.Random(f"{self.seed}/{name}").random() < share


def options(draw: random.Random, half: str, language: str) -> Options:
    fonts = FONTS[half]
    text = draw.choice(fonts["serif"] if draw.random() < 0.35 else fonts["sans"])
    display = text if draw.random() < 0.6 else draw.choice(fonts["sans"] + fonts["serif"])
    return Options(
        text=text, display=display, size=draw.choice([8.5, 9, 9.5, 10, 10.5, 11, 11.5]), leading=draw.uniform(1.12, 1.5),
        margin=draw.uniform(13, 26), accent=draw.choice(_PALETTES[half]), grey=draw.choice(["#000000", "#333333", "#555555", "#666677"]),
        justify=draw.random() < 0.45, paper="letter" if language == "en" and draw.random() < 0.5 else "A4", seed=draw.randrange(1 << 30),
    )  # fmt: skip


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)


def _css(text: str) -> markupsafe.Markup:
    """The text as it stands between the quotes of a CSS string; the escapes of a template stay."""
    return markupsafe.Markup(text.replace('"', "\\22 ").replace("\n", "\\A "))


_ENVIRONMENT.filters["css"] = _css


def html(case: Case, template: str, option: Options) -> str:
    """Return the document as HTML of one of the TEMPLATES."""
    plain = {label: ink(label) for label in LABELS}
    before, _, after = case.page_style.partition("{p}")
    between, counted, end = after.partition("{n}")
    number = f'"{before}" counter(page) "{between}"' + (f' counter(pages) "{end}"' if counted else "")
    return _ENVIRONMENT.get_template(f"{template}.html").render(
        c=case,
        o=option,
        ink=ink,
        plain=plain,
        fonts=FONTS[case.half],
        page_number=markupsafe.Markup(number),
    )


def pdf(page: str) -> bytes:
    """Print HTML by WeasyPrint. The bytes depend on the HTML, the fonts and WeasyPrint's version only."""
    import weasyprint

    return bytes(weasyprint.HTML(string=page).write_pdf())
