"""Runs the accurate model: ``open_model`` is what ``models.sentence_boundary.opening`` calls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.sentence_boundary.interface import Blocks, Encoded, Floats, Session, SessionFactory

from .features import BLOCK, STRIDE, open_tokenizer, tokenise


class AccurateModel:
    """The graph and its tokeniser. A batch has one row unless the settings say otherwise: the int8 graph
    quantises activations by a scale taken over the whole batch."""

    def __init__(self, session: Session, tokenizer: Tokenizer, settings: Mapping[str, Any]) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._session = session
        self._tokenizer = tokenizer
        size = min(int(settings.get("block", BLOCK)), BLOCK)
        self._windowing = Blocks(size, min(int(settings.get("stride", STRIDE)), size))
        self._batch = int(settings.get("batch", 1))

    @property
    def windowing(self) -> Blocks:
        """Blocks of tokens that overlap."""
        return self._windowing

    @property
    def batch(self) -> int:
        """Rows of one call."""
        return self._batch

    def encode(self, text: str) -> Encoded:
        """Tokenise a text; the only input is ``input_ids``, int64[n]."""
        ids, ends = tokenise(self._tokenizer, text)
        return Encoded(ends, {"input_ids": ids})

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """As ``BoundaryModel``."""
        return self._run(inputs, lengths, "logits")

    def hidden(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats | None:
        """As ``BoundaryModel``; float32[rows, width, 384]."""
        return self._run(inputs, lengths, "hidden") if "hidden" in self._session.output_names else None

    def _run(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64], output: str) -> Floats:
        ids = inputs["input_ids"]
        valid = np.arange(ids.shape[1])[None, :] < lengths[:, None]
        return self._session.run({"input_ids": ids, "attention_mask": valid.astype(np.int64)}, output)


def open_model(
    files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]
) -> AccurateModel:
    """Open the model from its files ``graph`` and ``tokenizer``."""
    return AccurateModel(session(files["graph"]), open_tokenizer(files["tokenizer"]), settings)
