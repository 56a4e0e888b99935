"""Runs SaT graphs, published or exported by docmill.

A graph takes ``input_ids`` int64 and ``attention_mask`` (float16 in the published files, float32 in ours),
both [rows, tokens + 2] with <s> and </s> around, and gives ``logits`` [rows, tokens + 2, labels], of which
label 0 says whether a line break follows. Graphs of ours also give ``hidden`` [rows, tokens + 2, d].

Settings of the catalog entry: ``block`` (tokens of a block, 510 unless said), ``stride``, ``batch``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.sentence_boundary.block_model import BlockModel
from models.sentence_boundary.interface import Encoded, Session, SessionFactory

_SPECIAL = 2  # <s> and </s>
_MOST_TOKENS = 510  # XLM-R has 512 positions for text
_STRIDE = 64  # wtpsplit's
_PIECE = 1 << 16  # characters given to the tokenizer at once
_SEAM = re.compile(r"(?<=[^\s]) (?=[^\s])")


class SatModel(BlockModel):
    """A SaT graph with its tokenizer."""

    def __init__(self, session: Session, tokenizer: Tokenizer, settings: Mapping[str, Any]) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        super().__init__(session, settings, size=_MOST_TOKENS, stride=_STRIDE)
        self._tokenizer = tokenizer
        self._first, self._last = _special(tokenizer, "<s>"), _special(tokenizer, "</s>")

    def encode(self, text: str) -> Encoded:
        """Tokenise a text; without special tokens."""
        ids: list[NDArray[np.int64]] = []
        ends: list[NDArray[np.int32]] = []
        for offset, piece in _pieces(text):
            encoding = self._tokenizer.encode(piece, add_special_tokens=False)
            if encoding.ids:
                ids.append(np.array(encoding.ids, np.int64))
                ends.append(np.array(encoding.offsets, np.int32)[:, 1] + offset)
        if not ids:
            return Encoded(np.zeros(0, np.int32), {"input_ids": np.zeros(0, np.int64)})
        # a token that the normaliser made of nothing has no place of its own: it ends where the last one did
        return Encoded(np.maximum.accumulate(np.concatenate(ends)), {"input_ids": np.concatenate(ids)})

    def _run(
        self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64], output: str
    ) -> NDArray[np.floating[Any]]:
        return self._session.run(self._feeds(inputs["input_ids"], lengths), output)[:, 1:-1]

    def _feeds(self, tokens: NDArray[Any], lengths: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        rows, width = tokens.shape
        ids = np.zeros((rows, width + _SPECIAL), np.int64)
        ids[:, 0] = self._first
        ids[:, 1:-1] = tokens
        ids[np.arange(rows), lengths + 1] = self._last
        mask = np.arange(width + _SPECIAL) < (lengths + _SPECIAL)[:, np.newaxis]
        return {"input_ids": ids, "attention_mask": mask}


def open_model(files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]) -> SatModel:
    """Open a SaT model: files ``graph`` and ``tokenizer``."""
    return SatModel(session(files["graph"]), Tokenizer.from_file(str(files["tokenizer"])), settings)


def _special(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the tokenizer has no token {token}: it is not one of XLM-R's kind")
    return int(number)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text where a single space parts two words: tokens do not reach over such a place."""
    start = 0
    while len(text) - start > _PIECE:
        seam = _SEAM.search(text, start + _PIECE - 4096, start + _PIECE)
        stop = seam.start() if seam else start + _PIECE
        yield start, text[start:stop]
        start = stop
    yield start, text[start:]
