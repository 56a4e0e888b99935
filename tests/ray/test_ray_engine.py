"""The Ray engine gives what the local engine gives, on a real head with token authentication."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.ray.conftest import ROOT
from tests.ray.corpus import text_columns, write

CONFIG = """
stages:
  - shorten: {language: en}
shards: {max_rows: 4}
batch: {max_rows: %d}
"""


def run_here(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "run", *arguments],
        cwd=ROOT, env=env, text=True, capture_output=True, timeout=300, check=False,
    )  # fmt: skip


def config(folder: Path, batch: int = 64) -> str:
    path = folder / f"config-{batch}.yaml"
    path.write_text(CONFIG % batch)
    return str(path)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Input, and what one local process makes of it."""
    folder = tmp_path_factory.mktemp("corpus")
    source = write(folder / "in", 40)
    output = folder / "local"
    done = run_here(config(folder), str(source), str(output), "--workers", "1")
    assert done.returncode == 0, done.stderr
    return source, text_columns(output)


def test_a_submitted_job_gives_what_a_local_run_gives(head, expected, tmp_path):
    source, wanted = expected
    output = tmp_path / "out"
    job = head.run(
        "ray", "job", "submit", "--address", head.dashboard, "--working-dir", ".", "--",
        "python", "-m", "pipeline", "run", config(tmp_path), str(source), str(output), "--engine", "ray",
    )  # fmt: skip
    assert job.returncode == 0, job.stdout + job.stderr
    assert text_columns(output) == wanted
    manifest = json.loads((output / "_docmill/manifest.json").read_text())
    assert manifest["status"] == "done"
    assert manifest["engine"] == "ray"
    assert (output / "_docmill/report.html").exists()


def test_a_job_without_the_token_is_refused(head, tmp_path):
    without = {**head.env, "RAY_AUTH_TOKEN": "0" * 64}
    job = subprocess.run(
        ["ray", "job", "submit", "--address", head.dashboard, "--", "true"],
        env=without, text=True, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert job.returncode != 0


@pytest.mark.parametrize("batch", [1, 7])
def test_batch_size_does_not_change_a_byte(head, expected, tmp_path, batch):
    source, wanted = expected
    done = run_here(
        config(tmp_path, batch), str(source), str(tmp_path / "out"), "--engine", "ray", env=head.env
    )
    assert done.returncode == 0, done.stderr
    assert text_columns(tmp_path / "out") == wanted


def kill_and_go_on(head, expected, tmp_path, moments) -> None:
    """Kill the driver's process tree at each moment, run once more, compare."""
    source, wanted = expected
    output, settings = tmp_path / "out", config(tmp_path)
    command = [sys.executable, "-m", "pipeline", "run", settings, str(source), str(output), "--engine", "ray"]
    for moment in moments:
        run = subprocess.Popen(
            command,
            cwd=ROOT,
            env=head.env,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    done = run_here(*command[4:], env=head.env)
    assert done.returncode == 0, done.stderr
    assert text_columns(output) == wanted
    assert not list((output / "_docmill/tmp").iterdir())
    records = [json.loads(p.read_text()) for p in (output / "_docmill/shards").iterdir()]
    assert sum(r["rows"] for r in records) == len(wanted["id"])
    assert {r["part"] for r in records} == {p.name for p in output.glob("*.parquet")}


def test_a_killed_run_goes_on_where_it_was(head, expected, tmp_path):
    kill_and_go_on(head, expected, tmp_path, [2.0, 5.0, 7.0])


@pytest.mark.slow
def test_a_run_killed_at_twenty_moments_goes_on_where_it_was(head, expected, tmp_path):
    dice = random.Random(20)
    kill_and_go_on(head, expected, tmp_path, [dice.uniform(0.2, 12) for _ in range(20)])


IN_PROCESS = """
import sys
from pipeline import Pipeline
from pipeline.config import Settings, ShardOptions
from pipeline.errors import JobError
from tests.ray.stages_under_test import Dies, Length, Upper

source, output, which = sys.argv[1:]
stages = {"pools": [Upper(), Length()], "dies": [Dies()]}[which]
pipeline = Pipeline(stages, Settings(stages=[{"upper": {}}], shards=ShardOptions(max_rows=4)))
try:
    pipeline.run(source, output, engine="ray")
except JobError as error:
    print(error)
    sys.exit(3)
"""


def test_stages_of_different_resources_run_in_pools_of_their_own(head, expected, tmp_path):
    source, wanted = expected
    done = head.run(sys.executable, "-c", IN_PROCESS, str(source), str(tmp_path / "out"), "pools")
    assert done.returncode == 0, done.stderr
    table = pq.read_table(tmp_path / "out")
    assert table.column("id").to_pylist() == wanted["id"]
    assert table.column("upper").to_pylist() == [t and t.upper() for t in wanted["text"]]
    assert table.column("length").to_pylist() == [t and len(t) for t in wanted["text"]]
    stages = table.column("provenance")[1].as_py()["stages"]
    assert [s["stage"] for s in stages] == ["upper", "length"]


def test_a_document_that_kills_its_actor_fails_the_job_and_keeps_the_rest(head, expected, tmp_path):
    source, wanted = expected
    done = head.run(sys.executable, "-c", IN_PROCESS, str(source), str(tmp_path / "out"), "dies")
    assert done.returncode == 3, done.stderr
    assert "run the same command to go on" in done.stdout
    kept = pq.read_table(tmp_path / "out").column("id").to_pylist()
    assert set(kept) < set(wanted["id"])
    assert "note-017.txt" not in kept
