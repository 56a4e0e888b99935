"""One run over a folder with every bad input there is, and good ones beside them.

Each bad input must give the rows and error codes that its case states; nothing else may be lost; and no text
of any document may appear in what docmill prints or keeps beside the result.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import make_hostile
from tests.hostile.make_hostile import CANARY, CASES, GOOD, SENTENCE, Case
from tests.hostile.run_docmill import CONFIG, assert_one_line, docmill, result

ODD_FILES = ("pipe.pdf", "dangling.txt", "circle.txt")
ODD_NAMES = (b"caf\xe9.txt", b"two\nlines.txt", b" .txt", "ünï\u202ecode.txt".encode())


@dataclass(frozen=True)
class Done:
    """A finished run and its result."""

    process: subprocess.CompletedProcess[str]
    output: Path
    rows: dict[str, list[dict[str, Any]]]  # by input file


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """All cases, things that are no files, and files with odd names."""
    folder = tmp_path_factory.mktemp("hostile") / "input"
    make_hostile.make_all(folder)
    assert tuple(make_hostile.odd_files(folder)) == ODD_FILES
    for name in ODD_NAMES:
        with open(bytes(folder) + b"/" + name, "wb") as file:  # noqa: PTH123, a name that is not UTF-8
            file.write(SENTENCE.encode())
    return folder


@pytest.fixture(scope="module")
def done(folder) -> Done:
    """One run over all of it, with two workers."""
    config = folder.parent / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    output = folder.parent / "output"
    process = docmill("run", config, folder, output, "--workers", 2)
    assert process.returncode == 0, process.stderr
    rows: dict[str, list[dict[str, Any]]] = {}
    marker = f"file://{folder}/"
    for row in result(output).to_pylist():
        assert row["source"].startswith(marker)
        name = row["source"].removeprefix(marker).partition("#")[0]
        rows.setdefault(name if name in ODD_FILES else name.split("/")[0], []).append(row)
    return Done(process, output, rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_input_gives_its_rows_its_texts_and_its_errors(done, case: Case):
    rows = done.rows[case.name]
    assert len(rows) == case.rows
    assert sum(row["text"] is not None for row in rows) == case.texts
    for row in rows:
        codes = {error["code"] for error in row["errors"]}
        assert codes <= set(case.codes)
        assert row["text"] is not None or codes, "a document without text says why"
    if case.codes:
        assert any(row["errors"] for row in rows)
    else:
        assert not any(row["errors"] for row in rows)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_good_documents_beside_bad_ones_come_out_whole(done, case: Case):
    for row in done.rows[case.name]:
        assert row["text"].startswith(SENTENCE)
        assert row["short_text"]
        assert CANARY in row["short_text"]


def test_good_records_beside_a_broken_one_come_out_whole(done):
    before, broken, after = done.rows["broken-line.jsonl"]
    assert (before["id"], after["id"]) == ("before", "after")
    assert before["text"] == after["text"] == SENTENCE
    assert broken["text"] is None
    assert broken["id"].endswith("broken-line.jsonl#2")


def test_of_two_members_of_one_name_neither_has_the_text_of_the_other(done):
    rows = done.rows["twins.zip"]
    for row, own in zip(rows, ["The first twin.", "The second twin."], strict=True):
        assert row["text"] == own or (row["text"] is None and row["errors"])
    assert any(row["text"] for row in rows)


def test_every_file_becomes_a_row(done, folder):
    names = {path.name for path in folder.iterdir()} - {"pipe.pdf", os.fsdecode(ODD_NAMES[0])}
    assert names <= set(done.rows)


def test_the_manifest_counts_every_row(done):
    manifest = json.loads((done.output / "_docmill" / "manifest.json").read_text("utf-8"))
    assert manifest["totals"]["documents"] == sum(len(rows) for rows in done.rows.values())


@pytest.mark.parametrize("name", ["two\nlines.txt", " .txt", "\u00fcn\u00ef\u202ecode.txt"], ids=repr)
def test_a_file_with_an_odd_name_is_read(done, name):
    (row,) = done.rows[name]
    assert row["id"] == name
    assert row["text"] == SENTENCE


def test_a_file_whose_name_is_no_text_is_a_row_with_an_error(done):
    ((name, (row,)),) = ((n, rows) for n, rows in done.rows.items() if n.startswith("caf"))
    assert name.endswith(".txt")
    assert row["text"] is None
    assert len(row["errors"]) == 1
    assert "rename" in row["errors"][0]["message"]


@pytest.mark.parametrize("name", ["dangling.txt", "circle.txt"])
def test_a_link_that_leads_nowhere_is_a_row_with_an_error(done, name):
    (row,) = done.rows[name]
    assert row["text"] is None
    assert [error["code"] for error in row["errors"]] == ["unreadable"]


def test_a_pipe_called_like_a_document_does_not_stop_the_run_and_is_told(done):
    rows = done.rows.get("pipe.pdf")
    if rows is None:
        assert "does not read" in done.process.stderr
    else:
        assert [error["code"] for row in rows for error in row["errors"]] == ["unreadable"]


def test_names_that_climb_out_of_an_archive_write_nothing(done, folder):
    assert not list(folder.parent.rglob("*climbed*"))
    assert not Path("/climbed-from-the-root.txt").exists()
    assert not (folder.parent.parent / "climbed.txt").exists()
    written = {path.name for path in done.output.iterdir() if not path.name.startswith("part-")}
    assert written == {"_docmill"}


def test_what_is_printed_holds_no_text_of_a_document(done):
    assert CANARY not in done.process.stdout
    assert CANARY not in done.process.stderr
    assert "Traceback" not in done.process.stdout + done.process.stderr


def test_what_is_kept_beside_the_result_holds_no_text_of_a_document(done):
    kept = [path for path in (done.output / "_docmill").rglob("*") if path.is_file()]
    assert {"manifest.json", "report.html"} <= {path.name for path in kept}
    for path in kept:
        assert CANARY.encode() not in path.read_bytes(), path.name


def test_messages_of_errors_hold_no_text_of_a_document(done):
    for rows in done.rows.values():
        for row in rows:
            for error in row["errors"]:
                assert CANARY not in error["message"]
                assert "\n" not in error["message"]


def test_errors_are_counted_by_code_in_the_manifest_and_the_most_common_in_the_summary(done):
    counted = Counter(
        f"{error['stage']}/{error['code']}"
        for rows in done.rows.values()
        for row in rows
        for error in row["errors"]
    )
    manifest = json.loads((done.output / "_docmill" / "manifest.json").read_text("utf-8"))
    assert manifest["totals"]["errors"] == dict(counted)
    for code, _ in counted.most_common(3):
        assert code in done.process.stdout


def test_the_same_run_again_has_nothing_to_do_and_changes_nothing(done, folder):
    before = {path.name: path.stat().st_mtime_ns for path in done.output.glob("part-*")}
    again = docmill("run", folder.parent / "config.yaml", folder, done.output, "--workers", 2)
    assert again.returncode == 0, again.stderr
    assert {path.name: path.stat().st_mtime_ns for path in done.output.glob("part-*")} == before


@pytest.mark.parametrize("name", ["no-text-column.parquet", "not-a-table.parquet", "not-an-archive.zip"])
def test_an_input_of_which_nothing_can_be_used_is_refused(folder, tmp_path, name):
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    refused = docmill("run", config, folder / name, tmp_path / "output")
    assert_one_line(refused, 2, name)
    assert CANARY not in refused.stderr
    assert not (tmp_path / "output").exists()


def test_the_report_shows_samples_only_where_the_configuration_asks_for_them(folder, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG.replace("samples: 0", "samples: 1"), "utf-8")
    process = docmill("run", config, folder / "good.txt", tmp_path / "output")
    assert process.returncode == 0, process.stderr
    assert CANARY in (tmp_path / "output" / "_docmill" / "report.html").read_text("utf-8")
    assert CANARY not in process.stdout + process.stderr


def test_check_reads_a_sample_of_bad_input_and_tells_codes_without_text(folder, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG, "utf-8")
    before = sorted(path.name for path in folder.iterdir())
    checked = docmill("check", config, folder)
    assert checked.returncode == 0, checked.stderr
    assert CANARY not in checked.stdout + checked.stderr
    assert sorted(path.name for path in folder.iterdir()) == before
