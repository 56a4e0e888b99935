"""``docmill inspect --labels``: the labels of a document as a file that a person corrects, for ``docmill adapt layout``.

Neighbouring lines of one label are one region. The file holds numbers and labels, and no text of the document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.line_labeller.examples import VERSION, Region, labels_of
from models.line_labeller.lines import DocumentLines
from pipeline.console import figures
from pipeline.console.printable import one_line
from pipeline.errors import JobError, UsageError
from pipeline.inspection.find import find, read
from pipeline.inspection.folder import open_folder


def write_draft(output: str, doc_id: str, target: str) -> str:
    """Write the labels of a document as regions; return a line that says what is in the file.

    Args:
        doc_id: as for ``pipeline.inspection.view.show``.
        target: the file to write. One that exists is not replaced: it may have been corrected.

    Raises:
        UsageError: there is no such document, it has no labels, or the file exists.
        JobError: the file cannot be written.
    """
    folder = open_folder(output)
    place = find(folder, doc_id)
    row = read(folder, place)
    name = one_line(place.doc_id, 120)
    lines = [line for line in row.get("lines") or () if line.get("label") is not None]
    if not lines:
        raise UsageError(f"{name}: has no labelled lines; run a configuration with parse and layout")
    if not any(any((line["bbox"] or {}).values()) for line in lines):
        raise UsageError(f"{name}: its lines have no places, so nothing can be labelled")
    found = regions(lines)
    try:
        with Path(target).open("x", encoding="utf-8") as stream:
            stream.write(as_json(found))
    except FileExistsError:
        raise UsageError(f"{target}: exists already; name another file, or delete it") from None
    except OSError as error:
        raise JobError(f"{target}: cannot be written: {error.strerror or type(error).__name__}") from None
    pages = len({region["page"] for region in found})
    return (
        f"{target}: {figures.plural(len(found), 'region')} on {figures.plural(pages, 'page')}; correct the labels, put it "
        "beside the PDF as NAME.json, then: docmill adapt layout --examples FOLDER --out MODEL"
    )


def regions(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return regions that give each line its label when they are read again.

    Args:
        lines: of a document, in reading order; all have labels.
    """
    found: list[dict[str, Any]] = []
    start = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or lines[number]["page"] != lines[start]["page"]:
            found += _of_page(lines[start:number])
            start = number
    return found


def as_json(found: Sequence[Mapping[str, Any]]) -> str:
    """One region on each line, which is easy to edit."""
    entries = ",\n".join(f"    {json.dumps(region)}" for region in found)
    return f'{{\n  "version": {VERSION},\n  "regions": [\n{entries}\n  ]\n}}\n'


def _of_page(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Runs of lines as regions; where such a region would take in the line of another, all lines by themselves."""
    runs: list[list[Mapping[str, Any]]] = []
    for line in lines:
        if runs and runs[-1][0]["label"] == line["label"]:
            runs[-1].append(line)
        else:
            runs.append([line])
    made = [_region(run) for run in runs]
    if _read_back(made, lines) == [line["label"] for line in lines]:
        return made
    return [_region([line]) for line in lines]


def _region(run: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    boxes = [_box(line) for line in run]
    sides = zip(*boxes, strict=True)
    x0, y0, x1, y1 = (pick(side) for pick, side in zip((min, min, max, max), sides, strict=True))
    sure = [line["label_probability"] for line in run if line.get("label_probability") is not None]
    region: dict[str, Any] = {
        "page": run[0]["page"],
        "bbox": [round(x0 - 0.5, 1), round(y0 - 0.5, 1), round(x1 + 0.5, 1), round(y1 + 0.5, 1)],
        "label": run[0]["label"],
        "lines": len(run),
    }
    if sure:
        region["probability"] = round(min(sure), 2)  # of the most doubtful line: look there first
    return region


def _box(line: Mapping[str, Any]) -> tuple[float, float, float, float]:
    box = line["bbox"] or {}
    x0, y0, x1, y1 = (float(box.get(side) or 0.0) for side in ("x0", "y0", "x1", "y1"))
    return x0, y0, x1, y1


def _read_back(made: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """The labels that the regions of a page give its lines."""
    count = len(lines)
    given = DocumentLines(
        [""] * count,
        np.zeros(count, np.int32),
        np.array([_box(line) for line in lines], np.float32).reshape(count, 4),
        np.zeros(count, np.float32),
        np.zeros(count, np.bool_),
        np.zeros(count, np.bool_),
        np.ones((1, 2), np.float32),
    )
    return labels_of(given, [Region(1, tuple(one["bbox"]), one["label"]) for one in made])
