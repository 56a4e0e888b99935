"""What the stage does with its options, and what it says when something is missing."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys

import pyarrow as pa
import pytest
from pydantic import ValidationError

from pipeline import Pipeline
from pipeline.stage import StageError
from stages.segment.stage import Segment
from tests.segment.tiny import SAT, batch, sentences, spans, stage

LETTER = "Dear all\n\nThe first line ends\nhere and goes on.\nRegards\n"


def test_columns_of_a_pipeline() -> None:
    table = Pipeline([stage()]).process(pa.table({"text": ["One. Two.", None, ""]}))
    assert table.column("sentences").to_pylist()[1:] == [None, []]
    assert table.column("sentences").to_pylist()[0][-1]["end"] == 9
    assert table.column("text").to_pylist() == ["One. Two.", None, ""]


def test_line_breaks() -> None:
    quiet = {"threshold": 0.999}
    assert sentences([LETTER], newlines="space", **quiet) == [[LETTER]]
    assert sentences([LETTER], newlines="blank_line", **quiet) == [
        ["Dear all\n\n", "The first line ends\nhere and goes on.\nRegards\n"]
    ]
    assert sentences([LETTER], newlines="every", **quiet) == [
        ["Dear all\n\n", "The first line ends\n", "here and goes on.\n", "Regards\n"]
    ]


@pytest.mark.parametrize("blank", ["\n \t\n", "\n\n\n\n", "\f", "\u2029", " \n \n "])
def test_what_counts_as_a_blank_line(blank) -> None:
    assert sentences([f"one{blank}two"], threshold=0.999, newlines="blank_line") == [[f"one{blank}", "two"]]


def test_paragraphs_between_blank_lines() -> None:
    made = stage(newlines="every", paragraphs="blank_line", threshold=0.999).process(batch([LETTER, ""]))
    assert made.column("paragraphs").to_pylist() == [
        [{"start": 0, "end": 10}, {"start": 10, "end": len(LETTER)}], [],
    ]  # fmt: skip
    assert len(made.column("sentences")[0]) == 4


def test_paragraphs_by_the_model_end_sentences_too() -> None:
    text = "alpha beta gamma delta. " * 10
    made = stage(paragraphs="model", paragraph_threshold=0.5, threshold=0.9).process(batch([text]))
    paragraphs = {p["end"] for p in made.column("paragraphs").to_pylist()[0]}
    assert len(paragraphs) > 1
    assert paragraphs <= {s["end"] for s in made.column("sentences").to_pylist()[0]}


def test_paragraphs_only_when_asked_for() -> None:
    assert Segment().provides.names == ["sentences"]
    assert stage(paragraphs="model").provides.names == ["sentences", "paragraphs"]
    assert stage().process(batch(["a"])).schema.names[-1] == "sentences"


def test_the_text_decides_which_threshold_holds(tmp_path) -> None:
    plain = "one two three four five six seven eight nine ten " * 10
    folder = model_with(tmp_path, {"default": 0.999, "unpunctuated_lower": 0.001})
    (with_marks,), (without,) = (
        sentences([plain + "End. " * 9], model=folder, threshold=None),
        sentences([plain], model=folder, threshold=None),
    )
    assert len(with_marks) == 1
    assert len(without) > 50


def test_a_language_hint_decides_too(tmp_path) -> None:
    folder = model_with(tmp_path, {"default": 0.999, "xx": 0.001})
    text = "One two three. Four five six."
    hinted = Segment(model=folder, language={"metadata": "lang"}, newlines="space")
    column = Segment(model=folder, language={"column": "language"}, newlines="space")
    metadata = pa.array([[("lang", "xx")], [("lang", "yy")], None], pa.map_(pa.string(), pa.string()))
    languages = pa.array(["xx", "yy", None], pa.string())
    for segment, columns in ((hinted, {"metadata": metadata}), (column, {"language": languages})):
        found = segment.process(batch([text] * 3, **columns)).column("sentences").to_pylist()
        assert [len(one) > 1 for one in found] == [True, False, False]
        assert segment.optional.names == list(columns)


def model_with(folder, thresholds) -> str:
    """A copy of the small model with other thresholds."""
    from dataclasses import replace

    from models.sentence_boundary.opening import find
    from models.toml import write_entry

    for file in ("model_optimized.onnx", "tokenizer.json"):
        shutil.copyfile(SAT / file, folder / file)
    write_entry(folder, replace(find(str(SAT)), thresholds=thresholds))
    return str(folder)


def test_it_can_be_sent_to_a_worker() -> None:
    first = stage(lengths={"max": 20})
    text = "something to cut into pieces of twenty characters"
    here = spans([text], first)
    there = pickle.loads(pickle.dumps(first))
    assert spans([text], there) == here
    first.close()
    assert spans([text], first) == here


def test_what_decides_the_result_is_named() -> None:
    segment = stage()
    segment.check()
    assert list(segment.models()) == ["sat-tiny-sm"]
    assert {"onnxruntime", "unicode"} <= set(segment.dependencies())


def test_a_changed_file_is_refused(tmp_path) -> None:
    folder = model_with(tmp_path, {"default": 0.5})
    with (tmp_path / "tokenizer.json").open("a") as opened:
        opened.write(" ")
    with pytest.raises(
        StageError, match=r"segment: model sat-tiny-sm is not the file of the catalog .*: put the"
    ):
        Segment(model=folder).check()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "neither model.toml nor config.json"),
        (["config.json"], "holds no ONNX file"),
        (
            ["config.json", "model_optimized.onnx"],
            "holds no tokenizer.json: SaT uses the one of xlm-roberta-base",
        ),
    ],
)
def test_an_incomplete_folder_says_what_is_missing(tmp_path, files, words) -> None:
    for file in files:
        shutil.copyfile(SAT / file, tmp_path / file)
    with pytest.raises(StageError, match=words):
        Segment(model=str(tmp_path)).check()


def test_a_torch_checkpoint_names_the_export(tmp_path) -> None:
    shutil.copyfile(SAT / "config.json", tmp_path / "config.json")
    (tmp_path / "model.safetensors").touch()
    with pytest.raises(StageError, match="python -m onnx_export segment"):
        Segment(model=str(tmp_path)).check()


def test_models_that_are_not_here(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DOCMILL_MODELS", str(tmp_path))
    with pytest.raises(StageError, match=r"docmill models fetch hub:segment-any-text/sat-3l-sm$"):
        Segment(model="hub:segment-any-text/sat-3l-sm").check()
    with pytest.raises(
        StageError, match=r"no sentence model 'no-such': give a folder, hub:ORGANISATION/NAME, or"
    ):
        Segment(model="no-such").check()
    with pytest.raises(StageError, match="is for language-identification"):
        Segment(model="lid.176.ftz").check()


def test_a_broken_graph_is_one_line(tmp_path) -> None:
    for file in ("config.json", "tokenizer.json"):
        shutil.copyfile(SAT / file, tmp_path / file)
    (tmp_path / "model_optimized.onnx").write_bytes(b"not a graph")
    segment = Segment(model=str(tmp_path))
    segment.check()
    with pytest.raises(StageError, match="cannot be opened") as caught:
        segment.warm_up()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [
        {"paragraph_threshold": 0.5},
        {"threshold": 0.5, "lengths": {"aim": "chunks", "max": 9}},
        {"threshold": 1.5},
        {"newlines": "sometimes"},
    ],
)
def test_options_that_do_not_fit_are_refused(options) -> None:
    with pytest.raises(ValidationError):
        Segment(**options)


def test_importing_it_loads_nothing_heavy(root) -> None:
    code = (
        "import sys, stages.segment.stage as s; s.Segment();"
        "print([m for m in ('torch', 'onnxruntime', 'tokenizers', 'transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
