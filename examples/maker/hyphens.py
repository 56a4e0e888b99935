"""Where a long English word may be divided at the end of a line.

Narrow columns of real articles are full of divided words, and joining them again is one of the things
that a parser must do. The rule is deliberately simple: between two consonants that stand between vowels,
never inside a pair that spells one sound, at least three letters on either side.
"""

from __future__ import annotations

import re

SOFT_HYPHEN = "\u00ad"
_ONE_SOUND = {
    "ch",
    "ck",
    "gh",
    "ng",
    "ph",
    "sh",
    "th",
    "wh",
    "qu",
    "tr",
    "pr",
    "br",
    "cr",
    "dr",
    "gr",
    "pl",
    "bl",
}
_WORD = re.compile(r"\b[a-z]{8,}\b")
_BREAK = re.compile(r"(?<=[aeiouy])([b-df-hj-np-tv-xz])(?=([b-df-hj-np-tv-xz])[aeiouy])")


def divisible(text: str) -> str:
    """Return the text with soft hyphens where its long words may be divided."""
    return _WORD.sub(lambda word: _divide(word.group()), text)


def _divide(word: str) -> str:
    def mark(found: re.Match[str]) -> str:
        enough = found.end() >= 3 and len(word) - found.end() >= 3
        one_sound = found.group(1) + found.group(2) in _ONE_SOUND
        return found.group(1) + (SOFT_HYPHEN if enough and not one_sound else "")

    return _BREAK.sub(mark, word)
