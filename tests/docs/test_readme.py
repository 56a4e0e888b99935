"""README.md says what is true: its code runs, its tables name what exists and all of it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pyarrow.dataset as ds
import pytest

from pipeline import config as configuration
from pipeline import document
from pipeline.chain import Chain
from pipeline.registry import STAGES
from pipeline.sources.piece import FORMATS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def first_column(heading: str) -> list[str]:
    """What stands between backticks in the first column of the first table below a heading."""
    table = README.split(heading, 1)[1].split("\n\n|", 1)[1].split("\n\n", 1)[0]
    return [
        name for row in table.splitlines() for name in re.findall(r"`([^`]+)`", row.strip("|").split("|")[0])
    ]


def run(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(cwd)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_the_python_examples_run_as_they_stand(tmp_path):
    result, api = blocks("python")
    (tmp_path / "configs").symlink_to(ROOT / "configs")
    (tmp_path / "letters").mkdir()
    letter = ROOT / "examples" / "corpus" / "letter-fr-rheumatology.pdf"
    (tmp_path / "letters" / letter.name).symlink_to(letter)
    program = tmp_path / "program.py"
    guarded = "\n".join(f"    {line}" if line else line for line in api.splitlines())
    check = "    assert result.column('short_text').to_pylist() == ['patient Monday.'], result.column('short_text')\n"
    check += "    assert manifest['totals']['documents'] == 1\n"
    program.write_text(f"if __name__ == '__main__':\n{guarded}\n{check}", "utf-8")
    run(program, cwd=tmp_path)
    (tmp_path / "out" / "first").parent.mkdir(exist_ok=True)
    (tmp_path / "out" / "letters").rename(tmp_path / "out" / "first")
    program.write_text(f"{result}\nassert table.num_rows == 1\n", "utf-8")
    run(program, cwd=tmp_path)


def test_the_commands_of_the_first_run_work(tmp_path):
    commands = next(block for block in blocks("") if "docmill check" in block)
    letters = tmp_path / "MY_FOLDER"
    letters.mkdir()
    source = ROOT / "examples" / "corpus" / "letter-en-neurology.pdf"
    (letters / "some-letter.pdf").symlink_to(source)
    (tmp_path / "configs").symlink_to(ROOT / "configs")
    printed = ""
    for line in commands.strip().splitlines():
        words = line.split("#")[0].split()
        assert words[0] == "docmill"
        printed = run("-m", "pipeline", *words[1:], cwd=tmp_path).stdout
    assert "chronic migraine" in printed
    table = ds.dataset(tmp_path / "out" / "first", format="parquet").to_table()
    assert table.num_rows == 1


def test_the_configuration_example_loads_and_shows_every_key(tmp_path):
    (example,) = blocks("yaml")
    path = tmp_path / "example.yaml"
    path.write_text(example, "utf-8")
    settings = configuration.load(path)
    configuration.build(settings, "example")
    assert set(type(settings).model_fields) == set(settings.model_fields_set)


def test_the_defaults_in_the_configuration_example_are_the_defaults(tmp_path):
    (example,) = blocks("yaml")
    path = tmp_path / "example.yaml"
    path.write_text(example, "utf-8")
    shown, bare = configuration.load(path), configuration.parse({"stages": [{"parse": {}}]})
    assert shown.shards == bare.shards
    assert shown.batch == bare.batch
    assert shown.report == bare.report
    assert shown.input.max_document_bytes == bare.input.max_document_bytes


def test_every_ready_made_configuration_is_listed():
    assert sorted(first_column("## Configuration")) == sorted(
        p.name for p in (ROOT / "configs").glob("*.yaml")
    )


def test_every_kind_of_file_is_listed():
    assert first_column("These are read:") == list(FORMATS)


def test_every_column_of_the_result_is_listed():
    settings = configuration.parse({"stages": [{name: {}} for name in STAGES]})
    schema = Chain(configuration.build(settings)).schema
    assert sorted(first_column("gets the whole result")) == sorted(schema.names)


def test_every_status_of_parse_is_listed():
    (row,) = re.findall(r"\| `parse_status` \| parse \| (.+) \|", README)
    assert tuple(row.split(", ")) == document.PARSE_STATUSES


def test_every_error_code_of_reader_and_parse_is_listed():
    listed = set(first_column("### Errors of documents"))
    reader = "".join(path.read_text("utf-8") for path in (ROOT / "pipeline" / "sources").glob("*.py"))
    used = set(re.findall(r"""(?:fail|_problem)\(\s*(?:\w+,\s*)?["']([a-z_]+)["']""", reader))
    parse = (ROOT / "stages" / "parse" / "explain.py").read_text("utf-8")
    used |= set(re.findall(r"""_error\("([a-z_]+)",""", parse)) | {
        "encrypted",
        "corrupt",
        "timeout",
        "memory",
        "crashed",
    }
    assert len(used) > 12, "the search above still finds what it looks for"
    assert used <= listed


def test_every_extra_is_named():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for extra in extras:
        assert f"`{extra}`" in README


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_lead_to_files(name):
    page = ROOT / name
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(name):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for block in re.findall(r"```\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL):
        for target in re.findall(r"^make ([a-z-]+)", block, re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_every_option_of_run_is_listed():
    shown = run("-m", "pipeline", "run", "--help").stdout
    options = set(re.findall(r"(--[a-z-]+)", shown)) - {"--help"}
    listed = {word.split()[0] for word in first_column("### Options of")}
    assert listed == options


def test_every_benchmark_has_its_line():
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = contributing.split("| script | claim |", 1)[1].split("\n\n", 1)[0]
    assert table.count("`") >= 2 * 6
    named = {name for row in table.splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    for name in named:
        assert (ROOT / "benchmarks" / f"{name}.py").exists(), name
