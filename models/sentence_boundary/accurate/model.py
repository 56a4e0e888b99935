"""Runs the accurate model: ``open_model`` is what ``models.sentence_boundary.opening`` calls."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.sentence_boundary.block_model import BlockModel
from models.sentence_boundary.interface import Encoded, Floats, Session, SessionFactory
from models.sentence_boundary.unbroken import NEVER, inside

from .features import BLOCK, STRIDE, open_tokenizer, tokenise


class AccurateModel(BlockModel):
    """The graph and its tokeniser."""

    def __init__(self, session: Session, tokenizer: Tokenizer, settings: Mapping[str, Any]) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        super().__init__(session, settings, size=BLOCK, stride=STRIDE)
        self._tokenizer = tokenizer

    def encode(self, text: str) -> Encoded:
        """Tokenise a text; the inputs are ``input_ids``, int64[n], and ``inside``, bool[n], which the graph does
        not take: see ``unbroken``."""
        ids, ends = tokenise(self._tokenizer, text)
        return Encoded(ends, {"input_ids": ids, "inside": inside(text, ends)})

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return one logit per token, float32[rows, width]."""
        found: Floats = np.where(inputs["inside"], np.float32(NEVER), super().logits(inputs, lengths))
        return found

    def _run(
        self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64], output: str
    ) -> NDArray[np.floating[Any]]:
        ids = inputs["input_ids"]
        valid = np.arange(ids.shape[1])[None, :] < lengths[:, None]
        return self._session.run({"input_ids": ids, "attention_mask": valid.astype(np.int64)}, output)


def open_model(
    files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]
) -> AccurateModel:
    """Open the model from its files ``graph`` and ``tokenizer``."""
    return AccurateModel(session(files["graph"]), open_tokenizer(files["tokenizer"]), settings)
