"""Text to tokens for the accurate model: the same in training, export and use.

A pruned SentencePiece Unigram vocabulary (``tokenizer.json``), no special tokens. Long texts are cut at white
space before tokenising, where a Unigram tokeniser cuts anyway, so time and memory stay linear.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LOOKAHEAD = 16  # tokens to the right that one layer sees
BLOCK = 256  # most tokens in a block; training shifts positions at random so that all of these are trained
STRIDE = 192  # 64 tokens of overlap: the limited lookahead needs 48
PAD, UNKNOWN = 0, 1

_BLANK = re.compile(r"\s")
_CHUNK = 4000  # characters


def open_tokenizer(file: Path) -> Tokenizer:
    """Open a ``tokenizer.json``."""
    return Tokenizer.from_file(str(file))


def tokenise(tokenizer: Tokenizer, text: str) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Return the tokens of a text of any length.

    Returns:
        ids: int64[n].
        ends: int32[n], strictly ascending: the offset just past each token's last character. Of several
            tokens that one character became (as the three dots of an ellipsis), the last one stays.
    """
    starts = _chunk_starts(text)
    pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    ids: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int32]] = []
    for start, encoding in zip(starts, tokenizer.encode_batch(pieces, add_special_tokens=False), strict=True):
        offsets = np.asarray(encoding.offsets, dtype=np.int32).reshape(-1, 2)[:, 1]
        ids.append(np.asarray(encoding.ids, dtype=np.int64))
        ends.append(offsets + start)
    all_ids, all_ends = np.concatenate(ids), np.concatenate(ends)
    highest = np.maximum.accumulate(all_ends) if len(all_ends) else all_ends
    last = np.append(highest[1:] > highest[:-1], True)[: len(highest)] & (highest > 0)
    return all_ids[last], highest[last]


def _chunk_starts(text: str) -> list[int]:
    starts = [0]
    while len(text) - starts[-1] > 2 * _CHUNK:
        blank = _BLANK.search(text, starts[-1] + _CHUNK, starts[-1] + 2 * _CHUNK)
        starts.append(blank.start() if blank else starts[-1] + 2 * _CHUNK)
    return starts
