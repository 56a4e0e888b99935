"""Worker processes: the same result for any number of them, and documents that take a worker down."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline import Pipeline
from tests.pipeline.conftest import Output, Ran, environment

Write = Callable[[Mapping[str, str | bytes]], Path]
Config = Callable[..., Path]
Docmill = Callable[..., Ran]


def columns(output: Output) -> list[tuple[Any, ...]]:
    return [(r["id"], r["text"], r["shout"], r["errors"], r["metadata"]) for r in output.rows]


@pytest.mark.usefixtures("sample_registry")
def test_the_same_result_for_any_workers_and_batches(write: Write, config: Config, tmp_path: Path) -> None:
    folder = write(
        {
            **{f"{i:03}.txt": f"e\u0301 text {i}\r\n" if i % 5 else "poison" for i in range(20)},
            "bad.txt": b"\xff\xff",
            "z.jsonl": "".join(f'{{"text": "record {i}", "n": {i}}}\n' for i in range(30)),
        }
    )
    wanted = None
    for workers, batch in [(1, 64), (1, 7), (1, 1), (2, 64), (2, 1)]:
        output = Output(tmp_path / f"out-{workers}-{batch}")
        settings = config("trim", "fail", shards={"max_rows": 9}, batch={"max_rows": batch})
        with Pipeline.from_config(settings) as pipeline:
            pipeline.run(folder, output.folder, workers=workers)
        found = ([p.name for p in output.parts], columns(output))
        wanted = wanted or found
        assert found == wanted
    assert len(wanted[1]) == 51


@pytest.mark.usefixtures("sample_registry")
@pytest.mark.parametrize("how", ["exit", "segfault"])
def test_a_document_that_takes_its_worker_down_costs_only_itself(
    write: Write, config: Config, docmill: Docmill, output: Output, how: str
) -> None:
    folder = write({f"{i:02}.txt": "poison canary-7f3a" if i in (3, 8) else f"text {i}" for i in range(20)})
    settings = config("trim", {"fail": {"how": how}}, "count", shards={"max_rows": 5})
    ran = docmill("run", settings, folder, output.folder, "--workers", 2)
    assert ran.status == 0, ran.err
    assert "canary-7f3a" not in ran.err + ran.out
    assert "Traceback" not in ran.err
    for i, row in enumerate(output.rows):
        assert row["id"] == f"{i:02}.txt"
        if i in (3, 8):
            assert row["text"] == "poison canary-7f3a"
            assert (row["shout"], row["count"]) == (None, None)
            (error,) = row["errors"]
            assert (error["stage"], error["kind"], error["code"]) == ("fail", "stage", "worker_died")
        else:
            assert (row["shout"], row["errors"]) == (f"TEXT {i}", [])
    assert output.manifest["totals"]["documents"] == 20
    assert output.manifest["totals"]["documents_with_errors"] == 2
    assert output.leftovers == []


@pytest.mark.usefixtures("sample_registry")
def test_a_stage_that_takes_every_worker_down_fails_the_run(
    write: Write, config: Config, docmill: Docmill, output: Output
) -> None:
    folder = write({f"{i:02}.txt": "poison" for i in range(40)})
    settings = config({"fail": {"how": "exit"}}, shards={"max_rows": 20})
    ran = docmill("run", settings, folder, output.folder, "--workers", 2)
    assert ran.status == 3
    last = ran.err.splitlines()[-1]
    assert "worker processes died again and again over a document from 00.txt to 19.txt" in last
    assert "run the same command to go on" in last
    assert output.manifest["status"] == "failed"
    assert output.leftovers == []

    for i in range(40):
        (folder / f"{i:02}.txt").write_text(f"text {i}")
    with Pipeline.from_config(settings) as pipeline:
        pipeline.run(folder, output.folder, workers=1)
    assert [r["shout"] for r in output.rows] == [f"TEXT {i}" for i in range(40)]


def test_a_worker_that_dies_once_is_replaced(
    write: Write, config: Config, docmill: Docmill, output: Output, tmp_path: Path
) -> None:
    folder = write({f"{i:02}.txt": "poison" if i == 3 else f"text {i}" for i in range(12)})
    settings = config({"fail": {"how": "kill", "flag": str(tmp_path / "flag")}}, shards={"max_rows": 2})
    ran = docmill("run", settings, folder, output.folder, "--workers", 2)
    assert ran.status == 0, ran.err
    assert [r["shout"] for r in output.rows] == ["POISON" if i == 3 else f"TEXT {i}" for i in range(12)]
    assert output.manifest["totals"]["documents"] == 12


def test_in_one_process_the_run_dies_with_the_stage_and_goes_on_later(
    write: Write, config: Config, docmill: Docmill, output: Output, tmp_path: Path
) -> None:
    folder = write({f"{i:02}.txt": "poison" if i == 7 else f"text {i}" for i in range(12)})
    settings = config({"fail": {"how": "exit", "flag": str(tmp_path / "flag")}}, shards={"max_rows": 2})
    assert docmill("run", settings, folder, output.folder, "--workers", 1).status == 9
    before = output.stamps()
    assert 0 < len(before) < 6
    assert docmill("run", settings, folder, output.folder, "--workers", 1).status == 0
    assert len(output.rows) == 12
    assert before.items() <= output.stamps().items()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stage_that_cannot_start_stops_the_run_with_its_own_words(
    write: Write, config: Config, docmill: Docmill, output: Output, workers: int
) -> None:
    folder = write({f"{i}.txt": "text" for i in range(6)})
    settings = config({"cold": {"where": "warm_up"}}, shards={"max_rows": 1})
    ran = docmill("run", settings, folder, output.folder, "--workers", workers, "--no-progress")
    assert (ran.status, ran.error) == (3, "docmill: error: cold found no stove")


def test_a_script_without_a_main_guard_is_told_so(write: Write, tmp_path: Path) -> None:
    folder = write({f"{i}.txt": "text" for i in range(6)})
    script = tmp_path / "script.py"
    script.write_text(
        "from pipeline import Pipeline\n"
        "from pipeline.config import Settings\n"
        "from tests.pipeline.sample_stages import Shout\n"
        "settings = Settings(stages=[{'shout': {}}], shards={'max_rows': 1})\n"
        f"Pipeline([Shout()], settings).run({str(folder)!r}, {str(tmp_path / 'out')!r}, workers=2)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert "if __name__ == '__main__':" in done.stderr.splitlines()[-1]


def test_documents_of_a_failed_output_disk(write: Write, config: Config, output: Output) -> None:
    """Files may not grow beyond 2 KB: what a full disk does to a write."""
    folder = write({f"{i:02}.txt": f"{'text ' * i * 40}{i}" for i in range(40)})
    settings = config("shout", shards={"max_rows": 10}, batch={"max_rows": 1})
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); sys.argv[0] = 'driver';"
        "from tests.pipeline import sample_stages; from pipeline import registry;"
        "registry.STAGES.update(sample_stages.ALL); from pipeline.cli.app import main; sys.exit(main())"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "run",
        str(settings),
        str(folder),
        str(output.folder),
        "--workers",
        "1",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(), timeout=60, check=False)
    assert done.returncode == 3, done.stderr
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"docmill: error: {output.folder}: ")
    assert "File too large" in last
    assert "run the same command" in last
    assert "Traceback" not in done.stderr
    assert output.leftovers == []
