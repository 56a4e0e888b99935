"""Labels of lines on held-out clinical documents, against edspdf and a position mask; speed of all three.

    python -m benchmarks.layout --data DIR --train DIR [--peer PYTHON] [--peer-model DIR]

``--data`` holds labelled documents (NAME.pdf, NAME.json), as ``python -m benchmarks.clinical_pages`` writes them;
``--train`` those that the shipped model was trained on: edspdf and the mask are trained on them, too. ``--peer``
is the Python of an environment with ``pip install edspdf==0.10.0``; with ``--peer-model`` a folder keeps what was
trained. Everybody's lines are those of the own extractor; a line's truth is the label of the smallest region
that holds its centre.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyarrow as pa

from benchmarks import measure
from models.line_labeller.examples import Region, labels_of, read_regions
from models.line_labeller.labels import LABELS, NUMBER_OF
from models.line_labeller.lines import DocumentLines
from models.line_labeller.predictor import open_labeller
from models.line_labeller.scoring import Score, score
from pipeline import Pipeline
from stages.layout.stack import read
from stages.layout.stage import Layout
from stages.parse.stage import Parse

# per cent
BODY = {"precision": 98.4, "recall": 97.0, "f1": 97.7}
MACRO = 93.0
RUNNING = 95.0
TIMES = 10.0
LABELLING = 500.0


@dataclass(frozen=True)
class Labelled:
    """Lines of a corpus with true and given labels (numbers; -1 for none), and the template each came from."""

    truth: np.ndarray
    found: np.ndarray
    groups: list[str]


@dataclass(frozen=True)
class Corpus:
    names: list[str]
    contents: list[bytes]
    regions: list[list[Region]]

    def table(self) -> pa.Table:
        return pa.table({"id": self.names, "bytes": pa.array(self.contents, pa.large_binary())})


def corpus(folder: Path) -> Corpus:
    """Read the labelled documents of a folder."""
    paths = sorted(path for path in folder.glob("*.pdf") if path.with_suffix(".json").exists())
    if not paths:
        raise SystemExit(f"{folder}: no PDF with a JSON file beside it")
    return Corpus(
        [path.stem for path in paths],
        [path.read_bytes() for path in paths],
        [read_regions(path.with_suffix(".json")) for path in paths],
    )


def lines_of(pages: Sequence[Any], lines: Sequence[Any], texts: Sequence[str]) -> DocumentLines:
    """Lines as dictionaries (of the column ``lines``, or a peer's) as the labeller's columns."""
    return DocumentLines(
        texts=texts,
        page=np.array([line["page"] - 1 for line in lines], np.int32),
        box=np.array([line["bbox"] for line in lines], np.float32).reshape(-1, 4),
        font_size=np.zeros(len(lines), np.float32),
        bold=np.zeros(len(lines), bool),
        italic=np.zeros(len(lines), bool),
        page_size=np.ones((max([len(pages), *(line["page"] for line in lines)]), 2), np.float32),
    )


def compared(corpus_: Corpus, lines: Sequence[Sequence[Any]]) -> Labelled:
    """Give the lines of every document (page, bbox, label) their true labels."""
    truth, found, groups = [], [], []
    for name, regions, own in zip(corpus_.names, corpus_.regions, lines, strict=True):
        own = sorted(own, key=lambda line: line["page"])
        columns = lines_of((), own, [""] * len(own))
        truth += [-1 if label is None else NUMBER_OF[label] for label in labels_of(columns, regions)]
        found += [NUMBER_OF[line["label"]] for line in own]
        groups += [name] * len(own)
    return Labelled(np.array(truth), np.array(found), groups)


# -- ours


def ours(corpus_: Corpus, pipeline: Pipeline) -> tuple[list[list[Any]], int]:
    """Lines with the labels that the stage gave, and the number of pages."""
    rows = pipeline.process(corpus_.table()).to_pylist()
    lines = [[{**line, "bbox": list(line["bbox"].values())} for line in row["lines"] or ()] for row in rows]
    return lines, sum(len(row["pages"] or ()) for row in rows)


def cpu() -> float:
    """CPU seconds of this process and its children, ended or not."""
    alive = 0.0
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        alive += times.user + times.system
    return measure.cpu_seconds() + alive


def end_to_end(corpus_: Corpus, pipeline: Pipeline) -> float:
    """CPU seconds from bytes to labelled text, the model and the parser's process already there."""
    table = corpus_.table()
    best = float("inf")
    for _ in range(3):
        before = cpu()
        pipeline.process(table)
        best = min(best, cpu() - before)
    return best


def labelling(corpus_: Corpus) -> tuple[float, int]:
    """CPU seconds of features and model together for the corpus, and its lines."""
    parsed = Pipeline([Parse()]).process(corpus_.table())
    documents = [one for batch in parsed.combine_chunks().to_batches() for one in read(batch).documents()]
    labeller = open_labeller("edge")
    labeller.probabilities(documents)
    best = float("inf")
    for _ in range(15):  # the least of many: other work on the machine only adds
        started = time.process_time()
        labeller.probabilities(documents)
        best = min(best, time.process_time() - started)
    return best, sum(map(len, documents))


# -- a position mask


@dataclass(frozen=True)
class Mask:
    """Body is what has its centre in a rectangle, in shares of the page; one for first pages, one for others."""

    first: tuple[float, float, float, float]  # x0, y0, x1, y1
    other: tuple[float, float, float, float]

    def holds(self, places: np.ndarray) -> np.ndarray:
        """Args: places: [n, 3], x and y of centres in shares of the page, and whether the page is the first."""
        boxes = np.where(places[:, 2:3] > 0, np.array(self.first), np.array(self.other))
        x, y = places[:, 0], places[:, 1]
        return (boxes[:, 0] <= x) & (x <= boxes[:, 2]) & (boxes[:, 1] <= y) & (y <= boxes[:, 3])


def places_and_truth(folder: Path, limit: int = 500) -> tuple[np.ndarray, np.ndarray]:
    """Centres of all lines of labelled documents and whether they are body."""
    given = corpus(folder)
    given = Corpus(given.names[:limit], given.contents[:limit], given.regions[:limit])
    rows = Pipeline([Parse()]).process(given.table()).to_pylist()
    places, truth = [], []
    for row, regions in zip(rows, given.regions, strict=True):
        own = [{**line, "bbox": list(line["bbox"].values())} for line in row["lines"] or ()]
        if not own:
            continue
        places.append(places_of(row["pages"], own))
        truth += labels_of(lines_of(row["pages"], own, [""] * len(own)), regions)
    known = np.array([label is not None for label in truth])
    return np.concatenate(places)[known], np.array([label == "body" for label in truth])[known]


def places_of(pages: Sequence[Any], lines: Sequence[Any]) -> np.ndarray:
    """Centres in shares of the page, and 1 for lines of first pages."""
    sizes = {page["number"]: (page["width"], page["height"]) for page in pages}
    return np.array(
        [
            (
                (line["bbox"][0] + line["bbox"][2]) / 2 / sizes[line["page"]][0],
                (line["bbox"][1] + line["bbox"][3]) / 2 / sizes[line["page"]][1],
                float(line["page"] == 1),
            )
            for line in lines
        ]
    ).reshape(-1, 3)


def fitted_mask(places: np.ndarray, body: np.ndarray) -> Mask:
    """The rectangles with the best F1 of body on these lines."""
    found = []
    for first in (True, False):
        rows = (places[:, 2] > 0) == first
        x, y, truth = places[rows, 0], places[rows, 1], body[rows]
        best = (-1.0, (0.0, 0.0, 1.0, 1.0))
        lows, highs = np.arange(0, 0.5, 0.025).tolist(), np.arange(0.6, 1.01, 0.025).tolist()
        for x0, x1 in itertools.product(lows, highs):
            across = (x0 <= x) & (x <= x1)
            for y0, y1 in itertools.product(lows, highs):
                inside = across & (y0 <= y) & (y <= y1)
                f1 = 2 * (inside & truth).sum() / max(1, inside.sum() + truth.sum())
                if f1 > best[0]:
                    best = (float(f1), (round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)))
        found.append(best[1])
    return Mask(*found)


