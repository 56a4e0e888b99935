"""The stage with its model: letters in, clean text and sections out, and the stages after it."""

from __future__ import annotations

import logging
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from pipeline import Pipeline
from pipeline.errors import UsageError
from pipeline.stage import StageError
from stages.layout.stage import Layout
from stages.parse.stage import Parse
from stages.segment.stage import Segment
from stages.shorten.stage import Shorten
from tests.hostile.make_hostile import CANARY, make_all
from tests.parse.pdfs import drawn, simple

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
LETTERS = sorted(str(path) for path in CORPUS.glob("letter-*.pdf") if "encrypted" not in path.name)


@pytest.fixture(scope="module")
def letters() -> dict[str, dict]:
    """The example letters after parse, layout, segment and shorten."""
    stages = [Parse(), Layout(), Segment(newlines="every"), Shorten(language="detect")]
    with Pipeline(stages) as pipeline:
        result = pipeline.process(pa.table({"id": LETTERS, "path": LETTERS}))
    return {Path(row["id"]).stem: row for row in result.to_pylist()}


def text_of(row: dict, label: str) -> str:
    return next((entry["text"] for entry in row["label_texts"] if entry["label"] == label), "")


def test_letterhead_staff_and_footer_are_dropped(letters):
    row = letters["letter-fr-cardiology"]
    assert "Service de cardiologie et de rythmologie" in text_of(row, "header")
    assert "Praticiens hospitaliers" in text_of(row, "left_note")
    assert "Page 1 / 2" in text_of(row, "footer")
    for gone in ("rythmologie", "Praticiens hospitaliers", "Page 1 / 2"):
        assert gone not in row["text"]
    assert (
        "Dyspn\u00e9e d'aggravation progressive depuis dix jours, avec orthopn\u00e9e et prise de cinq"
        in row["text"]
    )


def test_trap_terms_of_departments_are_no_findings(letters):
    row = letters["letter-fr-infectious-diseases"]
    assert "aladies infectieuses" in text_of(row, "header")
    assert "aladies infectieuses" not in row["text"]


def test_sections_are_the_letter_s_own(letters):
    row = letters["letter-fr-cardiology"]
    kinds = [section["kind"] for section in row["sections"] if section["kind"]]
    assert kinds[:4] == ["reason", "past_medical_history", "medications", "history_of_present_illness"]
    (history,) = [s for s in row["sections"] if s["kind"] == "past_medical_history"]
    content = row["text"][history["content"] : history["end"]]
    assert content.startswith("\u2022 Infarctus ant\u00e9rieur en 2011")
    assert len(content.splitlines()) == 5


def test_stages_after_it_work_on_the_new_text(letters):
    for row in letters.values():
        if row["text"]:
            joined = "".join(row["text"][s["start"] : s["end"]] for s in row["sentences"])
            assert joined == row["text"]
            assert all(s["end"] <= len(row["text"]) for s in row["short_spans"])
    sentences = [
        letters["letter-fr-rheumatology"]["text"][s["start"] : s["end"]].strip()
        for s in letters["letter-fr-rheumatology"]["sentences"]
    ]
    assert "Elle a repris le jardinage et n'a pris d'anti-inflammatoire qu'\u00e0 deux reprises." in sentences


def test_labels_and_probabilities_of_all_lines(letters):
    for row in letters.values():
        assert all(line["label"] for line in row["lines"])
        assert all(0.1 < line["label_probability"] <= 1.0 for line in row["lines"])


def test_other_labels_can_be_kept():
    with Pipeline([Parse(), Layout(keep=("header",))]) as pipeline:
        result = pipeline.process(pa.table({"path": [str(CORPUS / "letter-fr-cardiology.pdf")]}))
    (text,) = result["text"].to_pylist()
    assert text.startswith("Centre hospitalier de Valmorin")
    assert "Dyspn\u00e9e" not in text


