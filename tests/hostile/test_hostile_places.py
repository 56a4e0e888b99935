"""Inputs and outputs that are not there, cannot be written, run full, or are in use."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.make_hostile import CANARY
from tests.hostile.run_docmill import assert_one_line, docmill, result, start

CONFIG = """\
stages:
  - shorten: {language: en, remove: [stopwords]}
shards: {max_bytes: 300KiB}
"""


@pytest.fixture
def config(tmp_path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


@pytest.fixture
def corpus(tmp_path) -> Path:
    """Forty texts of 150 kB that do not pack well."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    letters = random.Random(20250301)
    for number in range(40):
        words = " ".join(f"{letters.getrandbits(60):x}" for _ in range(9400))
        (folder / f"{number:03}.txt").write_text(f"{CANARY} {words}", "utf-8")
    return folder


def test_a_missing_input_is_named(config, tmp_path):
    refused = docmill("run", config, tmp_path / "nowhere", tmp_path / "out")
    assert_one_line(refused, 2, "nowhere", "no such file or folder")
    assert not (tmp_path / "out").exists()


def test_a_missing_configuration_is_named(corpus, tmp_path):
    assert_one_line(docmill("run", tmp_path / "no.yaml", corpus, tmp_path / "out"), 2, "no.yaml")


def test_an_empty_folder_is_refused(config, tmp_path):
    (tmp_path / "empty").mkdir()
    assert_one_line(docmill("run", config, tmp_path / "empty", tmp_path / "out"), 2, "empty")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_files_only_says_which_files_docmill_reads(config, tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"\x89PNG")
    refused = docmill("run", config, tmp_path / "pictures", tmp_path / "out")
    assert_one_line(refused, 2, ".pdf", ".txt", ".jsonl", ".parquet")


def test_a_file_of_another_kind_says_which_files_docmill_reads(config, tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK")
    assert_one_line(docmill("run", config, tmp_path / "a.docx", tmp_path / "out"), 2, "a.docx", ".pdf")


def test_an_output_below_a_file_is_refused(config, corpus, tmp_path):
    (tmp_path / "file").write_text("I am no folder")
    assert_one_line(docmill("run", config, corpus, tmp_path / "file" / "out"), 2, "file")
    assert_one_line(docmill("run", config, corpus, tmp_path / "file"), 2, "file")
    assert (tmp_path / "file").read_text() == "I am no folder"


def test_an_output_where_nobody_may_write_is_refused(config, corpus):
    # not even root may make a folder there, which a folder without permissions would not show
    assert_one_line(docmill("run", config, corpus, "/proc/docmill-out"), 2, "/proc/docmill-out")


def test_the_input_is_no_output(config, corpus):
    before = sorted(corpus.iterdir())
    assert_one_line(docmill("run", config, corpus, corpus), 2)
    assert sorted(corpus.iterdir()) == before


def test_a_folder_with_somebody_elses_tables_is_left_alone(config, corpus, tmp_path):
    theirs = tmp_path / "out" / "precious.parquet"
    theirs.parent.mkdir()
    theirs.write_bytes(b"PAR1 theirs")
    for option in ([], ["--overwrite"]):
        assert_one_line(docmill("run", config, corpus, theirs.parent, *option), 2, "precious.parquet")
    assert theirs.read_bytes() == b"PAR1 theirs"


def full_run(config: Path, corpus: Path, folder: Path) -> list[dict[str, object]]:
    output = folder / "undisturbed"
    done = docmill("run", config, corpus, output, "--workers", 1)
    assert done.returncode == 0, done.stderr
    return result(output).select(["id", "text", "short_text", "errors"]).to_pylist()


def assert_goes_on(config: Path, corpus: Path, output: Path, folder: Path) -> None:
    """Assert that a run into what a failed one left gives what an undisturbed one gives."""
    again = docmill("run", config, corpus, output, "--workers", 1)
    assert again.returncode == 0, again.stderr
    rows = result(output).select(["id", "text", "short_text", "errors"]).to_pylist()
    assert rows == full_run(config, corpus, folder)
    assert {path.suffix for path in output.iterdir() if path.is_file()} == {".parquet"}


def test_a_file_that_may_not_grow_ends_the_run_and_the_next_run_goes_on(config, corpus, tmp_path):
    output = tmp_path / "out"
    limit = 100_000  # bytes; a part file of this corpus is larger, the files about the run are smaller

    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    failed = docmill("run", config, corpus, output, "--workers", 1, preexec=small_files_only)
    assert_one_line(failed, 3)
    assert CANARY not in failed.stdout + failed.stderr
    assert not list(output.glob("part-*.parquet"))
    assert_goes_on(config, corpus, output, tmp_path)


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of two megabytes. The test is about a real one, so it runs where disks can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("disks cannot be mounted here; the test above bounds the size of files instead")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_ends_the_run_and_the_next_run_goes_on(config, corpus, tmp_path, small_disk, workers):
    output = small_disk / "out"
    failed = docmill("run", config, corpus, output, "--workers", workers, "--no-progress")
    assert_one_line(failed, 3, "No space left")
    assert CANARY not in failed.stdout + failed.stderr
    committed = {path.name for path in output.glob("part-*.parquet")}
    assert committed, "what was finished before the disk was full stays"
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert_goes_on(config, corpus, output, tmp_path)
    assert committed <= {path.name for path in output.glob("part-*.parquet")}


def test_the_second_of_two_runs_into_one_folder_is_refused(config, corpus, tmp_path):
    output = tmp_path / "out"
    first = start("run", config, corpus, output, "--workers", 1)
    try:
        manifest = output / "_docmill" / "manifest.json"
        deadline = time.monotonic() + 60
        while not manifest.exists():
            assert first.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.002)
        os.killpg(first.pid, signal.SIGSTOP)  # so that it cannot be done before the second one asks
        second = docmill("run", config, corpus, output)
        assert_one_line(second, 2, str(output))
        overwriting = docmill("run", config, corpus, output, "--overwrite")
        assert_one_line(overwriting, 2, str(output))
    finally:
        os.killpg(first.pid, signal.SIGCONT)
    _, stderr = first.communicate(timeout=120)
    assert first.returncode == 0, stderr
    assert result(output).num_rows == 40
