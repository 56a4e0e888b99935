"""How a graph computes its products: one class per precision.

- ``Float``: as trained, or in half precision for GPUs;
- ``WeightOnly``: 8-bit weights in blocks along the input (MatMulNBits), 4-bit ones in the feed-forward part;
- ``PerToken``: 7-bit weights per output and 8-bit activations per token. Sums of integers are exact and a
  token's scale is its own, so a token's result does not depend on what else is in the batch.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm import rounding
from onnx_export.causal_lm.writer import GraphWriter

Matrix = NDArray[np.float32]
Part = Literal["attention", "feed_forward", "head"]
Moments = Callable[[str], Matrix | None]  # name of a product to the second moments of its inputs [in, in]


def _unknown(_: str) -> None:
    return None


@dataclass(frozen=True)
class Rows:
    """A table [tokens, width] in a graph.

    Attributes:
        table: name of the tensor.
        scale: name of a tensor [tokens, 1] that it is still to be multiplied by; empty: none.
    """

    table: str
    scale: str = ""


class Linear(Protocol):
    """The products of one precision."""

    element: type[np.generic]

    def embed(self, writer: GraphWriter, name: str, table: Matrix) -> str:
        """Look tokens up in a table [vocabulary, hidden]; return [rows * tokens, hidden]."""
        ...

    def rows(self, writer: GraphWriter, rows: Rows) -> Rows:
        """Make rows ready for one or more products."""
        ...

    def product(self, writer: GraphWriter, name: str, weight: Matrix, rows: Rows, part: Part) -> Rows:
        """Multiply rows by a weight [out, in]; those of the head, which gives logits, are made ready here."""
        ...

    def scaled(self, writer: GraphWriter, rows: Rows) -> str:
        """Apply the scale that rows still carry."""
        ...


def _scaled(writer: GraphWriter, rows: Rows) -> str:
    return writer.node("Mul", [rows.table, rows.scale]) if rows.scale else rows.table


def _flat_tokens(writer: GraphWriter) -> str:
    return writer.node("Reshape", ["input_ids", writer.weight("ints.flat", np.array([-1], np.int64))])


class Float:
    """Products in floating point."""

    def __init__(self, element: type[np.generic] = np.float32) -> None:
        self.element = element

    def embed(self, writer: GraphWriter, name: str, table: Matrix) -> str:
        stored = writer.weight(name, table.astype(self.element))
        self._table = (table, stored)
        return writer.node("Gather", [stored, _flat_tokens(writer)], axis=0)

    def rows(self, writer: GraphWriter, rows: Rows) -> Rows:
        return rows

    def product(self, writer: GraphWriter, name: str, weight: Matrix, rows: Rows, part: Part) -> Rows:
        if part == "head" and weight is self._table[0]:  # stored once
            return Rows(writer.contrib("FusedMatMul", [rows.table, self._table[1]], transB=1), rows.scale)
        stored = writer.weight(name, weight.T.astype(self.element))
        return Rows(writer.node("MatMul", [rows.table, stored]), rows.scale)

    def scaled(self, writer: GraphWriter, rows: Rows) -> str:
        return _scaled(writer, rows)


class _EightBitTable:
    """An embedding table in 8 bits with a scale per token: only the rows that are asked for are ever read."""

    element: type[np.generic] = np.float32

    def embed(self, writer: GraphWriter, name: str, table: Matrix) -> str:
        codes, scales = rounding.per_row(table, 127)
        tokens = _flat_tokens(writer)
        found = writer.node("Gather", [writer.weight(name, codes), tokens], axis=0)
        scale = writer.node("Gather", [writer.weight(f"{name}.scale", scales[:, None]), tokens], axis=0)
        return writer.node("Mul", [writer.node("Cast", [found], to=1), scale])

    def scaled(self, writer: GraphWriter, rows: Rows) -> str:
        return _scaled(writer, rows)


class WeightOnly(_EightBitTable):
    """Weights in blocks of 32 along the input; attention and head always in 8 bits.

    In 4 bits, attention would cost as much divergence as the feed-forward part, which is three times as large.
    """

    def __init__(self, bits: int, moments: Moments = _unknown) -> None:
        self._bits, self._moments, self._block = bits, moments, 32

    def rows(self, writer: GraphWriter, rows: Rows) -> Rows:
        return rows

    def product(self, writer: GraphWriter, name: str, weight: Matrix, rows: Rows, part: Part) -> Rows:
        bits = self._bits if part == "feed_forward" else 8
        stored = rounding.blocks(weight, bits, self._block, self._moments(name) if bits == 4 else None)
        names = [writer.weight(f"{name}.codes", stored.codes), writer.weight(f"{name}.scales", stored.scales)]
        if stored.zeros is not None:
            names.append(writer.weight(f"{name}.zeros", stored.zeros))
        out, into = weight.shape
        attributes: dict[str, Any] = {"K": into, "N": out, "bits": bits, "block_size": self._block}
        taken = self._never_alone(writer, rows.table) if bits == 4 else rows.table
        table = writer.contrib("MatMulNBits", [taken, *names], accuracy_level=4, **attributes)
        if bits == 4:
            first, last = _constant(writer, "first", [0]), _constant(writer, "last", [-1])
            table = writer.node("Slice", [table, first, last, first])
        return Rows(table, rows.scale)

    def _never_alone(self, writer: GraphWriter, table: str) -> str:
        """Append the first row once more: the 4-bit kernel for a single row sums in another order than that for
        several, and a token is to give the same alone and in company."""
        first, second = _constant(writer, "first", [0]), _constant(writer, "second", [1])
        return writer.node("Concat", [table, writer.node("Slice", [table, first, second, first])], axis=0)


class PerToken(_EightBitTable):
    """Weights in 7 bits with a scale per output, activations in 8 bits with a scale per token.

    ONNX Runtime's fast kernel sums pairs of products in 16 bits, which saturates on CPUs without VNNI when
    weights have 8 bits. Weights from -63 to 63 cannot saturate it, and it is 1.3 times as fast as the kernel that
    could take 8 bits.
    """

    def __init__(self, moments: Moments = _unknown) -> None:
        self._moments = moments
        self._middles: dict[str, str] = {}

    def rows(self, writer: GraphWriter, rows: Rows) -> Rows:
        return self._quantised(writer, rows, "input_ids")

    def _quantised(self, writer: GraphWriter, rows: Rows, counted: str) -> Rows:
        """Quantise rows, as many as the graph's input ``counted`` has elements."""
        if counted not in self._middles:
            size = writer.node("Unsqueeze", [writer.node("Size", [counted]), _constant(writer, "first", [0])])
            self._middles[counted] = writer.node("Expand", [self._middle(writer), size])
        # a row of zeros has scale 0: whatever its codes are, it gives zeros again
        peak = writer.node(
            "ReduceMax", [writer.node("Abs", [rows.table]), _constant(writer, "last", [-1])], keepdims=0
        )
        step = writer.node("Mul", [peak, writer.weight("step", np.array(1 / 127, np.float32))])
        codes = writer.node("QuantizeLinear", [rows.table, step, self._middles[counted]], axis=0)
        scale = writer.node("Unsqueeze", [step, _constant(writer, "last", [-1])])
        if rows.scale:
            scale = writer.node("Mul", [scale, rows.scale])
        return Rows(codes, scale)

    def product(self, writer: GraphWriter, name: str, weight: Matrix, rows: Rows, part: Part) -> Rows:
        if part == "head":
            rows = self._quantised(writer, rows, "logit_rows")
        codes, scales = rounding.per_row(weight, 63, self._moments(name))
        one = writer.weight("one", np.array(1.0, np.float32))
        names = [writer.weight(name, codes.T), one, writer.weight(f"{name}.scale", scales)]
        table = writer.contrib("MatMulIntegerToFloat", [rows.table, *names, self._middle(writer)])
        return Rows(table, rows.scale)

    def _middle(self, writer: GraphWriter) -> str:
        return writer.weight("middle", np.array(128, np.uint8))


def _constant(writer: GraphWriter, name: str, values: list[int]) -> str:
    return writer.weight(f"ints.{name}", np.array(values, np.int64))


PRECISIONS = ("int8", "8", "4", "fp16", "none")


def of_precision(precision: str, moments: Moments = _unknown) -> Linear:
    """Return the products of a precision, fresh for one graph.

    Args:
        precision: one of ``PRECISIONS``.
        moments: of the inputs, for those that are rounded hard.
    """
    if precision == "int8":
        return PerToken(moments)
    if precision in ("8", "4"):
        return WeightOnly(int(precision), moments)
    return Float(np.float16 if precision == "fp16" else np.float32)
