"""Decoder-only models out of GGUF files: what is read is what was written, and what llama.cpp reads too.

Needs the extra export; ``make test-slow`` installs it.
"""

from __future__ import annotations

import hashlib
import json
import struct
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from models.causal_lm.folder import find, open_decoder, open_prompts, settings_of
from onnx_export.cli import main
from onnx_export.errors import ExportError
from tests.onnx_export.greedy import greedy, transformers_greedy

pytestmark = pytest.mark.slow

torch = pytest.importorskip("torch", reason="needs the extra export")
pytest.importorskip("gguf", reason="needs the extra export")
files = pytest.importorskip("tests.onnx_export.gguf_files")
source = pytest.importorskip("onnx_export.causal_lm.source")

TOKENS = np.random.default_rng(3).integers(3, 250, 400)
PROMPTS = [TOKENS[3 * n : 3 * n + length] for n, length in enumerate((40, 5, 70, 33, 64, 17))]
TEXTS = (
    "The weather in 1212  and  the 'tis don't win ing.\n\n  Next line, é ü 漢字!! 12345 + 3<4 | $5 ^2\n\tan end\r\n a.\n",
    "   leading",
    "Héllo WORLD's 7 8 99 100.\n.\n",
    "the <|note|> note",
)
CUTS = ("smollm", "starcoder", "falcon", "bloom", "qwen2", "stablelm2", "llama-bpe", "mpt")


def logits_of(model, tokens: np.ndarray) -> np.ndarray:
    with torch.inference_mode():
        return model(torch.from_numpy(tokens)[None]).logits[0].float().numpy()


def refused(path: Path, **options) -> str:
    """Return the one line with which a file is refused."""
    with pytest.raises(ExportError) as error:
        source.load(str(path), **options)
    said = str(error.value)
    assert "\n" not in said
    assert len(said) < 700
    return said


@pytest.mark.parametrize("name", list(files.CONFIGS))
def test_every_family_is_read_as_it_was_written(tmp_path: Path, name: str) -> None:
    model = files.write(tmp_path / "a.gguf", name)
    wanted = logits_of(model, TOKENS[:120])
    found = logits_of(source.load(str(tmp_path / "a.gguf")).model, TOKENS[:120])
    assert np.abs(found - wanted).max() < 1e-5 * np.abs(wanted).max()


@pytest.fixture
def reading(tmp_path: Path):
    """Ask llama.cpp about a file, and compare with what docmill reads."""
    if find_spec("xllamacpp") is None:
        pytest.skip("pip install xllamacpp")

    def compare(path: Path, longest: int = 400) -> None:
        prompts = [prompt.tolist() for prompt in PROMPTS if len(prompt) < longest]
        ended = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("llama_reader.py")), str(path)],
            input=json.dumps({"prompts": prompts, "texts": TEXTS}),
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        answer = json.loads(ended.stdout.partition("ANSWER ")[2].splitlines()[0])
        read = source.load(str(path))
        compared = 0
        for prompt, following in zip(prompts, answer["following"], strict=True):
            logits = logits_of(read.model, np.array(prompt))[-1].astype(np.float64)
            found = logits - np.log(np.exp(logits - logits.max()).sum()) - logits.max()
            for token, probability in following:
                assert abs(found[token] - probability) < 0.05  # llama.cpp keeps its cache in half precision
                compared += 1
        assert compared >= 5
        encode = read.tokenizer.backend_tokenizer.encode
        for text, tokens in zip(TEXTS, answer["texts"], strict=True):
            assert encode(text, add_special_tokens=False).ids == tokens
            if files.USER not in text:  # before what follows one, SentencePiece puts a space
                assert read.tokenizer.decode(tokens, clean_up_tokenization_spaces=False) == text

    return compare


@pytest.mark.parametrize("name", list(files.CONFIGS))
def test_llama_cpp_reads_the_same_model(tmp_path: Path, reading, name: str) -> None:
    files.write(tmp_path / "a.gguf", name)
    # llama.cpp lets all of a text be seen in this family
    reading(tmp_path / "a.gguf", longest=files.CONFIGS["phi3"].sliding_window if name == "phi3" else 400)


@pytest.mark.parametrize("cut", CUTS)
def test_llama_cpp_cuts_text_alike(tmp_path: Path, reading, cut: str) -> None:
    files.write(tmp_path / "a.gguf", "llama", cut=cut)
    reading(tmp_path / "a.gguf")


def test_llama_cpp_joins_characters_alike(tmp_path: Path, reading) -> None:
    files.write(tmp_path / "a.gguf", "llama", spm=True)
    reading(tmp_path / "a.gguf")


