"""What stands in a shortened text where words were taken out.

White space between kept words stays as it is in the source. A gap from which something was removed closes
to the strongest break it held: a blank line, else a line break, else one space. Punctuation that touched a
removed word moves up to what is left: ``(the patient)`` becomes ``(patient)``, ``who was, then`` becomes
``who, then``.

``joiner`` is the definition, for one gap; ``gap_joiners`` is the same over arrays. A test holds them equal.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from stages.shorten import characters as ch
from stages.shorten.words import Flags, Positions, Units

JOINERS: Final = ("", " ", "\n", "\n\n")
GLUE, SPACE, LINE, PARAGRAPH = range(4)

_BLANK_LINE: Final = re.compile(r"\n\s*\n")
_TYPEWRITER_QUOTES: Final = "'\""


def joiner(text: str, end: int, start: int, *, line_breaks: str = "keep") -> str:
    """Return what stands between two kept spans of ``text``.

    Args:
        text: the source.
        end: where the first span ends.
        start: where the next one starts; the gap between is not empty.
        line_breaks: the option of the stage: "keep", or "space" for a space in place of a line break.
    """
    gap = text[end:start]
    if _BLANK_LINE.search(gap):
        return "\n\n"
    if "\n" in gap:
        return "\n" if line_breaks == "keep" else " "
    if gap.isspace():
        return " "
    touches_next, touches_last = not gap[-1].isspace(), not gap[0].isspace()
    if touches_next and ch.CLOSES[_class_at(text, start)] and _class_at(text, start + 1) < ch.FIRST_WORD:
        return ""
    if touches_last and _class_at(text, end - 1) == ch.OPENING:
        return ""
    if touches_last and text[end - 1] in _TYPEWRITER_QUOTES and _class_at(text, end - 2) < ch.FIRST_WORD:
        return ""
    return " "


def _class_at(text: str, index: int) -> int:
    """Return the class of a character as the scanner sees it: an extender is what it extends."""
    if not 0 <= index < len(text):
        return ch.SPACE
    base = index
    while base >= 0 and ch.character_class(text[base]) == ch.EXTENDER:
        base -= 1
    found = ch.character_class(text[base]) if base >= 0 else ch.SPACE
    if base < index and (found == ch.SPACE or ch.FIRST_JOINER <= found <= ch.LAST_JOINER):
        return ch.PUNCTUATION
    return found


def join(text: str, spans: list[tuple[int, int]], *, line_breaks: str = "keep") -> str:
    """Return the shortened text that kept spans of ``text`` make: ``short_text`` from ``short_spans``."""
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        if pieces:
            pieces.append(joiner(text, last, start, line_breaks=line_breaks))
        pieces.append(text[start:end])
        last = end
    return "".join(pieces)


def gap_joiners(
    units: Units,
    starts: Positions,
    ends: Positions,
    pieces_behind: Positions,
    removed: Flags,
    follows: Flags,
    *,
    keep_lines: bool,
) -> tuple[npt.NDArray[np.int8], Flags]:
    """Return what stands before each kept piece.

    Args:
        units: of the texts.
        starts, ends: of the kept pieces, ascending.
        pieces_behind: of each unit, the number of its first piece or, when it went, of the next one.
        removed: something was removed between this piece and the one before.
        follows: there is a piece before this one in the same text.
        keep_lines: line breaks stay; else only blank lines do.

    Returns:
        the number of the joiner in JOINERS, and where it replaces what stood there; elsewhere the gap stays
        as it is in the source.
    """
    code = np.full(starts.size, SPACE, np.int8)
    replaces = removed & follows
    at = np.flatnonzero(replaces)
    raw, classes = units.raw, units.classes

    # Few pieces begin or end in punctuation, so what is behind a removed word is looked at first.
    closing = at[classes.take(starts[at]) <= ch.APOSTROPHE]
    start = starts[closing]
    glued = (classes[start - 1] != ch.SPACE) & ch.CLOSES[classes[start]]
    code[closing[glued & (classes[start + _length(raw[start])] < ch.FIRST_WORD)]] = GLUE

    opening = at[classes.take(ends[at - 1] - 1) <= ch.APOSTROPHE]
    end = ends[opening - 1]
    last = raw[end - 1]
    quote = ((last == ord("'")) | (last == ord('"'))) & (classes[end - 2] < ch.FIRST_WORD)
    glued = (classes[end] != ch.SPACE) & ((classes[end - 1] == ch.OPENING) | quote)
    code[opening[glued]] = GLUE

    line, blank = (pieces_behind.take(after_break) for after_break in _after_breaks(units))
    line, blank = line[line < starts.size], blank[blank < starts.size]
    if keep_lines:
        code[line[replaces[line]]] = LINE
        code[blank[replaces[blank]]] = PARAGRAPH
    else:
        code[line] = SPACE
        code[blank] = PARAGRAPH
        untouched = blank[~replaces[blank]]
        replaces[line] |= follows[line]
        replaces[untouched] = False
    return code, replaces


def _after_breaks(units: Units) -> tuple[Positions, Positions]:
    """Return the numbers of the units before which a line break stands, and a blank line."""
    newline = units.raw == ord("\n")
    last = np.flatnonzero(newline.take(units.starts - 1))
    # Line breaks that are not the last character of their gap.
    earlier = np.flatnonzero(newline[:-1] & (units.classes[1:] == ch.SPACE))
    behind = np.searchsorted(units.starts, earlier)
    behind = behind[behind < units.starts.size]
    repeated = behind[1:][behind[1:] == behind[:-1]]
    twice = behind[newline[units.starts[behind] - 1]]
    return np.concatenate([last, behind]), np.concatenate([repeated, twice])


def _length(lead: npt.NDArray[np.uint8]) -> Positions:
    """Return how many bytes a character has, by its first."""
    return 1 + (lead >= 0xC0).astype(np.int64) + (lead >= 0xE0) + (lead >= 0xF0)