def test_a_threshold_that_nothing_reaches_keeps_everything_but_what_is_named():
    limits = {"header": 1.0, "footer": 1.0, "left_note": 1.0, "page_number": 1.0}
    with Pipeline([Parse(), Layout(thresholds=limits)]) as pipeline:
        result = pipeline.process(pa.table({"path": [str(CORPUS / "letter-fr-cardiology.pdf")]}))
    (row,) = result.to_pylist()
    dropped = [line for line in row["lines"] if line["start"] is None]
    assert all(line["label_probability"] == 1.0 for line in dropped)


def test_texts_pass_by(tmp_path):
    (tmp_path / "a.txt").write_text("A text.\nThat is no PDF.")
    (tmp_path / "b.pdf").write_bytes(simple("A page of one line that says nothing"))
    output = tmp_path / "out"
    Pipeline([Parse(), Layout()]).run(str(tmp_path), str(output))
    rows = {row["id"]: row for row in ds.dataset(output, format="parquet").to_table().to_pylist()}
    assert rows["a.txt"]["text"] == "A text.\nThat is no PDF."
    assert [rows["a.txt"][name] for name in ("lines", "pages", "sections", "label_texts")] == [None] * 4
    assert not rows["a.txt"]["errors"]
    assert rows["b.pdf"]["lines"][0]["label"]


def test_an_article_keeps_its_text():
    with Pipeline([Parse(), Layout()]) as pipeline:
        result = pipeline.process(pa.table({"path": [str(CORPUS / "article-two-columns.pdf")]}))
    (row,) = result.to_pylist()
    headings = [section["heading"] for section in row["sections"]]
    assert any("Introduction" in heading for heading in headings if heading)
    assert sum(line["start"] is not None for line in row["lines"]) > 0.9 * len(row["lines"])


def test_empty_and_huge_documents():
    many = simple("\n".join(f"line {i} of a list without an end" for i in range(56)))
    blank = drawn(lambda paper: None)
    with Pipeline([Parse(), Layout()]) as pipeline:
        result = pipeline.process(pa.table({"bytes": pa.array([blank, many], pa.large_binary())}))
    first, second = result.to_pylist()
    assert (first["text"], first["sections"], first["label_texts"]) == ("", [], [])
    assert len(second["lines"]) == 56
    assert not first["errors"] or first["errors"][0]["stage"] == "parse"


def test_a_config_without_parse_is_refused():
    with pytest.raises(UsageError, match="put parse before it"):
        Pipeline([Layout()])


@pytest.mark.parametrize("model", ["nowhere", "."])
def test_a_model_that_is_none_is_one_line(model):
    with pytest.raises(StageError, match="docmill adapt layout") as caught:
        Layout(model=model).check()
    assert "\n" not in str(caught.value)


def test_logs_hold_no_text(caplog):
    caplog.set_level(logging.DEBUG)
    with Pipeline([Parse(), Layout()]) as pipeline:
        pipeline.process(pa.table({"bytes": pa.array([simple("a secret canary-55")], pa.large_binary())}))
    assert "canary-55" not in caplog.text


def test_it_tells_its_model_and_what_it_keeps():
    stage = Layout(keep=("body", "section"))
    assert list(stage.models()) == ["line-labeller"]
    assert stage.remarks() == [
        "text of: body, section; dropped: title, header, footer, page_number, left_note, address, table, signature"
    ]


def test_hostile_pdfs_cost_layout_nothing(tmp_path):
    make_all(tmp_path)
    files = sorted(
        str(path) for path in tmp_path.glob("*.pdf") if path.is_file() and path.stat().st_size < 1 << 20
    )
    assert len(files) > 10
    with Pipeline([Parse(timeout_s=30, page_timeout_s=10, memory_limit_mb=512), Layout()]) as pipeline:
        rows = pipeline.process(pa.table({"path": files})).to_pylist()
    assert len(rows) == len(files)
    assert not [error for row in rows for error in row["errors"] if error["stage"] == "layout"]
    assert all(CANARY not in error["message"] for row in rows for error in row["errors"])
    for row in rows:
        if row["text"] is not None:
            found = sum(entry["lines"] for entry in row["label_texts"])
            assert found == len(row["lines"])
