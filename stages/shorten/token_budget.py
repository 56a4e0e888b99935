"""Cut texts to a number of tokens without encoding the whole of them.

The cut is defined on the encoding of the whole text: the longest head that ends where a piece (a word, a
run of punctuation, a character of an unspaced script) ends, that no token crosses, and that begins at most
so many tokens. Where even the first piece is too long, the cut falls inside it, at the end of a token.

Where it is known how the tokenizer divides texts (``token_units``), the tokens are counted by units, most of
which have been met before, and only the few units round the cut are encoded with the places of their tokens.
Otherwise a head somewhat longer than the budget is encoded. Its first tokens are those of the whole text: a
token depends on its neighbourhood only, since merges do not reach over words.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.stage import StageError
from stages.shorten.pieces import Pieces
from stages.shorten.token_counts import TextUnits, TokenCounts
from stages.shorten.words import Flags, Positions

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# What is encoded beyond the budget, in tokens: those at the end of a head may differ from the whole text's.
_MARGIN: Final = 16

# Pieces per token of the budget that are looked at first: words have more than a token as a rule.
_FIRST_PIECES: Final = 0.75


def open_tokenizer(path: Path) -> Tokenizer:
    """Open a tokenizer file, without the truncation and padding it may be set to.

    Raises:
        StageError: the file is missing or no tokenizer.
    """
    import os

    # Its threads would compete with the workers, and it warns after a fork.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    try:
        content = path.read_bytes()
    except OSError as error:
        raise StageError(f"shorten: cannot read the tokenizer {path}: {error.strerror or error}") from error
    try:
        tokenizer = Tokenizer.from_buffer(content)
    except Exception as error:  # the library raises nothing narrower
        raise StageError(
            f"shorten: {path} is not a tokenizer file of the tokenizers library (tokenizer.json)"
        ) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def tokens_for_text(tokenizer: Tokenizer, tokens: int, *, special_tokens: bool) -> int:
    """Return how many tokens of a budget are left for the text itself.

    Raises:
        StageError: too few to hold any character.
    """
    added = tokenizer.num_special_tokens_to_add(False) if special_tokens else 0
    if tokens - added < 8:
        raise StageError(
            f"shorten: a budget of {tokens} tokens leaves {tokens - added} for the text, since the tokenizer "
            f"adds {added}: give at least {added + 8}"
        )
    return tokens - added


class TokenCutter:
    """Cuts texts to a number of tokens.

    Args:
        tokenizer: without truncation and padding.
        tokens: how many a text may have.
    """

    def __init__(self, tokenizer: Tokenizer, tokens: int) -> None:
        self._tokenizer = tokenizer
        self._tokens = tokens
        self._counts = TokenCounts.of(tokenizer)

    def cut(self, pieces: Pieces) -> tuple[Pieces, Flags]:
        """Return the head of each text that the budget holds, and which texts were cut."""
        total = pieces.counts()
        heads = _Heads(np.zeros(total.size, np.int64), {})
        open_ = np.flatnonzero(total > 0)
        if self._counts is not None:
            open_ = self._cut_by_units(pieces, open_, self._counts, heads)
        self._cut_by_encoding(pieces, open_, heads)
        inside = np.zeros(total.size, np.bool_)
        inside[list(heads.characters)] = True
        return pieces.head(heads.pieces).clip_first(heads.characters), (heads.pieces < total) | inside

    def _cut_by_units(
        self, pieces: Pieces, open_: Positions, counts: TokenCounts, heads: _Heads
    ) -> Positions:
        """Cut the texts ``open_`` and return those that units say nothing about."""
        total = pieces.counts()
        doubtful: list[Positions] = []
        # Most pieces are a token or more.
        candidates = np.minimum(total, int(self._tokens * _FIRST_PIECES) + _MARGIN)
        while open_.size:
            wanted = np.zeros(total.size, np.int64)
            wanted[open_] = candidates[open_]
            head = pieces.head(wanted)
            texts = head.texts()
            found = counts.units(texts)
            whole = candidates[open_] == total[open_]
            before = found.tokens_before
            first, end = found.firsts[open_], found.firsts[open_ + 1]
            # The first unit that does not fit; it is there when it is not the last one.
            over = np.searchsorted(before, before[first] + self._tokens, side="right") - 1
            fits = over >= end
            seen = found.starts[np.minimum(over + 1, end)] + counts.longest_added <= found.starts[end]
            decided = whole | (~fits & seen)
            trusted = ~found.doubtful[open_]
            heads.pieces[open_[trusted & fits & whole]] = total[open_[trusted & fits & whole]]
            cut = np.flatnonzero(trusted & decided & ~fits)
            if cut.size:
                self._cut_in_units(_Window(head, texts, found), open_[cut], over[cut], heads)
            doubtful.append(open_[~trusted])
            open_ = open_[trusted & ~decided]
            candidates = np.minimum(total, candidates * 2)
        return np.sort(np.concatenate([np.zeros(0, np.int64), *doubtful]))

    def _cut_in_units(self, window: _Window, texts: Positions, over: Positions, heads: _Heads) -> None:
        """Cut texts of which the unit ``over`` is the first that does not fit."""
        found, ends, may_end = window.units, window.ends, window.may_end
        # Back to a unit that begins where the text may be cut: what lies before it fits.
        begin = over.copy()
        searching = np.flatnonzero(begin > found.firsts[texts])
        while searching.size:
            behind = np.searchsorted(ends, found.starts[begin[searching]], side="right") - 1
            good = (behind >= 0) & may_end[behind] & (ends[behind] == found.starts[begin[searching]])
            searching = searching[~good]
            begin[searching] -= 1
            searching = searching[begin[searching] > found.firsts[texts[searching]]]
        first_piece = window.head.firsts[texts]
        start, stop = found.starts[begin], found.starts[over + 1]
        low = np.maximum(np.searchsorted(ends, start, side="right"), first_piece)
        # Up to the first piece that reaches the end of the unit: it does not fit.
        high = np.searchsorted(ends, stop, side="left") + 1
        opening = begin == found.firsts[texts]
        heads.pieces[texts] = low - first_piece
        for row in np.flatnonzero(opening | (high - low > 1)).tolist():
            text = int(texts[row])
            part = window.text(start[row], stop[row])
            encoding = self._tokenizer.encode(part, add_special_tokens=False)
            tokens = int(
                self._tokens - found.tokens_before[begin[row]] + found.tokens_before[found.firsts[text]]
            )
            within = slice(low[row], high[row])
            offsets = np.array(encoding.offsets[: tokens + 1], np.int64).reshape(-1, 2)
            reached = window.code_points(start[row], stop[row], ends[within])
            count = _fitting(offsets, reached[:-1], may_end[within][:-1], tokens)
            heads.pieces[text] += count
            if not count and opening[row]:
                heads.pieces[text] = 1
                heads.characters[text] = _fitting_characters(offsets, reached[0], tokens)

    def _cut_by_encoding(self, pieces: Pieces, open_: Positions, heads: _Heads) -> None:
        """Cut the texts ``open_`` by encoding heads of them."""
        total = pieces.counts()
        candidates = np.minimum(total, self._tokens + _MARGIN)
        while open_.size:
            wanted = np.zeros(total.size, np.int64)
            wanted[open_] = candidates[open_]
            head = pieces.head(wanted)
            ends, texts = head.ends_in_short_text(), head.texts()
            undecided = []
            for text in open_.tolist():
                first, end = head.firsts[text], head.firsts[text + 1]
                may_end = np.append(~head.continues[first + 1 : end], candidates[text] < total[text])
                encoding = self._tokenizer.encode(texts[text].as_py(), add_special_tokens=False)
                whole = candidates[text] == total[text]
                if len(encoding) <= self._tokens + (0 if whole else _MARGIN // 2):
                    if whole:
                        heads.pieces[text] = total[text]
                    else:
                        undecided.append(text)
                    continue
                offsets = np.array(encoding.offsets[: self._tokens + 1], np.int64)
                count = _fitting(offsets, ends[first:end], may_end, self._tokens)
                heads.pieces[text] = max(count, 1)
                if not count:
                    heads.characters[text] = _fitting_characters(offsets, ends[first], self._tokens)
            open_ = np.array(undecided, np.int64)
            candidates = np.minimum(total, candidates * 2)


@dataclass(frozen=True, slots=True)
class _Heads:
    """What stays: of each text how many pieces, and of some how many code points of their first."""

    pieces: Positions
    characters: dict[int, int]


class _Window:
    """Heads of texts, one behind the other, with their pieces and units. Positions are bytes."""

    def __init__(self, head: Pieces, texts: pa.StringArray, units: TextUnits) -> None:
        self.head = head
        self.units = units
        self._bytes = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
        begins = np.append(0, np.cumsum(pc.binary_length(texts).to_numpy())).astype(np.int64)[:-1]
        self.ends: Positions = head.ends_in_short_text(in_bytes=True) + np.repeat(begins, head.counts())
        self.may_end: Flags = np.append(~head.continues[1:], True)
        self.may_end[head.firsts[1:][head.counts() > 0] - 1] = True

    def text(self, start: int, end: int) -> str:
        """Return a part of the texts."""
        return self._bytes[start:end].tobytes().decode()

    def code_points(self, start: int, end: int, positions: Positions) -> Positions:
        """Return how many characters lie between ``start`` and positions up to ``end`` or somewhat further."""
        reached = max(int(positions[-1]), end) if positions.size else end
        begins = (self._bytes[start:reached] & 0xC0) != 0x80
        return np.append(0, np.cumsum(begins))[positions - start]


def _fitting(offsets: Positions, piece_ends: Positions, may_end: Flags, tokens: int) -> int:
    """Return how many pieces fit.

    Args:
        offsets: start and end of the first ``tokens + 1`` tokens, in code points.
        piece_ends: where the pieces end.
        may_end: of each piece, whether the text may be cut behind it.
        tokens: how many there may be.
    """
    begun, reach = _begun(offsets, piece_ends)
    fits = np.flatnonzero(may_end & (begun <= tokens) & (reach <= piece_ends))
    return int(fits[-1]) + 1 if fits.size else 0


def _fitting_characters(offsets: Positions, piece_end: int, tokens: int) -> int:
    """Return how many code points fit of a first piece that does not fit: up to the end of a token."""
    ends = np.unique(offsets[:tokens, 1])
    begun, reach = _begun(offsets, ends)
    fits = ends[(ends > 0) & (ends < piece_end) & (begun <= tokens) & (reach <= ends)]
    return int(fits[-1]) if fits.size else 1  # a text is never empty, even if a character is over the budget


def _begun(offsets: Positions, ends: Positions) -> tuple[Positions, Positions]:
    """Return how many tokens begin before each place, and how far those reach."""
    begun = np.searchsorted(np.maximum.accumulate(offsets[:, 0]), ends)
    return begun, np.append(0, np.maximum.accumulate(offsets[:, 1]))[begun]
