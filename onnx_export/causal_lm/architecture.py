"""What of a decoder-only model's configuration decides its graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Architecture:
    """Sizes and variants of a Llama-like decoder (RMSNorm, rotary positions, grouped-query attention, SwiGLU).

    Attributes:
        layers, hidden, intermediate, heads, kv_heads, head_size, vocabulary, context: counts.
        epsilon: of RMSNorm (arXiv 1910.07467).
        window: tokens that attention sees, its own included; None: all (Mistral, arXiv 2310.06825).
        tied: the output head is the embedding table.
        frequencies: [head_size / 2] of the rotary positions (arXiv 2104.09864), in radians per token, scaled
            for long contexts where the model is.
        rotary_scale: factor of cosines and sines.
    """

    layers: int
    hidden: int
    intermediate: int
    heads: int
    kv_heads: int
    head_size: int
    vocabulary: int
    context: int
    epsilon: float
    window: int | None
    tied: bool
    frequencies: NDArray[np.float32]
    rotary_scale: float = 1.0
