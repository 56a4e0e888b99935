"""How much memory a decoder will need, before it is opened."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.catalog import ModelEntry
from models.causal_lm.cache import BUCKET
from models.causal_lm.folder import WEIGHTS, settings_of
from models.causal_lm.prompted import PIECE
from models.causal_lm.settings import IN_PLACE, Settings

_RUNTIME = 90 * 2**20  # Python, ONNX Runtime, tokenizer, before a graph is open
# ONNX Runtime lays weights out for its kernels, one after the other, and lets go of the mapped file behind it: one
# copy stays, and the largest weight is there twice while it is laid out
_PACKED = 1.15


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes by what holds them.

    Attributes:
        weights: as ONNX Runtime lays them out for its kernels.
        cache: keys and values of all rows, and of the row in which prompts run.
        work: activations and logits of one run.
        runtime: the process itself.
    """

    weights: int
    cache: int
    work: int
    runtime: int = _RUNTIME

    @property
    def total(self) -> int:
        """Their sum."""
        return self.weights + self.cache + self.work + self.runtime


def estimate(entry: ModelEntry, rows: int, length: int) -> int:
    """Return the bytes a process needs at most to decode with a model.

    Args:
        entry: of the model.
        rows: sequences at once.
        length: tokens of the longest, prompt and answer.

    Raises:
        CatalogError: the model is not here.
    """
    files = {part.role: part.size for part in entry.parts()}
    return memory_of(settings_of(entry), files.get(WEIGHTS, entry.size), rows, length).total


def memory_of(settings: Settings, weights: int, rows: int, length: int) -> Memory:
    """The same by parts.

    Args:
        settings: of the model.
        weights: bytes of its weights' file.
        rows, length: as ``estimate``.
    """
    sizes = settings.sizes
    element = np.dtype(settings.cache_element).itemsize
    width = -(-length // BUCKET) * BUCKET
    token = 2 * sizes.layers * sizes.kv_heads * sizes.head_size * element
    layer = token * rows * width // sizes.layers  # the cache grows layer by layer, with one layer twice
    copies, logits = 0, 3 * rows
    if settings.past != IN_PLACE:
        # past rows as they are fed, and all of the present: in the graph's memory, and read from it
        copies, logits = 3 * token * width * max(rows, 2), 2 * max(PIECE, rows)
    piece = max(PIECE, rows)
    scores = 2 * sizes.heads * width + sizes.heads // sizes.kv_heads * width
    inner = (
        4 * sizes.intermediate + 6 * sizes.hidden + 2 * (sizes.heads + 2 * sizes.kv_heads) * sizes.head_size
    )
    return Memory(
        weights=int(weights * _PACKED),
        cache=token * width * (rows + 1) + layer + copies,
        work=piece * (scores + inner) * 4 + logits * sizes.vocabulary * 4,
    )
