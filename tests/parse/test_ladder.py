"""Pages that another rung reads: what is kept, what a failing rung costs, and what the row says."""

from __future__ import annotations

import pickle
from typing import Any

import pyarrow as pa
import pytest

from pipeline.document import RUNG_STATUSES
from pipeline.stage import StageError
from stages.parse.sandbox import Limits, Sandbox
from stages.parse.stage import Parse
from tests.parse.conftest import Children
from tests.parse.parsing import batch_of, parse, printed, started
from tests.parse.pdfs import both, drawn, lines_at, simple

pytestmark = pytest.mark.usefixtures("package")

SHOUTING: dict[str, Any] = {"rungs": ["pdfium", "shouting"], "force": "shouting"}


def test_pages_of_another_rung_stand_in_the_text() -> None:
    (row,) = parse(simple("First page.\nIts second line.", "Last page."), **SHOUTING)
    assert row["text"] == "FIRST PAGE.\nITS SECOND LINE.\n\nLAST PAGE."
    assert printed(row) == ["FIRST PAGE.", "ITS SECOND LINE.", "LAST PAGE."]
    assert [page["parser"] for page in row["pages"]] == ["shouting", "shouting"]
    assert [page["rung_status"] for page in row["pages"]] == ["used", "used"]
    assert [row["text"][page["start"] : page["end"]] for page in row["pages"]] == [
        "FIRST PAGE.\nITS SECOND LINE.",
        "LAST PAGE.",
    ]
    assert (row["parse_status"], row["errors"]) == ("ok", [])


def test_one_rung_alone_says_nothing_of_others() -> None:
    (row,) = parse(simple("A page."))
    (page,) = row["pages"]
    assert (page["parser"], page["rung_status"], page["cheap_quality"], page["tables"]) == (
        "pdfium",
        None,
        None,
        [],
    )


def test_the_cost_of_a_page_is_that_of_all_its_readings() -> None:
    data = simple("A page.\n" * 40)
    with started(Parse(**SHOUTING)) as stage:
        stage.process(batch_of([data]))
        ladder = stage._ladder
        assert ladder is not None
        outcome = ladder._sandboxes["shouting"].parse(data, Limits(60, 60, 100))
        (row,) = stage.process(batch_of([data])).to_pylist()
    assert row["pages"][0]["cost_cpu_s"] > 0
    assert outcome.pages[0].cpu_seconds > 0


@pytest.mark.parametrize(
    ("harm", "status", "kind", "code"),
    [
        ("hang", "timeout", "limit", "rung_timeout"),
        ("eat", "memory", "limit", "rung_memory"),
        ("crash", "crashed", "stage", "rung_crashed"),
        ("raise", "failed", "stage", "rung_failed"),
    ],
)
def test_a_rung_that_fails_costs_its_page_the_second_reading_only(
    harm: str, status: str, kind: str, code: str
) -> None:
    before, bad, after = parse(
        simple("Before."), simple("First.", f"Now please {harm}.", "Third."), simple("After."), **SHOUTING
    )
    assert (before["text"], after["text"]) == ("BEFORE.", "AFTER.")
    assert bad["text"] == f"FIRST.\n\nNow please {harm}.\n\nTHIRD."
    assert [page["rung_status"] for page in bad["pages"]] == ["used", status, "used"]
    assert status in RUNG_STATUSES
    assert [page["parser"] for page in bad["pages"]] == ["shouting", "pdfium", "shouting"]
    assert [page["status"] for page in bad["pages"]] == ["ok", "ok", "ok"]
    assert bad["parse_status"] == "ok"
    (error,) = bad["errors"]
    assert (error["kind"], error["code"]) == (kind, code)
    assert "page 2" in error["message"]
    assert "shouting" in error["message"]
    assert "please" not in error["message"]


def test_a_rung_out_of_time_keeps_what_it_read() -> None:
    (row,) = parse(simple("First.", "Now please hang.", "Third."), rung_timeout_s=1, **SHOUTING)
    assert row["text"] == "FIRST.\n\nNow please hang.\n\nThird."
    assert [page["rung_status"] for page in row["pages"]] == ["used", "timeout", "timeout"]
    assert [error["code"] for error in row["errors"]] == ["rung_timeout"]


def test_nothing_does_not_replace_something() -> None:
    (row,) = parse(simple("Now please say nothing."), **SHOUTING)
    assert row["text"] == "Now please say nothing."
    (page,) = row["pages"]
    assert (page["parser"], page["rung_status"]) == ("pdfium", "kept_cheap")
    assert row["errors"] == []


def test_a_rung_that_cannot_start_is_told_and_the_text_stays() -> None:
    (row,) = parse(simple("A page."), rungs=["pdfium", "lost"], force="lost")
    assert row["text"] == "A page."
    assert row["pages"][0]["rung_status"] == "failed"
    assert [error["code"] for error in row["errors"]] == ["rung_cannot_start"]


