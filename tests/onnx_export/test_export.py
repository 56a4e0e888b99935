"""Checkpoints of wtpsplit's own classes, exported by docmill, give what wtpsplit says.

Needs the extras export and peers; ``make test-slow`` installs them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor, sigmoid
from onnx_export.cli import main
from tests.segment.reference.texts import TEXTS
from tests.segment.tiny import sentences

pytestmark = pytest.mark.slow

pytest.importorskip("torch", reason="needs the extra export")
pytest.importorskip("wtpsplit", reason="needs the extra peers")
checkpoints = pytest.importorskip("tests.segment.reference.checkpoints")
peer = pytest.importorskip("tests.segment.reference.peer")

VARIANTS = [*checkpoints.SAT, "wtp", "lora"]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """All checkpoints, the adapter, and their exports."""
    root = tmp_path_factory.mktemp("checkpoints")
    for name, options in checkpoints.SAT.items():
        checkpoints.make_sat(root / name, **options)
    checkpoints.make_wtp(root / "wtp")
    checkpoints.make_lora(root / "lora", root / "sat-limited", labels=5)
    for name in VARIANTS[:-1]:
        assert main(["segment", str(root / name), str(root / f"{name}-onnx")]) == 0
    lora = ["segment", str(root / "sat-limited"), str(root / "lora-onnx"), "--lora", str(root / "lora")]
    assert main(lora) == 0
    return root


@pytest.mark.parametrize("variant", VARIANTS)
def test_probabilities_and_sentences_are_the_peers(made: Path, variant: str) -> None:
    checkpoint, lora = (made / "sat-limited", made / "lora") if variant == "lora" else (made / variant, None)
    exported = str(made / f"{variant}-onnx")
    model = open_model(find(exported))
    for answer in peer.answers(checkpoint, TEXTS, lora):
        text, weighting = answer["text"], answer["weighting"]
        ((ends, logits),) = Predictor(model, 64, weighting).logits([text])
        found = np.zeros(len(text))
        found[ends - 1] = sigmoid(logits)
        assert np.abs(found - answer["probabilities"]).max() < 1e-4
        (cut,) = sentences(
            [text], model=exported, stride=64, weighting=weighting, threshold=answer["threshold"]
        )
        wanted = [one for one in answer["sentences"] if one]
        if not wanted[0].strip():
            wanted[:2] = ["".join(wanted[:2])]
        assert cut == wanted


def test_lookahead_makes_a_difference(made: Path) -> None:
    def logits(name: str, text: str) -> np.ndarray:
        ((_, found),) = Predictor(open_model(find(str(made / f"{name}-onnx")))).logits([text])
        return found

    long = " ".join(TEXTS[:5])
    for name, limited in (("sat-limited", True), ("sat-no-limited-lookahead", False)):
        head = logits(name, long)[:10]
        other_end = logits(name, long + " zebra quilt 77 !")[:10]
        assert np.allclose(head, other_end, atol=1e-6) == limited


def test_the_thresholds_of_a_merged_adapter(made: Path) -> None:
    assert find(str(made / "lora-onnx")).thresholds["default"] == 0.5
    assert find(str(made / "sat-no-limited-lookahead-onnx")).thresholds["default"] == 0.01


def test_int8_is_smaller_and_gated_and_rows_do_not_meet(made: Path, tmp_path: Path, capsys) -> None:
    source = str(made / "sat-limited")
    assert main(["segment", source, str(tmp_path / "int8"), "--precision", "int8", "--bound", "0.5"]) == 0
    entry = find(str(tmp_path / "int8"))
    full = find(str(made / "sat-limited-onnx"))
    assert entry.size < full.size
    assert open_model(entry).batch == 1
    assert "gpu_batch" not in entry.settings
    assert full.settings["gpu_batch"] > 1
    assert main(["segment", source, str(tmp_path / "strict"), "--precision", "int8", "--bound", "0"]) == 3
    assert "nothing was written" in capsys.readouterr().err
    assert not (tmp_path / "strict").exists()


def test_rows_of_a_batch_do_not_influence_each_other(made: Path) -> None:
    """What a GPU gets: many rows of one shape, here on the CPU, bit for bit the same in any company."""
    from models.sentence_boundary.sat import model as sat
    from models.session import opener

    entry = find(str(made / "sat-limited-onnx"))
    files = {part.role: entry.root / part.file for part in entry.files}
    model = sat.open_model(files, opener("cpu"), {**entry.settings, "batch": 4, "block": 60, "stride": 20})
    texts = [text * 3 for text in TEXTS]
    alone = [next(Predictor(model).logits([text]))[1] for text in texts]
    for order in (texts, texts[::-1]):
        together = [logits for _, logits in Predictor(model).logits(order)]
        pairs = zip(alone, together if order is texts else together[::-1], strict=True)
        assert all(np.array_equal(one, other) for one, other in pairs)


def test_exported_models_can_be_adapted(made: Path, tmp_path: Path) -> None:
    from models.sentence_boundary.adapted.model import Head
    from pipeline.cli.app import main as docmill

    (tmp_path / "examples.txt").write_text("\n".join(f"item {i} goes here //" for i in range(40)))
    arguments = ["--examples", str(tmp_path / "examples.txt"), "--model", str(made / "sat-limited-onnx")]
    assert docmill(["adapt", "segment", *arguments, "--output", str(tmp_path / "out")]) == 0
    assert len(Head.load(tmp_path / "out" / "head.npz").hidden) == checkpoints.SIZES["hidden_size"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "model.safetensors").unlink(), "holds no weights"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "holds no tokenizer"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "gpt2"}'), "neither SaT"),
        (lambda folder: (folder / "config.json").write_text('{"model_type": "la-canine"}'), "published ONNX"),
    ],
)
def test_unusable_checkpoints_are_one_line(made: Path, tmp_path: Path, capsys, damage, words) -> None:
    import shutil

    shutil.copytree(made / "sat-limited", tmp_path / "broken")
    damage(tmp_path / "broken")
    assert main(["segment", str(tmp_path / "broken"), str(tmp_path / "out")]) == 3
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
