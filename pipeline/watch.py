"""Finds the row on which a worker process dies, by telling another process where it is before each step."""

from __future__ import annotations

from collections.abc import Set
from typing import Protocol

Place = tuple[int, int]
"""Row of the shard and number of the stage."""


class Journal(Protocol):
    """Two numbers that outlive the process which writes them, as ``multiprocessing.Array`` does."""

    def __setitem__(self, at: int, value: int) -> None: ...


class Watch:
    """Goes with a row through the stages.

    Args:
        journal: row and stage are written here before the stage runs.
        deadly: places where the process died before; the stage is not run there again.
    """

    def __init__(self, journal: Journal, deadly: Set[Place]) -> None:
        self._journal = journal
        self._deadly = deadly
        self._row = -1

    def next_row(self) -> None:
        """Another row begins."""
        self._row += 1

    def allows(self, stage: int) -> bool:
        """Whether a stage may run on the row; notes that it does."""
        self._journal[0], self._journal[1] = self._row, stage
        return (self._row, stage) not in self._deadly
