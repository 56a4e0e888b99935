"""What the families have in common whose graphs look at overlapping blocks of tokens: SaT, WtP, accurate."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.interface import Blocks, Floats, Session


class BlockModel(ABC):
    """A graph with the outputs ``logits`` and, where it shows them, ``hidden``.

    A batch has one row unless the settings say otherwise: int8 graphs quantise activations by a scale taken
    over the whole batch.

    Args:
        session: the open graph.
        settings: of the catalog entry: ``block``, ``stride`` (tokens) and ``batch`` (rows) are read here.
        size: most tokens of a block; the settings may say fewer.
        stride: tokens from block to block unless the settings say otherwise.
    """

    def __init__(self, session: Session, settings: Mapping[str, Any], *, size: int, stride: int) -> None:
        self._session = session
        size = min(int(settings.get("block", size)), size)
        self._windowing = Blocks(size, min(int(settings.get("stride", stride)), size))
        self._batch = int(settings.get("batch", 1))

    @property
    def windowing(self) -> Blocks:
        """Blocks of tokens that overlap."""
        return self._windowing

    @property
    def batch(self) -> int:
        """Rows of one call."""
        return self._batch

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return one logit per token, float32[rows, width]; of graphs with several labels that of label 0."""
        found = self._run(inputs, lengths, "logits").astype(np.float32)
        return found[:, :, 0] if found.ndim == 3 else found

    def hidden(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats | None:
        """Return what the head sees, float32[rows, width, d]; None for graphs that do not show it."""
        if "hidden" not in self._session.output_names:
            return None
        return self._run(inputs, lengths, "hidden").astype(np.float32)

    @abstractmethod
    def _run(
        self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64], output: str
    ) -> NDArray[np.floating[Any]]:
        """Compute an output of the graph, [rows, width, ...], without special tokens."""
