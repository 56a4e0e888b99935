"""Does a shard that killed its workers: row by row in a process of its own, leaving out what kills it.

Native code that crashes, or a document that needs more memory than there is, takes a whole process down, so there is
nothing to catch. The process notes where it is; a stage that was twice the last thing noted for a row is not run
on it again. The row gets an error, and the others of the shard what they would have had.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.engines.attempt import attempt
from pipeline.engines.processes import SPAWN, Died, of_this_process, pool, submit
from pipeline.shards import Shard
from pipeline.watch import Place, Watch
from pipeline.work import Task

_DEATHS = 2  # of the process at one place, until the place is left out
_MOST = 16  # places left out of a shard; more have another cause than their documents,
_FEW = 3  # and so have that many when no row has passed between them


def do_carefully(task: Task, shard: Shard) -> dict[str, Any] | None:
    """Do a shard; return its commit record.

    Returns:
        the record; None when the process dies before the first row, at too many places, or on every row.

    Raises:
        DocmillError: as in any worker.
    """
    deaths: Counter[Place] = Counter()
    while True:
        deadly = frozenset(place for place, times in deaths.items() if times >= _DEATHS)
        if len(deadly) > _MOST or _FEW <= len(deadly) == 1 + max(row for row, _ in deadly):
            return None
        journal: Any = SPAWN.Array("q", [-1, -1], lock=False)
        try:
            with pool(task, 1, journal) as processes:
                record: dict[str, Any] = submit(processes, _do, shard, deadly).result()
                return record
        except Died:
            row, stage = journal
            if row < 0:
                return None
            deaths[row, stage] += 1


def _do(shard: Shard, deadly: frozenset[Place]) -> dict[str, Any]:
    worker, journal = of_this_process()
    return attempt(worker, shard, watch=Watch(journal, deadly))
