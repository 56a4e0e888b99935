"""Runs the accurate model: ``open_model`` is what ``models.sentence_boundary.opening`` calls.

The graph computes one row at a time, and its later layers only where a sentence might end (``inference``).
"""

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

_NEVER_SKIPPED = np.array(-np.inf, np.float32)


class AccurateModel(BlockModel):
    """The graph and its tokeniser.

    Args:
        session: the open graph.
        tokenizer: of its vocabulary.
        settings: of the catalog entry. ``skip_below`` is a probability: what the first layers find
            less likely keeps their logit. 0, the default, skips nothing.
    """

    def __init__(self, session: Session, tokenizer: Tokenizer, settings: Mapping[str, Any]) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        super().__init__(session, settings, size=BLOCK, stride=STRIDE)
        self._batch = 1
        self._tokenizer = tokenizer
        below = float(settings.get("skip_below", 0.0))
        self._skip_below = np.array(np.log(below / (1 - below)) if below else -np.inf, np.float32)

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
        # Adaptation learns from what the last layer sees of every token.
        below = self._skip_below if output == "logits" else _NEVER_SKIPPED
        return self._session.run({"input_ids": inputs["input_ids"], "skip_below": below}, output)


def open_model(
    files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]
) -> AccurateModel:
    """Open the model from its files ``graph`` and ``tokenizer``."""
    return AccurateModel(session(files["graph"]), open_tokenizer(files["tokenizer"]), settings)
