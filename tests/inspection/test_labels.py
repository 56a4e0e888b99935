"""Labels of lines, as inspect shows them on a terminal and on pictures of pages."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from models.line_labeller.labels import LABELS
from pipeline import Pipeline
from pipeline.cli.app import main
from pipeline.inspection.line_labels import marks, shares
from stages.layout.stage import Layout
from stages.parse.stage import Parse
from tests.report.html_page import Page, parse

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
LETTER = "letter-fr-cardiology.pdf"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = str(tmp_path_factory.mktemp("output") / "out")
    Pipeline([Parse(), Layout()]).run(str(CORPUS / LETTER), where)
    return where


@pytest.fixture(scope="module")
def page(output: str, tmp_path_factory: pytest.TempPathFactory) -> Page:
    html = tmp_path_factory.mktemp("pages") / "pages.html"
    assert main(["inspect", output, LETTER, "--html", str(html)]) == 0
    return parse(html.read_text(encoding="utf-8"))


def shown(capsys: pytest.CaptureFixture[str], output: str) -> list[str]:
    capsys.readouterr()
    assert main(["inspect", output, LETTER]) == 0
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def line(label: str | None, x0: float, y0: float, x1: float, y1: float, **more: Any) -> dict[str, Any]:
    return {
        "page": 1, "label": label, "start": 0, "end": 1, "bbox": {"x0": x0, "y0": y0, "x1": x1, "y1": y1}, **more
    }  # fmt: skip


def test_boxes_have_the_style_of_their_label_and_dropped_ones_are_hatched(page: Page) -> None:
    boxes = [a for a in page.all("rect") if "labelled" in (a.get("class") or "")]
    assert len(boxes) > 100
    assert {(a["class"] or "").split()[1] for a in boxes} <= {f"l{n}" for n in range(len(LABELS))}
    dropped = [a for a in boxes if "dropped" in (a["class"] or "")]
    assert 10 < len(dropped) < len(boxes) / 2
    patterns = {a["id"] for a in page.all("pattern")}
    assert all((a["fill"] or "").removeprefix("url(#").removesuffix(")") in patterns for a in dropped)


def test_labels_are_told_in_words_too(page: Page) -> None:
    assert "left note" in page.words, "names stand in the margin"
    assert "section" in page.words
    bars = [a["aria-label"] or "" for a in page.all("div") if a.get("role") == "img"]
    assert len(bars) == 1 + 2, "one for the document, one for each page"
    assert "lines by label: body" in bars[0]
    assert "dropped" in bars[0]
    told = "".join(page.words)
    assert (
        "header 1.00, dropped: Centre hospitalier de Valmorin" in told
        or "dropped: Centre hospitalier" in told
    )


def test_every_label_can_be_hidden(page: Page) -> None:
    switches = {a["id"] for a in page.all("input") if (a["id"] or "").startswith("show-")}
    used = {(a["class"] or "").split()[1] for a in page.all("rect") if "labelled" in (a.get("class") or "")}
    assert switches == {f"show-{style}" for style in used}
    assert all(f"#show-{style}:not(:checked)" in page.style for style in used)


def test_nothing_is_loaded_from_elsewhere(page: Page) -> None:
    assert "url(" not in page.style
    assert not page.unbalanced


def test_the_terminal_shows_clean_text_lines_with_labels_and_an_outline(
    capsys: pytest.CaptureFixture[str], output: str
) -> None:
    lines = shown(capsys, output)
    assert any(
        one.startswith("Dyspn\u00e9e d'aggravation progressive") and "isch\u00e9mique." in one
        for one in lines
    )
    assert any("-header" in one and "Centre hospitalier de Valmorin" in one for one in lines)
    assert any(" body " in one and "\u2502" in one for one in lines)
    assert any(one.split()[:3] == ["1", "Motif", "d'hospitalisation"] and "reason" in one for one in lines)
    assert any(one.startswith("left note") and "%" in one for one in lines)
    assert any(one.startswith("lines  ") and "in the text" in one for one in lines)


def test_groups_of_lines_have_one_bracket_each_and_names_do_not_overlap() -> None:
    found = marks(
        [
            line("header", 50, 20, 200, 30),
            line("header", 50, 32, 200, 42),
            line("header", 400, 20, 550, 30),
            line("body", 50, 100, 550, 110),
            line("section", 50, 112, 100, 120),
            line("body", 50, 122, 550, 130),
            line(None, 50, 200, 60, 210),
            line("body", 0, 0, 0, 0),
        ],
        600.0,
    )
    assert [(mark.name, mark.right, mark.top, mark.bottom) for mark in found] == [
        ("header", False, 20, 42),
        ("header", True, 20, 30),
        ("body", False, 100, 110),
        ("section", False, 112, 120),
        ("body", False, 122, 130),
    ]
    left = [mark.base for mark in found if not mark.right]
    assert all(below - above >= 11 for above, below in itertools.pairwise(left))


def test_shares_count_lines_and_say_what_is_kept() -> None:
    found = shares(
        [line("body", 0, 0, 1, 1)] * 3 + [line("odd_<b>", 0, 0, 1, 1, start=None), line(None, 0, 0, 1, 1)]
    )
    assert [(one.name, one.lines, one.part, one.kept) for one in found] == [
        ("body", 3, 0.75, True),
        ("odd <b>", 1, 0.25, False),
    ]
