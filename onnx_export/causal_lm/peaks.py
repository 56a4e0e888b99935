"""Measures how large activations become, for ``balance.py``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.source import Original


def measure(original: Original, texts: Sequence[str]) -> list[NDArray[np.float32]]:
    """Return, per layer, the largest magnitude of each input channel of ``down`` [intermediate].

    First tokens count like others: models park large values there, and other tokens depend on them.
    """
    import torch

    layers = original.model.model.layers
    found = [torch.zeros(layer.mlp.down_proj.in_features) for layer in layers]

    def watch(number: int) -> Any:
        def look(_: Any, inputs: tuple[Any, ...]) -> None:
            found[number] = torch.maximum(found[number], inputs[0].detach().float().abs().amax((0, 1)))

        return look

    handles = [layer.mlp.down_proj.register_forward_pre_hook(watch(i)) for i, layer in enumerate(layers)]
    try:
        with torch.inference_mode():
            for text in texts:
                tokens = original.tokenizer(text, return_tensors="pt")["input_ids"]
                original.model.model(tokens[:, : original.model.config.max_position_embeddings])
    finally:
        for handle in handles:
            handle.remove()
    return [one.numpy() for one in found]
