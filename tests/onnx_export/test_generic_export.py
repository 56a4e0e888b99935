"""Decoder-only models of other families, exported through optimum, give what transformers gives.

Needs the extra export; ``make test-slow`` installs it.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder, open_prompts, settings_of
from models.causal_lm.growing import GrowingDecoder
from models.causal_lm.memory import memory_of
from models.session import open_session
from onnx_export.cli import main
from tests.onnx_export.greedy import greedy, transformers_greedy

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch", reason="needs the extra export")
pytest.importorskip("optimum.exporters.onnx", reason="needs the extra export")
checkpoints = pytest.importorskip("tests.onnx_export.generic_checkpoints")

TEXT = np.random.default_rng(3).integers(0, 256, 400)
LENGTHS = (40, 3, 70, 129, 200, 64, 128, 17)
PROMPTS = [TEXT[3 * place : 3 * place + length] for place, length in enumerate(LENGTHS)]


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


def test_greedy_tokens_are_those_of_transformers_in_ragged_batches_too(exported: tuple[Path, Path]) -> None:
    checkpoint, folder = exported
    model = original(checkpoint)
    found, _ = greedy(open_decoder(find(str(folder))), PROMPTS, 30)
    for prompt, tokens in zip(PROMPTS, found, strict=True):
        assert tokens.tolist() == transformers_greedy(model, prompt, 30)


def test_logits_are_the_same_bit_for_bit_alone_and_in_a_batch(exported: tuple[Path, Path]) -> None:
    decoder = open_decoder(find(str(exported[1])))
    assert isinstance(decoder, GrowingDecoder)
    together = greedy(decoder, PROMPTS, 20)[1]
    for prompt, wanted in zip(PROMPTS, together, strict=True):
        assert np.array_equal(greedy(decoder, [prompt], 20)[1][0], wanted)


def test_a_shared_beginning_a_rewind_and_pieces_change_no_bit(exported: tuple[Path, Path]) -> None:
    decoder = open_decoder(find(str(exported[1])))
    fresh = open_decoder(find(str(exported[1])))
    cache, other = decoder.cache(2, 400), fresh.cache(1, 400)
    decoder.prefill([TEXT[:300]], cache, [0])
    shared = decoder.prefill([np.concatenate([TEXT[:290], TEXT[:20]])], cache, [1])
    assert np.array_equal(shared, fresh.prefill([np.concatenate([TEXT[:290], TEXT[:20]])], other, [0]))
    guessed = decoder.step(np.array([[1, 2, 3]]), cache, [1])
    decoder.rewind(cache, 1, 311)
    again = decoder.step(np.array([[2, 3]]), cache, [1])
    assert np.array_equal(guessed[:, 1:], again)


@pytest.mark.parametrize("family", ["gpt2", "gemma", "opt"])
@pytest.mark.parametrize(("precision", "close"), [("8", 0.1), ("4", 1.0), ("fp16", 0.02)])
def test_rounded_graphs_stay_close_and_exact(
    tmp_path: Path, family: str, precision: str, close: float
) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", family)
    arguments = ["causal-lm", str(made), str(tmp_path / "out"), "--quantise", precision, "--bound", "1"]
    assert main(arguments) == 0
    entry = find(str(tmp_path / "out"))
    about = settings_of(entry)
    assert about.precision == precision
    # on the CPU whatever the precision: what a GPU gets is the same graph
    decoder = GrowingDecoder(open_session(entry.root / "model.onnx"), about)
    together = greedy(decoder, PROMPTS, 6)[1]
    with torch.inference_mode():
        wanted = original(made)(torch.from_numpy(PROMPTS[0])[None]).logits[0, -1].numpy()
    assert np.abs(together[0, 0] - wanted).mean() < close * np.abs(wanted).mean()
    for prompt, row in zip(PROMPTS, together, strict=True):
        assert np.array_equal(greedy(decoder, [prompt], 6)[1][0], row)


def test_eight_bits_are_the_default_and_small(tmp_path: Path) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", "gpt_neox")
    assert main(["causal-lm", str(made), str(tmp_path / "out"), "--bound", "1"]) == 0
    assert main(["causal-lm", str(made), str(tmp_path / "full"), "--quantise", "none"]) == 0
    eight, full = (find(str(tmp_path / name)) for name in ("out", "full"))
    assert settings_of(eight).precision == "8"
    weights = [next(part.size for part in one.parts() if part.role == "weights") for one in (eight, full)]
    assert weights[0] < 0.35 * weights[1]


def test_the_folder_tells_all_that_is_needed(exported: tuple[Path, Path]) -> None:
    _, folder = exported
    entry = find(str(folder))
    about = settings_of(entry)
    assert about.end_tokens == (256,)
    assert about.past == "growing"
    assert about.sizes.layers == 2
    prompts = open_prompts(entry)
    assert prompts.render([{"role": "user", "content": "hi"}]) == "<|begin|>hi<|end|>"
    assert "Gate:" in (folder / "card.md").read_text()
    # a growing past is held three times more: as it is fed, as the graph writes it and as it is read
    longer, shorter = (memory_of(about, entry.size, 8, length) for length in (448, 64))
    token = 2 * about.sizes.layers * about.sizes.kv_heads * about.sizes.head_size * 4
    assert longer.cache - shorter.cache >= 4 * 8 * 384 * token


def test_a_damaged_graph_is_refused(tmp_path: Path, capsys, monkeypatch) -> None:
    from onnx import numpy_helper

    from onnx_export.causal_lm.generic import trace

    def damaged(*arguments):
        model = whole(*arguments)
        largest = max(model.graph.initializer, key=lambda one: int(np.prod(one.dims)))
        values = numpy_helper.to_array(largest)
        largest.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values[::-1]), largest.name))
        return model

    whole = trace.trace
    monkeypatch.setattr(trace, "trace", damaged)
    made = checkpoints.make(tmp_path / "checkpoint", "gpt2")
    assert main(["causal-lm", str(made), str(tmp_path / "out"), "--quantise", "none"]) == 3
    assert "refused: the mean divergence from the original is" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_code_of_a_checkpoint_is_never_run(tmp_path: Path, capsys) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", "gpt2")
    config = json.loads((made / "config.json").read_text())
    config |= {
        "model_type": "own",
        "auto_map": {"AutoConfig": "own.Own", "AutoModelForCausalLM": "own.Model"},
    }
    (made / "config.json").write_text(json.dumps(config))
    (made / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    assert main(["causal-lm", str(made), str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("onnx_export: error: ")
    assert "cannot be read" in said
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        ("make_encoder_decoder", "have an encoder and a decoder: only decoder-only ones are exported"),
        ("make_encoder", "sees later tokens: only decoder-only ones are exported"),
        ("make_recurrent", "serve it and give rephrase its address"),
    ],
)
def test_what_is_no_decoder_is_one_line(tmp_path: Path, capsys, make: str, words: str) -> None:
    made = getattr(checkpoints, make)(tmp_path / "checkpoint")
    assert main(["causal-lm", str(made), str(tmp_path / "out")]) == 3
    said = capsys.readouterr().err.strip().splitlines()[-1]
    assert said.startswith("onnx_export: error: ")
    assert words in said
    assert not (tmp_path / "out").exists()


def test_int8_is_for_graphs_of_our_own(tmp_path: Path, capsys) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", "gpt2")
    assert main(["causal-lm", str(made), str(tmp_path / "out"), "--quantise", "int8"]) == 3
    assert "models of type gpt2 are not exported in int8" in capsys.readouterr().err


def test_the_generator_says_the_same_in_every_batch(exported: tuple[Path, Path]) -> None:
    from stages.rephrase.generation.generator import Generator
    from stages.rephrase.generation.options import GeneratorOptions
    from stages.rephrase.generation.request import Sampling

    decoder = open_decoder(find(str(exported[1])))
    assert not isinstance(decoder, Decoder)
    requests = [(n, p.tolist(), Sampling(max_new_tokens=20 + n)) for n, p in enumerate(PROMPTS)]
    requests += [
        (n + 8, p.tolist(), Sampling(temperature=0.8, seed=n, max_new_tokens=12))
        for n, p in enumerate(PROMPTS)
    ]
    found = [
        dict(Generator(decoder, (256,), GeneratorOptions(rows=rows, lookup=lookup)).generate(requests))
        for rows, lookup in ((1, False), (3, True), (8, False))
    ]
    assert found[0] == found[1] == found[2]
