"""Rounds the weights of a traced graph: products become MatMulNBits, tables of tokens are kept in 8 bits.

Blocks of 32 along the input, as in ``linear.WeightOnly``. In 4 bits are the products of the feed-forward part only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm import rounding

if TYPE_CHECKING:
    import onnx

_BLOCK = 32
_SMALLEST = 4096  # elements of a weight that is worth it
_DOMAIN = "com.microsoft"


@dataclass(frozen=True)
class _Weight:
    """A product's weight [out, in], and the tensor that is to be added to the product, if any."""

    values: NDArray[np.float32]
    bias: str = ""


def round_weights(model: onnx.ModelProto, bits: int, intermediate: int) -> None:
    """Round the weights of a graph in place.

    Args:
        model: with its weights in memory.
        bits: 8, or 4 for the feed-forward part.
        intermediate: width of the feed-forward part, by which its products are known.
    """
    from onnx import helper

    rounded = _Rounding(model.graph, bits, intermediate)
    nodes = [new for node in model.graph.node for new in rounded.replaced(node)]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    _drop_unused(model.graph)
    if all(one.domain != _DOMAIN for one in model.opset_import):
        model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))


class _Rounding:
    def __init__(self, graph: onnx.GraphProto, bits: int, intermediate: int) -> None:
        self._graph, self._bits, self._intermediate = graph, bits, intermediate
        self._tensors = {one.name: one for one in graph.initializer}
        self._turned = {  # tied heads: the transposed table
            node.output[0]: node.input[0]
            for node in graph.node
            if node.op_type == "Transpose" and _attributes(node).get("perm") == [1, 0]
        }
        self._stored: set[str] = set()

    def replaced(self, node: onnx.NodeProto) -> Iterator[onnx.NodeProto]:
        """Yield the nodes that take the place of a node."""
        from onnx import helper

        if node.op_type == "Gather" and (table := self._table(node)) is not None:
            yield from self._lookup(node, table)
            return
        weight = self._weight(node)
        if weight is None:
            yield node
            return
        out, into = weight.values.shape
        product = f"{node.output[0]}.product" if weight.bias else node.output[0]
        feed_forward = into == self._intermediate or out in (self._intermediate, 2 * self._intermediate)
        bits = self._bits if feed_forward else 8
        yield helper.make_node(
            "MatMulNBits",
            [node.input[0], *self._blocks(node.input[1], weight.values, bits)],
            [product],
            name=f"{node.name}.rounded",
            domain=_DOMAIN,
            K=into,
            N=out,
            bits=bits,
            block_size=_BLOCK,
            accuracy_level=4,
        )
        if weight.bias:
            yield helper.make_node("Add", [product, weight.bias], [node.output[0]], name=f"{node.name}.bias")

    def _table(self, node: onnx.NodeProto) -> NDArray[np.float32] | None:
        """Return the table that a Gather looks tokens or positions up in."""
        if _attributes(node).get("axis", 0) != 0:
            return None
        return self._floats(node.input[0])

    def _lookup(self, node: onnx.NodeProto, table: NDArray[np.float32]) -> Iterator[onnx.NodeProto]:
        from onnx import TensorProto, helper

        name, rows, out = node.input[0], node.input[1], node.output[0]
        codes, scales = rounding.per_row(table, 127)
        names = [self._store(f"{name}.codes", codes), self._store(f"{name}.scales", scales[:, None])]
        parts = [f"{out}.codes", f"{out}.scale", f"{out}.wide"]
        yield helper.make_node("Gather", [names[0], rows], [parts[0]], axis=0)
        yield helper.make_node("Gather", [names[1], rows], [parts[1]], axis=0)
        yield helper.make_node("Cast", [parts[0]], [parts[2]], to=TensorProto.FLOAT)
        yield helper.make_node("Mul", [parts[2], parts[1]], [out])

    def _weight(self, node: onnx.NodeProto) -> _Weight | None:
        attributes = _attributes(node)
        if node.op_type == "MatMul":
            turned = self._turned.get(node.input[1])
            values = self._floats(turned or node.input[1])
            return None if values is None else _Weight(values if turned else values.T)
        if node.op_type == "Gemm" and not attributes.get("transA"):
            values = self._floats(node.input[1])
            plain = attributes.get("alpha", 1.0) == 1.0 and attributes.get("beta", 1.0) == 1.0
            if values is None or not plain:
                return None
            bias = node.input[2] if len(node.input) > 2 else ""
            return _Weight(values if attributes.get("transB") else values.T, bias)
        return None

    def _floats(self, name: str) -> NDArray[np.float32] | None:
        """Return a constant matrix that is worth rounding."""
        from onnx import TensorProto, numpy_helper

        tensor = self._tensors.get(name)
        if tensor is None or tensor.data_type != TensorProto.FLOAT or len(tensor.dims) != 2:
            return None
        if tensor.dims[0] * tensor.dims[1] < _SMALLEST:
            return None
        found: NDArray[np.float32] = numpy_helper.to_array(tensor)
        return found

    def _blocks(self, name: str, weight: NDArray[np.float32], bits: int) -> list[str]:
        """Store a rounded weight once; return the names of its parts."""
        names = [f"{name}.{part}" for part in ("nibbles" if bits == 4 else "bytes", "steps", "zeros")]
        if bits == 8:
            names.pop()
        if names[0] not in self._stored:
            found = rounding.blocks(np.ascontiguousarray(weight), bits, _BLOCK)
            parts = (found.codes, found.scales, found.zeros)
            for part, values in zip(names, parts, strict=False):
                if values is not None:
                    self._store(part, values)
        return names

    def _store(self, name: str, values: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self._stored:
            self._stored.add(name)
            self._graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    from onnx import helper

    return {one.name: helper.get_attribute_value(one) for one in node.attribute}


def _drop_unused(graph: onnx.GraphProto) -> None:
    """Remove nodes whose outputs nobody reads, and constants of which that is true."""
    wanted = {one.name for one in graph.output}
    nodes = []
    for node in reversed(graph.node):  # they stand in the order in which they run
        if any(name in wanted for name in node.output):
            nodes.append(node)
            wanted.update(_inputs(node))
    del graph.node[:]
    graph.node.extend(reversed(nodes))
    kept = [one for one in graph.initializer if one.name in wanted]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _inputs(node: onnx.NodeProto) -> Iterator[str]:
    """Yield all that a node reads, what its branches read included."""
    yield from node.input
    for attribute in node.attribute:
        graphs = [attribute.g] if attribute.HasField("g") else list(attribute.graphs)
        for graph in graphs:
            for inner in graph.node:
                yield from _inputs(inner)
            yield from (one.name for one in graph.output)
