"""Writes an output folder by the published layout, for tests of what reads one.

The columns are those of ``pipeline.document``; figures in the records are counted from the rows, so that a
reader which counts for itself must agree with them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline import document
from pipeline.store import open_store
from pipeline.totals import add

FIELDS = {
    f.name: f
    for f in (
        *document.READ_FIELDS,
        document.PAGES_FIELD,
        document.LINES_FIELD,
        document.PARSE_STATUS_FIELD,
        document.SHORT_TEXT_FIELD,
        document.SHORT_SPANS_FIELD,
        document.SHORT_STATUS_FIELD,
        document.ERRORS_FIELD,
        document.PROVENANCE_FIELD,
    )
}


def row(
    doc_id: str, text: str | None, *, errors: Sequence[document.Error] = (), pages: int = 1, **more: Any
) -> dict[str, Any]:
    """A document that went through parse; ``more`` gives or replaces columns."""
    lines, at = [], 0
    for piece in (text or "").split("\n"):
        if piece:
            lines.append(line(at, at + len(piece)))
        at += len(piece) + 1
    return {
        "id": doc_id,
        "source": f"file:///corpus/{doc_id}",
        "content_sha256": hashlib.sha256(doc_id.encode("utf-8", "replace")).hexdigest(),
        "metadata": [],
        "text": text,
        "pages": [page(i + 1, len(text or "")) for i in range(pages)] if text is not None else None,
        "lines": lines if text is not None else None,
        "parse_status": "ok" if text is not None else "corrupt",
        "errors": list(errors),
        "provenance": {
            "docmill": "0.1.0",
            "fingerprint": "f" * 64,
            "stages": [{"stage": "parse", "version": "1", "model_sha256": [], "seconds": 0.0123}],
        },
        **more,
    }


def page(number: int, length: int, **more: Any) -> dict[str, Any]:
    return {
        "number": number,
        "width": 595.0,
        "height": 842.0,
        "rotation": 0,
        "start": 0 if number == 1 else length,
        "end": length,
        "parser": "pdfium",
        "predicted_quality": None,
        "cost_cpu_s": 0.004 * number,
        "status": "ok",
        "rung_status": None,
        "cheap_quality": None,
        "tables": [],
        **more,
    }


def line(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {
        "page": 1,
        "bbox": {"x0": 72.0, "y0": 80.0, "x1": 500.0, "y1": 92.0},
        "start": start,
        "end": end,
        "hyphen": "",
        "font_size": 11.0,
        "bold": False,
        "italic": False,
        "label": None,
        "label_probability": None,
        "label_start": None,
        "label_end": None,
        **more,
    }


def error(code: str, message: str, *, stage: str = "parse", kind: str = "document") -> document.Error:
    return {"stage": stage, "kind": kind, "code": code, "message": message}


def write_output(
    where: Path | str,
    rows: Sequence[Mapping[str, Any]],
    *,
    shard_rows: int = 4,
    extra: Sequence[pa.Field] = (),
    config: Mapping[str, Any] | None = None,
    status: str = "done",
    row_group_rows: int | None = None,
    seconds: Mapping[str, float] | None = None,
) -> str:
    """Write part files, commit records and manifest; return the location."""
    known = {**FIELDS, **{f.name: f for f in extra}}
    names = [n for n in known if any(n in r for r in rows)] if rows else list(FIELDS)
    schema = pa.schema([known[n] for n in names])
    store = open_store(str(where))
    store.prepare()
    all_totals = []
    for number, first in enumerate(range(0, len(rows), shard_rows)):
        chunk = rows[first : first + shard_rows]
        digest = hashlib.sha256(f"{number}".encode()).hexdigest()[:16]
        part = f"part-{number:06d}-{digest}.parquet"
        table = pa.Table.from_pylist([dict(r) for r in chunk], schema)
        with store.fs.open(store.at(part), "wb") as stream:
            pq.write_table(table, stream, row_group_size=row_group_rows or shard_rows, compression="zstd")
        totals = count(chunk, seconds or {"read": 0.1, "parse": 2.5, "shorten": 0.4, "write": 0.2})
        all_totals.append(totals)
        store.commit(
            digest,
            {
                "shard": number,
                "hash": digest,
                "part": part,
                "rows": len(chunk),
                "totals": totals,
                "started": f"2026-11-22T10:{number // 60:02d}:{number % 60:02d}.000Z",
                "finished": f"2026-11-22T10:{(number + 1) // 60:02d}:{(number + 1) % 60:02d}.500Z",
                "worker": "0",
            },
        )
    store.write_json(
        store.inside("manifest.json"),
        manifest(all_totals, config=config, status=status, rows=len(rows)),
    )
    return str(where)


def count(rows: Sequence[Mapping[str, Any]], seconds: Mapping[str, float]) -> dict[str, Any]:
    texts = [r["text"] for r in rows if r.get("text") is not None]
    errors = Counter(f"{e['stage']}/{e['code']}" for r in rows for e in r.get("errors") or ())
    return {
        "documents": len(rows),
        "pages": sum(len(r.get("pages") or ()) for r in rows),
        "words": sum(len(t.split()) for t in texts),
        "characters": sum(map(len, texts)),
        "documents_with_errors": sum(bool(r.get("errors")) for r in rows),
        "errors": dict(errors),
        "seconds": dict(seconds),
        "bytes_in": 1000 * len(rows),
        "bytes_out": 400 * len(rows),
    }


def manifest(
    all_totals: Sequence[Mapping[str, Any]],
    *,
    config: Mapping[str, Any] | None = None,
    status: str = "done",
    rows: int | None = None,
) -> dict[str, Any]:
    return {
        "docmill": "0.1.0",
        "status": status,
        "fingerprint": "f" * 64,
        "config": dict(config)
        if config is not None
        else {
            "stages": [
                {"parse": {"timeout": 60}},
                {"shorten": {"remove": ["stopwords"], "budget": {"words": 128}}},
            ],
            "report": {"samples": 3},
        },
        "input": {
            "location": "corpus/",
            "files": rows,
            "rows": rows,
            "bytes": 123456,
            "listing": "_docmill/plan.parquet",
        },
        "stages": [
            {"stage": "parse", "version": "1", "models": {}, "dependencies": {"pypdfium2": "5.15.2"}},
            {"stage": "shorten", "version": "1", "models": {"lid.176": "a" * 64}, "dependencies": {}},
        ],
        "versions": {"python": "3.11.2", "pyarrow": "26.0.1"},
        "engine": "local",
        "profile": "cpu",
        "workers": 2,
        "started": "2026-11-22T10:00:00Z",
        "finished": None if status == "running" else "2026-11-22T10:03:20Z",
        "totals": add(dict(t) for t in all_totals),
    }


def read_manifest(output: str) -> dict[str, Any]:
    store = open_store(output)
    result: dict[str, Any] = json.loads(store.fs.cat_file(store.inside("manifest.json")))
    return result
