"""all-MiniLM-L6-v2 as an ONNX graph, written node by node from its weights: no torch.

The network is BERT (Devlin et al., arXiv 1810.04805) with layer normalisation after each sum. The graph takes one text,
so it has no mask; it gives the states of all tokens, and ``models.text_embedding`` takes their mean.
"""

from __future__ import annotations

import json
import math
import shutil
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models import catalog
from models.catalog import CatalogError, ModelEntry, Source, digest_of
from models.session import open_session
from models.text_embedding.embedder import GRAPH, TASK, TOKENIZER
from models.toml import file_of, write_entry
from onnx_export.causal_lm.writer import DATA, GraphWriter
from onnx_export.causal_lm.writer import GRAPH as GRAPH_FILE
from onnx_export.errors import ExportError

MODEL = "all-minilm-l6-v2"
_HEADS, _EPSILON = 12, 1e-12
Weights = Mapping[str, NDArray[np.float32]]


def export(output: Path) -> ModelEntry:
    """Write a folder that the option ``gates.similarity.model`` of rephrase takes.

    Raises:
        ExportError: the package with the weights is missing or another one, or the folder is in use.
    """
    try:
        files = catalog.files_of(catalog.entry(MODEL))
    except CatalogError as error:
        raise ExportError(str(error)) from None
    if output.exists() and any(output.iterdir()):
        raise ExportError(f"{output}: is not empty; name another folder")
    output.mkdir(parents=True, exist_ok=True)
    with GraphWriter(output) as writer:
        write(writer, read_safetensors(files["weights"]))
    shutil.copyfile(files[TOKENIZER], output / "tokenizer.json")
    open_session(output / GRAPH_FILE).run({"ids": np.array([[101, 7592, 102]], np.int64)}, "states")
    roles = {GRAPH: GRAPH_FILE, "weights": DATA, TOKENIZER: "tokenizer.json"}
    parts = tuple(file_of(output, role, file) for role, file in roles.items())
    entry = ModelEntry(
        name=MODEL,
        version=digest_of(parts)[:8],
        task=TASK,
        source=Source("directory"),
        sha256=digest_of(parts),
        size=sum(part.size for part in parts),
        licence="Apache-2.0",
        files=parts,
        root=output,
    )
    write_entry(output, entry)
    return entry


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """Return the float32 tensors of a safetensors file: eight bytes of length, a JSON header, raw data."""
    with path.open("rb") as opened:
        (size,) = struct.unpack("<Q", opened.read(8))
        header: dict[str, Any] = json.loads(opened.read(size))
        data = opened.read()
    found = {}
    for name, about in header.items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        first, last = about["data_offsets"]
        found[name] = np.frombuffer(data[first:last], np.float32).reshape(about["shape"])
    return found


def write(writer: GraphWriter, weights: Weights) -> Path:
    """Write the graph of a BERT encoder with these weights, by transformers' names; return its file."""
    from onnx import TensorProto, helper

    hidden = weights["embeddings.word_embeddings.weight"].shape[1]
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))

    def weight(name: str) -> str:
        return writer.weight(name, weights[name])

    def linear(x: str, name: str) -> str:
        turned = writer.weight(f"{name}.turned", weights[f"{name}.weight"].T)
        return writer.node("Add", [writer.node("MatMul", [x, turned]), weight(f"{name}.bias")])

    def norm(x: str, name: str) -> str:
        given = [x, weight(f"{name}.weight"), weight(f"{name}.bias")]
        return writer.node("LayerNormalization", given, axis=-1, epsilon=_EPSILON)

    def ints(name: str, *values: int) -> str:
        return writer.weight(name, np.array(values, np.int64))

    tokens = writer.node("Gather", [weight("embeddings.word_embeddings.weight"), "ids"])
    count = writer.node("Shape", ["ids"], start=1, end=2)
    places = writer.node(
        "Slice", [weight("embeddings.position_embeddings.weight"), ints("zero", 0), count, ints("axis", 0)]
    )
    kind = writer.weight("kind", weights["embeddings.token_type_embeddings.weight"][0])
    x = norm(writer.node("Add", [writer.node("Add", [tokens, places]), kind]), "embeddings.LayerNorm")
    split = ints("split", 0, 0, _HEADS, hidden // _HEADS)
    joined = ints("joined", 0, 0, hidden)
    scale = writer.weight("scale", np.array(1 / math.sqrt(hidden // _HEADS), np.float32))
    for number in range(layers):
        layer = f"encoder.layer.{number}"

        def heads(part: str, order: list[int], x: str = x, layer: str = layer) -> str:
            made = writer.node("Reshape", [linear(x, f"{layer}.attention.self.{part}"), split])
            return writer.node("Transpose", [made], perm=order)

        query, value = heads("query", [0, 2, 1, 3]), heads("value", [0, 2, 1, 3])
        fit = writer.node("Mul", [writer.node("MatMul", [query, heads("key", [0, 2, 3, 1])]), scale])
        seen = writer.node("MatMul", [writer.node("Softmax", [fit], axis=-1), value])
        seen = writer.node("Reshape", [writer.node("Transpose", [seen], perm=[0, 2, 1, 3]), joined])
        said = linear(seen, f"{layer}.attention.output.dense")
        x = norm(writer.node("Add", [said, x]), f"{layer}.attention.output.LayerNorm")
        inner = writer.node("Gelu", [linear(x, f"{layer}.intermediate.dense")])
        out = writer.node("Add", [linear(inner, f"{layer}.output.dense"), x])
        x = norm(out, f"{layer}.output.LayerNorm")
    writer.node("Identity", [x], ["states"])
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [1, "tokens"])
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, "tokens", hidden])
    return writer.finish([ids], [states])
