"""Lines as parse gives them, with the labels of the generator."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pypdfium2

from benchmarks.layout_lines import mixed_lines, rows
from models.line_labeller.generator.fonts import BASE
from models.line_labeller.generator.make import document, drawn
from models.line_labeller.generator.read_back import Region, regions
from models.line_labeller.generator.scan import badly_read, scanned
from models.line_labeller.generator.sheet import to_pdf
from models.line_labeller.generator.sources import Texts

NO_TEXTS = {"fr": Texts(), "en": Texts()}


def test_every_line_that_parse_finds_has_one_label(tmp_path: Path) -> None:
    names = []
    for number in range(8):
        made = document(number, 7, "train", NO_TEXTS, BASE, scans=0.0)
        (tmp_path / f"{made.name}.pdf").write_bytes(made.pdf)
        (tmp_path / f"{made.name}.json").write_text(json.dumps(made.as_json()), "utf-8")
        names.append(made.name)
    parsed = list(rows(tmp_path, names))
    labels = [label for row in parsed for label in row["labels"]]
    assert len(labels) > 300
    assert labels.count(None) / len(labels) < 0.005
    assert sum(len(row["mixed"]) for row in parsed) / len(labels) < 0.005


def test_a_line_across_two_labels_is_mixed() -> None:
    line = {"page": 1, "bbox": {"x0": 10.0, "y0": 10.0, "x1": 200.0, "y1": 20.0}}
    note = {"page": 1, "bbox": [10.0, 10.0, 60.0, 20.0], "label": "left_note"}
    body = {"page": 1, "bbox": [70.0, 10.0, 200.0, 20.0], "label": "body"}
    below = {"page": 1, "bbox": [10.0, 21.0, 200.0, 31.0], "label": "table"}
    assert mixed_lines([line], ["body"], [note, body, below]) == [(0, ("body", "left_note"))]
    assert mixed_lines([line], ["body"], [body, below]) == []


def test_a_scan_has_no_text_and_its_regions_turn_with_the_paper() -> None:
    pages = drawn(8, 7, "train", NO_TEXTS, BASE).pages[:1]
    clean = to_pdf(pages)
    straight = regions(clean)
    sizes = [(pages[0].width, pages[0].height)]
    picture, turned = scanned(clean, straight, sizes, np.random.default_rng(3))
    pdf = pypdfium2.PdfDocument(picture)
    assert pdf[0].get_textpage().count_chars() == 0
    assert {region.label for region in turned} == {region.label for region in straight}
    assert _area(turned) == _area(straight)
    assert scanned(clean, straight, sizes, np.random.default_rng(3)) == (picture, turned)


def test_a_badly_read_page_keeps_its_lines_where_they_were() -> None:
    pages = drawn(8, 7, "train", NO_TEXTS, BASE).pages[:1]
    clean = to_pdf(pages)
    pdf = pypdfium2.PdfDocument(badly_read(clean, 1, np.random.default_rng(3)))
    text = pdf[0].get_textpage()
    height = pages[0].height
    found = regions(clean)
    inside = 0
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        x, y = (left + right) / 2, height - (bottom + top) / 2
        inside += any(r.box[0] - 2 <= x <= r.box[2] + 2 and r.box[1] - 2 <= y <= r.box[3] + 2 for r in found)
    assert text.count_rects() > 5
    assert inside / text.count_rects() > 0.95


def _area(found: list[Region]) -> float:
    return round(sum((r.box[2] - r.box[0]) * (r.box[3] - r.box[1]) for r in found))
