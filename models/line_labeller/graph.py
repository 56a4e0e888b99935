"""Writes the labeller as one ONNX graph: boosted trees on each line's features, the network on its sequences, and
the mean of their logits that was chosen.

Inputs: ``features`` float32[n, f]; ``places`` float32[n, PLACES]; ``rows`` int64[s, l] and ``there`` float32[s, l] as
``sequences`` gives them; ``back`` int64[n], where each line stands in the flattened sequences. Output:
``logits`` float32[n, labels]. A graph of trees alone has only the first input.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[Any]

FEATURES: Final = "features"
PLACES: Final = "places"
ROWS: Final = "rows"
THERE: Final = "there"
BACK: Final = "back"
LOGITS: Final = "logits"
_SPREAD = 4.0  # the network sees features within so many deviations
_FAR = 20.0  # and places within so many units of the sequence's first line
_LOW = 1e9


class Trees(NamedTuple):
    """Boosted trees, node by node: a line goes to ``yes`` when its feature is at most ``value``.

    Attributes:
        tree: int64[nodes].
        node: int64[nodes], number of the node in its tree.
        feature: int64[nodes]; -1 for a leaf.
        value: float32[nodes], the bound; of a leaf what it adds.
        yes, no: int64[nodes].
        label: int64[trees], the label to whose logit a tree adds.
    """

    tree: Array
    node: Array
    feature: Array
    value: Array
    yes: Array
    no: Array
    label: Array


def trees_of(dumped: Mapping[str, Any], labels: int) -> Trees:
    """Read the trees of what LightGBM's ``dump_model`` gives."""
    nodes: list[tuple[int, int, int, float, int, int]] = []
    for number, one in enumerate(dumped["tree_info"]):
        waiting = [(one["tree_structure"], 0)]
        count = 1
        while waiting:
            at, place = waiting.pop()
            if "leaf_value" in at and "split_feature" not in at:
                nodes.append((number, place, -1, float(at["leaf_value"]), 0, 0))
                continue
            if at["decision_type"] != "<=":
                raise ValueError("only splits by a bound are known")
            yes, no, count = count, count + 1, count + 2
            nodes.append((number, place, int(at["split_feature"]), _at_most(at["threshold"]), yes, no))
            waiting += [(at["left_child"], yes), (at["right_child"], no)]
    tree, node, feature, value, yeses, noes = (
        np.array(column) for column in zip(*sorted(nodes), strict=True)
    )
    label = np.arange(len(dumped["tree_info"])) % labels
    return Trees(tree, node, feature, value.astype(np.float32), yeses, noes, label)


def _at_most(bound: float) -> float:
    """Return the largest single-precision number that is not above the bound."""
    single = np.float32(bound)
    return float(single if float(single) <= bound else np.nextafter(single, np.float32(-np.inf)))


def write(
    path: Path,
    features: int,
    labels: int,
    trees: Trees | None,
    networks: Sequence[Mapping[str, Array]],
    weight: float,
    heads: int = 4,
) -> None:
    """Write the graph.

    Args:
        path: of the file.
        features: number of features.
        labels: number of labels.
        trees: boosted trees, if any.
        networks: the parameters of each network by name (``architecture.Network.state_dict``).
        weight: of the networks' mean logits; the trees' have the rest.
        heads: of the networks' attention.
    """
    builder = _Builder()
    inputs = [helper.make_tensor_value_info(FEATURES, TensorProto.FLOAT, ["n", features])]
    parts = []
    if trees is not None:
        found = builder.trees(FEATURES, trees, labels)
        parts.append(found if not networks else builder.scaled(found, 1 - weight, "trees.weighed"))
    if networks:
        inputs += [
            helper.make_tensor_value_info(PLACES, TensorProto.FLOAT, ["n", "places"]),
            helper.make_tensor_value_info(ROWS, TensorProto.INT64, ["s", "l"]),
            helper.make_tensor_value_info(THERE, TensorProto.FLOAT, ["s", "l"]),
            helper.make_tensor_value_info(BACK, TensorProto.INT64, ["n"]),
        ]
        share = (weight if trees is not None else 1.0) / len(networks)
        for number, network in enumerate(networks):
            name = f"net{number}"
            parts.append(
                builder.scaled(builder.network(name, network, labels, heads), share, f"{name}.weighed")
            )
    total = parts[0] if len(parts) == 1 else builder.node("Sum", parts, "summed")
    builder.node("Identity", [total], LOGITS)
    graph = helper.make_graph(
        builder.nodes,
        "line_labeller",
        inputs,
        [helper.make_tensor_value_info(LOGITS, TensorProto.FLOAT, ["n", labels])],
        list(builder.constants.values()),
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())


