"""The sentence encoder: a graph like the original's, and embeddings that depend on their text alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from models.catalog import CatalogError
from models.session import open_session
from models.text_embedding.embedder import WINDOW, Embedder, find
from onnx_export.causal_lm.writer import GraphWriter
from onnx_export.text_embedding import read_safetensors, write

WORDS = ["[CLS]", "[SEP]", "[UNK]", *["the", "cat", "sat", "on", "a", "mat", "and", "dogs", "run", "far"]]
HIDDEN, INNER, LAYERS, PLACES = 48, 96, 2, 512


def weights(seed: int = 0) -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(seed)
    shapes = {
        "embeddings.word_embeddings.weight": (len(WORDS), HIDDEN),
        "embeddings.position_embeddings.weight": (PLACES, HIDDEN),
        "embeddings.token_type_embeddings.weight": (2, HIDDEN),
    }
    for n in range(LAYERS):
        layer = f"encoder.layer.{n}"
        for part in ("query", "key", "value"):
            shapes[f"{layer}.attention.self.{part}.weight"] = (HIDDEN, HIDDEN)
        shapes[f"{layer}.attention.output.dense.weight"] = (HIDDEN, HIDDEN)
        shapes[f"{layer}.intermediate.dense.weight"] = (INNER, HIDDEN)
        shapes[f"{layer}.output.dense.weight"] = (HIDDEN, INNER)
    for name in list(shapes):
        if name.startswith("encoder"):
            shapes[name.removesuffix("weight") + "bias"] = shapes[name][:1]
    norms = ["embeddings.LayerNorm"]
    norms += [
        f"encoder.layer.{n}.{p}.LayerNorm" for n in range(LAYERS) for p in ("attention.output", "output")
    ]
    for norm in norms:
        shapes[f"{norm}.weight"] = shapes[f"{norm}.bias"] = (HIDDEN,)
    return {name: random.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes.items()}


def graph(folder: Path) -> Path:
    with GraphWriter(folder) as writer:
        return write(writer, weights())


@pytest.fixture
def embedder(tmp_path: Path) -> Embedder:
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 1), ("[CLS]", 0))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    return Embedder(open_session(graph(tmp_path)), tmp_path / "tokenizer.json")


TEXTS = ["the cat sat on a mat", "dogs run far", "", "the cat " * 400, "the cat sat on a mat"]


class TestEmbeddings:
    def test_rows_have_length_1_and_depend_on_their_text_alone(self, embedder: Embedder) -> None:
        found = embedder.embed(TEXTS)
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
        for n, text in enumerate(TEXTS):
            assert np.array_equal(embedder.embed([text])[0], found[n])
        assert np.array_equal(found[0], found[4])
        assert not np.allclose(found[0], found[1], atol=0.01)

    def test_a_long_text_is_read_to_its_end(self, embedder: Embedder) -> None:
        head = "the cat " * WINDOW
        one, other = embedder.embed([head + "sat on a mat", head + "and dogs run far and dogs run far"])
        assert not np.array_equal(one, other)


class TestFolders:
    def test_a_folder_without_a_model_is_one_line_that_says_how_to_make_one(self, tmp_path: Path) -> None:
        with pytest.raises(CatalogError, match="python -m onnx_export text-embedding"):
            find(str(tmp_path))

    def test_a_model_for_something_else_is_refused(self, tmp_path: Path) -> None:
        from onnx_export.causal_lm import random_model

        random_model.write(tmp_path / "model")
        with pytest.raises(CatalogError, match="is for causal-lm, not for text-embedding"):
            find(str(tmp_path / "model"))


@pytest.mark.slow
def test_states_are_those_of_transformers(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="needs docmill[export]")
    transformers = pytest.importorskip("transformers", reason="needs docmill[export]")
    from safetensors.numpy import save_file

    save_file(weights(), str(tmp_path / "weights.safetensors"))
    assert read_safetensors(tmp_path / "weights.safetensors").keys() == weights().keys()
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=HIDDEN,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        max_position_embeddings=PLACES,
        hidden_act="gelu",
        layer_norm_eps=1e-12,
    )
    model = transformers.BertModel(config, add_pooling_layer=False).eval()
    named = {name: torch.tensor(values) for name, values in weights().items()}
    missing = model.load_state_dict(named, strict=False)
    assert not missing.unexpected_keys
    ids = np.array([[0, 3, 4, 5, 6, 7, 8, 1]], np.int64)
    with torch.no_grad():
        wanted = model(torch.tensor(ids)).last_hidden_state.numpy()
    found = open_session(graph(tmp_path)).run({"ids": ids}, "states")
    assert np.abs(found - wanted).max() < 1e-4
