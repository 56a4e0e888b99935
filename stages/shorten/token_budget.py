"""Cut texts to a number of tokens without encoding the whole of them.

The cut is defined on the encoding of the whole text: the longest head that ends where a piece (a word, a
run of punctuation, a character of an unspaced script) ends, that no token crosses, and that begins at most
so many tokens. Where even the first piece is too long, the cut falls inside it, at the end of a token.

A token depends on its neighbourhood only: tokenizers cut a text into words before anything else, and where
one does not, its merges do not reach over words. So encoding a head that is somewhat longer than the budget
gives the same first tokens as encoding everything.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.stage import StageError
from stages.shorten.pieces import Pieces
from stages.shorten.words import Flags, Positions

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# What is encoded beyond the budget, in tokens: those at the end of a head may differ from the whole text's.
_MARGIN = 16


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


def cut_to_tokens(pieces: Pieces, tokenizer: Tokenizer, tokens: int) -> tuple[Pieces, Flags]:
    """Return the head of each text that has at most so many tokens, and which texts were cut."""
    total = pieces.counts()
    result = np.zeros(total.size, np.int64)
    inside: dict[int, int] = {}
    candidates = np.minimum(total, tokens + _MARGIN)
    open_ = np.flatnonzero(total > 0)
    while open_.size:
        head = pieces.head(np.where(np.isin(np.arange(total.size), open_), candidates, 0))
        ends, texts = head.ends_in_short_text(), head.texts()
        undecided = []
        for text in open_.tolist():
            first, end = head.firsts[text], head.firsts[text + 1]
            may_end = np.append(~head.continues[first + 1 : end], True)
            encoding = tokenizer.encode(texts[text].as_py(), add_special_tokens=False)
            whole = candidates[text] == total[text]
            if len(encoding) <= tokens + (0 if whole else _MARGIN // 2):
                if whole:
                    result[text] = total[text]
                else:
                    undecided.append(text)
                continue
            offsets = np.array(encoding.offsets[: tokens + 1], np.int64)
            count, characters = _cut(offsets, ends[first:end], may_end, tokens)
            result[text] = count
            if characters:
                inside[text] = characters
        open_ = np.array(undecided, np.int64)
        candidates = np.minimum(total, candidates * 2)
    return pieces.head(result).clip_first(inside), (result < total) | _named(inside, total.size)


def _cut(offsets: Positions, piece_ends: Positions, may_end: Flags, tokens: int) -> tuple[int, int]:
    """Find the cut.

    Args:
        offsets: start and end of the first ``tokens + 1`` tokens, in code points.
        piece_ends: where the pieces end.
        may_end: of each piece, whether the text may be cut behind it.

    Returns:
        how many pieces stay, and, when the cut falls into the first one, how many code points of it (else 0).
    """
    starts = np.maximum.accumulate(offsets[:, 0])
    reach = np.append(0, np.maximum.accumulate(offsets[:, 1]))
    begun = np.searchsorted(starts, piece_ends)  # tokens that begin before each end
    fits = np.flatnonzero(may_end & (begun <= tokens) & (reach[begun] <= piece_ends))
    if fits.size:
        return int(fits[-1]) + 1, 0
    for end in np.unique(offsets[:tokens, 1])[::-1].tolist():
        count = int(np.searchsorted(starts, end))
        if 0 < end <= piece_ends[0] and count <= tokens and reach[count] <= end:
            return 1, end
    return 1, 1  # a first character that alone is over the budget: a text is never empty


def _named(which: dict[int, int], size: int) -> Flags:
    flags = np.zeros(size, np.bool_)
    flags[list(which)] = True
    return flags
