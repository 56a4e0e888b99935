"""Runs of the sample stages over small corpora, in this process and through the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline import registry
from tests.pipeline import sample_stages

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


@pytest.fixture
def sample_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the sample stages known by name in this process."""
    for name, place in sample_stages.ALL.items():
        monkeypatch.setitem(registry.STAGES, name, place)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Write files below a folder ``in`` and return the folder."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def config(tmp_path: Path) -> Callable[..., Path]:
    """Write a configuration: stages as names or one-key maps, other sections as keywords."""

    def config(*stages: str | dict[str, Any], **sections: Any) -> Path:
        path = tmp_path / "config.yaml"
        entries = [{s: {}} if isinstance(s, str) else s for s in stages]
        path.write_text(yaml.safe_dump({"stages": entries, **sections}), encoding="utf-8")
        return path

    return config


class Ran:
    """A finished command."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.status = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def error(self) -> str:
        """The one line that a refusal is."""
        lines = self.err.splitlines()
        assert len(lines) == 1, f"one line expected, not:\n{self.err}"
        assert "Traceback" not in self.err
        return lines[0]


def environment() -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
        "TERM": "dumb",
    }


@pytest.fixture
def docmill() -> Callable[..., Ran]:
    """Run a docmill command, with the sample stages registered, in a process of its own."""

    def docmill(*arguments: object, **keywords: Any) -> Ran:
        command = [sys.executable, str(HERE / "driver.py"), *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment(), timeout=120, check=False, **keywords
        )
        return Ran(done)

    return docmill


class Output:
    """An output folder as a reader sees it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def parts(self) -> list[Path]:
        return sorted(self.folder.glob("*.parquet"))

    @property
    def table(self) -> pa.Table:
        return pa.concat_tables([pq.read_table(p) for p in self.parts])

    @property
    def rows(self) -> list[dict[str, Any]]:
        return list(self.table.to_pylist())

    @property
    def texts(self) -> dict[str, str | None]:
        return {r["id"]: r["text"] for r in self.rows}

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "_docmill" / "manifest.json").read_text())
        return found

    @property
    def records(self) -> list[dict[str, Any]]:
        found = [json.loads(p.read_text()) for p in (self.folder / "_docmill" / "shards").glob("*.json")]
        return sorted(found, key=lambda r: r["shard"])

    @property
    def leftovers(self) -> list[str]:
        return sorted(p.name for p in (self.folder / "_docmill" / "tmp").iterdir())

    def stamps(self) -> dict[str, int]:
        """Modification times of the committed part files, by hash: a shard that is done again changes its
        own. A part file without a record is not committed."""
        folder = self.folder / "_docmill" / "shards"
        recorded = {p.stem for p in folder.glob("*.json")}
        found = {p.stem.rpartition("-")[2]: p.stat().st_mtime_ns for p in self.parts}
        return {h: t for h, t in found.items() if h in recorded}


@pytest.fixture
def output(tmp_path: Path) -> Output:
    return Output(tmp_path / "out")


@pytest.fixture
def memory() -> Iterator[str]:
    """The URL of an empty folder in fsspec's memory file system."""
    import fsspec

    fs = fsspec.filesystem("memory")
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]
    yield "memory://corpus"
    fs.store.clear()
