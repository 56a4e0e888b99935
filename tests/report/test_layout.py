"""The section on layout: labels by lines and documents, and pages as boxes without their words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.report import write_report
from tests.report.folder import error, line, row, write_output
from tests.report.html_page import Page, parse


def labelled(name: str, *labels: str | None, **more: Any) -> dict[str, Any]:
    words = " ".join(f"canary{number}" for number in range(len(labels)))
    lines = [
        line(
            *((0, 1) if label != "footer" else (None, None)),
            label=label,
            label_probability=0.9,
            bbox={"x0": 50.0, "y0": 20.0 * number, "x1": 400.0, "y1": 20.0 * number + 12},
        )
        for number, label in enumerate(labels)
    ]
    return row(name, words, lines=lines, **more)


def report(tmp_path: Path, documents: list[dict[str, Any]]) -> tuple[Page, str]:
    output = write_output(tmp_path, documents, config={"stages": [], "report": {"samples": 0}})
    html = Path(write_report(output)).read_text(encoding="utf-8")
    return parse(html), html


DOCUMENTS = [
    labelled("a.pdf", "title", "body", "body", "footer"),
    labelled("b.pdf", "body", "section", "body", "body"),
    row("c.txt", "no lines", lines=None, pages=0),
]


def test_labels_by_lines_and_documents(tmp_path: Path) -> None:
    text = report(tmp_path, DOCUMENTS)[0].text
    assert "8 lines of 2 documents; 88 % of the lines have a label whose lines are in the text." in text
    assert "body 5 62 % 2 in the text" in text
    assert "footer 1 12 % 1 dropped" in text


def test_pages_are_drawn_without_their_words(tmp_path: Path) -> None:
    page, html = report(tmp_path, DOCUMENTS)
    maps = [a for a in page.all("svg") if a.get("class") == "page-map"]
    assert [a["aria-label"] for a in maps] == [
        "page 1, lines by label: body 2, title 1, footer 1",
        "page 1, lines by label: body 3, section 1",
    ]
    boxes = [a for a in page.all("rect") if "labelled" in (a.get("class") or "")]
    assert len(boxes) == 8
    assert sum("dropped" in (a["class"] or "") for a in boxes) == 1
    assert "canary" not in html
    assert not page.unbalanced


def test_documents_without_errors_go_first(tmp_path: Path) -> None:
    broken = [labelled(f"x{n}.pdf", "body", errors=[error("truncated", "is cut off")]) for n in range(6)]
    page, _ = report(tmp_path, [*broken, *DOCUMENTS[:2]])
    assert "a.pdf 1 page, 4 lines" in page.text
    assert "b.pdf 1 page, 4 lines" in page.text


def test_without_labels_there_is_no_such_section(tmp_path: Path) -> None:
    page, html = report(tmp_path, [row("a.pdf", "words")])
    assert "#layout" not in [a.get("href") for a in page.all("a")]
    assert "page-map" not in {a.get("class") for a in page.all("svg")}
    assert 'id="layout"' not in html


def test_hostile_labels_are_words(tmp_path: Path) -> None:
    page, html = report(tmp_path, [labelled("a.pdf", "</svg><script>alert(1)</script>", "body")])
    assert "script" not in page.tags()
    assert "<script>alert" not in html
