"""What every engine is given and what it reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from pipeline.shards import Shard
from pipeline.work import Task


class Events(Protocol):
    """Hears how a run proceeds. Called in the process that started the run."""

    def advance(self, documents: int, pages: int, errors: int) -> None:
        """So many more documents went through, with so many pages and documents with errors."""

    def shard_done(self, documents: int) -> None:
        """A shard was committed."""


class Engine(Protocol):
    """Does shards until all are committed.

    Raises:
        JobError: a shard could not be done; committed shards stay.
    """

    def run(self, task: Task, shards: Sequence[Shard], events: Events) -> None: ...


def record_pages(record: dict[str, Any]) -> tuple[int, int, int]:
    """Documents, pages and documents with errors of a commit record."""
    total = record["totals"]
    return total["documents"], total["pages"], total["documents_with_errors"]
