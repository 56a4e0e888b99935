"""Sentences as a parser should see them: on one line, words parted by single spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence

_UNEVEN = re.compile(r"[^\S ]|  ")
_WHITE = re.compile(r"\s+")


def on_one_line(text: str, start: int, end: int) -> tuple[str, Sequence[int] | int]:
    """A stretch of a text without the white space around it and with single spaces inside.

    Returns:
        The line, and what leads from its offsets to those of the text: a distance, or the offset of each character.
    """
    piece = text[start:end]
    line = piece.strip()
    start += len(piece) - len(piece.lstrip())
    if not _UNEVEN.search(line):
        return line, start
    parts: list[str] = []
    places: list[int] = []
    at = 0
    for gap in _WHITE.finditer(line):
        parts += [line[at : gap.start()], " "]
        places += range(start + at, start + gap.start() + 1)
        at = gap.end()
    parts.append(line[at:])
    places += range(start + at, start + len(line))
    return "".join(parts), places
