"""The command line: exit statuses, one line for each mistake, and what each command shows."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline import __version__, registry
from pipeline.cli.app import main
from tests.pipeline.conftest import Output, environment

pytestmark = pytest.mark.usefixtures("sample_registry")

Write = Callable[[Mapping[str, str | bytes]], Path]
Config = Callable[..., Path]
CANARY = "canary-7f3a"


class Said:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def refusal(self) -> str:
        """The one line of a usage mistake."""
        assert self.status == 2, self.err
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("docmill: error: ")
        return lines[0].removeprefix("docmill: error: ")


@pytest.fixture
def docmill(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a command in this process."""
    monkeypatch.setenv("COLUMNS", "200")

    def docmill(*arguments: object) -> Said:
        capfd.readouterr()
        status = main([str(a) for a in arguments])
        return Said(status, *capfd.readouterr())

    return docmill


Docmill = Callable[..., Said]


class TestUsage:
    def test_version(self, docmill: Docmill) -> None:
        said = docmill("--version")
        assert (said.status, said.out) == (0, f"docmill {__version__}\n")

    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
    def test_help_names_every_command(self, docmill: Docmill, arguments: list[str]) -> None:
        said = docmill(*arguments)
        assert said.status == 0
        for command in ("run", "check", "stages", "models", "report", "inspect", "fit-rare"):
            assert command in said.out

    @pytest.mark.parametrize(
        "command",
        [
            "run",
            "check",
            "stages",
            "models",
            "models list",
            "models fetch",
            "models verify",
            "report",
            "inspect",
        ],
    )
    def test_every_command_has_help(self, docmill: Docmill, command: str) -> None:
        said = docmill(*command.split(), "--help")
        assert said.status == 0
        assert f"docmill {command}" in said.out

    def test_run_offers_the_options_of_the_contract(self, docmill: Docmill) -> None:
        out = docmill("run", "--help").out
        for option in ("--engine", "--profile", "--workers", "--limit", "--overwrite", "--no-progress"):
            assert option in out

    @pytest.mark.parametrize(
        ("arguments", "part"),
        [
            (["rnu"], "No such command 'rnu'"),
            (["run"], "Missing argument 'CONFIG'"),
            (["run", "a", "b"], "Missing argument 'OUTPUT'"),
            (["run", "a", "b", "c", "d"], "unexpected extra argument"),
            (["run", "a", "b", "c", "--worker", "2"], "No such option"),
            (["run", "a", "b", "c", "--workers", "0"], "--workers"),
            (["run", "a", "b", "c", "--workers", "two"], "--workers"),
            (["run", "a", "b", "c", "--limit", "-1"], "--limit"),
            (["run", "a", "b", "c", "--engine", "spark"], "'local'"),
            (["run", "a", "b", "c", "--profile", "tpu"], "'edge'"),
            (["models", "drop"], "No such command 'drop'"),
            (["models", "fetch"], "Missing argument"),
            (["models", "fetch", "nothing-like-this"], "nothing-like-this"),
            (["models", "verify", "nothing-like-this"], "nothing-like-this"),
            (["run", "missing.yaml", "b", "c"], "missing.yaml: no such configuration file"),
            (["check", "missing.yaml"], "missing.yaml: no such configuration file"),
            (["report", "missing"], "missing"),
            (["inspect", "missing", "x"], "missing"),
        ],
        ids=" ".join,
    )
    def test_a_mistake_is_one_line_and_status_2(
        self,
        docmill: Docmill,
        arguments: list[str],
        part: str,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert part in docmill(*arguments).refusal
        assert list(tmp_path.iterdir()) == []

    def test_models_alone_shows_its_help(self, docmill: Docmill) -> None:
        said = docmill("models")
        assert (said.status, said.err) == (0, "")
        assert "verify" in said.out


class TestRun:
    def test_a_run_ends_with_status_0_and_a_summary(
        self, docmill: Docmill, write: Write, config: Config, output: Output
    ) -> None:
        folder = write({"a.txt": "one two", "b.txt": f"poison {CANARY}", "c.txt": b"\xff"})
        said = docmill("run", config("fail"), folder, output.folder, "--no-progress")
        assert said.status == 0
        assert said.err == ""
        assert "ValueError" in said.out
        assert "wrong_encoding" in said.out
        assert str(output.folder) in said.out
        assert CANARY not in said.out
        assert (output.folder / "_docmill" / "report.html").exists()

    def test_progress_on_no_terminal_is_plain_lines(
        self, docmill: Docmill, write: Write, config: Config, output: Output
    ) -> None:
        said = docmill("run", config("shout"), write({"a.txt": CANARY}), output.folder)
        assert said.status == 0
        assert "\x1b" not in said.out + said.err
        assert "\r" not in said.out + said.err
        assert CANARY not in said.out + said.err

    @pytest.mark.parametrize(
        ("stages", "files", "part"),
        [
            (["count"], {"a.txt": "A"}, "stage 'count' needs the column 'shout'"),
            (["shuot"], {"a.txt": "A"}, "did you mean 'shout'?"),
            (["shout"], {}, "holds no .pdf, .txt, .jsonl, .parquet, .zip file"),
            (["shout"], {"a.pdf": "x"}, "no parse stage"),
            ([{"cold": {"where": "check"}}], {"a.txt": "A"}, "cold needs a stove, which is not installed"),
        ],
    )
    def test_what_cannot_run_is_one_line_and_writes_nothing(
        self,
        docmill: Docmill,
        write: Write,
        config: Config,
        output: Output,
        stages: list[Any],
        files: dict[str, str],
        part: str,
    ) -> None:
        assert part in docmill("run", config(*stages), write(files), output.folder).refusal
        assert not output.folder.exists()

    def test_a_job_that_fails_ends_with_status_3_and_one_line(
        self, docmill: Docmill, write: Write, config: Config, output: Output
    ) -> None:
        said = docmill(
            "run",
            config({"cold": {"where": "warm_up"}}),
            write({"a.txt": "A"}),
            output.folder,
            "--no-progress",
        )
        assert (said.status, said.err) == (3, "docmill: error: cold found no stove\n")

    def test_the_same_command_again_says_that_all_is_done(
        self, docmill: Docmill, write: Write, config: Config, output: Output
    ) -> None:
        folder, settings = write({"a.txt": "A", "b.txt": "B"}), config("shout")
        assert docmill("run", settings, folder, output.folder).status == 0
        before = output.stamps()
        assert docmill("run", settings, folder, output.folder).status == 0
        assert output.stamps() == before
        assert "other settings" in docmill("run", config("trim"), folder, output.folder).refusal
        assert docmill("run", settings, folder, output.folder, "--limit", 1, "--overwrite").status == 0
        assert list(output.texts) == ["a.txt"]

    def test_an_output_that_cannot_be_written(
        self, docmill: Docmill, write: Write, config: Config, tmp_path: Path
    ) -> None:
        folder = write({"a.txt": "A"})
        (tmp_path / "file").write_text("x")
        assert (
            "cannot be written" in docmill("run", config("shout"), folder, tmp_path / "file" / "out").refusal
        )
        assert "cannot be written" in docmill("run", config("shout"), folder, "/proc/nothing/out").refusal

    def test_a_name_of_a_package_that_is_missing(self, docmill: Docmill, config: Config) -> None:
        message = docmill("run", config("shout"), "gopher://x/y", "out").refusal
        assert message.startswith("gopher://x/y: cannot be opened")

    def test_an_unexpected_failure_names_its_type_only(
        self,
        docmill: Docmill,
        write: Write,
        config: Config,
        output: Output,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        from pipeline.store import Store

        def broken(*_: object) -> None:
            raise LookupError(CANARY)

        monkeypatch.setattr(Store, "committed", broken)
        said = docmill("run", config("shout"), write({"a.txt": "A"}), output.folder)
        assert said.status == 3
        assert said.err == (
            "docmill: error: unexpected LookupError; set DOCMILL_DEBUG=1 to see where it arose\n"
        )
        monkeypatch.setenv("DOCMILL_DEBUG", "1")
        with pytest.raises(LookupError, match=CANARY):
            docmill("run", config("shout"), write({"a.txt": "A"}), output.folder)


class TestCheck:
    def test_a_configuration(self, docmill: Docmill, config: Config) -> None:
        said = docmill("check", config("trim", "shout"))
        assert said.status == 0
        assert "configuration: ok" in said.out
        assert "shout 1: ok" in said.out
        assert "id, source, content_sha256, metadata, text, shout, errors, provenance" in said.out

    def test_a_sample_of_the_input_is_tried_and_nothing_is_written(
        self, docmill: Docmill, write: Write, config: Config, tmp_path: Path
    ) -> None:
        folder = write({f"{i:02}.txt": "poison" if i == 3 else "two words" for i in range(20)})
        settings = config("fail")
        before = sorted(tmp_path.rglob("*"))
        said = docmill("check", settings, folder)
        assert said.status == 0
        assert "sample: 8 documents, 0 pages, 15 words" in said.out
        assert "fail/ValueError: 1" in said.out
        assert sorted(tmp_path.rglob("*")) == before

    @pytest.mark.parametrize(
        ("stages", "part"), [(["count"], "needs the column"), ([{"cold": {"where": "check"}}], "stove")]
    )
    def test_what_is_wrong_is_one_line(
        self, docmill: Docmill, config: Config, stages: list[Any], part: str
    ) -> None:
        assert part in docmill("check", config(*stages)).refusal

    def test_an_input_that_is_not_there(self, docmill: Docmill, config: Config, tmp_path: Path) -> None:
        assert "no such file or folder" in docmill("check", config("shout"), tmp_path / "missing").refusal


class TestStagesAndModels:
    def test_stages_shows_columns_and_options_of_each(self, docmill: Docmill) -> None:
        said = docmill("stages")
        assert said.status == 0
        for name in registry.STAGES:
            stage = registry.load(name)
            assert name in said.out
            for column in (*stage.requires.names, *stage.provides.names):
                assert column in said.out
            for option in stage.Config.model_fields:
                assert option in said.out

    def test_stages_into_a_pipe_that_closes(self, root: Path) -> None:
        line = f"{sys.executable} -m pipeline stages | head -1"
        done = subprocess.run(
            line, shell=True, capture_output=True, text=True, cwd=root, timeout=60, check=False
        )
        assert done.stdout.count("\n") == 1
        assert done.stderr == ""

    def test_models_list(self, docmill: Docmill) -> None:
        from models import catalog

        said = docmill("models", "list")
        assert said.status == 0
        for name in catalog.load_catalog():
            assert name in said.out

    def test_models_verify_names_each_or_what_is_missing(self, docmill: Docmill) -> None:
        from models import catalog

        said = docmill("models", "verify")
        assert said.status == 0
        for name in catalog.load_catalog():
            assert f"{name}: ok, " in said.out or f"{name}: not here: model {name} is missing" in said.out

    def test_models_verify_of_a_named_model_that_is_missing(
        self, docmill: Docmill, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path))
        said = docmill("models", "verify", "smollm2-135m")
        assert said.status == 2
        assert said.refusal.endswith("is missing: docmill models fetch smollm2-135m")


def test_no_text_of_documents_in_any_output_of_a_run(
    write: Write, config: Config, output: Output, tmp_path: Path
) -> None:
    """With debug logging switched on as far as a user can: the canary stays in the Parquet."""
    files: dict[str, str | bytes] = {
        "a.txt": f"poison {CANARY}",
        "b.txt": CANARY.encode() + b"\xff",
        "c.jsonl": f'{{"text": "{CANARY}"\n{{"text": 5, "{CANARY}": 1}}\n{{"path": "{CANARY}.docx"}}\n',
        "d.pdf": f"%PDF-1.4 {CANARY}",
    }
    folder = write(files)
    settings = config("parse", "fail", shards={"max_rows": 1})
    command = [sys.executable, "-X", "dev", "-W", "ignore", str(Path(__file__).parent / "driver.py")]
    done = subprocess.run(
        [*command, "run", str(settings), str(folder), str(output.folder), "--workers", "2"],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert CANARY not in done.stdout + done.stderr
    kept = [p for p in (output.folder / "_docmill").rglob("*") if p.suffix in (".json", ".log")]
    assert len(kept) > 2
    assert all(CANARY not in p.read_text() for p in kept)
    assert len(output.rows) == 6
    assert all(CANARY not in e["message"] for row in output.rows for e in row["errors"])


def test_docmill_and_python_m_pipeline_are_the_same(root: Path) -> None:
    beside = Path(sys.executable).parent / "docmill"
    if not os.access(beside, os.X_OK):
        pytest.skip("docmill is not installed beside this Python; test_layering checks the entry point")
    one = subprocess.run([str(beside), "--help"], capture_output=True, text=True, check=True)
    other = subprocess.run(
        [sys.executable, "-m", "pipeline", "--help"], capture_output=True, text=True, cwd=root, check=True
    )
    assert one.stdout == other.stdout
