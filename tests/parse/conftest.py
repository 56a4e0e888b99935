"""Rungs that an installed package offers; the parser processes that a test starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

Children = Callable[[], list[psutil.Process]]

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


@pytest.fixture
def children() -> Children:
    """What the parser processes are that were started since the test began. Others of this process (a pool of
    another test, Python's own trackers) are not among them."""
    before = psutil.Process().children(recursive=True)

    def now() -> list[psutil.Process]:
        found = []
        for child in psutil.Process().children(recursive=True):
            try:
                parses = any("stages.parse.child" in word for word in child.cmdline())
            except psutil.Error:  # gone, or about to be
                continue
            if parses and child not in before:
                found.append(child)
        return found

    return now