def test_blank_pages_are_sent_nowhere() -> None:
    (row,) = parse(
        drawn(lines_at(72, 700, ["words"]), both(), lambda paper: paper.rect(9, 9, 99, 99)), **SHOUTING
    )
    assert [page["rung_status"] for page in row["pages"]] == ["used", None, "used"]
    assert [page["status"] for page in row["pages"]] == ["ok", "empty", "empty"]


def test_pages_that_the_first_rung_could_not_read_are_not_tried_again() -> None:
    rows = parse(b"", simple("A page.")[:100], **SHOUTING)
    assert [row["parse_status"] for row in rows] == ["corrupt", "corrupt"]


def test_the_rungs_process_starts_with_the_first_page_sent_to_it_and_ends_with_the_stage(
    children: Children,
) -> None:
    with started(Parse(**SHOUTING)) as stage:
        stage.process(batch_of([drawn(both())]))
        assert len(children()) == 1
        stage.process(batch_of([simple("A page.")]))
        both_children = children()
        assert len(both_children) == 2
        copy = pickle.loads(pickle.dumps(stage))
    assert not any(child.is_running() for child in both_children)
    assert parse(simple("Again."), stage=copy)[0]["text"] == "AGAIN."


@pytest.mark.parametrize("size", [1, pytest.param(3, marks=pytest.mark.slow)])
def test_the_result_does_not_depend_on_the_batch_or_on_deaths_of_the_rung(size: int) -> None:
    documents = [
        simple("One.", "please crash", "Two."),
        simple("Three."),
        simple("please crash"),
        simple("Four."),
    ]
    with started(Parse(**SHOUTING)) as stage:
        whole = stage.process(batch_of(documents))
        parts = [stage.process(batch_of(documents[i : i + size])) for i in range(0, len(documents), size)]
    joined = pa.Table.from_batches(parts)
    for name in ("text", "lines", "parse_status", "errors"):
        assert joined.column(name).to_pylist() == whole.column(name).to_pylist(), name
    statuses = [[page["rung_status"] for page in pages] for pages in whole.column("pages").to_pylist()]
    assert statuses == [["used", "crashed", "used"], ["used"], ["crashed"], ["used"]]


# --- Named pages ---------------------------------------------------------------------------------------


def sandbox() -> Sandbox:
    return Sandbox("tests.parse.faults:Faulty", memory_bytes=256 << 20, recycle_after=100)


def test_only_the_pages_that_are_named_are_read() -> None:
    parser = sandbox()
    try:
        outcome = parser.parse(simple(*"abcdef"), Limits(60, 60, 100), (), [1, 4, 77])
    finally:
        parser.close()
    assert [(page.number, page.text) for page in outcome.pages] == [(1, "b"), (4, "e")]
    assert (outcome.page_count, outcome.failures) == (6, [])


def test_named_pages_after_one_that_kills_are_read() -> None:
    parser = sandbox()
    try:
        outcome = parser.parse(
            simple("a", "please crash", "please hang", "d", "e"), Limits(60, 2, 100), (), [1, 2, 4]
        )
    finally:
        parser.close()
    assert [page.text for page in outcome.pages] == ["e"]
    assert [(failure.page, failure.code) for failure in outcome.failures] == [(1, "crashed"), (2, "timeout")]


# --- Which rungs there are -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nosuch", "there is no parser 'nosuch'; parsers are: pdfium, geometric"),
        ("unloadable", "unloadable of loud-parsers cannot be loaded: RuntimeError"),
        ("nothing", "nothing of loud-parsers"),
    ],
)
def test_a_rung_that_cannot_be_had_is_one_line(name: str, words: str) -> None:
    stage = Parse(rungs=["pdfium", name], force=name)
    with pytest.raises(StageError, match=words):
        stage.check()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rungs": ["rapidocr"]}, "must begin with pdfium"),
        ({"rungs": ["pdfium", "pdfium"]}, "twice"),
        ({"rungs": ["pdfium"], "force": "rapidocr"}, "not among rungs"),
        ({"budget_fraction": 0.1, "budget_cpu_s_per_page": 1}, "not both"),
        ({"commands": {"x": {"argv": ["x", "{input}"]}}}, "not among rungs"),
    ],
)
def test_options_that_contradict_each_other_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Parse(**options)


def test_rungs_change_what_the_result_depends_on() -> None:
    assert Parse().models() == {}
    stage = Parse(rungs=["pdfium", "rapidocr", "tables"], force="tables")
    assert {"pdfium", "pdfplumber", "rapidocr", "onnxruntime"} <= stage.dependencies().keys()
    assert len(stage.models()) == 2
