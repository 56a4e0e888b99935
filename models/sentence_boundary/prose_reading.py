"""What the readers of prose have in common: pages, catalogues of translations and the languages they name."""

from __future__ import annotations

import gettext
import html
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Texts = Iterator[tuple[str, Iterable[str]]]

_DROPPED = re.compile(r"(?is)<(script|style|pre|code|head|table|note|title)\b.*?</\1>|<!--.*?-->")
_BLOCK_TAG = re.compile(
    r"(?i)</?(?:p|div|h\d|li|ul|ol|dl|dt|dd|br|hr|blockquote|section|chapter|milestone|body)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]*>")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
SHORTEST_HELP = 120  # characters; shorter messages of a game are labels and reports
_UNSPACED = frozenset({"zh", "ja", "th", "km"})


@dataclass(frozen=True, slots=True)
class Source:
    """A package with prose.

    Attributes:
        package: its name, and that of the folder that it is unpacked into.
        registry: whose package it is.
        read: gives (ISO 639 code, paragraphs) pairs of an unpacked package; a code may come more than once.
    """

    package: str
    registry: Literal["debian", "pypi", "npm"]
    read: Callable[[Path], Texts]


def web_pages(language: str, pattern: str) -> Callable[[Path], Texts]:
    def read(folder: Path) -> Texts:
        for file in sorted(folder.rglob(pattern)):
            text = file.read_bytes()
            yield language, markup(decoded(text))

    return read


def catalogues(folder: Path) -> Texts:
    for file in sorted(folder.rglob("*.mo")):
        code = code_of(file.parent.parent.name)
        yield code, _messages(file, code)


def code_of(name: str) -> str:
    return re.split(r"[_@.-]", name)[0]


def decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


def markup(text: str, language: str = "") -> Iterator[str]:
    for part in _BLOCK_TAG.split(_DROPPED.sub(" ", text)):
        yield joined(html.unescape(_TAG.sub("", part)), language)


def joined(text: str, language: str) -> str:
    """Undo the wrapping of lines."""
    if language in _UNSPACED:
        return re.sub(r"(?<![ -~])\s*\n\s*(?![ -~])", "", text.strip())
    return text


def _messages(file: Path, language: str) -> Iterator[str]:
    with file.open("rb") as opened:
        try:
            catalogue = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
        except ValueError:  # an untouched template: its plural rule says "EXPRESSION"
            return
    least = SHORTEST_HELP // 3 if language in _UNSPACED or language == "ko" else SHORTEST_HELP
    for original, message in catalogue.items():
        if original and isinstance(message, str) and len(message) >= least and message != original:
            for part in EMPTY_LINE.split(_TAG.sub("", message)):
                yield joined(re.sub(r"^\s*[*•-]\s+", "", part), language)
