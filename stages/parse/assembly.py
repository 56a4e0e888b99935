"""From the lines of pages to the text of a document and the spans of its lines.

The convention: pages that have lines are separated by a blank line; so are blocks of lines within a page;
other lines by a line feed. Between the two parts of a divided word stands nothing, and the hyphen is taken
out unless it belongs to the word. ``text[start:end] + hyphen`` is the line as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document import normalise
from stages.parse import wire

_HYPHENS = "-\u2010"
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_LAST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


@dataclass(slots=True)
class Assembled:
    """The text of a document, and for each page and each line its place in it."""

    text: str = ""
    page_starts: list[int] = field(default_factory=list)
    page_ends: list[int] = field(default_factory=list)
    line_starts: list[int] = field(default_factory=list)
    line_ends: list[int] = field(default_factory=list)
    hyphens: list[str] = field(default_factory=list)


def assemble(pages: Sequence[wire.PackedPage | None]) -> Assembled:
    """Join the pages of a document; None is a page of which there is nothing."""
    printed = [_printed_lines(page) for page in pages]
    words = _Vocabulary(printed)
    result = Assembled()
    parts: list[str] = []
    at = 0
    separator = ""
    for page, lines in zip(pages, printed, strict=True):
        if page is None or not lines:
            result.page_starts.append(at)
            result.page_ends.append(at)
            continue
        flags = page.flags
        last = len(lines) - 1
        for number, line in enumerate(lines):
            parts.append(separator)
            at += len(separator)
            if number == 0:
                result.page_starts.append(at)
            hyphen = ""
            if number == last or flags[number + 1] & wire.BLOCK:
                separator = "\n\n"
            else:
                separator = "\n"
                if line[-1:] in _HYPHENS and line:
                    drop = words.is_divided(line, lines[number + 1])
                    if drop is not None:
                        separator = ""
                        hyphen = line[-1] if drop else ""
            kept = line[:-1] if hyphen else line
            parts.append(kept)
            result.line_starts.append(at)
            at += len(kept)
            result.line_ends.append(at)
            result.hyphens.append(hyphen)
        result.page_ends.append(at)
    result.text = "".join(parts)
    return result


def _printed_lines(page: wire.PackedPage | None) -> list[str]:
    if page is None or not page.flags:
        return []
    text = page.text
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return [normalise(line) for line in text.split("\n")]
    return text.split("\n")


class _Vocabulary:
    """The words of one document that stand undivided in it: the evidence whether a hyphen at the end of a
    line belongs to the word. Collected when it is first needed."""

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        self._pages = pages
        self._words: set[str] | None = None

    def is_divided(self, line: str, following: str) -> bool | None:
        """Whether the hyphen at the end of the line only divides a word. None: there is no word across
        the two lines; False: the hyphen is part of the word ("well-/known")."""
        left = _LAST_PART.search(line, 0, len(line) - 1)
        right = _FIRST_PART.match(following)
        if left is None or right is None:
            return None
        first, second = left[0], right[0]
        if not first[-1].isalpha() or not second[0].islower():
            # "HEK-/293", "Sections 3-/4", "Anglo-/Saxon": one word, and the hyphen is its own.
            return False if first[-1].isalnum() else None
        joined, hyphenated = (f"{first}{mark}{second}".casefold() for mark in ("", "-"))
        known = self._known()
        if joined in known:
            return True
        if hyphenated in known:
            return False
        return not any(mark in first or mark in second for mark in _HYPHENS)

    def _known(self) -> set[str]:
        if self._words is None:
            self._words = {
                word.replace("\u2010", "-")
                for page in self._pages
                for word in _WORDS.findall("\n".join(page).casefold())
            }
        return self._words
