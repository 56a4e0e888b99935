"""Writes the router as an ONNX graph: the networks, the calibration of their means, the caution, and the trees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Knots = tuple[NDArray[np.float64], NDArray[np.float64]]  # predicted, and what it stands for; both ascending
Layers = Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]  # weights (outputs x inputs) and biases


_TREES = "ai.onnx.ml"
_OPSETS = [helper.make_opsetid("", 17), helper.make_opsetid(_TREES, 3)]


class Group(NamedTuple):
    """Networks with the same heads.

    Attributes:
        steps: ``models.page_router.architecture.Encoding``.
        members: the layers of each network.
        knots: for each head, the line through these points that the networks' mean is put on.
        caution: for each head; it loses so many standard deviations of the networks' opinions about its lead over
            the first head. Empty: none does.
        sure: columns of the features whose product, 0 to 1, is the share of the caution that is dropped.
    """

    steps: tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]
    members: Sequence[Layers]
    knots: Sequence[Knots]
    caution: Sequence[float] = ()
    sure: Sequence[int] = ()


class Tree(NamedTuple):
    """A tree by its nodes, the root first. Left where the feature is at most ``bound``; ``left`` is below 0 where
    there is no way on, and ``value`` (nodes x heads) is the answer."""

    column: NDArray[np.int64]
    bound: NDArray[np.float32]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float32]


class Forest(NamedTuple):
    """Trees whose answers are averaged. ``columns`` are the features that they see, by their numbers."""

    columns: Sequence[int]
    trees: Sequence[Tree]


def write(path: Path, columns: int, parts: Sequence[Group | Forest], names: tuple[str, str]) -> None:
    """Write the graph: features (pages x columns) to the heads of all parts, one after the other.

    Args:
        path: of the file.
        columns: number of features.
        parts: networks and trees.
        names: of the input and the output.
    """
    given, result = names
    builder = _Builder()
    found = [
        builder.group(given, f"g{number}", part)
        if isinstance(part, Group)
        else builder.forest(given, f"g{number}", part)
        for number, part in enumerate(parts)
    ]
    together = builder.node("Concat", found, "together", axis=1)
    builder.node("Clip", [together, builder.one("zero", 0), builder.one("one", 1)], result)
    heads = sum(
        len(part.knots) if isinstance(part, Group) else part.trees[0].value.shape[1] for part in parts
    )
    graph = helper.make_graph(
        builder.nodes,
        "page_router",
        [helper.make_tensor_value_info(given, TensorProto.FLOAT, ["pages", columns])],
        [helper.make_tensor_value_info(result, TensorProto.FLOAT, ["pages", heads])],
        list(builder.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=_OPSETS, ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: NDArray[Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def one(self, name: str, value: float) -> str:
        # no ascontiguousarray: it would make a list of one number of it
        self.constants[name] = numpy_helper.from_array(np.array(value, np.float32), name)
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def group(self, given: str, name: str, group: Group) -> str:
        """Add a group; return the name of its output (pages x heads)."""
        node, constant = self.node, self.constant
        column, begin, width = group.steps
        row = node("Gather", [given, constant(f"{name}.column", column)], f"{name}.chosen", axis=1)
        row = node("Sub", [row, constant(f"{name}.begin", begin)], f"{name}.since")
        row = node("Div", [row, constant(f"{name}.width", width)], f"{name}.through")
        row = node("Clip", [row, self.one("zero", 0), self.one("one", 1)], f"{name}.spelled")
        every = self._members(row, name, group.members)
        mean = node("ReduceMean", [every], f"{name}.mean", axes=[0], keepdims=0)
        found = self._put_on(mean, name, group.knots)
        if not group.caution:
            return found
        first = constant("first", np.array([0], np.int64))
        cheap = node("Gather", [every, first], f"{name}.cheap", axis=2)
        lead = node("Sub", [every, cheap], f"{name}.lead")
        usual = node("ReduceMean", [lead], f"{name}.usual", axes=[0], keepdims=1)
        off = node("Sub", [lead, usual], f"{name}.off")
        square = node("Mul", [off, off], f"{name}.square")
        variance = node("ReduceMean", [square], f"{name}.variance", axes=[0], keepdims=0)
        deviation = node("Sqrt", [variance], f"{name}.deviation")
        caution = constant(f"{name}.caution", np.array(group.caution, np.float32))
        less = node("Mul", [deviation, caution], f"{name}.doubt")
        if group.sure:
            columns = constant(f"{name}.sure.columns", np.array(group.sure, np.int64))
            sure = node("Gather", [given, columns], f"{name}.sure.chosen", axis=1)
            sure = node("Clip", [sure, self.one("zero", 0), self.one("one", 1)], f"{name}.sure.shares")
            sure = node("ReduceProd", [sure], f"{name}.sure", axes=[1], keepdims=1)
            unsure = node("Sub", [self.one("one", 1), sure], f"{name}.unsure")
            less = node("Mul", [less, unsure], f"{name}.less")
        return node("Sub", [found, less], f"{name}.cautious")

    def forest(self, given: str, name: str, forest: Forest) -> str:
        """Add trees; return the name of their output (pages x heads)."""
        columns = self.constant(f"{name}.column", np.array(forest.columns, np.int64))
        row = self.node("Gather", [given, columns], f"{name}.chosen", axis=1)
        trees = forest.trees
        sizes = [len(tree.left) for tree in trees]
        leaves = [np.flatnonzero(tree.left < 0) for tree in trees]
        heads = trees[0].value.shape[1]
        owner = np.repeat(np.arange(len(trees)), [heads * len(each) for each in leaves])
        inner = np.concatenate([tree.left for tree in trees]) >= 0
        return self.node(
            "TreeEnsembleRegressor",
            [row],
            f"{name}.trees",
            domain=_TREES,
            n_targets=heads,
            aggregate_function="AVERAGE",
            nodes_treeids=np.repeat(np.arange(len(trees)), sizes),
            nodes_nodeids=np.concatenate([np.arange(size) for size in sizes]),
            nodes_featureids=np.concatenate([tree.column for tree in trees]),
            nodes_values=np.concatenate([tree.bound for tree in trees]),
            nodes_modes=np.where(inner, "BRANCH_LEQ", "LEAF").tolist(),
            nodes_truenodeids=np.concatenate([tree.left.clip(0) for tree in trees]),
            nodes_falsenodeids=np.concatenate([tree.right.clip(0) for tree in trees]),
            target_treeids=owner,
            target_nodeids=np.concatenate([np.repeat(each, heads) for each in leaves]),
            target_ids=np.tile(np.arange(heads), sum(map(len, leaves))),
            target_weights=np.concatenate(
                [tree.value[each].ravel() for tree, each in zip(trees, leaves, strict=True)]
            ),
        )

    def _members(self, row: str, name: str, members: Sequence[Layers]) -> str:
        """Add the networks side by side, since the call of a node costs more than its work. Return the name of
        members x pages x heads."""
        node, constant = self.node, self.constant
        depths = len(members[0])
        for depth in range(depths):
            key = f"{name}.{depth}"
            weights = np.stack([layers[depth][0] for layers in members]).astype(np.float32)
            biases = np.stack([layers[depth][1] for layers in members]).astype(np.float32)
            if depth == 0:  # all see the same row; further on each sees its own
                wide = constant(f"{key}.w", weights.reshape(-1, weights.shape[2]).T)
                row = node("Gemm", [row, wide, constant(f"{key}.b", biases.ravel())], f"{key}.sum")
            else:
                row = node(
                    "MatMul", [row, constant(f"{key}.w", weights.transpose(0, 2, 1))], f"{key}.product"
                )
                row = node("Add", [row, constant(f"{key}.b", biases[:, None])], f"{key}.sum")
            row = node("Sigmoid" if depth == depths - 1 else "Relu", [row], key)
            if depth == 0:
                shape = constant(f"{name}.shape", np.array([-1, *biases.shape], np.int64))
                row = node("Reshape", [row, shape], f"{key}.by_page")
                row = node("Transpose", [row], f"{key}.by_member", perm=[1, 0, 2])
        return row

    def _put_on(self, row: str, name: str, knots: Sequence[Knots]) -> str:
        node, constant = self.node, self.constant
        slopes, bends, starts = _hinges(knots)
        last = constant("last", np.array([2], np.int64))
        row = node("Unsqueeze", [row, last], f"{name}.spread")
        row = node(
            "Relu", [node("Sub", [row, constant(f"{name}.bends", bends)], f"{name}.past")], f"{name}.hinges"
        )
        row = node("Mul", [row, constant(f"{name}.slopes", slopes)], f"{name}.sloped")
        row = node("ReduceSum", [row, last], f"{name}.risen", keepdims=0)
        row = node("Add", [row, constant(f"{name}.starts", starts)], f"{name}.placed")
        return node("Clip", [row, self.one("zero", 0), self.one("one", 1)], f"{name}.calibrated")


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
