"""Parses labelled documents and writes their lines with labels, for training and for scoring:

    python -m benchmarks.layout_lines DIR --out FILE.parquet

DIR holds NAME.pdf with NAME.json (regions with labels). Every document goes through the parse stage; those whose
NAME.json says ``"scan": true`` are read by the rung rapidocr. Columns: ``doc``, ``kind``, ``pages`` and ``lines``
as parse gives them, with the line's text added, and ``labels``, null where no region holds the line's centre.

A line with characters of two labels is counted as mixed: where parse joins what does not belong together, no label
is right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

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
        labels, mixed = labelled(lines, regions)
        yield {
            "doc": name,
            "kind": notes[name].get("kind"),
            "pages": parsed["pages"],
            "lines": lines,
            "labels": labels,
            "mixed": mixed,
        }


def labelled(
    lines: Sequence[dict[str, Any]], regions: Sequence[dict[str, Any]]
) -> tuple[list[str | None], list[tuple[int, tuple[str, str]]]]:
    """The labels of lines, and which lines are mixed: their numbers and the two labels.

    A line has the label of the smallest region that holds its centre. It is mixed when another label's regions
    stand in its row and take more than a tenth of its width; a running line with a number is not: it is the former.
    """
    by_page: dict[int, list[dict[str, Any]]] = {}
    for region in regions:
        by_page.setdefault(region["page"], []).append(region)
    labels: list[str | None] = []
    mixed: list[tuple[int, tuple[str, str]]] = []
    for number, line in enumerate(lines):
        box = line["bbox"]
        x0, y0, x1, y1 = box["x0"], box["y0"], box["x1"], box["y1"]
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        best: tuple[float, str] | None = None
        covered: Counter[str] = Counter()
        for region in by_page.get(line["page"], ()):
            left, top, right, low = region["bbox"]
            if left <= x <= right and top <= y <= low:
                size = (right - left) * (low - top)
                if best is None or size < best[0]:
                    best = (size, region["label"])
            if y0 <= (top + low) / 2 <= y1 and min(x1, right) > max(x0, left):
                covered[region["label"]] += min(x1, right) - max(x0, left)
        if best is None and len(covered) == 1:  # a hole in the middle of the line
            best = (0.0, next(iter(covered)))
        labels.append(None if best is None else best[1])
        total = sum(covered.values())
        if len(covered) > 1:
            (one, _), (other, wide) = covered.most_common(2)
            if wide > 0.1 * total and not (
                "page_number" in (one, other) and labels[-1] in ("header", "footer")
            ):
                mixed.append((number, (one, other)))
    return labels, mixed


if __name__ == "__main__":
    main()
