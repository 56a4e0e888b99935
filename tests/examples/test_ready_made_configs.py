"""Every file in configs/ loads, its stages fit together, and what its comments say can be typed as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from pipeline import config as configuration
from pipeline.pipeline import Pipeline

ROOT = Path(__file__).parents[2]
CONFIGS = sorted((ROOT / "configs").glob("*.yaml"))
COMMENTED_OPTION = re.compile(r"^(\s*)# (\w+): (.+)$", re.MULTILINE)


def test_there_are_ready_made_configurations():
    assert {"quickstart", "parse_only", "shorten_text", "clinical_fr"} <= {path.stem for path in CONFIGS}


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_it_loads_and_its_stages_fit_together(path):
    Pipeline.from_config(path).close()


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_it_says_how_it_is_run(path):
    text = path.read_text("utf-8").replace("\\\n#", "")
    commands = re.findall(r"(?:docmill|python -m pipeline) run (.+)", text)
    assert commands, "a comment shows the command"
    for command in commands:
        assert shlex.split(command)[0] == f"configs/{path.name}"


@pytest.mark.parametrize("path", CONFIGS, ids=lambda path: path.stem)
def test_the_options_in_its_comments_exist(path, tmp_path):
    text = path.read_text("utf-8")
    shown = [
        match for match in COMMENTED_OPTION.finditer(text) if match[1] or match[2] in ("budget", "rename")
    ]
    for match in shown:
        option = f"{match[1]}{match[2]}: {match[3]}"
        without = re.sub(rf"(?m)^ *{match[2]}:.*\n", "", text)  # an option may be shown as an alternative
        place = without.index(match[0])
        copy = tmp_path / "copy.yaml"
        copy.write_text(without[:place] + option + without[place + len(match[0]) :], "utf-8")
        settings = configuration.load(copy)
        configuration.build(settings, str(copy))


def test_an_option_in_a_comment_would_be_found_if_it_did_not_exist(tmp_path):
    text = (ROOT / "configs" / "quickstart.yaml").read_text("utf-8")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text.replace("# budget: {words", "budget: {wards"), "utf-8")
    with pytest.raises(configuration.UsageError, match="budget"):
        configuration.build(configuration.load(wrong), "wrong.yaml")
