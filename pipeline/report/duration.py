"""How long a job took, interruptions left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.console.summary import moment
from pipeline.inspection.folder import Record


def working_seconds(manifest: Mapping[str, Any], records: Sequence[Record]) -> tuple[float | None, int]:
    """Return the wall time in which work was done, in seconds, and over how many runs it is spread.

    The manifest knows the last run only. Shards committed before it began are counted by the time that
    their records cover together, pauses between them left out.
    """
    started, finished = moment(manifest.get("started")), moment(manifest.get("finished"))
    spans = [
        (a.timestamp(), b.timestamp())
        for r in records
        if (a := moment(r.started)) is not None and (b := moment(r.finished)) is not None
    ]
    begin = started.timestamp() if started else None
    # the manifest tells whole seconds
    earlier = [s for s in spans if begin is not None and s[0] < begin - 1]
    if begin is not None and finished is not None:
        last = finished.timestamp() - begin
        return last + _covered(earlier), 2 if earlier else 1
    return (_covered(spans), 2 if earlier else 1) if spans else (None, 0)


def _covered(spans: Sequence[tuple[float, float]]) -> float:
    total, end = 0.0, float("-inf")
    for a, b in sorted(spans):
        if b > end:
            total += b - max(a, end)
            end = b
    return total
