"""Words that the end of a line divides: parse asks within a block, layout across pages and what it dropped."""

from __future__ import annotations

import re

HYPHENS = ("-", "\u2010")
_LAST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


class Vocabulary:
    """What stands undivided in a document: the evidence whether a hyphen at the end of a line belongs to
    the word."""

    def __init__(self, text: str) -> None:
        self._text = text
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
        return not any(mark in first or mark in second for mark in HYPHENS)

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
