"""The scanner: where the words, punctuation runs and symbols of many texts are, in one pass over numpy.

A *unit* is a longest run of characters of one kind:

- a word: letters, marks, digits and what attaches to them (``%``, ``#``, currencies), with inner joiners:
  apostrophe, hyphen, slash, underscore or full stop between two such characters (``don't``, ``follow-up``,
  ``mg/l``, ``e.g``), ``, : – * ^`` between two digits (``1,000``, ``10^9``), a minus sign or decimal point
  before a digit where a word may start (``-5``, ``.5``);
- an unspaced run: letters of a script that puts no space between words;
- a run of punctuation;
- a run of symbols.

White space lies between units and belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from stages.shorten import characters as ch

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NOTHING: Final = 0
PUNCTUATION: Final = 1
SYMBOL: Final = 2
UNSPACED: Final = 3
WORD: Final = 4

_KIND_OF_CLASS: Final = bytes(
    NOTHING
    if c == ch.SPACE
    else PUNCTUATION
    if c <= ch.APOSTROPHE
    else SYMBOL
    if c == ch.SYMBOL
    else UNSPACED
    if c <= ch.UNSPACED_MARK
    else WORD
    for c in range(ch.EXTENDER + 1)
) + bytes(256 - ch.EXTENDER - 1)

_SEPARATOR: Final = b"\n"
_TAIL: Final = 16  # bytes of white space behind the last text: readers need no bound check

# Texts are scanned so many bytes at a time: the working arrays (about 20 bytes per byte of text) stay in
# the processor's cache, and memory is bounded whatever the size of the batch.
BLOCK_BYTES: Final = 1 << 19


@dataclass(frozen=True, slots=True)
class Units:
    """The units of some texts. Positions are bytes of ``raw``, where each text stands between two
    separators, so no unit crosses from one text into the next.

    Attributes:
        raw: the texts in UTF-8.
        folded: the same length, letters case-folded where that keeps the length.
        classes: class of the character that each byte belongs to (``characters``).
        starts, ends: of each unit, ascending.
        kinds: of each unit.
        irregular: the unit holds an apostrophe, a slash, a typographic hyphen or a letter whose folded form
            has another length, so ``folded`` alone does not say which word it is, or its parts matter.
        hyphenated: the unit holds a hyphen.
        text_starts, text_ends: of each text.
        first_units: of each text, and at the end the number of units.
        ascii: no byte above 127.
    """

    raw: Bytes
    folded: Bytes
    classes: Bytes
    starts: Positions
    ends: Positions
    kinds: Bytes
    irregular: Flags
    hyphenated: Flags
    text_starts: Positions
    text_ends: Positions
    first_units: Positions
    ascii: bool

    def text_of_unit(self) -> Positions:
        """Return the number of the text each unit belongs to."""
        return np.repeat(np.arange(self.text_starts.size), np.diff(self.first_units))

    def count(self, flags: Flags) -> Positions:
        """Return how many units of each text are flagged."""
        return np.diff(np.searchsorted(np.flatnonzero(flags), self.first_units))


def substrings(buffer: Bytes, starts: Positions, ends: Positions) -> pa.StringArray:
    """Return the strings at ascending, disjoint byte positions of a buffer of UTF-8."""
    edges = np.empty(2 * starts.size + 1, np.int32)
    edges[0:-1:2], edges[1::2], edges[-1] = starts, ends, buffer.size
    pieces = pa.StringArray.from_buffers(2 * starts.size, pa.py_buffer(edges), pa.py_buffer(buffer))
    wanted = np.zeros(2 * starts.size, np.bool_)
    wanted[::2] = True
    return pieces.filter(pa.array(wanted))


def blocks(texts: pa.StringArray, limit: int = BLOCK_BYTES) -> Iterator[tuple[int, int]]:
    """Cut the texts into runs of about ``limit`` bytes, at least one text each: (first, end) rows."""
    offsets = _offsets(texts)
    first = 0
    while first < len(texts):
        end = int(np.searchsorted(offsets, offsets[first] + limit, side="right")) - 1
        end = min(max(end, first + 1), len(texts))
        yield first, end
        first = end


def scan(texts: pa.StringArray) -> Units:
    """Find the units of the texts (no nulls)."""
    offsets = _offsets(texts)
    data = memoryview(texts.buffers()[2] or b"")
    pieces = [data[a:b] for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    padded = bytearray(_SEPARATOR.join([b"", *pieces, bytes(_TAIL).replace(b"\0", _SEPARATOR)]))
    raw = np.frombuffer(padded, np.uint8)
    folded = np.frombuffer(padded.translate(ch.ASCII_FOLDED), np.uint8)
    class_bytes = padded.translate(ch.ASCII_CLASSES)
    classes = np.frombuffer(class_bytes, np.uint8)
    is_ascii = padded.isascii()
    refolded = np.empty(0, np.int64) if is_ascii else _fill_beyond_ascii(raw, folded, classes)
    kinds = np.frombuffer(class_bytes.translate(_KIND_OF_CLASS), np.uint8)
    joined = _join(raw, classes, kinds, is_ascii=is_ascii)

    edges = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1  # the buffer begins and ends in white space
    run_kinds = kinds[edges]
    inside = np.flatnonzero(run_kinds != NOTHING)
    starts, ends, unit_kinds = edges.take(inside), edges.take(inside + 1), run_kinds.take(inside)
    irregular, hyphenated = np.zeros((2, starts.size), np.bool_)
    holder, byte = np.searchsorted(starts, joined, side="right") - 1, raw[joined]
    irregular[holder[(byte == ord("'")) | (byte == ord("/")) | (byte >= 0x80)]] = True
    hyphenated[holder[byte == ord("-")]] = True
    irregular[np.searchsorted(starts, refolded, side="right") - 1] = True

    text_starts = offsets[:-1] - offsets[0] + np.arange(1, len(texts) + 1)
    text_ends = text_starts + np.diff(offsets)
    first_units = np.append(np.searchsorted(starts, text_starts), starts.size)
    return Units(
        raw=raw,
        folded=folded,
        classes=classes,
        starts=starts,
        ends=ends,
        kinds=unit_kinds,
        irregular=irregular,
        hyphenated=hyphenated,
        text_starts=text_starts,
        text_ends=text_ends,
        first_units=first_units,
        ascii=is_ascii,
    )


def _offsets(texts: pa.StringArray) -> Positions:
    if len(texts) == 0:
        return np.zeros(1, np.int64)
    raw = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return raw.astype(np.int64)


def _fill_beyond_ascii(raw: Bytes, folded: Bytes, classes: Bytes) -> Positions:
    """Write class and folded form of the characters beyond ASCII into ``classes`` and ``folded``.

    Returns:
        where letters stand whose folded form has another length.
    """
    leads, points = ch.code_points(raw)
    lead = raw[leads]
    two = np.flatnonzero(lead < 0xE0)
    three = np.flatnonzero((lead >= 0xE0) & (lead < 0xF0))
    four = np.flatnonzero(lead >= 0xF0)
    of_lead, form = ch.look_up(points)
    for group, length in ((two, 2), (three, 3), (four, 4)):
        for k in range(length):
            classes[leads[group] + k] = of_lead[group]
        changed = group[form[group] > 0]
        for k in range(length):
            folded[leads[changed] + k] = (form[changed] >> (8 * (length - 1 - k))) & 0xFF

    if (of_lead == ch.EXTENDER).any():
        # An extender is whatever stands before it; after white space there is nothing to extend.
        extending = classes == ch.EXTENDER
        before = np.maximum.accumulate(np.where(extending, 0, np.arange(classes.size)))
        taken = classes[before[extending]]
        taken[taken == ch.SPACE] = ch.PUNCTUATION
        taken[(taken >= ch.FIRST_JOINER) & (taken <= ch.LAST_JOINER)] = ch.PUNCTUATION
        taken[taken == ch.UNSPACED] = ch.UNSPACED_MARK
        classes[extending] = taken
    return np.asarray(leads[form == ch.DIFFERENT_LENGTH])


def _join(raw: Bytes, classes: Bytes, kinds: Bytes, *, is_ascii: bool) -> Positions:
    """Make joiners part of words in ``kinds`` and return where they begin."""
    at = np.flatnonzero((classes - np.uint8(ch.FIRST_JOINER)) <= ch.LAST_JOINER - ch.FIRST_JOINER)
    behind = at + 1
    if not is_ascii:
        at = at[(raw[at] & 0xC0) != 0x80]
        lead = raw[at]
        behind = at + 1 + (lead >= 0xC0) + (lead >= 0xE0)
    right = classes[behind]
    before_word = np.flatnonzero(right >= ch.FIRST_WORD)
    at, behind, right = at[before_word], behind[before_word], right[before_word]
    this, left = classes[at], classes[at - 1]
    joins = (left >= ch.FIRST_WORD) & (this != ch.COMMA) & (this != ch.RANGE)
    joins |= (left == ch.DIGIT) & (right == ch.DIGIT)
    sign = (raw[at] == ord("-")) | (this == ch.DOT)
    joins |= sign & ((left == ch.SPACE) | ch.OPENS[left]) & (right == ch.DIGIT)
    at, length = at[joins], (behind - at)[joins]
    kinds[at] = WORD
    for k in (1, 2):
        kinds[at[length > k] + k] = WORD
    return np.asarray(at)
