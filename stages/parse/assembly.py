"""From the lines of pages to the text of a document and the spans of its lines.

The convention: pages that have lines are separated by a blank line; so are blocks of lines within a page;
other lines by a line feed. Between the two parts of a divided word stands nothing, and the hyphen is taken
out unless it belongs to the word. ``text[start:end] + hyphen`` is the line as printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.document import normalise
from stages.parse import wire

_HYPHENS = ("-", "\u2010")
_LAST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


_SEPARATORS = ("", "\n", "\n\n")  # by length


@dataclass(frozen=True, slots=True)
class Assembled:
    """The text of a document, and the places of its pages and lines in it."""

    text: str
    page_spans: list[tuple[int, int]]
    line_starts: NDArray[np.int32]
    line_ends: NDArray[np.int32]
    hyphens: list[str]  # per line


def assemble(pages: Sequence[wire.PackedPage | None]) -> Assembled:
    """Join the pages of a document; None is a page of which there is nothing."""
    printed = [_printed_lines(page) for page in pages]
    counts = [len(lines) for lines in printed]
    lines = list(chain.from_iterable(printed))
    page_ends = np.cumsum(counts, dtype=np.int64)  # in lines
    gaps = _gaps(pages, page_ends)
    hyphens = [""] * len(lines)
    words = _Vocabulary(lines)
    for number, line in enumerate(lines):
        if line.endswith(_HYPHENS) and gaps[number] == 1:
            drop = words.is_divided(line, lines[number + 1])
            if drop is not None:
                gaps[number] = 0
            if drop:
                hyphens[number] = line[-1]
                lines[number] = line[:-1]
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    after = np.cumsum(lengths + gaps)  # each line's end, with what separates it from the next
    ends = after - gaps
    starts = ends - lengths
    parts = [""] * (2 * len(lines))
    parts[0::2] = lines
    parts[1::2] = [_SEPARATORS[gap] for gap in gaps.tolist()]
    spans = []
    at = 0
    for last, count in zip(page_ends.tolist(), counts, strict=True):
        first, at = (int(starts[last - count]), int(ends[last - 1])) if count else (at, at)
        spans.append((first, at))
    return Assembled("".join(parts), spans, starts.astype(np.int32), ends.astype(np.int32), hyphens)


def _gaps(pages: Sequence[wire.PackedPage | None], page_ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many line feeds stand after each line, before divided words are joined."""
    flags = np.frombuffer(b"".join(page.flags for page in pages if page), np.uint8)
    gaps = np.ones(len(flags), np.int64)
    gaps[:-1] += (flags[1:] & wire.BLOCK) != 0
    gaps[page_ends[page_ends > 0] - 1] = 2
    gaps[-1:] = 0
    return gaps


def _printed_lines(page: wire.PackedPage | None) -> list[str]:
    if page is None or not page.flags:
        return []
    text = page.text
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        return [normalise(line) for line in text.split("\n")]
    return text.split("\n")


class _Vocabulary:
    """What stands undivided in a document: the evidence whether a hyphen at the end of a line belongs to
    the word."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._text = "\n".join(lines)
        self._folded = False

    def is_divided(self, line: str, following: str) -> bool | None:
        """Whether the hyphen at the end of the line only divides a word. None: there is no word across
        the two lines; False: the hyphen is part of the word ("well-/known")."""
        left = _LAST_PART.search(line, line.rfind(" ") + 1, len(line) - 1)
        right = _FIRST_PART.match(following)
        if left is None or right is None:
            return None
        first, second = left[0], right[0]
        if not first[-1].isalpha() or not second[0].islower():
            # "HEK-/293", "Sections 3-/4", "Anglo-/Saxon": one word, and the hyphen is its own.
            return False if first[-1].isalnum() else None
        if self._has(f"{first}{second}"):
            return True
        if self._has(f"{first}-{second}"):
            return False
        return not any(mark in first or mark in second for mark in _HYPHENS)

    def _has(self, word: str) -> bool:
        """Whether a word of the document begins like this one (so that inflections count)."""
        if not self._folded:
            self._text = self._text.replace("\u2010", "-").casefold()
            self._folded = True
        word = word.replace("\u2010", "-").casefold()
        at = self._text.find(word)
        while at > 0 and (self._text[at - 1].isalnum() or self._text[at - 1] == "-"):
            at = self._text.find(word, at + 1)
        return at >= 0