@pytest.mark.parametrize("kind", ["F16", "BF16", "Q4_0", "Q5_1", "Q8_0"])
def test_rounded_weights_are_those_that_the_file_has(tmp_path: Path, kind: str) -> None:
    import gguf

    model = files.write(tmp_path / "a.gguf", "starcoder2", kind=kind)
    found = source.load(str(tmp_path / "a.gguf")).model.model.layers[1].mlp.c_fc.weight.detach().numpy()
    stored = getattr(gguf.GGMLQuantizationType, kind)
    exact = model.model.layers[1].mlp.c_fc.weight.detach().numpy()
    assert np.array_equal(found, gguf.quants.dequantize(gguf.quants.quantize(exact, stored), stored))


@pytest.fixture(scope="module", params=["gpt2", "gptneox", "starcoder2", "gemma2"])
def exported(request, tmp_path_factory) -> tuple[Path, Path]:
    """A file in 8 bits of a family that goes through optimum, and its export in single precision."""
    root = tmp_path_factory.mktemp(request.param)
    files.write(root / "small.gguf", request.param, kind="Q8_0")
    assert main(["causal-lm", str(root / "small.gguf"), str(root / "out"), "--quantise", "none"]) == 0
    return root / "small.gguf", root / "out"


def test_greedy_tokens_of_an_export_are_those_of_transformers(exported: tuple[Path, Path]) -> None:
    file, folder = exported
    model = source.load(str(file)).model
    found, _ = greedy(open_decoder(find(str(folder))), PROMPTS, 30)
    for prompt, tokens in zip(PROMPTS, found, strict=True):
        assert tokens.tolist() == transformers_greedy(model, prompt, 30)


def test_the_entry_says_from_which_file(exported: tuple[Path, Path]) -> None:
    file, folder = exported
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    entry = find(str(folder))
    assert entry.origin == {"format": "gguf", "name": "small.gguf", "sha256": digest}
    assert digest in (folder / "card.md").read_text()
    about = settings_of(entry)
    assert about.end_tokens == (0,)
    assert (about.special_tokens or {})["bos_token"] == files.BEGIN
    assert open_prompts(entry).render([{"role": "user", "content": "hi"}]) == f"{files.BEGIN}hi{files.END}"


def test_eight_bits_pass_the_gate_and_no_bits_do_not(tmp_path: Path, capsys) -> None:
    files.write(tmp_path / "a.gguf", "gpt2")
    arguments = ["causal-lm", str(tmp_path / "a.gguf"), str(tmp_path / "out")]
    assert main([*arguments, "--bound", "1"]) == 0
    assert settings_of(find(str(tmp_path / "out"))).precision == "8"
    assert main([*arguments[:2], str(tmp_path / "other"), "--bound", "0"]) == 3
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "other").exists()