# -- edspdf


def peer(python: Path, model: Path, train: Path, data: Path, steps: int) -> dict[str, Any]:
    """Train edspdf where ``model`` is not there yet, and let it label the documents of ``data``."""
    script = Path(__file__).with_name("layout_edspdf.py")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    if not model.exists():
        command = [python, script, "train", "--train", train, "--out", model, "--steps", str(steps)]
        subprocess.run(command, check=True, env=environment)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "lines.json"
        command = [python, script, "label", "--model", model, "--data", data, "--out", out]
        subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)
        result: dict[str, Any] = json.loads(out.read_text("utf-8"))
        return result


# -- report


def per_label(named: dict[str, Score]) -> str:
    headers = ["label", "lines"] + [f"{name} {part}" for name in named for part in ("P", "R", "F1")]
    rows = []
    for number, label in enumerate(LABELS):
        row: list[object] = [label, int(next(iter(named.values())).lines[number])]
        for one in named.values():
            row += [f"{100 * part[number]:.1f}" for part in (one.precision, one.recall, one.f1)]
        rows.append(row)
    last: list[object] = ["macro", int(next(iter(named.values())).lines.sum())]
    for one in named.values():
        last += ["", "", f"{100 * one.macro:.1f}"]
    return measure.table(headers, [*rows, last])


