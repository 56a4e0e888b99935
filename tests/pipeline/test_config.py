"""Configuration files: every mistake is one line that names the key and what is allowed there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import config as configuration
from pipeline.errors import UsageError
from tests.pipeline.sample_stages import Shout

SECRET = "hunter2-s3cret"

pytestmark = pytest.mark.usefixtures("sample_registry")


@pytest.fixture
def refusal(tmp_path: Path) -> Callable[[str | bytes], str]:
    """Load a configuration that must be refused; return the line."""

    def refusal(content: str | bytes) -> str:
        path = tmp_path / "config.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(UsageError) as caught:
            configuration.build(configuration.load(path), str(path))
        message = str(caught.value)
        assert "\n" not in message
        assert message.startswith(str(path))
        return message.removeprefix(str(path)).lstrip(": ")

    return refusal


def test_a_minimal_file_and_its_defaults(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("stages:\n  - trim:\n  - shout: {mark: '?'}\n")
    settings = configuration.load(path)
    stages = configuration.build(settings)
    assert [s.name for s in stages] == ["trim", "shout"]
    assert stages[1].config.mark == "?"
    assert settings.input.encoding == "utf-8"
    assert settings.shards.max_bytes == 16 * 2**20


def test_sizes_may_carry_units(tmp_path: Path) -> None:
    settings = configuration.parse({"stages": [{"shout": None}], "shards": {"max_bytes": "2 MiB"}})
    assert settings.shards.max_bytes == 2 * 2**20


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("stages: [{shout: {}}]\nshard: {}", ["shard: unknown key", "did you mean 'shards'?"]),
        (
            "stages: [{shout: {}}]\nfoo: 1",
            ["foo: unknown key", "allowed: stages, input, shards, batch, report"],
        ),
        (
            "stages: [{shout: {}}]\nshards: {max_row: 3}",
            ["shards.max_row: unknown key", "did you mean 'max_rows'?", "allowed: max_bytes, max_rows"],
        ),
        (
            "stages: [{shout: {marks: x}}]",
            ["stages[0].shout.marks: unknown key", "did you mean 'mark'?", "allowed: mark, times"],
        ),
        ("stages: [{shout: {times: many}}]", ["stages[0].shout.times: must be a valid integer"]),
        ("stages: [{shout: {}}]\nshards: {max_rows: 0}", ["shards.max_rows: must be greater", "(got 0)"]),
        ("stages: [{shout: {}}]\nbatch: {max_rows: 5000000}", ["batch.max_rows: must be less", "1000000"]),
        (
            "stages: [{shout: {}}]\nreport: {samples: 51}",
            ["report.samples: must be less than or equal to 50"],
        ),
        ("stages: [{shout: {}}]\nbatch: 3", ["batch: must be"]),
        ("stages: [{shout: {}}]\nbatch: {max_rows: true}", ["batch.max_rows: must be a valid integer"]),
        ("stages: [{shout: {}}]\ninput: {rename: [a, b]}", ["input.rename: must be a valid dictionary"]),
        ("stages: [{shout: {}}]\ninput: {encoding: klingon}", ["input.encoding: ", "codec"]),
        ("stages: [{shout: {}}]\ninput: {encoding: base64}", ["input.encoding: ", "codec"]),
        ('stages: [{shout: {}}]\ninput: {encoding: "a\\0b"}', ["input.encoding: ", "codec"]),
        ("stages: [{shout: {}}]\nreport: {samples: '3'}", ["report.samples: must be a valid integer"]),
        ("stages: [{shout: {}}]\nshards: {max_bytes: 3 potatoes}", ["shards.max_bytes: "]),
        ("input: {}", ["stages: is required"]),
        ("stages: []", ["stages: ", "at least 1 item"]),
        ("stages: shout", ["stages: must be a valid list"]),
        ("stages: [shout]", ["stages[0]: must be a valid dictionary"]),
        ("stages: [{shout: {}, trim: {}}]", ["stages[0]: must be one stage name with its options"]),
        ("stages: [{trim: {}}, {}]", ["stages[1]: must be one stage name with its options"]),
        ("stages: [{shuot: {}}]", ["stages[0]: there is no stage 'shuot'", "did you mean 'shout'?", "trim"]),
        ("stages: [{shout: [1]}]", ["stages[0].shout: must be a valid dictionary"]),
        ("stages: [{shout: {}}]\nstages: [{trim: {}}]", ["key 'stages' is given twice", "line 2"]),
        ("stages: [{shout: {mark: a, mark: b}}]", ["key 'mark' is given twice", "line 1"]),
        ("stages: [{shout: {}}", ["is not valid YAML at line"]),
        ("a: b: c", ["is not valid YAML at line 1"]),
        ("stages: [{shout: {mark: 2001-13-45}}]", ["is not valid YAML"]),
        ("stages: !!python/object/apply:os.system ['true']", ["is not valid YAML"]),
        ("{" * 3000, ["is not valid YAML"]),
        ("? [a, b]\n: c", ["is not valid YAML"]),
        ("- shout", ["must be a map with the key 'stages'"]),
        ("", ["must be a map with the key 'stages'"]),
        ("1: 2", ["stages: is required"]),
        (b"stages: \xff\xfe", ["is not UTF-8 text"]),
        ("stages: \x07", ["is not valid YAML"]),
    ],
)
def test_a_mistake_is_one_line(
    refusal: Callable[[str | bytes], str], content: str | bytes, parts: list[str]
) -> None:
    message = refusal(content)
    for part in parts:
        assert part in message


@pytest.mark.parametrize(
    "content",
    [
        f"stages: [{{shout: {{times: {SECRET}}}}}]",
        f"stages: [{{shout: {{mark: [{SECRET}]}}}}]",
        f"stages: [{{shout: {{}}}}]\nbatch: {SECRET}",
        f"stages: [{{shout: {{}}}}]\nshards: {{max_bytes: {SECRET}}}",
        f"stages: [{{shout: {{}}}}]\nshards: {{max_bytes: 3 {SECRET}}}",
        f"stages: [{{shout: {{}}}}]\ninput: {{encoding: {SECRET}}}",
        f"stages: {SECRET}",
        f"stages: [{{shout: {SECRET}}}]",
        f"stages: [{{shout: {{mark: !!int {SECRET}}}}}]",
        f"stages: [{{shout: {{mark: '{SECRET}}}}}]",
        SECRET,
    ],
)
def test_values_are_never_repeated(refusal: Callable[[str | bytes], str], content: str) -> None:
    assert SECRET not in refusal(content)


def test_many_mistakes_are_counted(refusal: Callable[[str | bytes], str]) -> None:
    message = refusal("stages: [{shout: {a: 1, b: 2, c: 3, d: 4}}]")
    assert "(and 2 more)" in message


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such configuration file"):
        configuration.load(tmp_path / "missing.yaml")


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        configuration.load(tmp_path)


def test_options_of_a_stage_may_be_given_in_python() -> None:
    assert Shout(mark="?").config == Shout.Config(mark="?")
    with pytest.raises(TypeError, match="not both"):
        Shout(Shout.Config(), mark="?")  # type: ignore[call-arg]


def test_every_option_of_the_file_itself_says_what_it_means() -> None:
    def walk(model: Any) -> None:
        for name, option in model.model_fields.items():
            inner = option.annotation
            if hasattr(inner, "model_fields"):
                walk(inner)
            else:
                assert option.description, f"{model.__name__}.{name} has no description"

    walk(configuration.Settings)


@pytest.mark.parametrize(
    "name", ["utf-8", "UTF8", "latin-1", "cp1252", "utf-16", "utf-32-le", "shift_jis", "mac_roman"]
)
def test_text_codecs_are_accepted_as_encoding(name: str) -> None:
    settings = configuration.parse({"stages": [{"shout": None}], "input": {"encoding": name}})
    assert settings.input.encoding == name
