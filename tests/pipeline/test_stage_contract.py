"""What every registered stage keeps. A new stage adds its samples here, and nothing else."""

from __future__ import annotations

import atexit
import functools
import io
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pyarrow as pa
import pytest
from pydantic import BaseModel
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline import document, registry
from pipeline.chain import Chain
from pipeline.sources.rows import Row, to_batch
from pipeline.stage import Resources, Stage, StageConfig
from tests.pipeline.documents import batch_of

CANARY = "canary-7f3a"


@dataclass(frozen=True)
class Sample:
    """Documents for a stage, under some of its options."""

    label: str
    batch: Callable[[], pa.RecordBatch]  # ten documents or so, in the chain's input schema
    options: dict[str, Any] = field(default_factory=dict)
    passthrough: tuple[str, ...] = ()  # columns of the batch that docmill does not know
    volatile: frozenset[str] = frozenset()  # fields that tell of time, not of the document
    before: tuple[str, ...] = ()  # stages that make what the stage requires


TEXTS = (
    f"The patient was not given the drug, and {CANARY} was noted in the file of the ward.",
    "Le patient n'a pas reçu le médicament. Il est rentré chez lui le lendemain matin sans douleur.",
    "",
    " \n\t ",
    "one",
    "No. No, no!\n\nSecond paragraph, with a number: 3.14 – and an e-mail: a.b@example.org.",
    "😀 e\u0301migre\u0301 naïve coöperate ﬁne 中文没有空格 ไทย",
    "word " * 500,
    "\ufeff\u200b zero\u00adwidth\u00a0spaces\u2028and ends",
    "A line\nand another line\nand the last line of a text that goes on for some more words than before.",
)


@functools.cache
def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF of these pages; lines that hold a tab stand in two columns."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            for column, part in enumerate(line.split("\t")):
                canvas.drawString(60 + 260 * column, 780 - 15 * number, part)
        canvas.showPage()
    canvas.save()
    if not password:
        return target.getvalue()
    locked = io.BytesIO()
    with pikepdf.open(target) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner=password, user=password))
    return locked.getvalue()


def pdfs() -> pa.RecordBatch:
    columns = "\n".join(f"left line {i}\tright line {i}" for i in range(20))
    blobs = [
        pdf("One page.\nTwo lines."),
        pdf("First page.", "Second page.", f"Third page {CANARY}."),
        pdf(columns),
        pdf(""),
        pdf("locked", password="secret"),
        b"%PDF-1.7 that is none",
        b"",
        pdf("One page.\nTwo lines.")[:-200],
        pdf("".join(chr(c) for c in range(0xC0, 0x100))),
        pdf("Last document."),
    ]
    rows = [Row(f"d{i}", f"file:///d{i}.pdf") for i in range(len(blobs))]
    return to_batch([r.fill(b, "pdf", "utf-8") for r, b in zip(rows, blobs, strict=True)], pa.schema([]))


def texts() -> pa.RecordBatch:
    return batch_of(TEXTS)


def texts_with_language() -> pa.RecordBatch:
    languages = ["en", "fr", None, "en", "xx", "en", "fr", "en", "", "en"]
    return batch_of(TEXTS, lang=pa.array(languages))


def in_sentences() -> pa.RecordBatch:
    """Texts cut into sentences of about sixty characters, blank ones among them."""
    batch = texts_with_language()
    spans = [
        [{"start": at, "end": min(at + 60, len(text)), "probability": None} for at in range(0, len(text), 60)]
        for text in TEXTS
    ]
    return batch.append_column(document.SENTENCES_FIELD, pa.array(spans, document.SENTENCES_FIELD.type))


def letters() -> pa.RecordBatch:
    """PDFs and a text, which has no lines."""
    letter = (
        "Saint Elsewhere Hospital\n12 Long Road\n\nDischarge summary\n\nHistory\n"
        f"The patient came with fever and a cough that had lasted for eleven days {CANARY}\n"
        "in spite of treatment. She had been well before.\nPlan\n- Rest.\n- Fluids.\n\nDr A. Summers"
    )
    blobs = [
        pdf(letter),
        pdf(letter, "Saint Elsewhere Hospital\n" + "\n" * 40 + "Page 2"),
        pdf("\n".join(f"left line {i}\tright line {i}" for i in range(20))),
        pdf(""),
        pdf(*["\n".join(f"line {i} of a page with many lines" for i in range(50))] * 3),
        pdf("one"),
        pdf("locked", password="secret"),
        pdf("\n".join("Sodium\t139" for _ in range(8))),
    ]
    rows = [Row(f"d{i}", f"file:///d{i}.pdf") for i in range(len(blobs) + 1)]
    given = [r.fill(b, "pdf", "utf-8") for r, b in zip(rows, blobs, strict=False)]
    return to_batch([*given, rows[-1].fill_text(f"A text. {CANARY}")], pa.schema([]))