def binary(truth: np.ndarray, found: np.ndarray) -> tuple[float, float, float]:
    """Precision, recall, F1 in per cent."""
    both = (truth & found).sum()
    return tuple(
        100 * float(part)
        for part in (
            both / max(1, found.sum()),
            both / max(1, truth.sum()),
            2 * both / max(1, truth.sum() + found.sum()),
        )
    )  # type: ignore[return-value]


def main() -> None:
    parser = measure.arguments(__doc__.splitlines()[0], data="folder with NAME.pdf and NAME.json")
    parser.add_argument("--train", type=Path, help="labelled documents that the peers are trained on")
    parser.add_argument("--peer", type=Path, help="Python of an environment with edspdf")
    parser.add_argument("--peer-model", type=Path, help="folder to keep the trained edspdf in")
    parser.add_argument("--steps", type=int, default=1000, help="training steps of edspdf's recipe")
    parser.add_argument("--name", default="layout", help="of the result file")
    given = parser.parse_args()
    if given.data is None:
        parser.error("--data DIR is needed")
    report(given)


def report(given: argparse.Namespace) -> None:
    documents = corpus(given.data)
    pipeline = Pipeline([Parse(), Layout()])
    lines, pages = ours(documents, pipeline)
    own = compared(documents, lines)
    result = score(own.truth, own.found)
    named = {"docmill": result}
    speeds = []
    seconds = end_to_end(documents, pipeline)
    alone, count = labelling(documents)
    speeds.append(("docmill", pages / seconds, pages / alone))
    print(
        f"{len(documents.names)} documents, {pages} pages, {count} lines, {int((own.truth < 0).sum())} without truth\n"
    )
    other = None
    if given.peer:
        if given.train is None and not (given.peer_model and given.peer_model.exists()):
            raise SystemExit("--peer needs --train DIR, or --peer-model DIR with a trained model")
        model = given.peer_model or Path(tempfile.mkdtemp()) / "edspdf"
        other = peer(given.peer, model, given.train, given.data, given.steps)
        theirs = compared(documents, [other["lines"][name] for name in documents.names])
        named["edspdf"] = score(theirs.truth, theirs.found)
        alone_theirs = max(other["cpu_both"] - other["cpu_reading"], 1e-9)
        speeds.append(("edspdf", other["pages"] / other["cpu_both"], other["pages"] / alone_theirs))
    print(per_label(named))
    masked = None
    if given.train:
        mask = fitted_mask(*places_and_truth(given.train))
        rows = pipeline.process(documents.table()).to_pylist()
        inside = [
            mask.holds(places_of(row["pages"], own_lines)) if own_lines else np.zeros(0, bool)
            for row, own_lines in zip(rows, lines, strict=True)
        ]
        known = own.truth >= 0
        masked = binary((own.truth == 0)[known], np.concatenate(inside)[known])
        print(f"\nposition mask, body: {masked[0]:.1f} / {masked[1]:.1f} / {masked[2]:.1f} ({mask})")
    print()
    print(measure.table(["", "pages/CPU-s, PDF to labelled text", "pages/CPU-s, labelling alone"], speeds))
    groups = by_group(own)
    print()
    print(measure.table(["documents", "lines", "right, %", "body F1", "macro F1"], groups))
    checks = bars(result, named.get("edspdf"), speeds)
    print()
    print(measure.table(["bar", "wanted", "found", "held"], checks))
    measure.write(
        given.name,
        {
            "labels": {
                name: {
                    "macro": one.macro,
                    **{
                        label: [float(part[i]) for part in (one.precision, one.recall, one.f1)]
                        for i, label in enumerate(LABELS)
                    },
                }
                for name, one in named.items()
            },
            "mask_body": masked, "speeds": speeds, "groups": groups, "bars": checks, "pages": pages,
        },
    )  # fmt: skip


