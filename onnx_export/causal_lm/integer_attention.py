"""Attention in integers, over a cache of bytes.

Half of a step of eight sequences was reading their keys and values in single precision. In 8 bits they are a
quarter of it, and a product of integers is the same in whatever order it is summed:

- keys have 8 bits and one step per channel, which is the same for every token, so what is written stays as it is; the
  inverse of the channel's step goes to the query. As in SmoothQuant (arXiv 2211.10438, equation 4) the two share the
  spread of the channels;
- values have 8 bits and one step per channel, which what comes out is multiplied by (the export rotates them within
  each head, which evens channels out);
- a query has 7 bits and a step of its own for every token and head, and so have the shares that come out of softmax:
  the fast kernel sums pairs of products in 16 bits, which 7 times 8 bits cannot overflow (``linear.PerToken``).

The product's right side is walked along its columns, so keys lie transposed in the cache: [rows, kv_heads, head_size,
width].
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.attention import Attention
from onnx_export.causal_lm.writer import GraphWriter

Peaks = NDArray[np.float32]

_ROOM = (
    1.25  # how much larger than on the text they were measured on keys and values may be before they are cut
)
_LARGEST = 127


@dataclass(frozen=True)
class CachePeaks:
    """Largest magnitudes of one layer on some text.

    Attributes:
        queries, keys: [kv_heads, head_size / 2] of the pairs of channels that rotary positions turn, which leave a
            pair's length as it is; of a key head's queries, the largest.
        values: [kv_heads, head_size], as the graph computes them.
    """

    queries: Peaks
    keys: Peaks
    values: Peaks

    def factors(self) -> tuple[Peaks, Peaks]:
        """Return what queries and keys are to be multiplied by, [kv_heads, head_size] each; keys come to codes."""
        keys, queries = (np.maximum(one, 1e-4) for one in (self.keys, self.queries))
        share = np.sqrt(keys / queries)
        step = (keys / share).max(axis=1, keepdims=True) * (_ROOM / _LARGEST)
        factor = np.tile(share * step, (1, 2))
        return factor.astype(np.float32), (1 / factor).astype(np.float32)

    def value_steps(self) -> Peaks:
        """Return what one step of a value's code is worth, [kv_heads, head_size]."""
        return (np.maximum(self.values, 1e-4) * (_ROOM / _LARGEST)).astype(np.float32)


class IntegerAttention(Attention):
    """As ``Attention``, with one more input of the graph: ``key_places`` int64 [rows, kv_heads, head_size, tokens, 4].

    Args:
        writer: open.
        model: sizes.
        peaks: of every layer.
    """

    def __init__(self, writer: GraphWriter, model: Architecture, peaks: Sequence[CachePeaks]) -> None:
        super().__init__(writer, model, np.float32)
        self._peaks = peaks
        w, size = writer, model.head_size
        self._one = w.weight("one", np.array(1.0, np.float32))
        self._middle = w.weight("query.middle", np.array(64, np.uint8))
        queries = w.node("Mul", [w.node("Size", ["input_ids"]), self._ints("heads", model.heads)])
        self._middles = w.node("Expand", [self._middle, queries])
        rows = w.node("Slice", [self._given, self._ints("first", 0), self._ints("second", 1)])
        width = w.node("Slice", [w.node("Shape", ["mask"]), self._ints("last", -1), self._ints("end", 4)])
        self._in_heads = w.node("Concat", [rows, self._ints("in_heads", model.kv_heads, -1, size)], axis=0)
        self._a_column = w.node("Concat", [rows, self._ints("a_column", model.kv_heads, -1, 1)], axis=0)
        self._flat_shares = w.node("Concat", [self._ints("any", -1), width], axis=0)
        self._shares_in_heads = w.node(
            "Concat", [rows, self._ints("by_head", model.kv_heads, -1), width], axis=0
        )

    def inputs(self) -> list[Any]:
        from onnx import TensorProto, helper

        shape = ["rows", self._model.kv_heads, self._model.head_size, "tokens", 4]
        return [*super().inputs(), helper.make_tensor_value_info("key_places", TensorProto.INT64, shape)]

    def _stored(self, what: str) -> tuple[int, list[Any]]:
        from onnx import TensorProto

        _, (rows, heads, width, size) = super()._stored(what)
        return TensorProto.INT8, [rows, heads, size, width] if what == "key" else [rows, heads, width, size]

    def _turned(self, number: int, query_key: str) -> str:
        queries, keys = self._peaks[number].factors()
        factor = np.concatenate([np.repeat(queries, self._group, axis=0), keys]).reshape(-1)
        turned = super()._turned(number, query_key)
        return self._w.node("Mul", [turned, self._w.weight(f"{number}.qk.factor", factor)])

    def _append(self, number: int, what: str, new: str) -> str:
        w = self._w
        if what == "value":  # keys are multiplied by their factors already
            steps = self._peaks[number].value_steps().reshape(-1)
            new = w.node("Mul", [new, w.weight(f"{number}.value.factor", 1 / steps)])
        # one step for all: the kernel for a step per column takes 25 times as long
        codes = w.node("QuantizeLinear", [new, self._one, w.weight("code.zero", np.array(0, np.int8))])
        codes = w.node("Reshape", [codes, self._as_heads])  # [rows, tokens, kv_heads, head_size]
        order, places = ([0, 2, 3, 1], "key_places") if what == "key" else ([0, 2, 1, 3], "places")
        past, present = f"past.{number}.{what}", f"present.{number}.{what}"
        return w.node("ScatterND", [past, places, w.node("Transpose", [codes], perm=order)], [present])

    def _attended(self, number: int, query: str, keys: str, values: str) -> str:
        w, size = self._w, self._model.head_size
        flat = w.node("Reshape", [query, self._ints("flat_query", -1, size)])
        steps = self._steps(w.node("Abs", [flat]), "query.share", 1 / 63)
        codes = w.node("QuantizeLinear", [flat, steps, self._middles], axis=0)
        codes = w.node("Reshape", [codes, self._in_heads])
        root = w.weight("root", np.array(size**-0.5, np.float32))
        scores = w.contrib("MatMulIntegerToFloat", [codes, keys, root, self._one, self._middle])
        shares = self._shares(w.node("Mul", [scores, w.node("Reshape", [steps, self._a_column])]))
        flat = w.node("Reshape", [shares, self._flat_shares])
        steps = self._steps(flat, "share.share", 1 / _LARGEST)
        codes = w.node("Reshape", [w.node("QuantizeLinear", [flat, steps], axis=0), self._shares_in_heads])
        found = w.contrib("MatMulIntegerToFloat", [codes, values, self._one, self._one])
        worth = w.weight(f"{number}.value.worth", self._peaks[number].value_steps()[:, None])
        return w.node("Mul", [found, w.node("Mul", [w.node("Reshape", [steps, self._a_column]), worth])])

    def _steps(self, magnitudes: str, name: str, share: float) -> str:
        """Return a share of each row's largest, [rows of the table]."""
        w = self._w
        largest = w.node("ReduceMax", [magnitudes, self._ints("last", -1)], keepdims=0)
        return w.node("Mul", [largest, w.weight(name, np.array(share, np.float32))])
