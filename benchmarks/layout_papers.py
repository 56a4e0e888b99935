"""What dropping headers, footers and page numbers costs and does on real papers.

    python -m benchmarks.layout_papers --data DIR

DIR holds ``manifest.json``, PDFs and reference texts as for ``benchmarks.parse``. Recall is the share of the
reference's words that the text has: as a multiset (word recall), and in the longest common order (order recall).

Running matter is found without the model: a line in the outer eighth of a page (top or bottom) whose text, digits
masked, stands at the same height on at least three pages of the document (two of a document of two or three
pages). Lines of nothing but digits and signs are counted apart, as page numbers. ``--show N`` prints running lines
that were kept and other lines that were dropped.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import pyarrow as pa

from benchmarks import measure
from benchmarks.page_variants import Paper, papers
from models.line_labeller.labels import LABELS, RUNNING
from models.page_router.quality import common, in_order, words
from pipeline import Pipeline
from stages.layout.stage import Layout
from stages.parse.stage import Parse

RECALL = 0.97
DROPPED = 0.90
_EDGE = 1 / 8  # of the page's height
_SAME_HEIGHT = 0.012  # likewise
_DIGITS = re.compile(r"\d+")
_LETTER = re.compile(r"[^\W\d_]")


def running(pages: list[Any], lines: list[Any], texts: list[str]) -> tuple[set[int], set[int]]:
    """Numbers of the lines that are running matter with words, and of those that are page numbers."""
    heights = {page["number"]: page["height"] for page in pages}
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
        top, bottom = line["bbox"]["y0"] / heights[line["page"]], line["bbox"]["y1"] / heights[line["page"]]
        if bottom < _EDGE or top > 1 - _EDGE:
            masked = " ".join(_DIGITS.sub("#", text.casefold()).split())
            places[masked].append(((top + bottom) / 2, line["page"], number))
    wanted = 3 if len(pages) > 3 else 2
    found: tuple[set[int], set[int]] = set(), set()
    for masked, where in places.items():
        kind = found[0] if _LETTER.search(masked) else found[1]
        for y, _, number in where:
            near = {page for other, page, _ in where if abs(other - y) < _SAME_HEIGHT}
            if len(near) >= wanted:
                kind.add(number)
    return found


def _laid_out(parsed: pa.Table, keep: Sequence[str]) -> pa.Table:
    """The documents with labels, and the text of the labels that are kept."""
    stage = Layout(keep=list(keep))
    return pa.Table.from_batches([stage.process(batch) for batch in parsed.combine_chunks().to_batches()])


def measured(given: list[Paper], show: int) -> dict[str, Any]:
    table = pa.table(
        {
            "id": [paper.id for paper in given],
            "bytes": pa.array([paper.read() for paper in given], pa.large_binary()),
        }
    )
    parsed = Pipeline([Parse()]).process(table)
    keep = [label for label in LABELS if label not in RUNNING]
    labelled = _laid_out(parsed, keep)
    plain = _laid_out(parsed, LABELS)
    rows = []
    kept_running: list[str] = []
    dropped_other: list[str] = []
    for paper, before, after, whole in zip(
        given, parsed.to_pylist(), labelled.to_pylist(), plain.to_pylist(), strict=True
    ):
        reference = words(paper.reference.read_text("utf-8"))
        recalls = {
            name: (common(reference, text) / len(reference), in_order(reference, text) / len(reference))
            for name, text in (
                ("parse", words(before["text"])),
                ("rebuilt", words(whole["text"])),
                ("dropped", words(after["text"])),
            )
        }
        texts = [before["text"][line["start"] : line["end"]] for line in before["lines"]]
        with_words, numbers = running(before["pages"], before["lines"], texts)
        dropped = {number for number, line in enumerate(after["lines"]) if line["label"] in RUNNING}
        others = [number for number in dropped if number not in with_words | numbers]
        kept_running += [f"{paper.id}: {texts[number]}" for number in sorted(with_words - dropped)]
        dropped_other += [
            f"{paper.id}: {after['lines'][number]['label']}: {texts[number]}" for number in others
        ]
        rows.append(
            {
                "id": paper.id, "group": paper.group, "pages": len(before["pages"]), "lines": len(texts), "recalls": recalls,
                "running": len(with_words), "running_dropped": len(with_words & dropped),
                "numbers": len(numbers), "numbers_dropped": len(numbers & dropped), "others_dropped": len(others),
            }
        )  # fmt: skip
    chance = random.Random(0)
    for name, lines in (("running, kept", kept_running), ("not running, dropped", dropped_other)):
        if show and lines:
            print(f"{name}: {len(lines)} lines, some of them:")
            print("\n".join(f"  {line[:150]}" for line in chance.sample(lines, min(show, len(lines)))))
    return {"rows": rows}


def main() -> None:
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with manifest.json, PDFs and references")
    parser.add_argument("--show", type=int, default=0, help="lines to print of each kind of mistake")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    data: Path = given.data / "parse" if (given.data / "parse" / "manifest.json").exists() else given.data
    result = measured(papers(data), given.show)
    rows = result["rows"]
    names = sorted({row["group"] for row in rows})
    groups = {"all": rows} | {name: [row for row in rows if row["group"] == name] for name in names}
    headers = ["papers", "pages", "text", "word recall", "order recall"]
    table = []
    for name, members in groups.items():
        for text in ("parse", "rebuilt", "dropped"):
            word, order = (mean(row["recalls"][text][part] for row in members) for part in (0, 1))
            table.append((name, sum(row["pages"] for row in members), text, f"{word:.4f}", f"{order:.4f}"))
    print(measure.table(headers, table))
    print()
    shares = []
    for name, members in groups.items():
        total = {
            key: sum(row[key] for row in members) for key in members[0] if isinstance(members[0][key], int)
        }
        shares.append(
            (
                name,
                total["running"],
                f"{100 * total['running_dropped'] / max(1, total['running']):.1f}",
                total["numbers"],
                f"{100 * total['numbers_dropped'] / max(1, total['numbers']):.1f}",
                f"{100 * total['others_dropped'] / total['lines']:.2f}",
            )
        )
    print(
        measure.table(
            [
                "papers",
                "running lines",
                "dropped, %",
                "page numbers",
                "dropped, %",
                "of all lines dropped besides, %",
            ],
            shares,
        )
    )
    recall = mean(row["recalls"]["dropped"][0] for row in rows)
    before = mean(row["recalls"]["parse"][0] for row in rows)
    share = sum(row["running_dropped"] for row in rows) / max(1, sum(row["running"] for row in rows))
    checks = [
        ("word recall after dropping", f"{RECALL:.3f}", f"{recall:.4f}", "yes" if recall >= RECALL else "no"),
        ("running lines dropped", f"{DROPPED:.3f}", f"{share:.4f}", "yes" if share >= DROPPED else "no"),
    ]
    lowest = min(row["recalls"]["dropped"][0] for row in rows)
    print(f"\nrecall with dropping / without: {recall / before:.4f}; lowest paper: {lowest:.4f}\n")
    print(measure.table(["bar", "wanted", "found", "held"], checks))
    measure.write("layout_papers", {**result, "bars": checks})


if __name__ == "__main__":
    main()