class TestRefused:
    def test_another_file_than_the_hash_says(self, tmp_path: Path, capsys) -> None:
        files.write(tmp_path / "a.gguf", "gpt2")
        digest = hashlib.sha256((tmp_path / "a.gguf").read_bytes()).hexdigest()
        source.load(str(tmp_path / "a.gguf"), sha256=digest.upper())
        arguments = ["causal-lm", str(tmp_path / "a.gguf"), str(tmp_path / "out"), "--sha256", "0" * 64]
        assert main(arguments) == 3
        assert "it is another file" in capsys.readouterr().err
        assert not (tmp_path / "out").exists()

    def test_an_architecture_that_is_not_read(self, tmp_path: Path, capsys) -> None:
        import gguf

        writer = gguf.GGUFWriter(tmp_path / "a.gguf", "rwkv6")
        writer.add_tensor("token_embd.weight", np.zeros((4, 4), np.float32))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        assert main(["causal-lm", str(tmp_path / "a.gguf"), str(tmp_path / "out")]) == 3
        said = capsys.readouterr().err.strip()
        assert "architecture 'rwkv6' are not read" in said
        assert "export from the folder of transformers" in said
        assert "\n" not in said

    def test_a_file_that_was_cut_off_anywhere(self, tmp_path: Path) -> None:
        files.write(tmp_path / "whole.gguf", "gpt2")
        whole = (tmp_path / "whole.gguf").read_bytes()
        cut = tmp_path / "cut.gguf"
        for length in (0, 3, 4, 8, 23, 24, 40, 1000, 5000, 12000, len(whole) // 2, len(whole) - 1):
            cut.write_bytes(whole[:length])
            said = refused(cut)
            assert "cut off" in said or "no GGUF file" in said

    @pytest.mark.parametrize(
        ("bytes_", "words"),
        [
            (b"GGUF junk", "another byte order"),
            (b"PK\x03\x04" + b"\0" * 60, "no GGUF file"),
            (struct.pack("<4sI", b"GGUF", 1) + b"\0" * 60, "has version 1"),
            (struct.pack("<4sIQQ", b"GGUF", 3, 1 << 60, 1) + b"\0" * 60, "tensors are too many"),
            (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1 << 40) + b"\0" * 60, "metadata are too many"),
            (struct.pack("<4sIQQQ", b"GGUF", 3, 0, 1, 1 << 62) + b"\0" * 60, "is too long"),
            # lists that claim more than there is
            (struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"k", 9, 0, 1 << 60), "cut off"),
            (struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"k", 9, 8, 1 << 60), "cut off"),
            # a list of lists, and a type that there is not
            (struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"k", 9, 9, 1), "unknown type 9"),
            (struct.pack("<4sIQQQ1sIIQ", b"GGUF", 3, 0, 1, 1, b"k", 77, 9, 1), "unknown type 77"),
            (struct.pack("<4sIQQQ1sIQ1s", b"GGUF", 3, 0, 1, 1, b"k", 8, 1, b"\xff"), "not UTF-8"),
            # a tensor of five dimensions, one of an unknown type, one of nothing
            (struct.pack("<4sIQQQ1sI", b"GGUF", 3, 1, 0, 1, b"t", 5) + b"\1" * 60, "has 5 dimensions"),
            (struct.pack("<4sIQQQ1sIQIQ", b"GGUF", 3, 1, 0, 1, b"t", 1, 1, 999, 0), "unknown type 999"),
            (struct.pack("<4sIQQQ1sIQIQ", b"GGUF", 3, 1, 0, 1, b"t", 1, 0, 0, 0), "cannot have the shape"),
            (struct.pack("<4sIQQQ1sIQIQ", b"GGUF", 3, 1, 0, 1, b"t", 1, 1 << 60, 0, 0), "cut off"),
        ],
    )
    def test_headers_that_lie(self, tmp_path: Path, bytes_: bytes, words: str) -> None:
        (tmp_path / "a.gguf").write_bytes(bytes_)
        assert words in refused(tmp_path / "a.gguf")

    def test_tensors_that_lie_on_each_other(self, tmp_path: Path) -> None:
        tensors = [struct.pack("<Q1sIQIQ", 1, name, 1, 64, 0, 0) for name in (b"a", b"b", b"c")]
        body = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), 0) + b"".join(tensors)
        (tmp_path / "a.gguf").write_bytes(body + b"\0" * 300)
        assert "overlap" in refused(tmp_path / "a.gguf")

    @pytest.mark.parametrize(
        ("key", "value", "words"),
        [
            ("gpt2.block_count", 1 << 30, "has not the tensors of a model of"),
            ("gpt2.block_count", 3, "it has no tensor for"),
            ("gpt2.block_count", 1, "has a tensor 'blk.1."),
            ("gpt2.context_length", 1 << 31, "no usable gpt2.context_length"),
            ("gpt2.context_length", 256, "position_embd.weight has the shape"),
            ("gpt2.attention.layer_norm_epsilon", "small", "no usable gpt2.attention.layer_norm_epsilon"),
            ("gpt2.attention.head_count", 0, "no usable gpt2.attention.head_count"),
            ("gpt2.attention.new_trick", 1, "for its attention.new_trick is 1"),
            ("gpt2.rope.scaling.type", "longrope", "no usable gpt2.rope.scaling.type"),
            ("tokenizer.ggml.pre", "of-tomorrow", "gpt2 with of-tomorrow"),
            ("tokenizer.ggml.merges", ["x y"], "its vocabulary cannot be used"),
            ("tokenizer.ggml.tokens", [], "it has no vocabulary"),
        ],
    )
    def test_what_might_be_another_model(self, tmp_path: Path, monkeypatch, key, value, words) -> None:
        from onnx_export.causal_lm.gguf_reading import header

        read = header.read

        def changed(path: Path):
            found = read(path)
            return header.Header(found.path, {**found.metadata, key: value}, found.tensors)

        monkeypatch.setattr(header, "read", changed)
        files.write(tmp_path / "a.gguf", "gpt2")
        said = refused(tmp_path / "a.gguf")
        assert words in said
        assert ("--tokenizer FOLDER" in said) == key.startswith("tokenizer.")

    def test_a_vocabulary_of_an_unknown_kind_unless_a_folder_has_the_tokenizer(self, tmp_path: Path) -> None:
        files.write(tmp_path / "a.gguf", "gpt2", cut="of-tomorrow")
        assert "--tokenizer FOLDER" in refused(tmp_path / "a.gguf")
        files.write(tmp_path / "known.gguf", "gpt2")
        source.load(str(tmp_path / "known.gguf")).tokenizer.save_pretrained(tmp_path / "tokenizer")
        found = source.load(str(tmp_path / "a.gguf"), tmp_path / "tokenizer").tokenizer
        assert (
            found("the end")["input_ids"]
            == source.load(str(tmp_path / "known.gguf")).tokenizer("the end")["input_ids"]
        )

    def test_a_tokenizer_of_another_model(self, tmp_path: Path) -> None:
        files.write(tmp_path / "a.gguf", "gpt2")
        larger = source.load(str(tmp_path / "a.gguf")).tokenizer
        larger.add_tokens(["<|one more|>"])
        larger.save_pretrained(tmp_path / "tokenizer")
        assert "it is another model's" in refused(tmp_path / "a.gguf", tokenizer=tmp_path / "tokenizer")
