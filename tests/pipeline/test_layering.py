"""What may be imported when: commands start fast and the edge path stays light."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipeline import registry

HEAVY = ("torch", "transformers", "ray", "onnxruntime", "spacy", "optimum", "sklearn")


def modules_after(statement: str, root: Path) -> set[str]:
    """The top-level names in sys.modules of a fresh interpreter after a statement."""
    code = f"{statement}\nimport sys\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_pipeline_is_light(root: Path) -> None:
    assert not modules_after("import pipeline", root) & {
        "pyarrow",
        "pydantic",
        "yaml",
        "typer",
        "numpy",
        "fsspec",
        *HEAVY,
    }


def test_the_command_line_imports_no_arrow_before_a_command_runs(root: Path) -> None:
    assert not modules_after("import pipeline.cli.app", root) & {
        "pyarrow",
        "pydantic",
        "yaml",
        "numpy",
        "fsspec",
        *HEAVY,
    }


def test_help_imports_no_arrow(root: Path) -> None:
    statement = (
        "from pipeline.cli.app import main\nimport io, contextlib\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n    assert main(['run', '--help']) == 0"
    )
    assert not modules_after(statement, root) & {"pyarrow", "numpy", "yaml", "fsspec", *HEAVY}


def test_the_local_path_imports_neither_ray_nor_torch(root: Path) -> None:
    assert not modules_after("from pipeline import Pipeline\nimport pipeline.engines.local", root) & set(
        HEAVY
    )


@pytest.mark.parametrize("name", registry.STAGES)
def test_importing_a_stage_loads_nothing_heavy(root: Path, name: str) -> None:
    module = registry.STAGES[name].partition(":")[0]
    assert not modules_after(f"import {module}", root) & set(HEAVY)


def test_the_command_is_the_module(root: Path) -> None:
    """``docmill`` and ``python -m pipeline`` run the same function."""
    scripts = tomllib.loads((root / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts == {"docmill": "pipeline.__main__:main"}
    from pipeline import __version__

    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True, cwd=root, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, f"docmill {__version__}\n", "")


def test_the_version_of_the_package_is_that_of_the_project(root: Path) -> None:
    from pipeline import __version__

    assert tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"] == __version__
