"""Measuring rungs over a sample, and the command that does it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from models.page_router.calibration import Calibration, load
from pipeline.cli.app import main
from pipeline.stage import StageError
from stages.parse.calibration import Calibrator
from stages.parse.options import ParseConfig
from tests.parse.pdfs import simple

TEXT = "The patient was seen on Monday.\nShe was well and went home with her husband."
SPIN = "import sys, time\nend = time.process_time() + {seconds}\nwhile time.process_time() < end: pass\nprint('x')"


@pytest.fixture
def programs(tmp_path: Path) -> dict[str, object]:
    """A program that takes its time, one that fails on page 2 of every document, one that always fails."""
    sources = {
        "slow": SPIN.format(seconds=0.3),
        "lame": "import sys\nif sys.argv[2] == '2': sys.exit(3)\nprint('y')",
        "dead": "import sys\nsys.exit(1)",
    }
    commands = {}
    for name, source in sources.items():
        script = tmp_path / f"{name}.py"
        script.write_text(source)
        commands[name] = {"argv": [sys.executable, str(script), "{input}", "{page}"], "kind": "ocr"}
    return commands


def calibrated(
    commands: Mapping[str, object], *names: str, pages: int = 6, seed: int = 0
) -> tuple[Calibrator, Calibration]:
    config = ParseConfig(rungs=["pdfium", *names], commands={name: commands[name] for name in names})
    documents = [memoryview(simple(TEXT, TEXT, TEXT)) for _ in range(4)]
    calibrator = Calibrator(config, pages_per_rung=pages, seed=seed)
    try:
        calibrator.open()
        for place, data in enumerate(documents):
            calibrator.look(place, f"{place}.pdf", data)
        calibrator.look(4, "broken.pdf", memoryview(b"no PDF at all"))
        wanted = calibrator.select()
        for place in sorted(wanted):
            calibrator.measure(place, documents[place])
        return calibrator, calibrator.result()
    finally:
        calibrator.close()


def test_what_a_rung_costs_is_measured_with_the_programs_it_starts(programs: dict[str, object]) -> None:
    calibrator, made = calibrated(programs, "slow")
    rung = made.rungs["slow"]
    expected = made.offers({"slow": "ocr"}).costs
    assert (rung.pages, rung.failures) == (6, 0)
    assert 0.3 < expected.mean() < 3
    assert rung.memory_mb > 5
    assert (calibrator.documents, calibrator.pages, calibrator.blank) == (4, 12, 0)
    assert calibrator.unreadable == {"corrupt": 1}


def test_a_page_on_which_a_rung_fails_is_counted(programs: dict[str, object]) -> None:
    calibrator, made = calibrated(programs, "lame", pages=12)
    assert (made.rungs["lame"].pages, made.rungs["lame"].failures) == (8, 4)
    (measured,) = calibrator.measured()
    assert sum(measured.failed.values()) == 4


def test_a_rung_that_always_fails_cannot_be_calibrated(programs: dict[str, object]) -> None:
    with pytest.raises(StageError, match="the parser dead failed on all 6 pages"):
        calibrated(programs, "dead")


def test_pages_are_picked_by_the_seed_alone(programs: dict[str, object]) -> None:
    def picked(seed: int) -> list[tuple[int, int]]:
        config = ParseConfig(rungs=["pdfium", "lame"], commands={"lame": programs["lame"]})
        calibrator = Calibrator(config, pages_per_rung=4, seed=seed)
        try:
            calibrator.open()
            for place in range(4):
                calibrator.look(place, f"{place}.pdf", memoryview(simple(TEXT, TEXT, TEXT)))
            calibrator.select()
            (bench,) = calibrator._benches
            return [(p.place, p.number) for pages in bench.wanted.values() for p in pages]
        finally:
            calibrator.close()

    assert picked(0) == picked(0)
    assert len({tuple(picked(seed)) for seed in range(4)}) > 1


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["calibrate", "parse", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def config(programs: dict[str, object], tmp_path: Path) -> str:
    options = {"rungs": ["pdfium", "lame"], "commands": {"lame": programs["lame"]}, "budget_fraction": 0.1}
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps({"stages": [{"parse": options}]}))
    return str(path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "sample"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.pdf").write_bytes(simple(TEXT, TEXT, TEXT))
    (folder / "note.txt").write_text("text passes by")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


def test_the_command_writes_the_file_and_prints_what_budgets_come_to(
    capsys: pytest.CaptureFixture[str], config: str, corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "c.json"
    status, told, errors = run(capsys, str(corpus), "--config", config, "--out", str(out), "--pages", "9")
    assert (status, errors) == (0, "")
    assert "3 documents with 9 pages" in told
    assert "budget_fraction: 0.1 (set)" in " ".join(told.split())
    assert "budget_cpu_s_per_page: 0.05" in " ".join(told.split())
    assert f"parse: {{calibration: {out}}}" in "".join(told.split("\n"))
    assert load(out).rungs["lame"].failures == 3
    assert "patient" not in out.read_text()
    assert "Monday" not in out.read_text()


def test_a_limit_is_kept(
    capsys: pytest.CaptureFixture[str], config: str, corpus: Path, tmp_path: Path
) -> None:
    out = tmp_path / "c.json"
    status, told, _ = run(capsys, str(corpus), "--config", config, "--out", str(out), "--limit", "1")
    assert status == 0
    assert "1 document with 3 pages" in told


def test_what_cannot_be_used_is_one_line(
    capsys: pytest.CaptureFixture[str], config: str, corpus: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.yaml"
    plain.write_text("stages: [{parse: {}}]")
    other = tmp_path / "other.yaml"
    other.write_text("stages: [{shorten: {remove: [stopwords], language: en}}]")
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("words")
    blocked = tmp_path / "file"
    blocked.write_text("")
    cases = [
        ([str(corpus), "--config", str(plain)], 2, "there is nothing to calibrate"),
        ([str(corpus), "--config", str(other)], 2, "has no parse stage"),
        ([str(texts), "--config", config], 2, "holds no PDF"),
        ([str(tmp_path / "nowhere"), "--config", config], 2, "no such file or folder"),
        ([str(corpus), "--config", config, "--out", str(blocked / "c.json")], 3, "cannot be written"),
    ]
    for arguments, expected, words in cases:
        status, _, errors = run(capsys, *arguments)
        assert status == expected, arguments
        assert words in errors
        assert len(errors.splitlines()) == 1
