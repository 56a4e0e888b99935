"""Figures of rephrasings, counted from rows."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from pipeline import document
from pipeline.report.rephrasing_counts import RephrasingCounts

TEXTS = (
    "Foxes sleep during winter days. Badgers walk along rivers.",
    "Sentences about taxation follow procedures.",
    "Volcanoes erupt when magma rises.",
)


def entry(style: str, status: str, text: str | None, end: int, **more: Any) -> dict[str, Any]:
    return {
        "start": 0,
        "end": end,
        "style": style,
        "status": status,
        "text": text,
        "reasons": more.pop("reasons", []),
        "source_tokens": 10,
        "tokens": 8,
        "scores": more,
    }


def counted(documents: list[list[dict[str, Any]] | None], size: int) -> RephrasingCounts:
    counts = RephrasingCounts([])
    rows = list(zip(TEXTS, documents, strict=False))
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        counts.add(
            pa.RecordBatch.from_pydict(
                {
                    "text": pa.array([text for text, _ in part]),
                    "rephrasings": pa.array([one for _, one in part], document.REPHRASINGS_FIELD.type),
                }
            )
        )
    return counts


DOCUMENTS: list[list[dict[str, Any]] | None] = [
    [entry("easy", "rejected", None, len(TEXTS[0]), reasons=["loop", "copy"])],
    [
        entry("easy", "ok", "Sentences about taxation follow procedures.", len(TEXTS[1]), reading_grade=4.0),
        entry("hard", "ok", "Procedures govern taxation.", len(TEXTS[1]), reading_grade=12.0),
    ],
    [entry("easy", "error", None, len(TEXTS[2]), reasons=["endpoint_timeout"])],
]


@pytest.mark.parametrize("size", [1, 3])
def test_counts_and_means_by_style(size: int) -> None:
    easy, hard = (counted(DOCUMENTS, size).styles[style] for style in ("easy", "hard"))
    assert easy.statuses == {"rejected": 1, "ok": 1, "error": 1}
    assert easy.reasons == {"loop": 1, "copy": 1, "endpoint_timeout": 1}
    assert hard.statuses == {"ok": 1}
    assert easy.means["reading_grade"].value == 4.0
    assert hard.means["reading_grade"].value == 12.0
    assert hard.means["similarity"].value is None
    assert hard.tokens == [10, 8]


def test_words_are_shared_with_the_own_passage_and_not_with_others() -> None:
    easy, hard = (counted(DOCUMENTS, 2).styles[style] for style in ("easy", "hard"))
    assert easy.alike.value == pytest.approx(1.0)
    assert hard.alike.value == pytest.approx(2 / (3 * 5) ** 0.5)
    assert easy.unlike.value == hard.unlike.value == 0.0


def test_documents_without_rephrasings_are_passed_over() -> None:
    assert counted([None, [], None], 2).styles == {}
