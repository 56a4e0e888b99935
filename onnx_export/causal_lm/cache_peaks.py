"""Measures how large queries, keys and values become, for ``integer_attention.py``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.integer_attention import CachePeaks
from onnx_export.causal_lm.moments import Activations
from onnx_export.causal_lm.source import Original

if TYPE_CHECKING:
    import torch

Matrix = NDArray[np.float32]


def measured(
    original: Original, model: Architecture, activations: Activations, by_head: Callable[[Matrix], Matrix]
) -> list[CachePeaks]:
    """Return the peaks of every layer on the texts of the activations.

    Args:
        original: the network.
        model: its sizes.
        activations: of the network.
        by_head: turns values [kv_heads * head_size, tokens] as the weights are turned that the graph gets.
    """
    normed = hasattr(original.model.model.layers[0].self_attn, "k_norm")  # Qwen3
    query, key, value = ("q_norm", "k_norm", "v_proj") if normed else ("q_proj", "k_proj", "v_proj")
    found: dict[tuple[int, str], Matrix] = {}
    heads, size = model.kv_heads, model.head_size

    def look(number: int, part: str, output: torch.Tensor) -> None:
        table = output.numpy()
        if part == value:
            turned = by_head(table.reshape(len(table), -1).T)
            peaks = np.abs(turned).max(axis=1).reshape(heads, size)
        else:
            # queries by the key head they share, [tokens, kv_heads, group, 2, head_size / 2]
            pairs = table.reshape(len(table), heads, -1, 2, size // 2)
            peaks = np.sqrt(np.square(pairs).sum(axis=3)).max(axis=(0, 2)) * model.rotary_scale
        found[number, part] = np.maximum(found.get((number, part), peaks), peaks)

    activations.outputs(look, (query, key, value))
    return [
        CachePeaks(*(found[number, part].astype(np.float32) for part in (query, key, value)))
        for number in range(model.layers)
    ]
