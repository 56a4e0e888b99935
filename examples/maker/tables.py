"""The examples that are records and not documents: JSON lines and Parquet."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from maker.texts.abstracts import ABSTRACTS
from maker.texts.posts import POSTS


def write_posts(path: Path) -> None:
    """One JSON object a line: ``id``, ``text``, and fields that docmill carries along as metadata."""
    lines = []
    for number, (language, date, site, author, text) in enumerate(POSTS, 1):
        record = {
            "id": f"post-{number:03}",
            "text": text,
            "url": f"https://{site}/t/{1000 + 7 * number}",
            "lang": language,
            "date": date,
            "author": author,
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_projects(path: Path) -> None:
    """A table with ``id`` and ``text``, and columns of several types that pass through a run unchanged."""
    start = datetime(2019, 3, 4, 9, 30, tzinfo=UTC)
    table = pa.table(
        {
            "id": [f"project-{n:02}" for n in range(1, len(ABSTRACTS) + 1)],
            "text": [f"{title}. {text}" for title, _, _, _, text in ABSTRACTS],
            "year": pa.array([year for _, year, _, _, _ in ABSTRACTS], pa.int32()),
            "budget": pa.array([budget for _, _, budget, _, _ in ABSTRACTS], pa.float64()),
            "keywords": pa.array([list(words) for _, _, _, words, _ in ABSTRACTS], pa.list_(pa.string())),
            "received": pa.array(
                [start + timedelta(days=169 * n, minutes=47 * n) for n in range(len(ABSTRACTS))],
                pa.timestamp("ms", "UTC"),
            ),
        }
    )
    pq.write_table(table, path, compression="zstd")
