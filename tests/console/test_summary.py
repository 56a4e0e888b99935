"""The table a run ends with."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from pipeline.console.summary import print_summary, stage_seconds
from tests.report.folder import count, error, manifest, row


@pytest.fixture
def finished() -> dict[str, Any]:
    rows = [row(f"{i}.pdf", "five words are in here", pages=2) for i in range(8)]
    rows.append(row("locked.pdf", None, errors=[error("encrypted", "needs a password")]))
    rows.append(
        row("broken.pdf", None, errors=[error("corrupt", "is damaged"), error("timeout", "took long")])
    )
    return manifest([count(rows, {"write": 1.0, "parse": 150.0, "read": 9.0, "shorten": 40.0})])


def shown(data: dict[str, Any], report: str | None = "out/_docmill/report.html", **console: Any) -> str:
    stream = io.StringIO()
    print_summary(data, "out", report, Console(file=stream, **{"width": 80, **console}))
    return stream.getvalue()


def test_says_what_was_done_and_where_it_lies(finished: dict[str, Any]) -> None:
    text = shown(finished)
    lines = {line.split()[0]: line.split()[1:] for line in text.splitlines() if line.split()}
    assert lines["docmill"] == ["done", "in", "3", "min", "20", "s"]
    assert lines["documents"] == ["10", "2", "with", "errors"]
    assert lines["pages"] == ["16"]
    assert lines["words"] == ["40"]
    assert lines["throughput"][:2] == ["3", "documents/min,"]
    assert lines["output"] == ["out"]
    assert lines["report"] == ["out/_docmill/report.html"]
    assert [code in text for code in ("parse/encrypted", "parse/corrupt", "parse/timeout")] == [True] * 3
    assert "docmill inspect out ID" in text


def test_stages_stand_in_the_order_of_the_documents_way(finished: dict[str, Any]) -> None:
    names = [name for name, _ in stage_seconds(finished, finished["totals"])]
    assert names == ["read", "parse", "shorten", "write"]


def test_fits_eighty_columns_and_has_no_colour_outside_a_terminal(finished: dict[str, Any]) -> None:
    text = shown(finished)
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b" not in text


def test_no_color_is_respected_on_a_terminal(
    finished: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[1;32m" in shown(finished, force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[1;32m" not in shown(finished, force_terminal=True)


def test_a_long_path_stays_on_one_line(finished: dict[str, Any]) -> None:
    path = "/".join(["out", *["deep" * 5] * 8, "report.html"])
    assert path in shown(finished, path).replace("report     ", "")


def test_many_kinds_of_errors_are_summed_up(finished: dict[str, Any]) -> None:
    finished["totals"]["errors"] = {f"parse/code{i:02d}": 100 - i for i in range(15)}
    text = shown(finished)
    assert "parse/code09" in text
    assert "parse/code10" not in text
    assert "440  of 5 more kinds" in text


def test_resumed_documents_are_counted_but_make_no_speed(finished: dict[str, Any]) -> None:
    finished["resumed"] = {"documents": 8, "pages": 16, "bytes_in": 8000}
    lines = {line.split()[0]: line.split()[1:] for line in shown(finished).splitlines() if line.split()}
    assert lines["documents"][0] == "10"
    assert lines["throughput"][:2] == ["36", "documents/h,"]


@pytest.mark.parametrize("status", ["failed", "running"])
def test_an_unfinished_job_says_so(finished: dict[str, Any], status: str) -> None:
    finished.update(status=status, finished=None, totals={})
    text = shown(finished, None)
    assert ("failed" if status == "failed" else "not finished") in text
    assert "report" not in text


def test_names_cannot_steer_the_terminal(finished: dict[str, Any]) -> None:
    stream = io.StringIO()
    print_summary(finished, "out\x1b[2J[red]", None, Console(file=stream, force_terminal=True, width=80))
    assert "\x1b[2J" not in stream.getvalue()
    assert "out<U+001B>[2J[red]" in stream.getvalue()
