"""Rungs that an installed package offers."""

from __future__ import annotations

from pathlib import Path

import pytest

POINTS = """
[docmill.parsers]
shouting = tests.parse.faults:SHOUTING
unloadable = tests.parse.faults:unloadable
nothing = tests.parse.faults:NO_RUNG
lost = tests.parse.faults:cannot_start
"""


@pytest.fixture
def package(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package with entry points of the group docmill.parsers."""
    folder = tmp_path_factory.mktemp("site")
    info = folder / "loud_parsers-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: loud-parsers\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(folder)
    return folder
