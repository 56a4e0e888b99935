"""Attention over a cache that is written in place, in plain operators.

GroupQueryAttention of ONNX Runtime does the same in one node, but on the CPU its sums for one new token run in
another order than those for several, and it takes several new tokens with a past for one row only. Here the
query heads that share a key head are the rows of one product, so that one and several tokens take the same
kernels: a token's result is bit for bit the same alone, in a batch, and when a guess is verified. Keys and
values are also read once per group and not once per head.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.writer import GraphWriter

Gamma = NDArray[np.floating]
Gammas = tuple[Gamma, Gamma]


class Attention:
    """Writes the attention of every layer; constants and shapes are shared by all.

    The graph's inputs that it uses: ``input_ids``, ``positions`` int64 [rows, tokens], ``places`` int64
    [rows, kv_heads, tokens, 3] (row, head, place in the cache of each new token), ``mask`` [rows, 1,
    group * tokens, width] (added to scores; 0 seen, a large negative number not).
    """

    def __init__(self, writer: GraphWriter, model: Architecture, element: type[np.generic]) -> None:
        self._w, self._model = writer, model
        angles = np.outer(np.arange(model.context), model.frequencies.astype(np.float64))
        self._cos = writer.weight("cos", (np.cos(angles) * model.rotary_scale).astype(element))
        self._sin = writer.weight("sin", (np.sin(angles) * model.rotary_scale).astype(element))
        self._group = model.heads // model.kv_heads
        self._given = writer.node("Shape", ["input_ids"])
        self._as_rows = self._shape("as_rows", -1)
        self._as_heads = self._shape("as_heads", model.kv_heads, model.head_size)
        self._as_groups = self._shape("as_groups", model.kv_heads, self._group, model.head_size)

    def write(self, number: int, qkv: str, gammas: Gammas | None = None) -> str:
        """Write one layer's.

        Args:
            number: of the layer.
            qkv: [rows * tokens, (heads + 2 * kv_heads) * head_size]: query, key and value side by side.
            gammas: what the norms of query and key multiply by, [head_size] each; None: there are no norms.

        Returns:
            [rows * tokens, heads * head_size].
        """
        w, model = self._w, self._model
        size, heads, shared = model.head_size, model.heads, model.kv_heads
        query_key, value = self._split(f"{number}.qk_v", qkv, (heads + shared) * size, shared * size)
        if gammas is not None:
            query_key = self._normed(number, query_key, *gammas)
        turned = w.contrib(
            "RotaryEmbedding",
            [w.node("Reshape", [query_key, self._as_rows]), "positions", self._cos, self._sin],
            num_heads=heads + shared,
            rotary_embedding_dim=0,
        )
        query, key = self._split(f"{number}.q_k", turned, heads * size, shared * size)
        keys, values = self._append(number, "key", key), self._append(number, "value", value)
        # heads are numbered group by group: [rows, kv_heads, group * tokens, head_size]
        query = w.node("Transpose", [w.node("Reshape", [query, self._as_groups])], perm=[0, 2, 3, 1, 4])
        query = w.node("Reshape", [query, self._ints("flat_group", 0, 0, -1, size)])
        scores = w.contrib("FusedMatMul", [query, keys], transB=1, alpha=size**-0.5)
        shares = w.node("Softmax", [w.node("Add", [scores, "mask"])], axis=-1)
        found = w.node("MatMul", [shares, values])
        found = w.node("Reshape", [found, self._ints("apart", 0, 0, self._group, -1, size)])
        found = w.node("Transpose", [found], perm=[0, 3, 1, 2, 4])
        return w.node("Reshape", [found, self._ints("table", -1, heads * size)])

    def _normed(self, number: int, query_key: str, query: Gamma, key: Gamma) -> str:
        """Normalise every head of query and key (Qwen3, arXiv 2505.09388)."""
        w, model = self._w, self._model
        heads = w.node(
            "Reshape", [query_key, self._ints("each", -1, model.heads + model.kv_heads, model.head_size)]
        )
        ones = w.weight(f"ones{model.head_size}", np.ones(model.head_size, query.dtype))
        normed = w.node("SimplifiedLayerNormalization", [heads, ones], axis=-1, epsilon=model.epsilon)
        gamma = np.concatenate([np.tile(query, (model.heads, 1)), np.tile(key, (model.kv_heads, 1))])
        return w.node("Mul", [normed, w.weight(f"{number}.qk.gamma", gamma)])

    def _append(self, number: int, what: str, new: str) -> str:
        """Write new keys or values into the cache; past and present are one memory, so nothing is copied."""
        w = self._w
        by_head = w.node("Transpose", [w.node("Reshape", [new, self._as_heads])], perm=[0, 2, 1, 3])
        past, present = f"past.{number}.{what}", f"present.{number}.{what}"
        return w.node("ScatterND", [past, "places", by_head], [present])

    def _split(self, name: str, table: str, *widths: int) -> list[str]:
        names = [f"{name}.{i}" for i in range(len(widths))]
        self._w.node("Split", [table, self._ints(f"split{widths}", *widths)], names, axis=-1)
        return names

    def _shape(self, name: str, *last: int) -> str:
        return self._w.node("Concat", [self._given, self._ints(name, *last)], axis=0)

    def _ints(self, name: str, *values: int) -> str:
        return self._w.weight(f"ints.{name}", np.array(values, np.int64))
