"""A stage with a small model of random weights: nothing it says makes sense, so nothing is easy for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from stages.segment.stage import Segment

REFERENCE = Path(__file__).parent / "reference"
SAT = REFERENCE / "sat-tiny-sm"
WTP = REFERENCE / "wtp-tiny"


def stage(**options: Any) -> Segment:
    """A stage that cuts at about every second place."""
    return Segment(**{"model": str(SAT), "threshold": 0.5, "newlines": "space", **options})


def batch(texts: Sequence[str], **columns: Any) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            "id": [str(number) for number in range(len(texts))],
            "text": pa.array(texts, pa.string()),
            "errors": pa.array([[] for _ in texts], pa.list_(pa.string())),
            **columns,
        }
    )


def spans(texts: Sequence[str], segment: Segment | None = None, **options: Any) -> list[list[dict[str, Any]]]:
    """The column sentences."""
    made: list[list[dict[str, Any]]] = (
        (segment or stage(**options)).process(batch(texts)).column("sentences").to_pylist()
    )
    return made


def sentences(texts: Sequence[str], segment: Segment | None = None, **options: Any) -> list[list[str]]:
    """The sentences themselves."""
    found = spans(texts, segment, **options)
    return [[text[s["start"] : s["end"]] for s in one] for text, one in zip(texts, found, strict=True)]
