"""Writes the graph of a Llama-like decoder, node by node.

What it does better than a traced graph: one product for query, key and value; grouped-query attention with a
length per row, so that rows of a batch need no padding on the left and read and write one cache in place;
logits only of the tokens that are asked for; and products in the precision that ``linear.py`` gives them.

Tokens run through it as one table [tokens, hidden]; only attention sees rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.attention import Attention, Gammas
from onnx_export.causal_lm.integer_attention import CachePeaks, IntegerAttention
from onnx_export.causal_lm.linear import Linear, Rows
from onnx_export.causal_lm.writer import GraphWriter

Weights = Mapping[str, NDArray[np.float32]]


def write(
    writer: GraphWriter,
    model: Architecture,
    weights: Weights,
    linear: Linear,
    peaks: Sequence[CachePeaks] | None = None,
) -> None:
    """Write the whole graph.

    Inputs: ``input_ids`` int64 [rows, tokens]; ``logit_rows`` int64 [n], which of the rows * tokens places want
    logits; what attention needs (``attention.py``); ``past.N.key`` and ``past.N.value``. Outputs: ``logits`` float32
    [n, vocabulary]; ``present.N.key`` and ``present.N.value``, which are to be bound to the same memory as the past
    ones.

    Args:
        writer: open.
        model: sizes.
        weights: by the names of transformers' Llama, [out, in].
        linear: how products are computed. It knows them by N.qkv, N.o, N.gate, N.up, N.down (N: the layer) and head.
        peaks: of every layer, for attention in integers; None: attention computes in the element of ``linear``.
    """
    from onnx import TensorProto, helper

    if peaks is None:
        attend = Attention(writer, model, linear.element)
    else:
        attend = IntegerAttention(writer, model, peaks)
    _Layers(writer, model, weights, linear, attend).write()
    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["rows", "tokens"]),
        helper.make_tensor_value_info("logit_rows", TensorProto.INT64, ["wanted"]),
        *attend.inputs(),
    ]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["wanted", model.vocabulary])
    writer.finish(inputs, [logits, *attend.cached("present")])


class _Layers:
    def __init__(
        self,
        writer: GraphWriter,
        model: Architecture,
        weights: Weights,
        linear: Linear,
        attend: Attention,
    ) -> None:
        self._w, self._model, self._weights, self._linear = writer, model, weights, linear
        self._element = linear.element
        self._attend = attend

    def write(self) -> None:
        """Write every layer, and the head."""
        from onnx import TensorProto

        model, w = self._model, self._w
        hidden = self._linear.embed(w, "embedding", self._weights["model.embed_tokens.weight"])
        residual, delta = hidden, ""
        for number in range(model.layers):
            prefix = f"model.layers.{number}."
            normed, residual = self._norm(residual, delta, prefix + "input_layernorm.weight")
            delta = self._attention(normed, number, prefix + "self_attn.")
            normed, residual = self._norm(residual, delta, prefix + "post_attention_layernorm.weight")
            delta = self._feed_forward(normed, number, prefix + "mlp.")
        wanted = [w.node("Gather", [one, "logit_rows"], axis=0) for one in (residual, delta)]
        normed, _ = self._norm(wanted[0], wanted[1], "model.norm.weight")
        head = "model.embed_tokens.weight" if model.tied else "lm_head.weight"
        logits = self._linear.product(w, "head", self._weights[head], Rows(normed), "head")
        if logits.scale and self._element is np.float32:
            w.node("Mul", [logits.table, logits.scale], ["logits"])
        else:
            w.node("Cast", [self._linear.scaled(w, logits)], ["logits"], to=TensorProto.FLOAT)

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
