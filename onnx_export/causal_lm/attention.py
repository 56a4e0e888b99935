"""Attention over a cache that is written in place, in plain operators.

GroupQueryAttention of ONNX Runtime does the same in one node, but on the CPU it takes several new tokens with a
past for one row only. Here the query heads that share a key head are the rows of one product, so that one and
several tokens take the same kernels: a token's result is bit for bit the same alone, in a batch, and when a guess
is verified. Keys and values are also read once per group and not once per head.
"""

from __future__ import annotations

from typing import Any

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
        self._w, self._model, self._element = writer, model, element
        angles = np.outer(np.arange(model.context), model.frequencies.astype(np.float64))
        self._cos = writer.weight("cos", (np.cos(angles) * model.rotary_scale).astype(element))
        self._sin = writer.weight("sin", (np.sin(angles) * model.rotary_scale).astype(element))
        self._group = model.heads // model.kv_heads
        self._given = writer.node("Shape", ["input_ids"])
        self._as_rows = self._shape("as_rows", -1)
        self._as_heads = self._shape("as_heads", model.kv_heads, model.head_size)
        self._as_groups = self._shape("as_groups", model.kv_heads, self._group, model.head_size)

    def inputs(self) -> list[Any]:
        """Return the infos of the graph's inputs that attention reads, but for ``input_ids``."""
        from onnx import TensorProto, helper

        kv_heads = self._model.kv_heads
        return [
            helper.make_tensor_value_info("positions", TensorProto.INT64, ["rows", "tokens"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, ["rows", kv_heads, "tokens", 3]),
            helper.make_tensor_value_info("mask", _kind(self._element), ["rows", 1, "queries", "width"]),
            *self.cached("past"),
        ]

    def cached(self, when: str) -> list[Any]:
        """Return the infos of the keys and values of all layers, ``past`` or ``present``."""
        from onnx import helper

        return [
            helper.make_tensor_value_info(f"{when}.{number}.{what}", *self._stored(what))
            for number in range(self._model.layers)
            for what in ("key", "value")
        ]

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
        turned = self._turned(number, w.node("Reshape", [query_key, self._as_rows]))
        query, key = self._split(f"{number}.q_k", turned, heads * size, shared * size)
        keys, values = self._append(number, "key", key), self._append(number, "value", value)
        # heads are numbered group by group: [rows, kv_heads, group, tokens, head_size]
        query = w.node("Transpose", [w.node("Reshape", [query, self._as_groups])], perm=[0, 2, 3, 1, 4])
        found = self._attended(number, query, keys, values)
        found = w.node("Reshape", [found, self._ints("apart", 0, 0, self._group, -1, size)])
        found = w.node("Transpose", [found], perm=[0, 3, 1, 2, 4])
        return w.node("Reshape", [found, self._ints("table", -1, heads * size)])

    def _stored(self, what: str) -> tuple[int, list[Any]]:
        """Return element type and shape of a layer's keys or values."""
        return _kind(self._element), ["rows", self._model.kv_heads, "width", self._model.head_size]

    def _turned(self, number: int, query_key: str) -> str:
        """Turn query and key [rows, tokens, (heads + kv_heads) * head_size] by their positions."""
        return self._w.contrib(
            "RotaryEmbedding",
            [query_key, "positions", self._cos, self._sin],
            num_heads=self._model.heads + self._model.kv_heads,
            rotary_embedding_dim=0,
        )

    def _attended(self, number: int, query: str, keys: str, values: str) -> str:
        """Return [rows, kv_heads, group * tokens, head_size] for a query [rows, kv_heads, group, tokens, head_size]."""
        w, size = self._w, self._model.head_size
        query = w.node("Reshape", [query, self._ints("flat_group", 0, 0, -1, size)])
        scores = w.contrib("FusedMatMul", [query, keys], transB=1, alpha=size**-0.5)
        return w.node("MatMul", [self._shares(scores), values])

    def _shares(self, scores: str) -> str:
        return self._w.node("Softmax", [self._w.node("Add", [scores, "mask"])], axis=-1)

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


def _kind(element: type[np.generic]) -> int:
    from onnx import helper

    return int(helper.np_dtype_to_tensor_dtype(np.dtype(element)))
