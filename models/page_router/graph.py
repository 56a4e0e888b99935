"""Writes the router as an ONNX graph: the networks, and the calibration of each head behind them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Knots = tuple[NDArray[np.float64], NDArray[np.float64]]  # predicted, and what it stands for; both ascending


def write(
    path: Path,
    *,
    columns: int,
    steps: tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]],
    members: Sequence[Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]],
    knots: Sequence[Knots],
    names: tuple[str, str],
) -> None:
    """Write the graph.

    Args:
        path: of the file.
        columns: number of features.
        steps: ``models.page_router.architecture.Encoding``.
        members: of each network its layers: weights (outputs x inputs) and biases.
        knots: for each head, the line through these points that its output is put on.
        names: of the input and the output.
    """
    nodes: list[Any] = []
    constants: list[Any] = []

    def constant(name: str, value: NDArray[Any]) -> str:
        constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    given, result = names
    column, begin, width = steps
    row = node("Gather", [given, constant("column", column)], "chosen", axis=1)
    row = node("Sub", [row, constant("begin", begin)], "since")
    row = node("Div", [row, constant("width", width)], "through")
    row = node("Clip", [row, constant("zero", _one(0)), constant("one", _one(1))], "ready")
    outputs = []
    for number, layers in enumerate(members):
        name = row
        for depth, (weight, bias) in enumerate(layers):
            key = f"{number}.{depth}"
            inputs = [name, constant(f"w{key}", weight.astype(np.float32)), constant(f"b{key}", bias)]
            name = node("Gemm", inputs, f"linear{key}", transB=1)
            last = depth == len(layers) - 1
            name = node("Sigmoid" if last else "Relu", [name], f"out{key}")
        outputs.append(name)
    name = node("Mean", outputs, "mean_quality")
    slopes, bends, starts = _hinges(knots)
    name = node("Unsqueeze", [name, constant("last", np.array([2], np.int64))], "spread")
    name = node("Sub", [name, constant("bends", bends)], "beyond")
    name = node("Relu", [name], "hinges")
    name = node("Mul", [name, constant("slopes", slopes)], "sloped")
    name = node("ReduceSum", [name, constant("over", np.array([2], np.int64))], "risen", keepdims=0)
    name = node("Add", [name, constant("starts", starts)], "calibrated")
    node("Clip", [name, "zero", "one"], result)
    graph = helper.make_graph(
        nodes,
        "page_router",
        [helper.make_tensor_value_info(given, TensorProto.FLOAT, ["pages", columns])],
        [helper.make_tensor_value_info(result, TensorProto.FLOAT, ["pages", len(knots)])],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


def _one(value: float) -> NDArray[np.float32]:
    return np.array(value, np.float32)


def _hinges(knots: Sequence[Knots]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Lines through points as sums of hinges: slopes and bends (heads x points), and the values at 0."""
    count = max(len(points) for points, _ in knots)
    slopes, bends = np.zeros((len(knots), count)), np.full((len(knots), count), 2.0)
    starts = np.zeros(len(knots))
    for head, (points, values) in enumerate(knots):
        rise = np.diff(values) / np.maximum(np.diff(points), 1e-9)
        bends[head, : len(points)] = points
        slopes[head, : len(points)] = np.diff(np.concatenate(([0.0], rise, [0.0])))
        starts[head] = values[0]
    return slopes.astype(np.float32), bends.astype(np.float32), starts.astype(np.float32)
