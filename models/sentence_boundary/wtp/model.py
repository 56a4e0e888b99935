"""Runs WtP graphs, published or exported by docmill.

Each character is a token. Its embedding is looked up by several hashes, as CANINE does it: with prime p,
hash = (code point + 1) * p modulo the number of buckets. A graph takes ``hashed_ids`` int64
[rows, characters, hashes] and ``attention_mask``, and gives ``logits`` [rows, characters, labels], of which
label 0 says whether a line break follows; graphs of ours also give ``hidden``.

Settings of the catalog entry: ``block`` (characters of a block), ``stride``, ``batch``, ``hashes``,
``buckets``, ``multiple`` (the length of a row must be a multiple of it, for bodies that downsample).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.block_model import BlockModel
from models.sentence_boundary.condition import code_points
from models.sentence_boundary.interface import Encoded, Session, SessionFactory

_MOST_CHARACTERS = 512  # the published bodies' blocks in training
_STRIDE = 64  # wtpsplit's
# CANINE's (arXiv 2103.06874)
_PRIMES = np.array([31, 43, 59, 61, 73, 97, 103, 113, 137, 149, 157, 173, 181, 193, 211, 223], np.int64)


class WtpModel(BlockModel):
    """A WtP graph."""

    def __init__(self, session: Session, settings: Mapping[str, Any]) -> None:
        super().__init__(session, settings, size=_MOST_CHARACTERS, stride=_STRIDE)
        self._hashes = int(settings.get("hashes", 8))
        self._buckets = int(settings.get("buckets", 8192))
        self._multiple = int(settings.get("multiple", 1))
        if self._hashes > len(_PRIMES):
            raise ValueError(f"there are {len(_PRIMES)} hash functions, not {self._hashes}")

    def encode(self, text: str) -> Encoded:
        """Make a token of every character, white space included."""
        # hashed only window by window: the hashes of a text are sixteen times as large as its code points
        return Encoded(np.arange(1, len(text) + 1, dtype=np.int32), {"codes": code_points(text)})

    def _run(
        self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64], output: str
    ) -> NDArray[np.floating[Any]]:
        codes = inputs["codes"]
        return self._session.run(self._feeds(codes, lengths), output)[:, : codes.shape[1]]

    def _feeds(self, codes: NDArray[Any], lengths: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
        rows, width = codes.shape
        full = -(-width // self._multiple) * self._multiple
        mask = np.arange(full) < lengths[:, np.newaxis]
        hashed = np.zeros((rows, full, self._hashes), np.int64)
        primes = _PRIMES[: self._hashes]
        hashed[:, :width] = (codes.astype(np.int64) + 1)[:, :, np.newaxis] * primes % self._buckets
        hashed[~mask] = 0
        return {"hashed_ids": hashed, "attention_mask": mask}


def open_model(files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]) -> WtpModel:
    """Open a WtP model: file ``graph``."""
    return WtpModel(session(files["graph"]), settings)