def by_group(labelled: Labelled) -> list[tuple[str, int, str, str, str]]:
    """By template (the third part of the names that clinical_pages gives) and for scans."""
    keys = [_group(name) for name in labelled.groups]
    found = []
    for key in sorted(set(keys)):
        rows = np.array([one == key for one in keys])
        one = score(labelled.truth[rows], labelled.found[rows])
        known = labelled.truth[rows] >= 0
        right = (labelled.truth[rows] == labelled.found[rows])[known].mean()
        found.append(
            (key, int(known.sum()), f"{100 * right:.1f}", f"{100 * one.f1[0]:.1f}", f"{100 * one.macro:.1f}")
        )
    return found


def _group(name: str) -> str:
    if name.endswith("-scan"):
        return "scans"
    parts = name.split("-")
    return parts[2] if len(parts) > 3 else "all"


def bars(
    own: Score, theirs: Score | None, speeds: Sequence[tuple[str, float, float]]
) -> list[tuple[str, str, str, str]]:
    """The figures that are asked for, and whether they are reached."""
    body = {"precision": own.precision[0], "recall": own.recall[0], "f1": own.f1[0]}
    checks = [(f"body {name}", limit, 100 * float(body[name])) for name, limit in BODY.items()]
    checks.append(("macro F1", MACRO, 100 * own.macro))
    checks += [
        (f"{label} F1", RUNNING, 100 * float(own.f1[NUMBER_OF[label]])) for label in ("header", "footer")
    ]
    checks.append(("labelling alone, pages/CPU-s", LABELLING, speeds[0][2]))
    if theirs is not None:
        checks.append(("macro F1 ahead of edspdf's", 100 * theirs.macro, 100 * own.macro))
        checks.append(("body F1 ahead of edspdf's", 100 * float(theirs.f1[0]), 100 * float(own.f1[0])))
        checks.append(("times edspdf's pages/CPU-s end to end", TIMES, speeds[0][1] / speeds[1][1]))
    return [
        (name, f"{limit:.1f}", f"{found:.1f}", "yes" if found >= limit else "no")
        for name, limit, found in checks
    ]


if __name__ == "__main__":
    main()
