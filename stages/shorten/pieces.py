"""From what remains of the texts to shortened texts and their spans.

A *piece* is a kept unit, or one character of an unspaced run when a budget must be able to cut there. The
first unit of a text, when kept, takes the white space before it along, the last one the white space behind:
a text of which nothing is removed comes out as it went in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipeline.document import SHORT_SPANS_FIELD, SPAN
from stages.shorten import characters as ch
from stages.shorten.gaps import GLUE, JOINERS, PARAGRAPH, SPACE, gap_joiners
from stages.shorten.removal import Remaining
from stages.shorten.words import PUNCTUATION, UNSPACED, Bytes, Flags, Positions, Units

_JOINER_LENGTHS = np.array([len(j) for j in JOINERS], np.int64)


@dataclass(frozen=True, slots=True)
class Pieces:
    """Kept pieces of some texts, in order. Positions are bytes of ``units.raw``.

    Attributes:
        units: the units they come from.
        starts, ends: of each piece, with white space at the edges of the text.
        firsts: number of the first piece of each text, and at the end the number of pieces.
        joiners: what stands before each piece (``gaps.JOINERS``) where ``replaces``.
        replaces: the joiner replaces what stood there; elsewhere the source's white space stays.
        words: for a budget only: how many words of its text lie up to and including each piece. A word is what white space
            separates; every character of a script without spaces is one.
        continues: for a budget only: punctuation that moved up to punctuation: the two are one run in the shortened text.
    """

    units: Units
    starts: Positions
    ends: Positions
    firsts: Positions
    joiners: npt.NDArray[np.int8]
    replaces: Flags
    words: Positions
    continues: Flags

    def counts(self) -> Positions:
        """Return the number of pieces of each text."""
        return np.diff(self.firsts)

    def up_to_words(self, most: int) -> Positions:
        """Return how many pieces of each text hold at most so many words."""
        within = np.append(0, np.cumsum(self.words <= most))
        return np.diff(within[self.firsts])

    def head(self, counts: Positions) -> Pieces:
        """Return the first so many pieces of each text."""
        if np.array_equal(counts, self.counts()):
            return self
        number = np.arange(self.starts.size) - np.repeat(self.firsts[:-1], self.counts())
        wanted = number < np.repeat(counts, self.counts())
        return Pieces(
            units=self.units,
            starts=self.starts[wanted],
            ends=self.ends[wanted],
            firsts=np.append(0, np.cumsum(counts)),
            joiners=self.joiners[wanted],
            replaces=self.replaces[wanted],
            words=self.words[wanted],
            continues=self.continues[wanted],
        )

    def clip_first(self, characters: Mapping[int, int]) -> Pieces:
        """Cut the first piece of some texts, of which it is the only one, to so many code points."""
        if not characters:
            return self
        ends = self.ends.copy()
        for text, most in characters.items():
            piece = self.firsts[text]
            leads = np.flatnonzero((self.units.raw[self.starts[piece] : ends[piece]] & 0xC0) != 0x80)
            if most < leads.size:
                ends[piece] = self.starts[piece] + leads[most]
        return replace(self, ends=ends)

    def texts(self) -> pa.StringArray:
        """Return the shortened texts."""
        return self._texts(self._spans())

    def texts_and_spans(self) -> tuple[pa.StringArray, pa.ListArray]:
        """Return the shortened texts and the kept spans of each, in code points."""
        spans = self._spans()
        return self._texts(spans), self._span_lists(spans)

    def _texts(self, spans: _Spans) -> pa.StringArray:
        out = self.units.raw.copy()
        ends = spans.ends.copy()
        gap = np.flatnonzero(spans.joined_to_next)
        code = self.joiners[spans.first_pieces[gap + 1]]
        gap, code = gap[code != GLUE], code[code != GLUE]
        out[ends[gap]] = np.where(code == SPACE, ord(" "), ord("\n"))
        double = gap[code == PARAGRAPH]
        out[ends[double] + 1] = ord("\n")
        ends[gap] += _JOINER_LENGTHS[code]
        return _concatenated(out, spans.starts, ends, spans.offsets)

    def _span_lists(self, spans: _Spans) -> pa.ListArray:
        before = code_points_before(self.units)
        shift = np.repeat(before(self.units.text_starts), np.diff(spans.offsets))
        values = pa.StructArray.from_arrays(
            [
                pa.array((before(spans.starts) - shift).astype(np.int32)),
                pa.array((before(spans.ends) - shift).astype(np.int32)),
            ],
            fields=[SPAN.field(0), SPAN.field(1)],
        )
        return pa.ListArray.from_arrays(
            pa.array(spans.offsets.astype(np.int32)), values, type=SHORT_SPANS_FIELD.type
        )

    def ends_in_short_text(self, *, in_bytes: bool = False) -> Positions:
        """Return where each piece ends in the shortened text, in code points or in bytes of UTF-8."""
        before = (lambda positions: positions) if in_bytes else code_points_before(self.units)
        starts, ends = before(self.starts), before(self.ends)
        advance = ends - starts
        gap = np.zeros(self.starts.size, np.int64)
        gap[1:] = starts[1:] - ends[:-1]
        gap[self.replaces] = _JOINER_LENGTHS[self.joiners[self.replaces]]
        gap[self.firsts[:-1][self.counts() > 0]] = 0
        reached = np.cumsum(advance + gap)
        base = np.append(0, reached)[self.firsts[:-1]]
        return np.asarray(reached - np.repeat(base, self.counts()))

    def _spans(self) -> _Spans:
        opens = self.replaces.copy()
        opens[self.firsts[:-1][self.counts() > 0]] = True
        first_pieces = np.flatnonzero(opens)
        last_pieces = np.append(first_pieces[1:], self.starts.size) - 1
        per_text = np.append(0, np.cumsum(opens))[self.firsts]
        joined = np.ones(first_pieces.size, np.bool_)
        joined[per_text[1:][self.counts() > 0] - 1] = False
        return _Spans(
            starts=self.starts[first_pieces],
            ends=self.ends[last_pieces] if first_pieces.size else np.zeros(0, np.int64),
            first_pieces=first_pieces,
            offsets=per_text,
            joined_to_next=joined,
        )


@dataclass(frozen=True, slots=True)
class _Spans:
    starts: Positions
    ends: Positions
    first_pieces: Positions
    offsets: Positions  # per text
    joined_to_next: Flags


def pieces(units: Units, remaining: Remaining, *, keep_lines: bool, characters: bool) -> Pieces:
    """Return the pieces of what remains of the texts.

    Args:
        keep_lines: line breaks stay line breaks.
        characters: make each character of an unspaced run a piece and count words, for a budget.
    """
    numbers = np.flatnonzero(remaining.kept)
    starts, ends = remaining.starts[numbers], units.ends[numbers]
    firsts = np.searchsorted(numbers, units.first_units)
    removed = np.ones(numbers.size, np.bool_)
    removed[1:] = numbers[1:] != numbers[:-1] + 1
    if remaining.starts is not units.starts:
        removed |= starts != units.starts[numbers]
    pieces_behind: Positions = np.cumsum(remaining.kept) - remaining.kept
    kinds = units.kinds[numbers]
    if characters and (kinds == UNSPACED).any():
        starts, ends, firsts, removed, kinds = _characters(units, starts, ends, firsts, removed, kinds)
        pieces_behind = np.searchsorted(starts, units.starts).astype(np.int64)
    follows = np.ones(starts.size, np.bool_)
    opening = firsts[:-1][firsts[:-1] < firsts[1:]]
    follows[opening] = False
    joiners, replaces = gap_joiners(
        units, starts, ends, pieces_behind, removed, follows, keep_lines=keep_lines
    )

    words, continues = np.zeros(0, np.int64), np.zeros(0, np.bool_)
    if characters:
        words = _words_so_far(starts, ends, firsts, kinds == UNSPACED, joiners, replaces, follows)
        continues = replaces & (joiners == GLUE) & (kinds == PUNCTUATION)
        continues[1:] &= kinds[:-1] == PUNCTUATION

    # White space at the edges goes with the first and the last unit of the text.
    whole = np.flatnonzero(np.diff(units.first_units) > 0)
    first_unit, last_unit = units.first_units[:-1][whole], units.first_units[1:][whole] - 1
    starts, ends = starts.copy(), ends.copy()
    keeps_first = remaining.kept[first_unit] & (remaining.starts[first_unit] == units.starts[first_unit])
    starts[firsts[:-1][whole[keeps_first]]] = units.text_starts[whole[keeps_first]]
    keeps_last = remaining.kept[last_unit]
    ends[firsts[1:][whole[keeps_last]] - 1] = units.text_ends[whole[keeps_last]]
    return Pieces(units, starts, ends, firsts, joiners, replaces, words, continues)


def _characters(
    units: Units, starts: Positions, ends: Positions, firsts: Positions, removed: Flags, kinds: Bytes
) -> tuple[Positions, Positions, Positions, Flags, Bytes]:
    """Divide unspaced runs into characters, each with its combining marks."""
    letters = np.flatnonzero((units.classes == ch.UNSPACED) & ((units.raw & 0xC0) != 0x80))
    run = np.searchsorted(starts, letters, side="right") - 1
    inside = run >= 0
    letters, run = letters[inside], run[inside]
    # not those of removed runs, nor the first of a run, which begins the run itself
    inside = (kinds[run] == UNSPACED) & (letters < ends[run]) & (letters != starts[run])
    letters, run = letters[inside], run[inside]
    at = run + 1
    origin = np.insert(np.arange(starts.size), at, run)
    new_starts = np.insert(starts, at, letters)
    new_ends = ends[origin]
    divided = np.flatnonzero(origin[:-1] == origin[1:])
    new_ends[divided] = new_starts[divided + 1]
    return (
        new_starts,
        new_ends,
        firsts + np.searchsorted(letters, np.append(units.text_starts, units.raw.size)),
        np.insert(removed, at, np.zeros(at.size, np.bool_)),
        kinds[origin],
    )


def _words_so_far(
    starts: Positions,
    ends: Positions,
    firsts: Positions,
    unspaced: Flags,
    joiners: npt.NDArray[np.int8],
    replaces: Flags,
    follows: Flags,
) -> Positions:
    spaced = np.zeros(starts.size, np.bool_)
    spaced[1:] = starts[1:] > ends[:-1]
    spaced = np.where(replaces, joiners != GLUE, spaced)
    begins = unspaced | ~follows | spaced
    begins[1:] |= unspaced[:-1]
    so_far = np.cumsum(begins)
    base = np.append(0, so_far)[firsts[:-1]]
    return np.asarray(so_far - np.repeat(base, np.diff(firsts)))


def code_points_before(units: Units) -> Callable[[Positions], Positions]:
    """Return a function from byte positions to how many characters begin before them."""
    if units.ascii:
        return lambda positions: positions
    begins = (units.raw & 0xC0) != 0x80
    behind = np.flatnonzero(~begins)
    if behind.size < units.raw.size // 20:
        return lambda positions: positions - np.searchsorted(behind, positions)
    before = np.append(0, np.cumsum(begins))
    return lambda positions: before[positions]


def _concatenated(buffer: Bytes, starts: Positions, ends: Positions, offsets: Positions) -> pa.StringArray:
    """Return strings, each made of ``offsets[i]`` to ``offsets[i + 1]`` of the slices of ``buffer``."""
    edges = np.empty(2 * starts.size + 1, np.int32)
    edges[0:-1:2], edges[1::2], edges[-1] = starts, ends, buffer.size
    alternating = pa.StringArray.from_buffers(2 * starts.size, pa.py_buffer(edges), pa.py_buffer(buffer))
    wanted = np.zeros(2 * starts.size, np.bool_)
    wanted[::2] = True
    data = alternating.filter(pa.array(wanted)).buffers()[2] or pa.py_buffer(b"")
    lengths = np.append(0, np.cumsum(ends - starts))[offsets].astype(np.int32)
    return pa.StringArray.from_buffers(offsets.size - 1, pa.py_buffer(lengths), data)
