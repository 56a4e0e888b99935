"""Graphs are opened as the profile says, or not at all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models.session import MissingRuntimeError, SessionError, check_runtime, open_session

GRAPH = Path(__file__).parents[1] / "segment" / "reference" / "sat-tiny-sm" / "model_optimized.onnx"
FEEDS = {"input_ids": np.array([[0, 5, 6, 2]]), "attention_mask": np.ones((1, 4), bool)}


@pytest.mark.parametrize("profile", ["edge", "cpu"])
def test_a_graph_runs(profile) -> None:
    session = open_session(GRAPH, profile)
    assert session.input_types["attention_mask"] == np.float16
    assert list(session.output_names) == ["logits"]
    assert session.run(FEEDS, "logits").shape[:2] == (1, 4)


def test_profiles_agree() -> None:
    edge, cpu = (open_session(GRAPH, profile).run(FEEDS, "logits") for profile in ("edge", "cpu"))
    assert np.array_equal(edge, cpu)


def test_without_cuda_the_gpu_profile_is_an_error_and_no_fallback() -> None:
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has CUDA")
    with pytest.raises(MissingRuntimeError, match=r"pip install 'docmill\[gpu\]', or run with --profile cpu"):
        open_session(GRAPH, "gpu")


@pytest.mark.filterwarnings("ignore:Specified provider")
def test_a_runtime_with_cuda_on_a_machine_without_a_device_is_an_error_too(monkeypatch) -> None:
    """onnxruntime-gpu names CUDA among its providers wherever it is installed, and opens graphs on the CPU where
    there is no device. The CPU build does the same when asked for CUDA."""
    import onnxruntime

    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this machine has CUDA")
    monkeypatch.setattr(
        onnxruntime, "get_available_providers", lambda: ["CUDAExecutionProvider", "CPUExecutionProvider"]
    )
    with pytest.raises(SessionError, match=r"found none it can use .*; run with --profile cpu") as caught:
        open_session(GRAPH, "gpu")
    assert not isinstance(caught.value, MissingRuntimeError)
    assert "\n" not in str(caught.value)


def test_without_onnxruntime_the_extra_is_named(monkeypatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingRuntimeError, match=r"pip install 'docmill\[cpu\]'") as caught:
        check_runtime("edge")
    assert caught.value.extra == "cpu"


def test_a_broken_file_is_one_line(tmp_path) -> None:
    (tmp_path / "broken.onnx").write_bytes(b"\x00\x01")
    with pytest.raises(SessionError, match="cannot be opened") as caught:
        open_session(tmp_path / "broken.onnx")
    assert "\n" not in str(caught.value)


def test_importing_loads_no_runtime(root: Path) -> None:
    code = "import sys, models.session; print('onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
