"""Small checkpoints of every family, exported, give what transformers gives.

Needs the extra export; ``make test-slow`` installs it.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder, open_prompts, settings_of
from models.session import open_session
from onnx_export.cli import main

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch", reason="needs the extra export")
pytest.importorskip("transformers", reason="needs the extra export")
checkpoints = pytest.importorskip("tests.onnx_export.causal_lm_checkpoints")

TOKENS = np.random.default_rng(3).integers(0, 256, 120)


@pytest.fixture(scope="module", params=list(checkpoints.CONFIGS))
def exported(request, tmp_path_factory) -> tuple[Path, Path]:
    """A checkpoint, and its export in single precision."""
    root = tmp_path_factory.mktemp(request.param)
    made = checkpoints.make(root / "checkpoint", request.param)
    assert main(["causal-lm", str(made), str(root / "out"), "--quantise", "none"]) == 0
    return made, root / "out"


def original(folder: Path):
    from transformers import AutoModelForCausalLM

    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def test_logits_are_those_of_transformers(exported: tuple[Path, Path]) -> None:
    checkpoint, folder = exported
    with torch.inference_mode():
        wanted = original(checkpoint)(torch.from_numpy(TOKENS)[None]).logits[0].numpy()
    decoder = open_decoder(find(str(folder)))
    cache = decoder.cache(2, 200)
    found = [decoder.prefill([TOKENS[:70], TOKENS[:3]], cache, [0, 1])[0]]
    found += [*decoder.step(TOKENS[None, 70:75], cache, [0])[0]]
    found += [decoder.step(TOKENS[None, place : place + 1], cache, [0])[0, 0] for place in range(75, 120)]
    assert np.abs(np.stack(found) - wanted[69:]).max() < 2e-4 * np.abs(wanted).max()


def test_greedy_tokens_are_those_of_transformers(exported: tuple[Path, Path]) -> None:
    checkpoint, folder = exported
    decoder = open_decoder(find(str(folder)))
    cache, found = decoder.cache(1, 100), []
    logits = decoder.prefill([TOKENS[:40]], cache, [0])[0]
    while len(found) < 40:
        found.append(int(logits.argmax()))
        logits = decoder.step(np.array([found[-1:]]), cache, [0])[0, 0]
    with torch.inference_mode():
        read = torch.from_numpy(np.concatenate([TOKENS[:40], found[:-1]]))[None]
        wanted = original(checkpoint)(read).logits[0, 39:]
    chosen = wanted[np.arange(40), found]
    # the best one, or as good as the best one
    assert (wanted.max(1).values - chosen).max() < 1e-3


def test_the_folder_tells_all_that_is_needed(exported: tuple[Path, Path]) -> None:
    _, folder = exported
    entry = find(str(folder))
    about = settings_of(entry)
    assert about.end_tokens == (256,)
    assert about.sizes.context == 512
    assert about.sizes.window == (24 if folder.parent.name.startswith("mistral0") else 0)
    prompts = open_prompts(entry)
    assert prompts.render([{"role": "user", "content": "hi"}]) == "<|begin|>hi<|end|>"
    assert "Gate:" in (folder / "card.md").read_text()


@pytest.mark.parametrize("family", ["llama", "qwen2", "qwen3", "mistral"])
@pytest.mark.parametrize(("precision", "close"), [("int8", 0.15), ("8", 0.1), ("4", 1.0), ("fp16", 0.02)])
def test_rounded_graphs_stay_close(tmp_path: Path, family: str, precision: str, close: float) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", family)
    arguments = ["causal-lm", str(made), str(tmp_path / "out"), "--quantise", precision, "--bound", "1"]
    assert main(arguments) == 0
    entry = find(str(tmp_path / "out"))
    assert settings_of(entry).precision == precision
    # on the CPU whatever the precision: what a GPU gets is the same graph
    decoder = Decoder(open_session(entry.root / "model.onnx"), settings_of(entry))
    found = decoder.step(TOKENS[None], decoder.cache(1, 128), [0])[0]
    with torch.inference_mode():
        wanted = original(made)(torch.from_numpy(TOKENS)[None]).logits[0].numpy()
    # over all places: at one alone it is .09 to .43 in int8
    assert np.abs(found - wanted).mean() < close * np.abs(wanted).mean()


def test_balancing_changes_nothing_but_what_rounding_does(tmp_path: Path) -> None:
    from onnx_export.causal_lm import gate, graph, source
    from onnx_export.causal_lm.balance import Balanced
    from onnx_export.causal_lm.describe import settings_of as described
    from onnx_export.causal_lm.describe import sizes_of
    from onnx_export.causal_lm.linear import Float
    from onnx_export.causal_lm.moments import Activations
    from onnx_export.causal_lm.writer import GraphWriter

    for family in ("llama", "qwen2", "qwen3", "mistral", "llama-long"):
        loaded = source.load(str(checkpoints.make(tmp_path / family, family)))
        model = source.architecture_of(loaded.model)
        texts = gate.texts_of(None)
        balanced = Balanced(source.weights_of(loaded.model), model, Activations(loaded, texts[:2]).peaks())
        (tmp_path / f"{family}-out").mkdir()
        with GraphWriter(tmp_path / f"{family}-out") as writer:
            graph.write(writer, balanced.model, balanced, Float())
        decoder = Decoder(
            open_session(tmp_path / f"{family}-out" / "model.onnx"),
            described(loaded, sizes_of(model), "none"),
        )
        gate.check(gate.compare(loaded, decoder, texts), "none")


@pytest.mark.parametrize("family", ["llama", "qwen2", "qwen3", "llama-yarn"])
def test_peaks_are_those_of_what_a_cache_holds(tmp_path: Path, family: str) -> None:
    from onnx_export.causal_lm import cache_peaks, describe, graph, source
    from onnx_export.causal_lm.linear import Float
    from onnx_export.causal_lm.moments import Activations
    from onnx_export.causal_lm.writer import GraphWriter

    loaded = source.load(str(checkpoints.make(tmp_path / "checkpoint", family)))
    model = source.architecture_of(loaded.model)
    text = "Peaks are measured on some text, of which these are the words."
    found = cache_peaks.measured(loaded, model, Activations(loaded, [text]), lambda values: values)
    with GraphWriter(tmp_path) as writer:
        graph.write(writer, model, source.weights_of(loaded.model), Float())
    decoder = Decoder(open_session(tmp_path / "model.onnx"), describe.settings_of(loaded, model, "none"))
    tokens = source.tokens_of(loaded, text)
    cache = decoder.cache(1, 128)
    decoder.step(tokens[None], cache, [0])
    for number, peaks in enumerate(found):
        keys, values = (cache.tokens(f"{number}.{what}", 0)[:, : len(tokens)] for what in ("key", "value"))
        pairs = np.sqrt(np.square(keys.reshape(*keys.shape[:2], 2, -1)).sum(axis=2)).max(axis=1)
        assert np.allclose(pairs, peaks.keys, rtol=1e-3)
        assert np.allclose(np.abs(values).max(axis=1), peaks.values, rtol=1e-3)


def test_texts_are_read_behind_the_token_that_begins_them(tmp_path: Path) -> None:
    from onnx_export.causal_lm import source

    loaded = source.load(str(checkpoints.make(tmp_path / "checkpoint", "llama")))
    plain = loaded.tokenizer("a text")["input_ids"]
    assert source.tokens_of(loaded, "a text").tolist() == [257, *plain]
    assert source.tokens_of(loaded, "<|begin|>a text").tolist() == [257, *plain]
    loaded.tokenizer.bos_token = None
    assert source.tokens_of(loaded, "a text").tolist() == plain


def test_a_graph_that_differs_too_much_is_refused(tmp_path: Path, capsys) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", "llama")
    out = tmp_path / "out"
    assert main(["causal-lm", str(made), str(out), "--quantise", "4", "--bound", "0"]) == 3
    assert "nothing was written" in capsys.readouterr().err
    (tmp_path / "short.txt").write_text("Too little.")
    assert main(["causal-lm", str(made), str(out), "--data", str(tmp_path / "short.txt")]) == 3
    assert "too few to judge by" in capsys.readouterr().err
    assert not out.exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "config.json").unlink(), "neither a GGUF file nor a folder"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b"junk"), "cannot be read"),
        (lambda folder: (folder / "model.safetensors").unlink(), "cannot be read"),
    ],
)
def test_unusable_checkpoints_are_one_line(tmp_path: Path, capsys, damage, words: str) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", "llama")
    damage(made)
    assert main(["causal-lm", str(made), str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("onnx_export: error: ")
    assert words in said
    assert not (tmp_path / "out").exists()
