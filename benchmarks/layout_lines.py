"""Parses labelled documents and writes their lines with labels, for training and for scoring:

    python -m benchmarks.layout_lines DIR --out FILE.parquet

DIR holds NAME.pdf with NAME.json (regions with labels). Every document goes through the parse stage; those whose
NAME.json says ``"scan": true`` are read by the rung rapidocr. Columns: ``doc``, ``kind``, ``pages`` and ``lines``
as parse gives them, with the line's text added, and ``labels``, null where no region holds the line's centre.

A line with characters of two labels is counted as mixed and has no label: where parse joins what does not belong
together, none is right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from models.line_labeller.examples import Region, labels_of
from models.line_labeller.lines import DocumentLines
from pipeline import document
from stages.parse.stage import Parse

_LINE = pa.struct([*document.LINE, pa.field("text", pa.string())])
SCHEMA = pa.schema(
    [
        pa.field("doc", pa.string()),
        pa.field("kind", pa.string()),
        pa.field("pages", pa.list_(document.PAGE)),
        pa.field("lines", pa.list_(_LINE)),
        pa.field("labels", pa.list_(pa.string())),
    ]
)
_BATCH = 16
# These may share a line: it is the running line, or the text.
_READABLE = ({"header", "page_number"}, {"footer", "page_number"}, {"section", "body"})


def main() -> None:
    """Parse a folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with NAME.pdf and NAME.json")
    parser.add_argument("--out", type=Path, required=True, help="the Parquet file to write")
    parser.add_argument(
        "--show-mixed", type=int, default=0, help="print so many mixed lines, with their texts"
    )
    given = parser.parse_args()
    names = sorted(file.stem for file in given.folder.glob("*.pdf") if file.with_suffix(".json").is_file())
    if not names:
        parser.error(f"{given.folder} holds no NAME.pdf with a NAME.json")
    counts: Counter[str] = Counter()
    mixed: Counter[tuple[str, str]] = Counter()
    shown = 0
    with pq.ParquetWriter(given.out, SCHEMA, compression="zstd") as writer:
        for row in rows(given.folder, names):
            found = row.pop("mixed")
            counts["documents"] += 1
            counts["pages"] += len(row["pages"])
            counts["lines"] += len(row["lines"])
            counts["no label"] += sum(label is None for label in row["labels"])
            for at, pair in found:
                mixed[pair] += 1
                if shown < given.show_mixed:
                    shown += 1
                    print("mixed", row["doc"], row["lines"][at]["page"], pair, row["lines"][at]["text"][:110])
            counts.update(f"label {label}" for label in row["labels"] if label)
            writer.write_table(pa.Table.from_pylist([row], SCHEMA))
    print("| | |\n| --- | ---: |")
    for name, count in sorted(counts.items()):
        print(f"| {name} | {count} |")
    print(f"| mixed lines | {sum(mixed.values())} |")
    for (one, other), count in mixed.most_common(12):
        print(f"| mixed {one} + {other} | {count} |")


def rows(folder: Path, names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The parsed documents, in the order of their names. Raises ValueError when one cannot be read."""
    plain = Parse(max_pages=500)
    scans: Parse | None = None
    try:
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            notes = {name: json.loads((folder / f"{name}.json").read_text("utf-8")) for name in batch}
            for scanned in (False, True):
                chosen = [name for name in batch if bool(notes[name].get("scan")) is scanned]
                if not chosen:
                    continue
                if scanned and scans is None:
                    scans = Parse(rungs=("pdfium", "rapidocr"), force="rapidocr", rung_timeout_s=36_000)
                stage = scans if scanned and scans is not None else plain
                yield from _parsed(stage, folder, chosen, notes)
    finally:
        plain.close()
        if scans is not None:
            scans.close()


def _parsed(stage: Parse, folder: Path, names: list[str], notes: dict[str, Any]) -> Iterator[dict[str, Any]]:
    files = [(folder / f"{name}.pdf").read_bytes() for name in names]
    batch = pa.RecordBatch.from_arrays(
        [pa.array(names, pa.string()), pa.array(files, pa.large_binary())], names=["id", "bytes"]
    )
    for name, parsed in zip(names, stage.process(batch).to_pylist(), strict=True):
        if parsed["parse_status"] not in ("ok", "empty"):
            raise ValueError(f"{name}.pdf: parse says {parsed['parse_status']}")
        text = parsed["text"]
        lines = parsed["lines"]
        for line in lines:
            line["text"] = text[line["start"] : line["end"]] + (line["hyphen"] or "")
        regions = notes[name]["regions"]
        labels = labels_of(
            _columns(parsed), [Region(one["page"], tuple(one["bbox"]), one["label"]) for one in regions]
        )
        mixed = mixed_lines(lines, labels, regions)
        for number, _ in mixed:
            labels[number] = None
        yield {
            "doc": name,
            "kind": notes[name].get("kind"),
            "pages": parsed["pages"],
            "lines": lines,
            "labels": labels,
            "mixed": mixed,
        }


def _columns(parsed: dict[str, Any]) -> DocumentLines:
    lines, pages = parsed["lines"], parsed["pages"]
    place = {page["number"]: number for number, page in enumerate(pages)}
    return DocumentLines(
        [line["text"] for line in lines],
        np.array([place[line["page"]] for line in lines], np.int32),
        np.array(
            [[line["bbox"][side] for side in ("x0", "y0", "x1", "y1")] for line in lines], np.float32
        ).reshape(-1, 4),
        np.array([line["font_size"] or 0.0 for line in lines], np.float32),
        np.array([bool(line["bold"]) for line in lines], np.bool_),
        np.array([bool(line["italic"]) for line in lines], np.bool_),
        np.array([(page["width"], page["height"]) for page in pages], np.float32).reshape(-1, 2),
    )


def mixed_lines(
    lines: Sequence[dict[str, Any]], labels: Sequence[str | None], regions: Sequence[dict[str, Any]]
) -> list[tuple[int, tuple[str, str]]]:
    """Which lines are mixed: their numbers and the two labels.

    A line is mixed when another label's regions stand in its row and take more than a tenth of its width. A running
    line with a page number is not: it is a running line.
    """
    by_page: dict[int, list[dict[str, Any]]] = {}
    for region in regions:
        by_page.setdefault(region["page"], []).append(region)
    mixed: list[tuple[int, tuple[str, str]]] = []
    for number, line in enumerate(lines):
        box = line["bbox"]
        x0, y0, x1, y1 = box["x0"], box["y0"], box["x1"], box["y1"]
        covered: Counter[str] = Counter()
        for region in by_page.get(line["page"], ()):
            left, top, right, low = region["bbox"]
            if (
                y0 <= (top + low) / 2 <= y1
                and min(x1, right) > max(x0, left)
                and 0.4 < (low - top) / max(y1 - y0, 0.1) < 2.5
            ):
                covered[region["label"]] += min(x1, right) - max(x0, left)
        if len(covered) > 1:
            (one, _), (other, wide) = covered.most_common(2)
            running = {one, other} in _READABLE
            if wide > 0.1 * sum(covered.values()) and not running:
                mixed.append((number, (one, other)))
    return mixed


if __name__ == "__main__":
    main()
