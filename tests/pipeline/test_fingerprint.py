"""The fingerprint: equal when the results must be equal, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from pipeline import config as configuration
from pipeline import fingerprint
from tests.pipeline.sample_stages import Shout

pytestmark = pytest.mark.usefixtures("sample_registry")


def covered(text: str) -> dict[str, Any]:
    settings = configuration.parse(yaml.safe_load(text))
    stages = fingerprint.describe_stages(configuration.build(settings))
    return fingerprint.settings_that_matter(stages, settings.input)


def mark(text: str) -> str:
    return fingerprint.digest(covered(text))


BASE = (
    "{stages: [{trim: {}}, {shout: {mark: '!', times: 2}}], input: {encoding: latin-1, rename: {a: b, c: d}}}"
)


@pytest.mark.parametrize(
    "same",
    [
        "{input: {rename: {c: d, a: b}, encoding: latin-1}, stages: [{trim: null}, {shout: {times: 2, mark: '!'}}]}",
        "{stages: [{trim: {}}, {shout: {times: 2}}], input: {encoding: latin-1, rename: {a: b, c: d}}}",
        BASE[:-1] + ", shards: {max_rows: 7}, batch: {max_rows: 1}, report: {samples: 0}}",
        BASE[:-1].replace("{encoding", "{max_document_bytes: 512MiB, encoding") + "}",
    ],
    ids=["another order of keys", "a default left out", "sizes and report", "a default written out"],
)
def test_equal_where_the_result_is_equal(same: str) -> None:
    assert mark(same) == mark(BASE)


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("times: 2", "times: 3", "shout.times: 2 -> 3"),
        ("mark: '!'", "mark: '?'", 'shout.mark: "!" -> "?"'),
        ("latin-1", "cp1252", 'input.encoding: "latin-1" -> "cp1252"'),
        ("a: b", "a: e", 'input.rename.a: "b" -> "e"'),
        ("{trim: {}}, ", "", "stages: trim, shout -> shout"),
        (
            "[{trim: {}}, {shout: {mark: '!', times: 2}}]",
            "[{shout: {times: 2}}, {trim: {}}]",
            "stages: trim, shout -> shout, trim",
        ),
    ],
)
def test_unequal_for_any_option_and_the_difference_is_readable(old: str, new: str, shown: str) -> None:
    assert old in BASE
    other = BASE.replace(old, new)
    assert mark(other) != mark(BASE)
    assert fingerprint.differences(covered(BASE), covered(other)) == [shown]


def test_no_difference_between_equal_settings() -> None:
    assert fingerprint.differences(covered(BASE), covered(BASE)) == []


def described(**changes: Any) -> dict[str, Any]:
    class Changed(Shout):
        version = changes.get("version", "1")

        def models(self) -> dict[str, str]:
            return dict(changes.get("models", {"tagger": "aa"}))

        def dependencies(self) -> dict[str, str]:
            return dict(changes.get("dependencies", {"lib": "1.0"}))

    return fingerprint.settings_that_matter(
        fingerprint.describe_stages([Changed()]), configuration.InputOptions()
    )


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"version": "2"}, 'shout.version: "1" -> "2"'),
        ({"models": {"tagger": "bb"}}, 'shout.models.tagger: "aa" -> "bb"'),
        ({"models": {"tagger": "aa", "more": "cc"}}, 'shout.models.more: null -> "cc"'),
        ({"dependencies": {"lib": "1.1"}}, 'shout.dependencies.lib: "1.0" -> "1.1"'),
    ],
)
def test_version_models_and_dependencies_of_a_stage_count(changes: dict[str, Any], shown: str) -> None:
    assert fingerprint.digest(described(**changes)) != fingerprint.digest(described())
    assert fingerprint.differences(described(), described(**changes)) == [shown]


def test_the_version_of_docmill_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    before = covered(BASE)
    monkeypatch.setattr(fingerprint, "__version__", "99.0")
    assert fingerprint.digest(before) != mark(BASE)


def test_long_values_are_cut_in_the_message() -> None:
    (shown,) = fingerprint.differences({"a": "x" * 500}, {"a": "y" * 500})
    assert len(shown) < 140


def test_the_fingerprint_does_not_change_between_processes() -> None:
    assert fingerprint.digest({"b": [1, "é"], "a": None}) == fingerprint.digest({"a": None, "b": [1, "é"]})
    assert fingerprint.digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
