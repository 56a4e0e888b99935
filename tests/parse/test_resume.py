"""A run that is killed while another parser reads the pages of a document, and goes on: nothing shows."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest

from tests.parse.pdfs import simple

ROOT = Path(__file__).parents[2]
SLOW = "import sys, time; sys.stdin.close(); time.sleep(0.25); print('read again: page ' + sys.argv[1])"
COSTS = ("cost_cpu_s", "rung_cost_cpu_s")


def command(config: Path, source: Path, output: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "run", str(config), str(source), str(output), "--no-progress"]


def is_read_again(run: subprocess.Popen[bytes]) -> bool:
    """Whether the other parser is at work under this run."""
    try:
        return any("read again" in " ".join(one.cmdline()) for one in psutil.Process(run.pid).children(True))
    except psutil.Error:
        return False


def rows(output: Path) -> list[dict[str, Any]]:
    found = [row for part in sorted(output.glob("*.parquet")) for row in pq.read_table(part).to_pylist()]
    for row in found:
        row.pop("provenance", None)
        for page in row["pages"]:
            for cost in COSTS:
                page.pop(cost)
    return found


@pytest.mark.slow
def test_a_run_that_was_killed_within_documents_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(3):
        (source / f"{number}.pdf").write_bytes(simple(*(f"Document {number}, page {n}." for n in range(4))))
    stage = {
        "rungs": ["pdfium", "slow"],
        "force": "slow",
        "commands": {"slow": {"argv": [sys.executable, "-c", SLOW, "{page}", "{input}"], "kind": "text"}},
    }
    config = tmp_path / "config.yaml"
    config.write_text(json.dumps({"stages": [{"parse": stage}], "shards": {"max_rows": 1}}), "utf-8")
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}

    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run(command(config, source, whole), env=variables, check=True, capture_output=True)
    for _ in range(3):
        run = subprocess.Popen(
            command(config, source, killed),
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + 60
        while run.poll() is None and not is_read_again(run) and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(0.3)
        assert run.poll() is None  # so that there is something to kill
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    subprocess.run(command(config, source, killed), env=variables, check=True, capture_output=True)

    assert rows(killed) == rows(whole)
    texts = [row["text"] for row in rows(whole)]
    assert len(texts) == 3
    assert all(text.count("read again: page") == 4 for text in texts)
