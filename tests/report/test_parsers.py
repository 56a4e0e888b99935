"""The section on parsers: the budget, who made which page, and the maps of pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.report import write_report
from tests.report.folder import error, page, row, write_output
from tests.report.html_page import Page, parse

RUNGS = ["pdfium", "tables", "rapidocr"]


def kept(number: int, quality: float = 0.9) -> dict[str, Any]:
    return page(number, 40, cheap_quality=quality, predicted_quality=quality, cost_cpu_s=0.005)


def sent(number: int, parser: str, status: str = "used", seconds: float = 6.0) -> dict[str, Any]:
    used = status == "used"
    return page(
        number,
        40,
        parser=parser if used else "pdfium",
        cheap_quality=0.25,
        predicted_quality=0.85 if used else 0.25,
        rung_status=status,
        cost_cpu_s=0.005 + seconds,
        rung_cost_cpu_s=seconds,
    )


def document(name: str, *pages: dict[str, Any]) -> dict[str, Any]:
    return {**row(name, "Some words of a document, which stay secret."), "pages": list(pages)}


MIXED = [
    document("a.pdf", kept(1), sent(2, "rapidocr"), kept(3)),
    document("b.pdf", kept(1), sent(2, "tables", seconds=0.5), sent(3, "rapidocr", "timeout", 30.0), kept(4)),
    document("c.pdf", kept(1), kept(2), kept(3)),
]


def report(tmp_path: Path, documents: list[dict[str, Any]], **options: Any) -> tuple[Page, str]:
    config = {"stages": [{"parse": {"rungs": RUNGS, **options}}], "report": {"samples": 0}}
    output = write_output(tmp_path, documents, config=config)
    html = Path(write_report(output)).read_text(encoding="utf-8")
    return parse(html), html


def maps(found: Page) -> list[str]:
    return [a["title"] or "" for a in found.all("span") if a.get("role") == "img"]


def test_the_budget_asked_for_and_what_was_spent(tmp_path: Path) -> None:
    found, _ = report(tmp_path, MIXED, budget_fraction=0.05)
    assert "Budget: 5 % of the pages." in found.text
    # 36.5 s of second readings over 10 pages
    assert (
        "Spent: 3 of 10 pages, 30 %, went to another parser, which took 3.65 s of CPU time per page"
        in found.text
    )
    assert "the first reading took 5 ms" in found.text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"budget_cpu_s_per_page": 0.25}, "Budget: 0.25 s of CPU time per page."),
        ({"force": "rapidocr"}, "Budget: none; every page was sent to rapidocr."),
        ({}, "Budget: none; pages go where they gain enough."),
    ],
)
def test_every_kind_of_budget_is_named(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    assert words in report(tmp_path, MIXED, **options)[0].text


def test_pages_by_parser(tmp_path: Path) -> None:
    text = report(tmp_path, MIXED)[0].text
    # pages, share, mean quality of the first text and of the kept text
    assert "pdfium 8 80 % 0.819 0.819" in text
    assert "tables 1 10 % 0.250 0.850 0.5" in text
    assert "rapidocr 1 10 % 0.250 0.850 6.0" in text
    assert "timeout 1 another parser ran out of time, so the first text stays" in text


def test_every_page_is_told_in_words(tmp_path: Path) -> None:
    told = maps(report(tmp_path, MIXED)[0])
    assert len(told) == 10
    assert told[1] == "page 2: rapidocr, quality 0.25, then 0.85, 6.01 s of CPU time"
    assert told[0] == "page 1: pdfium, quality 0.90, 5 ms of CPU time"
    assert told[5].startswith(
        "page 3: pdfium, quality 0.25, another parser ran out of time, so the first text stays, 30"
    )


def test_a_parser_has_one_colour_and_a_failure_a_mark(tmp_path: Path) -> None:
    _, html = report(tmp_path, MIXED)
    assert re.findall(r'<span class="(k\d[^"]*)" role="img" title="page 2: rapidocr', html) == ["k2"]
    assert re.findall(r'<span class="(k\d[^"]*)" role="img" title="page 3: pdfium, quality 0.25', html) == [
        "k0 lost"
    ]


def test_documents_with_second_readings_come_first_when_not_all_fit(tmp_path: Path) -> None:
    plain = [document(f"plain-{i:02d}.pdf", kept(1)) for i in range(30)]
    found, _ = report(tmp_path, [*plain, *MIXED])
    assert "a.pdf 3 pages, 1 read again" in found.text
    assert "b.pdf 4 pages, 2 read again" in found.text
    assert found.text.count(" read again") == 12
    assert found.text.index("b.pdf 4 pages") < found.text.index("plain-")


def test_a_long_document_is_drawn_in_part(tmp_path: Path) -> None:
    found, _ = report(tmp_path, [document("long.pdf", *(kept(i + 1) for i in range(450)))])
    assert "450 pages, 0 read again, 250 more are not drawn" in found.text
    assert len(maps(found)) == 200


def test_pages_without_a_prediction_are_drawn_as_such(tmp_path: Path) -> None:
    forced = page(1, 40, parser="rapidocr", rung_status="used", cost_cpu_s=6.0, rung_cost_cpu_s=5.9)
    found, html = report(tmp_path, [document("a.pdf", forced)], force="rapidocr")
    assert maps(found) == ["page 1: rapidocr, 6.00 s of CPU time"]
    assert 'class="k2 unjudged"' in html


def test_with_one_parser_there_is_no_section(tmp_path: Path) -> None:
    output = write_output(tmp_path, [row("a.pdf", "Words.")])
    assert 'id="parsers"' not in Path(write_report(output)).read_text(encoding="utf-8")


def test_an_output_of_an_earlier_version_is_still_shown(tmp_path: Path) -> None:
    """Its pages have no columns about rungs."""
    import pyarrow as pa

    from pipeline.document import PAGE

    old = pa.field("pages", pa.list_(pa.struct([PAGE.field(i) for i in range(10)])))
    documents = [row("a.pdf", "Words.")]
    output = write_output(tmp_path, documents, extra=[old])
    assert 'id="parsers"' not in Path(write_report(output)).read_text(encoding="utf-8")


def test_what_to_do_about_a_parser_that_failed(tmp_path: Path) -> None:
    lost = document("a.pdf", sent(1, "rapidocr", "crashed"))
    lost["errors"] = [error("rung_crashed", "rapidocr: page 1 crashed the parser", kind="stage")]
    found, _ = report(tmp_path, [lost])
    assert "The first text was kept. Leave the parser out of rungs if it crashes often." in found.text
    assert "A defect of docmill" not in found.text


def test_names_from_outside_are_escaped(tmp_path: Path) -> None:
    evil = document('<img src=x onerror=alert(1)>".pdf', sent(1, '"><script>alert(2)</script>'))
    found, html = report(tmp_path, [evil], rungs=["pdfium", '"><script>alert(2)</script>'])
    assert {"script", "img"}.isdisjoint(found.tags())
    assert not found.unbalanced
    assert "<script" not in html
    assert 'page 1: "><script>alert(2)</script>' in maps(found)[0]


def test_the_section_holds_no_text_of_documents(tmp_path: Path) -> None:
    assert "secret" not in report(tmp_path, MIXED)[1]
