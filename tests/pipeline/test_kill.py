"""kill -9 at any moment, then the same command: the result is that of a run nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.pipeline.conftest import Output, Ran
from tests.pipeline.processes import Run, wait_until

Write = Callable[[Mapping[str, str | bytes]], Path]
Config = Callable[..., Path]
WORKERS = 2
KILLS = 20


def pdf(path: Path, text: str) -> None:
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for number, line in enumerate(text.splitlines()):
        canvas.drawString(72, 770 - 14 * number, line)
    canvas.save()


def result(output: Output) -> list[tuple[Any, ...]]:
    """Everything a run writes except what time it took."""
    names = [n for n in output.table.schema.names if n not in ("provenance", "pages")]
    return [tuple(r[n] for n in names) for r in output.rows]


def test_killed_20_times_at_random_moments(
    write: Write, config: Config, docmill: Callable[..., Ran], tmp_path: Path, output: Output
) -> None:
    folder = write({f"{i:03}.txt": f"the text of document {i}" for i in range(44)})
    settings = config({"slow": {"seconds": 0.06}}, shards={"max_rows": 2}, batch={"max_rows": 1})
    undisturbed = Output(tmp_path / "undisturbed")
    assert docmill("run", settings, folder, undisturbed.folder, "--workers", WORKERS).status == 0
    plan = pq.read_table(undisturbed.folder / "_docmill" / "plan.parquet").to_pylist()
    shard_of = {p["path"]: p["shard"] for p in plan}

    chance = random.Random(20240711)
    arguments = (settings, folder, output.folder, "--workers", WORKERS)
    records = output.folder / "_docmill" / "shards"
    twice = killed_at_work = 0
    for number in range(KILLS):
        log = tmp_path / f"log{number}"
        before = output.stamps()
        committed = {r["shard"] for r in output.records} if records.exists() else set()
        run = Run(*arguments, log=log)
        if number % 2:  # every other time wait until work is under way, or the kills hit the start only
            wait_until(log.exists, 20)
            time.sleep(chance.uniform(0, 0.35))
        else:
            time.sleep(chance.uniform(0, 1.5))
        run.kill_all()
        assert wait_until(lambda run=run: not run.members(), 10)
        touched = {shard_of[line] for line in log.read_text().split()} if log.exists() else set()
        assert not touched & committed, "a committed shard was done again"
        after = {r["shard"] for r in output.records} if records.exists() else set()
        assert committed <= after
        assert len(touched - after) <= WORKERS, "more than one shard per worker was lost"
        assert before.items() <= output.stamps().items()
        twice += len(touched - after)
        killed_at_work += bool(touched)
    assert killed_at_work >= KILLS // 4, "the kills came too early to say anything"
    assert twice > 0

    assert docmill("run", *arguments).status == 0
    assert result(output) == result(undisturbed)
    assert [p.name for p in output.parts] == [p.name for p in undisturbed.parts]
    assert Counter(r["shard"] for r in output.records).most_common(1)[0][1] == 1
    assert output.leftovers == []
    assert output.manifest["status"] == "done"
    for kind in ("documents", "words", "errors"):
        assert output.manifest["totals"][kind] == undisturbed.manifest["totals"][kind]


def test_workers_and_parser_children_end_when_the_main_process_is_killed(
    tmp_path: Path, config: Config, docmill: Callable[..., Ran], output: Output
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        pdf(folder / f"{number:02}.pdf", f"Document number {number}.\nIt has a second line.")
    settings = config("parse", {"slow": {"seconds": 0.4}}, shards={"max_rows": 2}, batch={"max_rows": 1})
    log = tmp_path / "log"
    run = Run(settings, folder, output.folder, "--workers", WORKERS, log=log)
    assert wait_until(log.exists)
    time.sleep(0.3)
    members = run.members()
    assert len(members) >= 1 + WORKERS + 1, "main process, workers, at least one parser child"
    os.kill(run.process.pid, signal.SIGKILL)
    assert wait_until(lambda: not run.members(), 10), [p.cmdline() for p in run.members()]
    run.process.communicate()

    assert docmill("run", settings, folder, output.folder, "--workers", WORKERS).status == 0
    assert [r["text"].splitlines()[0] for r in output.rows] == [f"Document number {n}." for n in range(12)]
    assert output.leftovers == []


def test_a_finished_run_leaves_no_process(tmp_path: Path, config: Config, output: Output) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        pdf(folder / f"{number}.pdf", "text")
    run = Run(config("parse", shards={"max_rows": 1}), folder, output.folder, "--workers", WORKERS)
    assert run.wait() == 0
    assert wait_until(lambda: not run.members(), 5)


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_ends_the_run_with_one_line_and_the_same_command_goes_on(
    config: Config, docmill: Callable[..., Ran], tmp_path: Path, output: Output, workers: int
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(20):
        pdf(folder / f"{number:02}.pdf", f"text {number}")
    settings = config("parse", {"slow": {"seconds": 0.15}}, shards={"max_rows": 2}, batch={"max_rows": 1})
    run = Run(settings, folder, output.folder, "--workers", workers, log=tmp_path / "log")
    assert wait_until(lambda: bool(list(output.folder.glob("*.parquet"))))
    os.killpg(run.process.pid, signal.SIGINT)
    assert run.wait(20) == 3
    lines = [line for line in run.err.splitlines() if line.strip()]
    assert lines == ["docmill: error: interrupted; run the same command to go on"]
    assert wait_until(lambda: not run.members(), 5)
    assert output.leftovers == []
    before = output.stamps()
    assert output.manifest["status"] == "failed"
    assert docmill("run", settings, folder, output.folder, "--workers", workers).status == 0
    assert len(output.rows) == 20
    assert before.items() <= output.stamps().items()


def test_a_second_run_beside_a_running_one_is_refused(
    write: Write, config: Config, docmill: Callable[..., Ran], tmp_path: Path, output: Output
) -> None:
    folder = write({f"{i:02}.txt": f"text {i}" for i in range(10)})
    settings = config({"slow": {"seconds": 0.3}}, shards={"max_rows": 2}, batch={"max_rows": 1})
    log = tmp_path / "log"
    first = Run(settings, folder, output.folder, "--workers", WORKERS, log=log)
    assert wait_until(log.exists)
    second = docmill("run", settings, folder, output.folder, "--overwrite")
    assert second.status == 2
    assert "another run is writing there" in second.error
    assert first.wait() == 0
    assert len(output.rows) == 10


def test_nobody_else_is_left() -> None:
    """The tests above killed what they started: no docmill of this module runs on."""
    mine = psutil.Process().children(recursive=True)
    assert [p for p in mine if "driver.py" in " ".join(p.cmdline())] == []
