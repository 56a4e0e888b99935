"""The programs that a child started, for rungs that start some: how much memory they hold, and their end."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

import psutil


def started_by(pid: int) -> list[psutil.Process]:
    """All that the process started, and what these started; nothing when it is gone."""
    try:
        found: list[psutil.Process] = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []
    return found


def resident_bytes(programs: Iterable[psutil.Process]) -> int:
    """Resident bytes of those that still run."""
    held = 0
    for program in programs:
        with contextlib.suppress(psutil.Error):
            held += program.memory_info().rss
    return held


def kill(programs: Iterable[psutil.Process]) -> None:
    """End them."""
    for program in programs:
        with contextlib.suppress(psutil.Error):
            program.kill()