class _Builder:
    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: Any, kind: type[np.generic] = np.float32) -> str:
        self.constants[name] = numpy_helper.from_array(np.array(value, kind), name)
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def scaled(self, given: str, factor: float, name: str) -> str:
        return self.node("Mul", [given, self.constant(f"{name}.factor", factor)], name)

    def trees(self, given: str, trees: Trees, labels: int) -> str:
        leaf = trees.feature < 0
        attributes: dict[str, Any] = {
            "n_targets": labels,
            "aggregate_function": "SUM",
            "post_transform": "NONE",
            "nodes_treeids": trees.tree,
            "nodes_nodeids": trees.node,
            "nodes_featureids": np.where(leaf, 0, trees.feature),
            "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ"),
            "nodes_values": np.where(leaf, 0, trees.value).astype(np.float32),
            "nodes_truenodeids": trees.yes,
            "nodes_falsenodeids": trees.no,
            "target_treeids": trees.tree[leaf],
            "target_nodeids": trees.node[leaf],
            "target_ids": trees.label[trees.tree[leaf]],
            "target_weights": trees.value[leaf],
        }
        self.nodes.append(
            helper.make_node(
                "TreeEnsembleRegressor",
                [given],
                ["trees"],
                domain="ai.onnx.ml",
                **{
                    name: one.tolist() if isinstance(one, np.ndarray) else one
                    for name, one in attributes.items()
                },
            )
        )
        return "trees"

    def linear(self, given: str, name: str, held: Mapping[str, Array], key: str) -> str:
        weight = self.constant(f"{name}.w", held[f"{key}.weight"].T)
        found = self.node("MatMul", [given, weight], f"{name}.product")
        return self.node("Add", [found, self.constant(f"{name}.b", held[f"{key}.bias"])], name)

    def normed(self, given: str, name: str, held: Mapping[str, Array], key: str) -> str:
        inputs = [
            given,
            self.constant(f"{name}.w", held[f"{key}.weight"]),
            self.constant(f"{name}.b", held[f"{key}.bias"]),
        ]
        return self.node("LayerNormalization", inputs, name, axis=-1, epsilon=1e-5)

    def clipped(self, given: str, name: str) -> str:
        inputs = [given, self.constant("lowest", -_SPREAD), self.constant("highest", _SPREAD)]
        return self.node("Clip", inputs, name)

    def network(self, name: str, held: Mapping[str, Array], labels: int, heads: int) -> str:
        """Add a network; return the name of its logits (lines x labels)."""
        node, constant = self.node, self.constant
        row = node("Sub", [FEATURES, constant(f"{name}.mean", held["mean"])], f"{name}.moved")
        row = node("Mul", [row, constant(f"{name}.scale", held["scale"])], f"{name}.spread")
        row = node(
            "Relu",
            [self.linear(self.clipped(row, f"{name}.clipped"), f"{name}.enter", held, "enter")],
            f"{name}.e",
        )
        row = self.linear(row, f"{name}.deep", held, "deep")
        width = len(held["deep.bias"])
        row = node("Gather", [row, ROWS], f"{name}.rows", axis=0)  # [s, l, width]
        where = node("Gather", [PLACES, ROWS], f"{name}.where", axis=0)
        zero, one, two, three = (
            constant(key, [at], np.int64) for at, key in enumerate(("zero", "one", "two", "three"))
        )
        first = node("Slice", [where, zero, one, one], f"{name}.first")
        beside = [
            node("Sub", [where, first], f"{name}.since"),
            constant("behind", -_FAR),
            constant("ahead", _FAR),
        ]
        weight = constant(f"{name}.direction", held["pairs.weight"].T)
        at = node("MatMul", [node("Clip", beside, f"{name}.beside"), weight], f"{name}.at")
        to = node("Transpose", [at], f"{name}.to", perm=[0, 2, 1])
        bound = node("Add", [to, constant(f"{name}.bound", held["pairs.bias"][:, np.newaxis])], f"{name}.of")
        pair = [
            node("Unsqueeze", [bound, three], f"{name}.one"),
            node("Unsqueeze", [to, two], f"{name}.other"),
        ]
        pairs = node("Relu", [node("Sub", pair, f"{name}.apart")], f"{name}.hinges")
        flat = constant(f"{name}.flatten", [0, len(held["pairs.bias"]), -1], np.int64)
        pairs = node("Reshape", [pairs, flat], f"{name}.pairs")  # [s, directions, l * l]
        hidden = node("Sub", [THERE, constant("present", 1.0)], f"{name}.absent")
        hidden = node("Mul", [hidden, constant("low", _LOW)], f"{name}.low")
        hidden = node("Unsqueeze", [hidden, constant("middle", [1, 2], np.int64)], f"{name}.hidden")
        depth = 1 + max(int(key.split(".")[1]) for key in held if key.startswith("layers."))
        for number in range(depth):
            row = self.layer(f"{name}.{number}", held, f"layers.{number}", row, pairs, hidden, width, heads)
        row = node("Reshape", [row, constant(f"{name}.flat", [-1, width], np.int64)], f"{name}.every")
        row = node("Gather", [row, BACK], f"{name}.own", axis=0)
        return self.linear(self.normed(row, f"{name}.last", held, "last"), f"{name}.leave", held, "leave")

    def layer(
        self,
        name: str,
        held: Mapping[str, Array],
        key: str,
        row: str,
        pairs: str,
        hidden: str,
        width: int,
        heads: int,
    ) -> str:
        node, constant = self.node, self.constant
        taken = self.linear(
            self.normed(row, f"{name}.before", held, f"{key}.before"), f"{name}.qkv", held, f"{key}.query"
        )
        shape = constant(f"{name}.split", [0, 0, 3 * heads, width // heads], np.int64)
        taken = node(
            "Transpose",
            [node("Reshape", [taken, shape], f"{name}.divided")],
            f"{name}.turned",
            perm=[0, 2, 1, 3],
        )
        query, keys, values = (f"{name}.{part}" for part in ("q", "k", "v"))
        self.nodes.append(helper.make_node("Split", [taken], [query, keys, values], axis=1))
        keys = node("Transpose", [keys], f"{name}.kt", perm=[0, 1, 3, 2])
        scores = node("MatMul", [query, keys], f"{name}.scores")
        scores = node("Mul", [scores, constant(f"{name}.root", (width // heads) ** -0.5)], f"{name}.scaled")
        told = node("MatMul", [constant(f"{name}.pair", held[f"{key}.pair.weight"]), pairs], f"{name}.pairs")
        bias = node("Reshape", [told, node("Shape", [scores], f"{name}.shape")], f"{name}.bias")
        scores = node("Sum", [scores, bias, hidden], f"{name}.told")
        mixed = node(
            "MatMul", [node("Softmax", [scores], f"{name}.shares", axis=-1), values], f"{name}.mixed"
        )
        mixed = node("Transpose", [mixed], f"{name}.back", perm=[0, 2, 1, 3])
        mixed = node("Reshape", [mixed, constant(f"{name}.join", [0, 0, width], np.int64)], f"{name}.joined")
        row = node("Add", [row, self.linear(mixed, f"{name}.out", held, f"{key}.out")], f"{name}.attended")
        inner = self.linear(
            self.normed(row, f"{name}.between", held, f"{key}.between"), f"{name}.up", held, f"{key}.up"
        )
        inner = self.linear(node("Relu", [inner], f"{name}.inner"), f"{name}.down", held, f"{key}.down")
        return node("Add", [row, inner], f"{name}.done")
