"""The edge path: with only the base and the cpu extra, the command line, parse and shorten work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq

ROOT = Path(__file__).parents[2]

# every finder answers for packages of other extras as it does where they are not installed
WITHOUT_EXTRAS = """
import sys

ABSENT = {"ray", "torch", "transformers", "optimum", "spacy", "pandas", "sklearn"}

class Without:
    def __init__(self, finder):
        self.finder = finder
    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in ABSENT else self.finder.find_spec(name, path, target)
    def __getattr__(self, name):
        return getattr(self.finder, name)

sys.meta_path[:] = [Without(f) for f in sys.meta_path]
from pipeline.cli.app import main
status = main(sys.argv[1:])
assert not ABSENT & set(sys.modules)
sys.exit(status)
"""


def docmill(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, *map(str, arguments)],
        cwd=ROOT, text=True, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def config(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text)
    return path


def test_the_demo_runs_on_the_edge(tmp_path):
    done = docmill("run", "configs/quickstart.yaml", "examples/corpus", tmp_path / "out", "--profile", "edge")
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(tmp_path / "out").to_pylist()
    bad = {r["id"]: r["errors"][0]["code"] for r in rows if r["errors"]}
    assert bad == {"letter-en-encrypted.pdf": "encrypted", "letter-en-truncated.pdf": "truncated"}
    assert all(r["short_text"] for r in rows if not r["errors"])


def test_commands_that_need_no_extra(tmp_path):
    for arguments in (
        ["stages"],
        ["models", "list"],
        ["check", "configs/quickstart.yaml", "examples/corpus"],
    ):
        done = docmill(*arguments)
        assert done.returncode == 0, done.stderr


def test_the_ray_engine_says_what_to_install(tmp_path):
    done = docmill("run", "configs/quickstart.yaml", "examples/corpus", tmp_path / "out", "--engine", "ray")
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "docmill: error: --engine ray needs Ray, which is not installed: pip install 'docmill[ray]'"
    )


def test_spacys_stop_words_say_what_to_install(tmp_path):
    wants_spacy = config(tmp_path, "stages:\n  - shorten: {lists: spacy, language: en}\n")
    done = docmill("check", wants_spacy)
    assert done.returncode == 2
    assert "docmill[simplify]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_gpu_profile_never_falls_back_to_the_cpu(tmp_path):
    done = docmill("run", "configs/quickstart.yaml", "examples/corpus", tmp_path / "out", "--profile", "gpu")
    assert done.returncode == 2
    assert "docmill[gpu]" in done.stderr
    assert not (tmp_path / "out").exists()


def test_layout_says_what_to_install_for_its_model(tmp_path):
    bare = WITHOUT_EXTRAS.replace('"ray",', '"ray", "onnxruntime",')
    for arguments in (
        ["check", "configs/layout.yaml"],
        ["run", "configs/layout.yaml", "examples/corpus", str(tmp_path / "out")],
    ):
        done = subprocess.run(
            [sys.executable, "-c", bare, *arguments],
            cwd=ROOT, text=True, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode in (2, 3)
        assert "layout needs onnxruntime, which is not installed: pip install 'docmill[cpu]'" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists()
