"""The embeddings of passage and answer must be close."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import SimilarityGate
from stages.rephrase.gates.pair import Pair, Verdict


class Embedder(Protocol):
    """What embeds texts (``models.text_embedding``)."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Return a row of length 1 per text, float32 [texts, dimensions]; each depends on its text alone."""
        ...


class Similarity:
    """Refuses with ``not_similar``."""

    name: GateName = "similarity"

    def __init__(self, options: SimilarityGate, embedder: Embedder) -> None:
        self._least = options.min_cosine
        self._embedder = embedder

    def judge(self, pair: Pair) -> Verdict:
        passage, answer = self._embedder.embed([pair.passage, pair.answer])
        cosine = float(passage @ answer)
        return Verdict({"similarity": cosine}, ("not_similar",) if cosine < self._least else ())