@functools.cache
def random_model() -> str:
    """A language model with random weights: it answers nonsense, always the same."""
    from onnx_export.causal_lm import random_model

    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(random_model.write(Path(folder) / "model"))


@dataclass(frozen=True)
class Later:
    """An option whose value is made when it is needed."""

    make: Callable[[], Any]


SAMPLES: dict[str, tuple[Sample, ...]] = {
    "parse": (
        Sample("defaults", pdfs, volatile=frozenset({"cost_cpu_s"})),
        Sample(
            "password and few pages",
            pdfs,
            {"passwords": ["secret"], "max_pages": 2},
            volatile=frozenset({"cost_cpu_s"}),
        ),
    ),
    "layout": (
        Sample("defaults", letters, volatile=frozenset({"cost_cpu_s"}), before=("parse",)),
        Sample(
            "few labels, thresholds, lines as printed",
            letters,
            {
                "keep": ["body", "section"],
                "thresholds": {"footer": 0.9, "body": 0.2},
                "join": {"lines": "newline", "cells": "newline", "across": False},
            },
            volatile=frozenset({"cost_cpu_s"}),
            before=("parse",),
        ),
    ),
    "segment": (
        Sample("defaults", texts),
        Sample(
            "bounds, a language column and every line",
            texts_with_language,
            {
                "language": {"column": "lang"},
                "newlines": "every",
                "lengths": {"min": 5, "max": 40, "prior": "gaussian"},
            },
            ("lang",),
        ),
    ),
    "simplify": (
        Sample("English", in_sentences, passthrough=("lang", "sentences")),
        Sample(
            "a column, some rules, few tokens",
            in_sentences,
            {"language": {"column": "lang"}, "rules": ["coordination", "relatives"], "max_tokens": 12},
            ("lang", "sentences"),
        ),
        Sample("detected", in_sentences, {"language": "detect"}, ("lang", "sentences")),
    ),
    "rephrase": (
        Sample(
            "two styles",
            texts,
            {
                "model": Later(random_model),
                "styles": ["easy", "qa"],
                "chunks": {"tokens": 200},
                "generation": {"max_new_tokens": 12},
                "keep_rejected": True,
                "gates": {"entities": False},
            },
            before=("segment",),
        ),
        Sample(
            "sampled, a language column, two of three real",
            texts_with_language,
            {
                "model": Later(random_model),
                "language": {"column": "lang"},
                "chunks": {"tokens": 64, "min_tokens": 4},
                "generation": {"max_new_tokens": 5, "temperature": 0.8, "top_p": 0.9, "seed": 3, "rows": 3},
                "mixture": {"real": 2, "synthetic": 1},
                "gates": {
                    "finished": False,
                    "length": False,
                    "numbers": False,
                    "language": False,
                    "entities": False,
                },
            },
            ("lang",),
            before=("segment",),
        ),
    ),
    "shorten": (
        Sample("English", texts, {"language": "en"}),
        Sample("detected", texts),
        Sample(
            "a column, everything removed, a budget",
            texts_with_language,
            {
                "language": {"column": "lang"},
                "remove": ["stopwords", "punctuation", "recurring"],
                "budget": {"words": 8},
            },
            ("lang",),
        ),
    ),
}


def cases() -> Iterator[Any]:
    for name in registry.STAGES:
        for sample in SAMPLES.get(name, ()):
            yield pytest.param(name, sample, id=f"{name}: {sample.label}")


def build(name: str, sample: Sample) -> Stage[Any]:
    cls = registry.load(name)
    given = {k: v.make() if isinstance(v, Later) else v for k, v in sample.options.items()}
    return cls(cls.Config.model_validate(given))


def prepared(sample: Sample) -> pa.RecordBatch:
    """The documents with what the stages before make of them."""
    batch = sample.batch()
    if sample.before:
        chain = Chain([registry.load(n)() for n in sample.before])
        batch = chain.step(batch, range(len(sample.before))).batch
        chain.close()
    return batch


def run(stage: Stage[Any], sample: Sample, size: int) -> list[dict[str, Any]]:
    """What the stage makes of a sample in batches of a size."""
    batch = sample.batch()
    earlier = [registry.load(n)() for n in sample.before]
    chain = Chain([*earlier, stage], pa.schema([batch.schema.field(n) for n in sample.passthrough]))
    rows: list[dict[str, Any]] = []
    for start in range(0, batch.num_rows, size):
        rows += chain.run(batch.slice(start, size)).batch.to_pylist()
    for each in earlier:
        each.close()
    names = [*stage.provides.names, "id", "errors"]
    return [{n: without(r[n], sample.volatile) for n in names} for r in rows]


