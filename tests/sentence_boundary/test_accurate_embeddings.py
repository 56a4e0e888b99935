"""The word table in four bits: what is looked up is the row that went in, nearly."""

from __future__ import annotations

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="needs the extra export")
embeddings = pytest.importorskip("models.sentence_boundary.accurate.embeddings")


def graph_of(table: np.ndarray, positions: np.ndarray) -> onnx.ModelProto:
    """A graph that looks up words and adds positions."""
    from onnx import TensorProto, helper, numpy_helper

    nodes = [
        helper.make_node("Gather", ["words", "ids"], ["word"]),
        helper.make_node("Gather", ["positions", "at"], ["place"]),
        helper.make_node("Add", ["word", "place"], ["sum"]),
    ]
    graph = helper.make_graph(
        nodes,
        "g",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["rows", "tokens"])
            for name in ("ids", "at")
        ],
        [helper.make_tensor_value_info("sum", TensorProto.FLOAT, ["rows", "tokens", table.shape[1]])],
        [numpy_helper.from_array(table, "words"), numpy_helper.from_array(positions, "positions")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def run(model: onnx.ModelProto, ids: np.ndarray, at: np.ndarray) -> np.ndarray:
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"ids": ids, "at": at})[0]


def test_rows_come_back_nearly_and_in_place():
    draw = np.random.default_rng(5)
    table = (draw.normal(size=(300, 128)) * draw.uniform(0.1, 30, size=(300, 1))).astype(np.float32)
    positions = draw.normal(size=(40, 128)).astype(np.float32)
    model = graph_of(table, positions)
    ids = draw.integers(0, 300, size=(3, 17))
    at = draw.integers(0, 20, size=(3, 17))
    exact = run(model, ids, at)

    embeddings.pack_words(model, "words")
    embeddings.keep_rows(model, "positions", 20)
    found = run(model, ids, at)

    onnx.checker.check_model(model)
    words = exact - positions[at]
    error = np.linalg.norm(found - exact, axis=2) / np.linalg.norm(words, axis=2)
    assert error.max() < 0.12  # four bits: a signal-to-noise ratio of about 20 dB
    assert len(model.SerializeToString()) < 300 * (128 / 2 + 128 / embeddings.GROUP * 2) + 20 * 128 * 4 + 3000


def test_what_a_group_of_columns_holds_does_not_change_its_neighbours():
    table = np.zeros((2, 2 * embeddings.GROUP), dtype=np.float32)
    table[0, 3], table[1, embeddings.GROUP + 5] = 1000.0, -0.001
    codes, scales = embeddings.packed(table)
    assert codes.shape == (2, embeddings.GROUP)
    assert scales.shape == (2, 2)
    high, low = codes >> 4, codes & 15
    levels = np.concatenate([low, high], axis=1)
    assert levels[0, 3] == 15
    assert (np.delete(levels[0], 3) == 7).all()  # the level of zero
    assert levels[1, embeddings.GROUP + 5] == 0


@pytest.mark.parametrize("value", [0.0, 1e-30, 6e4])
def test_tables_of_one_value_stay_finite(value):
    codes, scales = embeddings.packed(np.full((1, 64), value, dtype=np.float32))
    assert np.isfinite(scales).all()
    assert codes.shape == (1, 32)
