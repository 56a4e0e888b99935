"""docs/parse.md says what is true: its configurations load, and it names all parsers there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipeline import config as configuration
from pipeline import document
from pipeline.cli.app import app
from stages.parse.options import ParseConfig
from stages.parse.rungs.builtin import rungs
from stages.parse.rungs.catalogue import rungs_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "parse.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_configuration_loads_and_its_parsers_are_known(example: str) -> None:
    settings = configuration.parse(yaml.safe_load(example))
    (stage,) = configuration.build(settings)
    assert isinstance(stage.config, ParseConfig)
    assert list(rungs_of(stage.config)) == list(stage.config.rungs)


def test_there_is_an_example_of_every_program_that_is_named() -> None:
    named = {
        name
        for example in EXAMPLES
        for name in yaml.safe_load(example)["stages"][0]["parse"].get("commands", {})
    }
    assert {"docling", "marker", "nougat", "ocrmypdf", "poppler"} == named


def test_every_parser_that_docmill_brings_is_in_the_table() -> None:
    table = PAGE.split("## The ladder", 1)[1].split("\n\n", 2)[1]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(rungs(ParseConfig(), "cpu"))


def test_every_status_of_a_second_reading_is_named() -> None:
    assert all(f"`{status}`" in PAGE for status in document.RUNG_STATUSES)


def test_the_example_of_marker_cuts_what_marker_writes() -> None:
    example = next(example for example in EXAMPLES if "marker_single" in example)
    pattern = yaml.safe_load(example)["stages"][0]["parse"]["commands"]["marker"]["page_break"]
    written = "\n\n{0}" + "-" * 48 + "\n\nFirst.\n\n{1}" + "-" * 48 + "\n\nSecond."
    assert [part.strip() for part in re.split(pattern, written)] == ["", "First.", "Second."]


def test_the_commands_exist() -> None:
    groups = {
        group.name: {c.name for c in group.typer_instance.registered_commands}
        for group in app.registered_groups
    }
    assert "parse" in groups["calibrate"]
