"""The trained network as an ONNX graph: tables in int8, dense layers in float32.

The tables are nearly all of the size and are only looked up, so eight bits with a scale for each column cost
next to nothing. The dense layers stay in float32: dynamic quantisation would make a logit depend on whatever
shares its window, and this model promises the same logit for any cutting.

    python -m models.sentence_boundary.fast.graph CHECKPOINT.pt OUT.onnx --data DIR

writes the graph if it decides as the network does on the dev splits (see ``_MOST_CHANGED``), and prints what
``models/catalog.toml`` has to know of the file. Needs torch, onnx and onnxruntime (the extra ``export``).
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.sentence_boundary import data
from models.sentence_boundary.fast.features import encode
from models.sentence_boundary.fast.network import OFFSETS, WIDTH, Network

_OPSET = 21
_IR_VERSION = 10
_MOST_CHANGED = 0.01  # share of the sentence ends whose decision eight bits may change


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    options = parser.parse_args()
    network = Network()
    network.load_state_dict(torch.load(options.checkpoint, weights_only=True))
    packed = build(network).SerializeToString()
    changed = changed_decisions(network, packed, list(_dev_texts(options.data)))
    print(f"decisions that differ: {changed:.4%} of the sentence ends found")
    if changed > _MOST_CHANGED:
        raise SystemExit(f"refused: more than {_MOST_CHANGED:.2%} differ")
    options.output.write_bytes(packed)
    print(f'size = {len(packed)}\nsha256 = "{hashlib.sha256(packed).hexdigest()}"')


def changed_decisions(network: Network, packed: bytes, texts: Sequence[str]) -> float:
    """Return how many token decisions differ between network and graph, over the number of sentence ends that
    the network finds; at one half and at a fifth, whichever is worse."""
    one_thread = onnxruntime.SessionOptions()
    one_thread.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(packed, one_thread, providers=["CPUExecutionProvider"])
    torch.set_num_threads(1)
    network.eval()
    differ, found = np.zeros(2), np.zeros(2)
    for text in texts:
        inputs = {name: array[None] for name, array in encode(text).inputs.items()}
        with torch.no_grad():
            exact = network(*(torch.from_numpy(array.astype(np.int64)) for array in inputs.values())).numpy()
        (quantised,) = session.run(["logits"], inputs)
        for at, threshold in enumerate((0.5, 0.2)):
            limit = np.log(threshold / (1 - threshold))
            differ[at] += ((exact > limit) != (quantised > limit)).sum()
            found[at] += (exact > limit).sum()
    return float((differ / np.maximum(found, 1)).max())


def _dev_texts(folder: Path) -> Iterator[str]:
    for corpus in data.corpora(folder, "dev"):
        for record in data.records(folder, corpus, "dev")[:4]:
            yield record.text
            yield data.corrupted(record).text


def build(network: Network) -> onnx.ModelProto:
    """Return the graph: inputs as ``features.encode`` gives them, for one row; outputs ``logits``
    float32[1, width] and ``hidden`` float32[1, width, WIDTH].

    What is beyond the edges of the row counts as outside of the text. There is no padding, so nothing has to be
    masked: rows of other lengths are other runs.
    """
    graph = _Graph()
    row = graph.constant(np.array([0]))
    tables = [_table(network.words), _table(network.pieces), _table(network.shapes)]
    found = [
        graph.node("Gather", graph.constant(values), graph.node("Squeeze", ids, row))
        for (values, _), ids in zip(tables, ("words", "pieces", "shapes"), strict=True)
    ]
    found[1] = graph.node("Reshape", found[1], graph.constant(np.array([0, -1])))
    # Eight bits are enough until the first layer, whose weights take over the scales.
    state = graph.node("Concat", *found, axis=1)
    (_, words), (_, pieces), (_, shapes) = tables
    scales = np.concatenate((words, pieces, pieces, shapes))
    for depth, (window, offsets) in enumerate(zip(network.windows, OFFSETS, strict=True)):
        assert isinstance(window, torch.nn.Linear)  # noqa: S101
        seen = _neighbours(graph, state, offsets, np.float32 if depth else np.int8)
        weights = _array(window.weight)
        if not depth:
            seen = graph.node("Cast", seen, to=TensorProto.FLOAT)
            weights = weights * np.tile(scales, len(offsets))
        product = graph.node("Gemm", seen, graph.constant(weights.T), graph.constant(_array(window.bias)))
        raised = graph.node("Relu", product)
        state = graph.node("Add", state, raised) if depth else raised
    head, bias = graph.constant(_array(network.head.weight).T), graph.constant(_array(network.head.bias))
    graph.node("Transpose", graph.node("Gemm", state, head, bias), output="logits", perm=[1, 0])
    graph.node("Unsqueeze", state, row, output="hidden")
    return graph.model()


class _Graph:
    """Collects nodes and constants under running names."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, array: NDArray[np.generic]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        name = output or f"n{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def model(self) -> onnx.ModelProto:
        def port(name: str, kind: int, *more: int) -> onnx.ValueInfoProto:
            return helper.make_tensor_value_info(name, kind, [1, "width", *more])

        graph = helper.make_graph(
            self._nodes,
            "sentences-fast",
            [
                port("words", TensorProto.INT32),
                port("pieces", TensorProto.INT32, 2),
                port("shapes", TensorProto.INT32),
            ],
            [port("logits", TensorProto.FLOAT), port("hidden", TensorProto.FLOAT, WIDTH)],
            self._constants,
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", _OPSET)],
            ir_version=_IR_VERSION,
            producer_name="docmill",
        )
        onnx.checker.check_model(model)
        return model


def _table(table: torch.nn.Embedding) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return the table in eight bits and the scale of each column."""
    values = _array(table.weight)
    scale = np.maximum(np.abs(values).max(axis=0), 1e-6) / 127
    return np.clip(np.rint(values / scale), -127, 127).astype(np.int8), scale


def _neighbours(
    graph: _Graph, state: str, offsets: tuple[int, ...], kind: type[np.int8] | type[np.float32]
) -> str:
    before, after = -offsets[0], offsets[-1]
    zero = graph.constant(np.zeros((), dtype=kind))
    padded = graph.node("Pad", state, graph.constant(np.array([before, 0, after, 0])), zero)
    axis = graph.constant(np.array([0]))
    parts = []
    for at in offsets:
        stop = np.iinfo(np.int64).max if at == after else at - after
        first, last = graph.constant(np.array([before + at])), graph.constant(np.array([stop]))
        parts.append(graph.node("Slice", padded, first, last, axis))
    return graph.node("Concat", *parts, axis=1)


def _array(tensor: torch.Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = tensor.detach().numpy().astype(np.float32)
    return array


if __name__ == "__main__":
    main()
