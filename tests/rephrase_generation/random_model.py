"""A real graph of ours with random weights, run by ONNX Runtime: what the exporter writes, only small."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.causal_lm.decoder import Decoder
from models.causal_lm.settings import Settings, Sizes
from models.session import open_session
from onnx_export.causal_lm import graph, linear
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.writer import GRAPH, GraphWriter

LAYERS, HEADS, KV_HEADS, HEAD, HIDDEN, INNER, VOCABULARY = 2, 6, 2, 16, 96, 128, 64


def decoder(
    folder: Path, method: linear.Linear, precision: str, context: int = 160, seed: int = 0
) -> Decoder:
    """Write a model into a folder and open it."""
    random = np.random.default_rng(seed)
    architecture = Architecture(
        LAYERS, HIDDEN, INNER, HEADS, KV_HEADS, HEAD, VOCABULARY, context,
        epsilon=1e-5, window=None, tied=True,
        frequencies=(10000.0 ** (-np.arange(0, HEAD, 2) / HEAD)).astype(np.float32),
    )  # fmt: skip
    shapes = {"model.embed_tokens.weight": (VOCABULARY, HIDDEN)}
    for number in range(LAYERS):
        layer = f"model.layers.{number}."
        shapes |= {
            f"{layer}self_attn.q_proj.weight": (HEADS * HEAD, HIDDEN),
            f"{layer}self_attn.k_proj.weight": (KV_HEADS * HEAD, HIDDEN),
            f"{layer}self_attn.v_proj.weight": (KV_HEADS * HEAD, HIDDEN),
            f"{layer}self_attn.o_proj.weight": (HIDDEN, HEADS * HEAD),
            f"{layer}mlp.gate_proj.weight": (INNER, HIDDEN),
            f"{layer}mlp.up_proj.weight": (INNER, HIDDEN),
            f"{layer}mlp.down_proj.weight": (HIDDEN, INNER),
        }
    weights = {
        name: random.normal(0, shape[1] ** -0.5, shape).astype(np.float32) for name, shape in shapes.items()
    }
    norms = ["model.norm.weight"]
    for number in range(LAYERS):
        norms += [f"model.layers.{number}.{part}_layernorm.weight" for part in ("input", "post_attention")]
    weights |= {name: np.ones(HIDDEN, np.float32) for name in norms}
    with GraphWriter(folder) as writer:
        graph.write(writer, architecture, weights, method)
    sizes = Sizes(LAYERS, HEADS, KV_HEADS, HEAD, HIDDEN, INNER, VOCABULARY, context)
    return Decoder(open_session(folder / GRAPH), Settings(sizes, precision, (0,)))
