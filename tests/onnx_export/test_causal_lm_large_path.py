"""The path that larger models take, with small random checkpoints of three families: export, check, run, GPU profile.

Needs the extra export; ``make test-slow`` installs it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from models.causal_lm.folder import find, open_decoder
from models.causal_lm.memory import estimate
from models.session import SessionError
from onnx_export.cli import main
from pipeline.cli.app import main as docmill
from tests.rephrase.rephrasing import FOX

pytestmark = pytest.mark.slow

pytest.importorskip("torch", reason="needs the extra export")
checkpoints = pytest.importorskip("tests.onnx_export.causal_lm_checkpoints")

ROWS = 3


@pytest.mark.parametrize("family", ["llama", "qwen2", "mistral"])
def test_export_check_and_run(tmp_path: Path, capsys, family: str) -> None:
    made, out = checkpoints.make(tmp_path / "checkpoint", family), tmp_path / "model"
    assert main(["causal-lm", str(made), str(out), "--bound", "5"]) == 0
    rephrase = {
        "model": str(out),
        "chunks": {"tokens": 100},
        "generation": {"rows": ROWS, "max_new_tokens": 8},
        "keep_rejected": True,
        "gates": {"entities": False},
    }
    config = tmp_path / "config.yaml"
    config.write_text(yaml.safe_dump({"stages": [{"segment": {}}, {"rephrase": rephrase}]}), encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(FOX)
    capsys.readouterr()
    assert docmill(["check", str(config), str(tmp_path / "in")]) == 0
    said = capsys.readouterr()
    stated = re.search(
        r"memory: about ([0-9,]+) MiB per worker for 3 texts of ([0-9,]+) tokens", said.out + said.err
    )
    assert stated is not None
    mebibytes, length = (int(one.replace(",", "")) for one in stated.groups())
    assert mebibytes == round(estimate(find(str(out)), ROWS, length) / 2**20)
    assert 100 < length <= 512  # the passage, the prompt around it and the answer
    assert docmill(["run", str(config), str(tmp_path / "in"), str(tmp_path / "out"), "--no-progress"]) == 0

    import pyarrow.dataset as ds

    (row,) = ds.dataset(tmp_path / "out", format="parquet").to_table().to_pylist()
    assert row["errors"] == []
    assert {one["status"] for one in row["rephrasings"]} <= {"ok", "rejected"}
    assert all(one["tokens"] > 0 for one in row["rephrasings"])


@pytest.mark.parametrize("family", ["llama", "qwen2", "mistral"])
def test_the_gpu_profile_wants_half_precision_and_a_gpu(tmp_path: Path, family: str) -> None:
    made = checkpoints.make(tmp_path / "checkpoint", family)
    for precision in ("int8", "fp16"):
        arguments = [
            "causal-lm",
            str(made),
            str(tmp_path / precision),
            "--quantise",
            precision,
            "--bound",
            "5",
        ]
        assert main(arguments) == 0
    with pytest.raises(SessionError, match="export it with --quantise fp16 for a GPU"):
        open_decoder(find(str(tmp_path / "int8")), "gpu")
    with pytest.raises(SessionError, match="run with --profile gpu"):
        open_decoder(find(str(tmp_path / "fp16")))