def without(value: Any, volatile: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [without(v, volatile) for v in value]
    if isinstance(value, dict):
        return {k: without(v, volatile) for k, v in value.items() if k not in volatile}
    return value


@pytest.mark.parametrize("name", registry.STAGES)
class TestDeclaration:
    def test_it_has_samples_here(self, name: str) -> None:
        assert SAMPLES.get(name), f"add samples of documents for the stage {name!r} to SAMPLES in {__file__}"

    def test_it_says_what_it_is(self, name: str) -> None:
        stage = registry.load(name)
        assert stage.name == name
        assert stage.version
        assert (stage.__doc__ or "").strip(), "docmill stages shows the first line"
        assert isinstance(stage.requires, pa.Schema)
        assert len(stage.provides) > 0
        assert not {"id", "errors", "provenance"} & set(stage.provides.names)
        assert isinstance(stage.resources, Resources)
        assert issubclass(stage.Config, StageConfig)

    def test_every_option_says_what_it_means_and_knows_no_stranger(self, name: str) -> None:
        def walk(model: type[BaseModel], path: str) -> None:
            assert model.model_config.get("extra") == "forbid", f"{path} takes unknown keys"
            for option, f in model.model_fields.items():
                assert (f.description or "").strip(), f"{path}.{option} has no description"
                for inner in (f.annotation, *getattr(f.annotation, "__args__", ())):
                    if isinstance(inner, type) and issubclass(inner, BaseModel):
                        walk(inner, f"{path}.{option}")

        walk(registry.load(name).Config, name)

    def test_columns_of_the_document_have_the_types_of_the_document(self, name: str) -> None:
        from pipeline import document

        known = {f.name: f.type for f in vars(document).values() if isinstance(f, pa.Field)}
        for column in registry.load(name).provides:
            assert known.get(column.name, column.type) == column.type


@pytest.mark.parametrize(("name", "sample"), list(cases()))
class TestContract:
    def test_the_stage_itself_gives_its_columns_and_keeps_rows_and_ids(
        self, name: str, sample: Sample
    ) -> None:
        stage = build(name, sample)
        given = prepared(sample)
        fields = {f.name: f for f in (*stage.requires, *stage.optional)}
        ready = given.filter(
            pa.array([all(given[n][i].is_valid for n in stage.requires.names) for i in range(len(given))])
        )
        batch = pa.RecordBatch.from_arrays(
            [ready[n] for n in ("id", "errors", *fields)], ["id", "errors", *fields]
        )
        stage.check()
        stage.warm_up()
        try:
            out = stage.process(batch)
        finally:
            stage.close()
        assert isinstance(out, pa.RecordBatch)
        assert out.num_rows == batch.num_rows
        assert out["id"].equals(batch["id"])
        for column in stage.provides:
            assert out.schema.field(column.name).type == column.type
        out.validate(full=True)

    def test_the_same_for_any_batch_size_and_any_copy(self, name: str, sample: Sample) -> None:
        with_closing = [build(name, sample), pickle.loads(pickle.dumps(build(name, sample)))]
        wanted = None
        for stage in with_closing:
            stage.warm_up()
            try:
                for size in (64, 7, 1):
                    found = run(stage, sample, size)
                    wanted = wanted or found
                    assert found == wanted
            finally:
                stage.close()
        assert wanted is not None
        assert [r["id"] for r in wanted] == sample.batch()["id"].to_pylist()
        assert not any(e["kind"] == "stage" for r in wanted for e in r["errors"]), (
            "an ordinary document failed"
        )

    def test_it_works_again_after_it_was_closed(self, name: str, sample: Sample) -> None:
        stage = build(name, sample)
        first = run(stage, sample, 64)
        stage.close()
        again = run(stage, sample, 64)
        stage.close()
        assert again == first

    def test_errors_tell_nothing_of_the_text(self, name: str, sample: Sample) -> None:
        stage = build(name, sample)
        rows = run(stage, sample, 64)
        stage.close()
        assert all(CANARY not in e["message"] for r in rows for e in r["errors"])

    def test_it_tells_its_models_and_dependencies_as_plain_text(self, name: str, sample: Sample) -> None:
        stage = build(name, sample)
        for told in (stage.models(), stage.dependencies()):
            assert all(isinstance(k, str) and isinstance(v, str) for k, v in told.items())
        assert stage.models() == build(name, sample).models()
        assert stage.dependencies() == build(name, sample).dependencies()
