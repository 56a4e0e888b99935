"""One try at one shard, with the errors of a full or vanished output told as a person needs them."""

from __future__ import annotations

from typing import Any

from pipeline.errors import JobError
from pipeline.shards import Shard
from pipeline.watch import Watch
from pipeline.work import Advance, Worker


def attempt(
    worker: Worker, shard: Shard, advance: Advance | None = None, watch: Watch | None = None
) -> dict[str, Any]:
    """Do a shard; return its commit record.

    Raises:
        JobError: the output cannot be written.
    """
    try:
        return worker.run(shard, advance, watch)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise JobError(
            f"{worker.task.store.given}: writing shard {shard.number} failed: {reason}; make room or mend the "
            "output, then run the same command to go on"
        ) from None
