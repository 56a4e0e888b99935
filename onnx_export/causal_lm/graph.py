"""Writes the graph of a Llama-like decoder, node by node.

What it does better than a traced graph: one product for query, key and value; grouped-query attention with a
length per row, so that rows of a batch need no padding on the left and read and write one cache in place;
logits only of the tokens that are asked for; and products in the precision that ``linear.py`` gives them.

Tokens run through it as one table [tokens, hidden]; only attention sees rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.attention import Attention, Gammas
from onnx_export.causal_lm.linear import Linear, Rows
from onnx_export.causal_lm.writer import GraphWriter

Weights = Mapping[str, NDArray[np.float32]]


def write(writer: GraphWriter, model: Architecture, weights: Weights, linear: Linear) -> None:
    """Write the whole graph.

    Inputs: ``input_ids`` int64 [rows, tokens]; ``seqlens_k`` int32 [rows], a row's length after this run, less
    one; ``total_sequence_length`` int32, the longest of these lengths; ``logit_rows`` int64 [n], which of the
    rows * tokens places want logits; ``past.N.key`` and ``past.N.value`` [rows, kv_heads, capacity, head_size].
    Outputs: ``logits`` float32 [n, vocabulary]; ``present.N.key`` and ``present.N.value``, which are to be bound
    to the same memory as the past ones.

    Args:
        writer: open.
        model: sizes.
        weights: by the names of transformers' Llama, [out, in].
        linear: how products are computed. It knows them by N.qkv, N.o, N.gate, N.up, N.down (N: the layer) and head.
    """
    layers = _Layers(writer, model, weights, linear)
    writer.finish(_inputs(model, linear.element), layers.all())


class _Layers:
    def __init__(self, writer: GraphWriter, model: Architecture, weights: Weights, linear: Linear) -> None:
        self._w, self._model, self._weights, self._linear = writer, model, weights, linear
        self._element = linear.element
        self._attend = Attention(writer, model, linear.element)

    def all(self) -> list[Any]:
        """Write every layer; return the outputs."""
        from onnx import TensorProto, helper

        model, w = self._model, self._w
        hidden = self._linear.embed(w, "embedding", self._weights["model.embed_tokens.weight"])
        residual, delta = hidden, ""
        kind = helper.np_dtype_to_tensor_dtype(np.dtype(self._element))
        outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["wanted", model.vocabulary])]
        for number in range(model.layers):
            prefix = f"model.layers.{number}."
            normed, residual = self._norm(residual, delta, prefix + "input_layernorm.weight")
            delta = self._attention(normed, number, prefix + "self_attn.")
            normed, residual = self._norm(residual, delta, prefix + "post_attention_layernorm.weight")
            delta = self._feed_forward(normed, number, prefix + "mlp.")
            outputs += [
                helper.make_tensor_value_info(
                    f"present.{number}.{what}", kind, ["rows", model.kv_heads, "width", model.head_size]
                )
                for what in ("key", "value")
            ]
        wanted = [w.node("Gather", [one, "logit_rows"], axis=0) for one in (residual, delta)]
        normed, _ = self._norm(wanted[0], wanted[1], "model.norm.weight")
        head = "model.embed_tokens.weight" if model.tied else "lm_head.weight"
        logits = self._linear.product(w, "head", self._weights[head], Rows(normed), "head")
        w.node("Cast", [self._linear.scaled(w, logits)], ["logits"], to=TensorProto.FLOAT)
        return outputs

    def _norm(self, residual: str, delta: str, name: str) -> tuple[str, str]:
        """Add to the residual stream and normalise it; return both."""
        gamma = self._w.weight(name, self._weights[name].astype(self._element))
        if not delta:
            normed = self._w.node(
                "SimplifiedLayerNormalization", [residual, gamma], axis=-1, epsilon=self._model.epsilon
            )
            return normed, residual
        names = [f"{name}.{part}" for part in ("normed", "", "", "sum")]
        names[1] = names[2] = ""
        self._w.contrib(
            "SkipSimplifiedLayerNormalization", [residual, delta, gamma], names, epsilon=self._model.epsilon
        )
        return names[0], names[3]

    def _attention(self, normed: str, number: int, prefix: str) -> str:
        w, linear = self._w, self._linear
        parts = [self._weights[f"{prefix}{part}_proj.weight"] for part in "qkv"]
        rows = linear.rows(w, Rows(normed))
        found = linear.scaled(w, linear.product(w, f"{number}.qkv", np.concatenate(parts), rows, "attention"))
        if f"{prefix}q_proj.bias" in self._weights:
            bias = np.concatenate([self._weights[f"{prefix}{part}_proj.bias"] for part in "qkv"])
            found = w.node("Add", [found, w.weight(f"{number}.qkv.bias", bias.astype(self._element))])
        table = self._attend.write(number, found, self._gammas(prefix))
        rows = linear.rows(w, Rows(table))
        return linear.scaled(
            w, linear.product(w, f"{number}.o", self._weights[f"{prefix}o_proj.weight"], rows, "attention")
        )

    def _gammas(self, prefix: str) -> Gammas | None:
        """Return what the norms of query and key multiply by, in models that have them."""
        if f"{prefix}q_norm.weight" not in self._weights:
            return None
        query, key = (self._weights[f"{prefix}{part}_norm.weight"].astype(self._element) for part in "qk")
        return query, key

    def _feed_forward(self, normed: str, number: int, prefix: str) -> str:
        w, linear = self._w, self._linear
        rows = linear.rows(w, Rows(normed))
        gate, up = (
            linear.product(
                w, f"{number}.{part}", self._weights[f"{prefix}{part}_proj.weight"], rows, "feed_forward"
            )
            for part in ("gate", "up")
        )
        # the scale of a row of `up` passes through the product unchanged: it is left for after `down`
        opened = w.contrib("QuickGelu", [linear.scaled(w, gate)], alpha=1.0)  # x * sigmoid(x)
        middle = Rows(w.node("Mul", [opened, up.table]), up.scale)
        rows = linear.rows(w, middle)
        return linear.scaled(
            w,
            linear.product(
                w, f"{number}.down", self._weights[f"{prefix}down_proj.weight"], rows, "feed_forward"
            ),
        )


def _inputs(model: Architecture, element: type[np.generic]) -> list[Any]:
    from onnx import TensorProto, helper

    kind = helper.np_dtype_to_tensor_dtype(np.dtype(element))
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "tokens"]),
        helper.make_tensor_value_info("positions", TensorProto.INT64, ["rows", "tokens"]),
        helper.make_tensor_value_info("places", TensorProto.INT64, ["rows", model.kv_heads, "tokens", 3]),
        helper.make_tensor_value_info("mask", kind, ["rows", 1, "queries", "width"]),
        helper.make_tensor_value_info("logit_rows", TensorProto.INT64, ["wanted"]),
    ]
    shape = ["rows", model.kv_heads, "width", model.head_size]
    for number in range(model.layers):
        inputs += [
            helper.make_tensor_value_info(f"past.{number}.{what}", kind, shape) for what in ("key", "value")
        ]
    return inputs
