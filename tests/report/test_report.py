"""What the report of a run says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import JobError, UsageError
from pipeline.inspection.folder import open_folder
from pipeline.report import write_report
from tests.report.conftest import EXTRA, corpus, letter
from tests.report.folder import error, read_manifest, row, write_output
from tests.report.html_page import Page, parse


def test_is_one_well_formed_file_that_needs_nothing_else(page: Page, html: str) -> None:
    assert page.unbalanced == []
    assert not page.tags() & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "image",
        "use",
    }
    (policy,) = [m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert "url(" not in page.style
    assert "@import" not in page.style
    for _, attributes in page.elements:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")
        assert "src" not in attributes


def test_totals_stand_at_the_top(page: Page) -> None:
    for part in (
        "docmill report corpus/ done",
        "finished 22 November 2026, 10:03 UTC",
        "local engine, 2 workers",
        "documents 60 4 part files",
        "errors 6 in 6 documents 10 % of all",
        "time 3 min 20 s",
        "throughput 18 documents/min",
    ):
        assert part in page.text, part
    words = sum(len((r["text"] or "").split()) for r in corpus())
    assert f"words {words:,}" in page.text


def test_errors_link_to_the_ids_that_carry_them(page: Page) -> None:
    targets = {a["id"] for _, a in page.elements if a.get("id")}
    links = [a["href"] for a in page.all("a")]
    assert {"#error-parse-encrypted", "#error-parse-corrupt", "#error-parse-timeout"} <= set(links)
    assert {link.removeprefix("#") for link in links if link} <= targets
    for part in (
        "letters/locked.pdf",
        "is encrypted: add a password",
        "letters/broken-43.pdf damaged on page 43",
    ):
        assert part in page.text, part
    assert re.search(r"docmill inspect \S+ letters/locked\.pdf", page.text)
    assert "Raise the time limit" in page.text


def test_every_id_in_the_document_is_unique(page: Page) -> None:
    ids = [a["id"] for _, a in page.elements if a.get("id")]
    assert len(ids) == len(set(ids))


def test_columns_that_the_report_has_never_heard_of_are_charted_by_their_type(page: Page) -> None:
    for title in (
        "Length of documents",
        "Pages per document",
        "Outcome of parse",
        "Length after shortening",
        "Share of text kept",
        "sentences.probability",
        "propositions.role",
        "ward",
        "urgent",
        "score",
    ):
        assert f" {title} " in page.text, title


def test_what_never_varies_is_said_in_a_line(page: Page) -> None:
    assert "pages.parser pdfium" in page.text
    assert "lines.bold no" in page.text
    assert "lines 1 entries (6 without a value)" in page.text


def test_charts_say_in_words_what_they_show(page: Page) -> None:
    charts = page.all("svg")
    assert len(charts) > 8
    ids = {a.get("id") for _, a in page.elements}
    for chart in charts:
        assert chart["role"] == "img"
        assert set((chart["aria-labelledby"] or "").split()) <= ids
        assert "viewbox" not in chart
    assert "54 documents: median" in page.text


def test_numbers_of_a_chart_add_up_to_the_documents(html: str) -> None:
    (table,) = re.findall(r"<h3[^>]*>Length of documents</h3>.*?<tbody>(.*?)</tbody>", html, re.DOTALL)
    amounts = [int(n.replace(",", "")) for n in re.findall(r'<td class="num">([\d,]+)</td>', table)]
    assert sum(amounts) == 54


def test_samples_show_the_text_and_what_was_removed(page: Page, html: str) -> None:
    assert html.count('<article class="sample">') == 3
    assert "<del>The</del>" in html
    assert "subject subject-" in page.text
    assert "patient is well" in page.text


def test_time_is_told_by_stage_in_order(page: Page) -> None:
    at = [
        page.text.index(stage) for stage in ("read 0.40 s", "parse 10.0 s", "shorten 1.60 s", "write 0.80 s")
    ]
    assert at == sorted(at)


def test_settings_and_versions_are_there(page: Page) -> None:
    for part in ("f" * 64, "lid.176 aaaaaaaaaaaa", "pyarrow 26.0.1", "- stopwords", "words: 128"):
        assert part in page.text, part


def test_is_the_same_whenever_it_is_written(output: str, html: str) -> None:
    assert Path(write_report(output)).read_text(encoding="utf-8") == html
    assert not list((Path(output) / "_docmill" / "tmp").iterdir())


def test_does_not_depend_on_how_the_output_is_cut(tmp_path: Path, page: Page) -> None:
    other = write_output(tmp_path, corpus(), shard_rows=7, row_group_rows=7, extra=EXTRA)
    text = parse(Path(write_report(other)).read_text(encoding="utf-8")).text
    for part in ("Distributions", "Samples", "Documents"):
        assert part in text

    def between(whole: str) -> str:
        return whole[whole.index("Over all 60") : whole.index("Settings Fingerprint")]

    assert between(text) == between(page.text)


def test_a_running_job_can_be_looked_at(tmp_path: Path) -> None:
    output = write_output(tmp_path, [letter(i) for i in range(8)], extra=EXTRA, status="running")
    text = parse(Path(write_report(output)).read_text(encoding="utf-8")).text
    assert "not finished" in text
    assert "documents 8 of 8 planned" in text
    assert "This job is not finished" in text


def test_a_job_that_committed_nothing_yet_has_a_report(tmp_path: Path) -> None:
    output = write_output(tmp_path, [], status="running")
    text = parse(Path(write_report(output)).read_text(encoding="utf-8")).text
    assert "No document is committed yet." in text
    assert "No document carries an error." in text


def test_documents_without_any_text_have_a_report(tmp_path: Path) -> None:
    rows = [row(f"{i}.pdf", None, errors=[error("corrupt", "damaged")]) for i in range(3)]
    rows.append(row("empty.pdf", "", parse_status="empty"))
    page = parse(Path(write_report(write_output(tmp_path, rows))).read_text(encoding="utf-8"))
    assert page.unbalanced == []
    assert 'class="sample"' not in str(page.elements)


def test_many_errors_are_capped_but_counted(tmp_path: Path) -> None:
    rows = [row(f"{i:03d}.pdf", None, errors=[error("corrupt", "damaged")]) for i in range(130)]
    page = parse(Path(write_report(write_output(tmp_path, rows, shard_rows=20))).read_text(encoding="utf-8"))
    assert "and 80 more" in page.text
    assert "errors 130" in page.text
    assert len(page.all("li")) == 51


def test_on_another_file_system() -> None:
    output = write_output("memory://reported/out", [letter(i) for i in range(5)], extra=EXTRA)
    location = write_report(output)
    assert location == "memory:///reported/out/_docmill/report.html"
    assert open_folder(output).store.fs.cat_file(location).startswith(b"<!doctype html>")


def test_an_output_that_cannot_be_written_is_one_line(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    before = (Path(output) / "_docmill" / "report.html").read_bytes()
    with pytest.raises(UsageError, match="the report cannot be written: No space left on device"):
        write_report(output)
    assert (Path(output) / "_docmill" / "report.html").read_bytes() == before


def test_no_output_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="docmill run"):
        write_report(str(tmp_path / "nothing"))


def test_a_switch_that_cannot_be_read_is_not_taken_for_a_yes(tmp_path: Path) -> None:
    output = write_output(
        tmp_path, [letter(1)], extra=EXTRA, config={"stages": [], "report": {"samples": "no"}}
    )
    assert read_manifest(output)["config"]["report"]["samples"] == "no"
    with pytest.raises(JobError, match=r"report\.samples"):
        write_report(output)
