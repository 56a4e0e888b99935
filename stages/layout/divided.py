"""Words that a line end divides where parse could not see it: at the end of a page or column, or above lines that
were dropped since."""

from __future__ import annotations

import re

from stages.layout.marks import HYPHENS

_LAST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*$")
_FIRST_PART = re.compile(r"[^\W_]+(?:[-\u2010][^\W_]+)*")


def is_divided(line: str, following: str, text: str) -> bool | None:
    """Whether the hyphen at the end of a line only divides a word.

    A hyphen that the document has within the word elsewhere belongs to it; so does one before a digit or a
    capital letter, and one in a word that has others.

    Args:
        line: as printed, ends with a hyphen.
        following: the line in which the word would go on.
        text: of the document.

    Returns:
        True: take the hyphen out. False: the word keeps it. None: no word goes on here.
    """
    left = _LAST_PART.search(line, line.rfind(" ") + 1, len(line) - 1)
    right = _FIRST_PART.match(following)
    if left is None or right is None:
        return None
    first, second = left[0], right[0]
    if not first[-1].isalpha() or not second[0].islower():
        return False if first[-1].isalnum() else None
    if _has(text, f"{first}{second}"):
        return True
    if _has(text, f"{first}[-\u2010]{second}", pattern=True):
        return False
    return not any(mark in first or mark in second for mark in HYPHENS)


def _has(text: str, word: str, *, pattern: bool = False) -> bool:
    """Whether a word of the text begins so, whatever the case, so that inflections count."""
    wanted = word if pattern else re.escape(word)
    return re.search(rf"(?<![\w\-\u2010]){wanted}", text, re.IGNORECASE) is not None
