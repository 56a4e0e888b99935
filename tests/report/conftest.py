"""A corpus with a bit of everything, and its report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.report import write_report
from tests.report.folder import error, row, write_output
from tests.report.html_page import Page, parse

EXTRA = (
    pa.field(
        "sentences",
        pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32()), ("probability", pa.float32())])),
    ),
    pa.field("propositions", pa.list_(pa.struct([("text", pa.string()), ("role", pa.string())]))),
    pa.field("ward", pa.string()),
    pa.field("language", pa.string()),
    pa.field("urgent", pa.bool_()),
    pa.field("score", pa.float64()),
    pa.field("same", pa.int64()),
    pa.field("received", pa.timestamp("s")),
)


def letter(number: int) -> dict[str, Any]:
    text = f"Letter number {number}. " + "The patient is well and goes home today. " * (number % 7 + 1)
    text = text.strip()
    return row(
        f"letters/{number:03d}.pdf",
        text,
        pages=number % 3 + 1,
        metadata=[("subject", f"subject-{number}")],
        short_text=text.replace("The ", "").replace("is ", ""),
        short_spans=[{"start": 0, "end": 17}, {"start": 21, "end": len(text)}],
        short_status="ok" if number % 10 else "unknown_language",
        sentences=[
            {"start": 0, "end": 17, "probability": 0.5 + number % 50 / 100},
            {"start": 17, "end": len(text), "probability": 0.9},
        ],
        propositions=[{"text": "patient is well", "role": ("core", "context")[number % 2]}],
        ward=("cardiology", "surgery")[number % 2],
        language=("en", "fr")[number % 2],
        urgent=number % 4 == 0,
        score=number / 7,
        same=42,
    )


def corpus() -> list[dict[str, Any]]:
    rows = [letter(i) for i in range(60)]
    rows[7] = row("letters/locked.pdf", None, errors=[error("encrypted", "is encrypted: add a password")])
    rows[9] = row(
        "letters/slow.pdf", None, errors=[error("timeout", "took 60 s: raise timeout_s", kind="limit")]
    )
    for i in range(40, 44):
        rows[i] = row(f"letters/broken-{i}.pdf", None, errors=[error("corrupt", f"damaged on page {i}")])
    return rows


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_output(
        tmp_path_factory.mktemp("corpus"), corpus(), shard_rows=16, row_group_rows=5, extra=EXTRA
    )


@pytest.fixture(scope="session")
def html(output: str) -> str:
    return Path(write_report(output)).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    return parse(html)
