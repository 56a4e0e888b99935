"""The word table of the graph in four bits: two thirds of the model's size are these rows.

Rows are cut into groups of ``GROUP`` columns, each with a scale of its own in half precision; a number is one of
sixteen levels. The levels are the quantiles of the normal distribution that NF4 takes (arXiv 2305.14314, section
3), since the numbers of a row are spread like that; a group's scale is the best of a few by squared error.
Unpacking happens per token after the look-up, so the table stays packed in memory, too.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

GROUP = 32
# quantiles of the normal distribution, scaled to -1 .. 1, with an exact zero
_LEVELS = np.array(
    [-1.0, -0.6962, -0.5251, -0.3949, -0.2844, -0.1848, -0.0911, 0.0, 0.0796, 0.1609, 0.2461, 0.3379, 0.4407,
     0.5626, 0.7230, 1.0],
    dtype=np.float32,
)  # fmt: skip
_BORDERS = (_LEVELS[1:] + _LEVELS[:-1]) / 2
_SHRINK = np.linspace(0.7, 1.0, 7, dtype=np.float32)  # of the largest value, tried as scales
_ROWS = 4096  # at a time


def packed(values: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """Return a table in four bits.

    Args:
        values: float32[rows, columns]; columns divisible by ``2 * GROUP``.

    Returns:
        codes: uint8[rows, columns / 2]: the left half of the columns in the low bits, the right half in the
            high ones.
        scales: float16[rows, columns / GROUP].
    """
    codes, scales = zip(*(_packed(values[i : i + _ROWS]) for i in range(0, len(values), _ROWS)), strict=True)
    return np.concatenate(codes), np.concatenate(scales)


def _packed(values: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    rows, columns = values.shape
    groups = values.reshape(rows, columns // GROUP, GROUP)
    peak = np.maximum(np.abs(groups).max(axis=2, keepdims=True), 1e-6)
    best_error = np.full(peak.shape, np.inf, dtype=np.float32)
    best_code = np.zeros(groups.shape, dtype=np.uint8)
    best_scale = np.ones(peak.shape, dtype=np.float16)
    for shrink in _SHRINK:
        scale = (peak * shrink).astype(np.float16)
        code = np.searchsorted(_BORDERS, groups / scale.astype(np.float32)).astype(np.uint8)
        error = np.square(groups - _LEVELS[code] * scale).sum(axis=2, keepdims=True)
        better = error < best_error
        best_error = np.where(better, error, best_error)
        best_code = np.where(better, code, best_code)
        best_scale = np.where(better, scale, best_scale)
    flat = best_code.reshape(rows, columns)
    half = columns // 2
    codes: NDArray[np.uint8] = flat[:, :half] | (flat[:, half:] << np.uint8(4))
    return codes, best_scale[..., 0]


def pack_words(model: onnx.ModelProto, table: str) -> None:
    """Replace the look-up of a float table by one of a packed table.

    Args:
        model: changed in place.
        table: name of the initialiser, float32[rows, columns]; one ``Gather`` reads it.
    """
    graph = model.graph
    found = next(one for one in graph.initializer if one.name == table)
    node = next(n for n in graph.node if n.op_type == "Gather" and n.input[0] == table)
    codes, scales = packed(numpy_helper.to_array(found))
    columns = 2 * codes.shape[1]
    graph.initializer.remove(found)
    constants: dict[str, NDArray[Any]] = {
        f"{table}.codes": codes,
        f"{table}.scales": scales,
        f"{table}.levels": _LEVELS,
        f"{table}.sixteen": np.array(16, dtype=np.uint8),
        f"{table}.grouped": np.array([0, 0, columns // GROUP, GROUP], dtype=np.int64),
        f"{table}.single": np.array([3], dtype=np.int64),
        f"{table}.row": np.array([0, 0, columns], dtype=np.int64),
    }
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    at = list(graph.node).index(node)
    ids, out = node.input[1], node.output[0]
    made = [
        helper.make_node("Gather", [f"{table}.codes", ids], [f"{out}.codes"]),
        helper.make_node("Div", [f"{out}.codes", f"{table}.sixteen"], [f"{out}.high"]),
        helper.make_node("Mul", [f"{out}.high", f"{table}.sixteen"], [f"{out}.high16"]),
        helper.make_node("Sub", [f"{out}.codes", f"{out}.high16"], [f"{out}.low"]),
        helper.make_node("Concat", [f"{out}.low", f"{out}.high"], [f"{out}.nibbles"], axis=2),
        helper.make_node("Cast", [f"{out}.nibbles"], [f"{out}.places"], to=TensorProto.INT32),
        helper.make_node("Gather", [f"{table}.levels", f"{out}.places"], [f"{out}.flat"]),
        helper.make_node("Reshape", [f"{out}.flat", f"{table}.grouped"], [f"{out}.groups"]),
        helper.make_node("Gather", [f"{table}.scales", ids], [f"{out}.halves"]),
        helper.make_node("Cast", [f"{out}.halves"], [f"{out}.scale"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", [f"{out}.scale", f"{table}.single"], [f"{out}.scale1"]),
        helper.make_node("Mul", [f"{out}.groups", f"{out}.scale1"], [f"{out}.scaled"]),
        helper.make_node("Reshape", [f"{out}.scaled", f"{table}.row"], [out]),
    ]
    graph.node.remove(node)
    for number, one in enumerate(made):
        graph.node.insert(at + number, one)


def keep_rows(model: onnx.ModelProto, table: str, rows: int) -> None:
    """Keep the first rows of a table: later positions than the longest block has are never looked up."""
    found = next(one for one in model.graph.initializer if one.name == table)
    values = numpy_helper.to_array(found)[:rows]
    found.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), table))
