"""docmill inspect --labels and docmill adapt layout: from a run to a model of one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from models.line_labeller.examples import Region, labels_of, read_regions
from pipeline import Pipeline
from pipeline.cli.app import main
from pipeline.inspection.draft import as_json, regions
from stages.layout.stack import document_lines
from stages.layout.stage import Layout
from stages.parse.stage import Parse
from tests.layout.documents import batch_of, documents
from tests.layout.labelled import parsed

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
NAMES = ("letter-fr-cardiology", "letter-fr-rheumatology", "letter-en-neurology", "letter-en-respiratory")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    where = tmp_path_factory.mktemp("run")
    letters = where / "letters"
    letters.mkdir()
    for name in NAMES:
        shutil.copy(CORPUS / f"{name}.pdf", letters)
    (letters / "note.txt").write_text("A text.")
    Pipeline([Parse(), Layout()]).run(str(letters), str(where / "out"))
    return str(where / "out")


@pytest.fixture(scope="module")
def examples(output: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letters with drafts, in which the letterheads were corrected to be body."""
    folder = tmp_path_factory.mktemp("examples")
    for name in NAMES:
        shutil.copy(CORPUS / f"{name}.pdf", folder)
        labels = folder / f"{name}.json"
        assert main(["inspect", output, f"{name}.pdf", "--labels", str(labels)]) == 0
        labels.write_text(labels.read_text().replace('"label": "header"', '"label": "body"'))
    return folder


def failed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(word) for word in arguments]) == 2
    said = capsys.readouterr().err.strip()
    assert "\n" not in said
    return said


def test_a_draft_gives_every_line_its_label_again(examples: Path) -> None:
    pdf = (CORPUS / "letter-fr-cardiology.pdf").read_bytes()
    (lines,) = document_lines(parsed(pdf))
    found = read_regions(examples / "letter-fr-cardiology.json")
    assert all(labels_of(lines, found))
    assert len(found) < len(lines) / 2, "neighbouring lines are one region"
    text = (examples / "letter-fr-cardiology.json").read_text()
    assert text.count("\n") >= len(found), "one region on each line"
    assert "Valmorin" not in text


@given(documents())
@settings(max_examples=60, deadline=None)
def test_regions_of_any_layout_are_read_back_as_they_were(row) -> None:
    placed = [
        (line, label)
        for line, label in zip(row["lines"], row["labels"], strict=True)
        if any(line["bbox"].values())
    ]
    # of two lines with one centre nobody could tell which is which
    centres = {
        (line["page"], tuple(np.array([*line["bbox"].values()]).reshape(2, 2).mean(0))) for line, _ in placed
    }
    if len(centres) < len(placed):
        return
    row["lines"] = [line for line, _ in placed]
    (lines,) = document_lines(batch_of([row]))
    made = regions([{**line, "label": label} for line, label in placed])
    assert len(json.loads(as_json(made))["regions"]) == len(made)
    again = labels_of(lines, [Region(one["page"], tuple(one["bbox"]), one["label"]) for one in made])
    for page in {line["page"] for line, _ in placed}:
        mine = [(a, b) for a, (line, b) in zip(again, placed, strict=True) if line["page"] == page]
        regions_of_page = [one for one in made if one["page"] == page]
        # where boxes lie over each other, every line has a region of its own, and no file could say more
        assert all(a == b for a, b in mine) or len(regions_of_page) == len(mine)


def test_an_adapted_model_does_what_the_examples_say(
    examples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ours"
    capsys.readouterr()
    assert main(["adapt", "layout", "--examples", str(examples), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "of 4 documents" in said
    assert "macro F1 on the examples" in said
    assert f"layout: {{model: {out}}}" in said
    letters = [str(examples / f"{name}.pdf") for name in NAMES]
    with Pipeline([Parse(), Layout(model=str(out))]) as pipeline:
        rows = pipeline.process(pa.table({"path": letters})).to_pylist()
    assert all(stage["model_sha256"] for row in rows for stage in row["provenance"]["stages"][1:])
    assert "Centre hospitalier de Valmorin" in rows[0]["text"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("letter-fr-cardiology.json", "{", "is not JSON"),
        ("letter-fr-cardiology.json", '{"version": 2, "regions": []}', '"version" must be 1'),
        ("stray.json", '{"version": 1, "regions": []}', "has no stray.pdf beside it"),
        ("letter-fr-cardiology.json", '{"version": 1, "regions": []}', "none of its regions holds a line"),
    ],
)
def test_unusable_examples_are_one_line(tmp_path, capsys, name, content, words) -> None:
    shutil.copy(CORPUS / "letter-fr-cardiology.pdf", tmp_path)
    (tmp_path / name).write_text(content)
    assert words in failed(capsys, "adapt", "layout", "--examples", tmp_path, "--out", tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_examples_that_are_not_there_or_cannot_be_read(tmp_path, capsys) -> None:
    assert "is no folder" in failed(capsys, "adapt", "layout", "--examples", tmp_path / "none")
    assert "holds no labelled documents" in failed(capsys, "adapt", "layout", "--examples", tmp_path)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 canary-12")
    (tmp_path / "broken.json").write_text(
        '{"version": 1, "regions": [{"page": 1, "bbox": [0, 0, 1, 1], "label": "body"}]}'
    )
    said = failed(capsys, "adapt", "layout", "--examples", tmp_path)
    assert "broken.pdf: cannot be read (corrupt)" in said
    assert "canary" not in said
    config = tmp_path / "c.yaml"
    config.write_text("stages:\n  - shorten: {}\n")
    assert "has no parse stage" in failed(
        capsys, "adapt", "layout", "--examples", tmp_path, "--config", config
    )


def test_drafts_are_refused_where_there_is_nothing_to_draft(output, tmp_path, capsys) -> None:
    assert "has no labelled lines" in failed(
        capsys, "inspect", output, "note.txt", "--labels", tmp_path / "a.json"
    )
    target = tmp_path / "b.json"
    target.write_text("corrected by hand")
    said = failed(capsys, "inspect", output, f"{NAMES[0]}.pdf", "--labels", target)
    assert "exists already" in said
    assert target.read_text() == "corrected by hand"
    assert "two commands" in failed(
        capsys, "inspect", output, f"{NAMES[0]}.pdf", "--labels", tmp_path / "c", "--html", tmp_path / "d"
    )
