"""The chain: what it checks before the first document, and what becomes of documents that fail."""

from __future__ import annotations

import datetime
import itertools
import logging
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import document
from pipeline.chain import Chain
from pipeline.errors import UsageError
from pipeline.stage import Stage, StageError
from tests.pipeline.documents import batch_of
from tests.pipeline.sample_stages import SHOUT, CountLetters, Fail, NoOptions, Shout, Trim, with_column

CANARY = "canary-7f3a"


class Contract(Shout):
    """A stage whose result breaks the contract in a way given by the test."""

    name = "contract"
    answer: Any = None

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        return type(self).answer(batch)


def run(stages: list[Stage[Any]], batch: pa.RecordBatch) -> list[dict[str, Any]]:
    known = {*(f.name for f in document.READ_FIELDS), "bytes", "errors"}
    passthrough = pa.schema([f for f in batch.schema if f.name not in known])
    rows: list[dict[str, Any]] = Chain(stages, passthrough, "mark").run(batch).batch.to_pylist()
    return rows


class TestBuilding:
    def test_a_missing_column_names_stage_column_and_provider(self, sample_registry: None) -> None:
        with pytest.raises(UsageError) as caught:
            Chain([CountLetters()])
        message = str(caught.value)
        assert "stage 'count' needs the column 'shout'" in message
        assert "shout" in message.partition("; put ")[2]

    def test_a_missing_column_that_no_stage_provides(self) -> None:
        class Odd(Shout):
            name = "odd"
            requires = pa.schema([pa.field("unheard_of", pa.string())])

        with pytest.raises(UsageError, match="'odd' needs the column 'unheard_of'") as caught:
            Chain([Odd()])
        assert "; put" not in str(caught.value)

    def test_a_stage_before_the_one_that_provides_its_column(self) -> None:
        with pytest.raises(UsageError, match="'count' needs the column 'shout'"):
            Chain([CountLetters(), Shout()])

    def test_a_column_of_another_type(self) -> None:
        class Odd(Shout):
            name = "odd"
            requires = pa.schema([pa.field("shout", pa.int64())])

        with pytest.raises(UsageError, match=r"'odd' needs the column 'shout' as int64, but it is string"):
            Chain([Shout(), Odd()])

    def test_an_optional_column_of_another_type(self) -> None:
        class Odd(Shout):
            name = "odd"
            optional = pa.schema([pa.field("shout", pa.int64())])

        with pytest.raises(UsageError, match="'odd' needs the column 'shout' as int64"):
            Chain([Shout(), Odd()])

    def test_the_same_stage_twice(self) -> None:
        with pytest.raises(UsageError, match="'shout' appears twice"):
            Chain([Shout(), Trim(), Shout()])

    @pytest.mark.parametrize("name", ["text", "metadata", "errors", "provenance", "shout", "source"])
    def test_an_unknown_column_with_a_name_docmill_writes_shows_the_rename_option(self, name: str) -> None:
        with pytest.raises(UsageError) as caught:
            Chain([Shout()], pa.schema([(name, pa.int64())]))
        assert f"column {name!r}" in str(caught.value)
        assert f"input: {{rename: {{{name}: my_{name}}}}}" in str(caught.value)

    def test_the_output_has_the_columns_of_the_design_in_a_fixed_order(self) -> None:
        chain = Chain([Trim(), Shout(), CountLetters()], pa.schema([("year", pa.int16())]))
        assert chain.schema.names == [
            *("id", "source", "content_sha256", "metadata", "text"),
            *("shout", "count", "errors", "provenance", "year"),
        ]

    def test_file_bytes_are_never_written(self) -> None:
        assert "bytes" not in Chain([Shout()]).schema.names

    def test_a_stage_may_read_a_column_of_the_input_that_docmill_does_not_know(self) -> None:
        class Titled(Shout):
            name = "titled"
            requires = pa.schema([pa.field("title", pa.string())])

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                return with_column(batch, SHOUT, [t.upper() for t in batch["title"].to_pylist()])

        title = pa.array(["one", None, "two"]).dictionary_encode()
        rows = run([Titled()], batch_of(["a", "b", "c"], title=title))
        assert [r["shout"] for r in rows] == ["ONE", None, "TWO"]
        assert [r["title"] for r in rows] == ["one", None, "two"]


class TestFailures:
    @given(
        texts=st.lists(st.sampled_from(["fine", "poison", None, ""]), max_size=40),
        how=st.sampled_from(["foreign", "known"]),
    )
    def test_a_failing_row_costs_itself_only(self, texts: list[str | None], how: str) -> None:
        rows = run([Fail(how=how), CountLetters()], batch_of(texts))
        assert [r["id"] for r in rows] == [f"d{i}" for i in range(len(texts))]
        assert [r["text"] for r in rows] == texts
        for text, row in zip(texts, rows, strict=True):
            failed = text in (None, "poison")
            assert row["shout"] == (None if failed or text is None else text.upper())
            assert row["count"] == (None if failed or text is None else len(text))
            assert [e["stage"] for e in row["errors"]] == (
                ["read"] if text is None else ["fail"] if text == "poison" else []
            )

    @pytest.mark.parametrize("bad", [{17}, {0}, {63}, {3, 4, 40}, set(range(64)), set()])
    def test_failing_rows_among_64(self, bad: set[int]) -> None:
        rows = run([Fail()], batch_of(["poison" if i in bad else f"text {i}" for i in range(64)]))
        assert {i for i, r in enumerate(rows) if r["errors"]} == bad
        assert [r["shout"] for r in rows] == [None if i in bad else f"TEXT {i}" for i in range(64)]

    def test_one_failing_row_is_found_in_logarithmic_time(self) -> None:
        calls = []

        class Counting(Fail):
            name = "counting"

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                calls.append(batch.num_rows)
                return super().process(batch)

        run([Counting()], batch_of(["poison" if i == 17 else "fine" for i in range(64)]))
        assert len(calls) <= 2 * 6 + 1

    def test_a_foreign_exception_is_recorded_by_type_and_place_without_its_text(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        (row,) = run([Fail()], batch_of([f"poison {CANARY}"]))
        (error,) = row["errors"]
        assert error["stage"] == "fail"
        assert error["kind"] == "stage"
        assert error["code"] == "ValueError"
        assert "sample_stages:" in error["message"]
        assert CANARY not in error["message"]
        assert CANARY not in caplog.text
        assert "d0" in caplog.text

    def test_a_stage_error_is_recorded_with_its_own_words(self) -> None:
        (row,) = run([Fail(how="known")], batch_of(["poison"]))
        assert row["errors"] == [
            {
                "stage": "fail",
                "kind": "document",
                "code": "forbidden_word",
                "message": "the text holds a word it must not",
            }
        ]

    def test_errors_of_the_reader_and_of_stages_add_up_in_order(self) -> None:
        batch = batch_of(["poison"])
        first: document.Error = {"stage": "read", "kind": "limit", "code": "cut", "message": "was cut"}
        batch = document.add_errors(batch, {0: [first]})
        (row,) = run([Trim(), Fail()], batch)
        assert [e["stage"] for e in row["errors"]] == ["read", "fail"]

    def test_a_stage_may_report_an_error_and_still_give_a_result(self) -> None:
        class Warns(Shout):
            name = "warns"

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                error: document.Error = {
                    "stage": "warns",
                    "kind": "limit",
                    "code": "cut",
                    "message": "was cut",
                }
                return document.add_errors(super().process(batch), {1: [error]})

        rows = run([Warns()], batch_of(["a", "b", "c"]))
        assert [r["shout"] for r in rows] == ["A!", "B!", "C!"]
        assert [[e["code"] for e in r["errors"]] for r in rows] == [[], ["cut"], []]

    def test_a_replaced_column_keeps_its_value_where_the_stage_did_not_run(self) -> None:
        class Fold(Trim):
            name = "fold"
            requires = pa.schema([SHOUT, document.TEXT])

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                return with_column(batch, document.TEXT, ["folded"] * batch.num_rows)

        rows = run([Fail(), Fold()], batch_of(["a", "poison", "c"]))
        assert [r["text"] for r in rows] == ["folded", "poison", "folded"]

    def test_a_stage_that_replaces_the_text_and_fails_leaves_null_there(self) -> None:
        class Breaks(Trim):
            name = "breaks"

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                if "poison" in batch["text"].to_pylist():
                    raise ValueError
                return batch

        rows = run([Breaks(), Shout()], batch_of(["a", "poison"]))
        assert [(r["text"], r["shout"]) for r in rows] == [("a", "A!"), (None, None)]

    def test_a_failing_warm_up_stops_the_job(self) -> None:
        class Cold(Shout):
            name = "cold"

            def warm_up(self) -> None:
                raise StageError("no stove")

        with pytest.raises(StageError, match="no stove"):
            run([Cold()], batch_of(["a"]))

    def test_a_stage_without_rows_is_never_warmed_up(self) -> None:
        class Cold(Shout):
            name = "cold"

            def warm_up(self) -> None:
                raise StageError("no stove")

        assert [r["shout"] for r in run([Cold()], batch_of([None, None]))] == [None, None]


class TestContract:
    @pytest.mark.parametrize(
        ("answer", "says"),
        [
            (lambda b: with_column(b, SHOUT, b["text"].to_pylist()).slice(0, b.num_rows - 1), "rows"),
            (lambda b: b, "must return 'shout' as string, not nothing"),
            (lambda b: with_column(b, pa.field("shout", pa.int64()), [1] * b.num_rows), "not int64"),
            (lambda b: None, "record batch"),
            (
                lambda b: with_column(b.drop_columns(["errors"]), pa.field("errors", pa.string()), ["x"]),
                "errors",
            ),
        ],
        ids=["a row too few", "column missing", "wrong type", "nothing", "errors of another type"],
    )
    def test_a_breach_is_an_error_of_the_row_that_names_the_stage(self, answer: Any, says: str) -> None:
        Contract.answer = staticmethod(answer)
        (row,) = run([Contract()], batch_of(["a"]))
        (error,) = row["errors"]
        assert error["code"] == "contract"
        assert "'contract'" in error["message"]
        assert says in error["message"]
        assert row["shout"] is None

    def test_rows_in_another_order_are_a_breach(self) -> None:
        Contract.answer = staticmethod(
            lambda b: with_column(b, SHOUT, b["text"].to_pylist()).take(list(reversed(range(b.num_rows))))
        )
        rows = run([Contract()], batch_of(["a", "b", "c"]))
        assert [r["shout"] for r in rows] == ["a", "b", "c"]  # each row alone cannot be out of order

    def test_columns_beyond_those_provided_are_ignored(self) -> None:
        Contract.answer = staticmethod(
            lambda b: with_column(
                with_column(b, SHOUT, ["x"] * b.num_rows), document.TEXT, ["overwritten"] * b.num_rows
            )
        )
        (row,) = run([Contract()], batch_of(["a"]))
        assert (row["shout"], row["text"]) == ("x", "a")

    def test_a_stage_sees_its_columns_and_nothing_else(self) -> None:
        seen: list[str] = []

        class Looks(Shout):
            name = "looks"
            optional = pa.schema([pa.field("label", pa.string())])

            def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
                seen.extend(batch.schema.names)
                assert batch["text"].null_count == 0
                assert batch["label"].null_count == batch.num_rows
                return super().process(batch)

        run([Looks()], batch_of(["a", None, "c"], year=pa.array([1, 2, 3])))
        assert seen == ["id", "errors", "text", "label"]


class TestPassThrough:
    VALUES = (
        pa.array(["red", None, "blue"]).dictionary_encode(),
        pa.array([[{"a": 1, "b": ["x"]}], None, []]),
        pa.array([datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC), None, None]),
        pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int8())),
        pa.array([{"x": 1.5}, None, {"x": None}]),
        pa.array(["a", None, "c"], pa.string_view()),
        pa.array([b"12345678", None, b"abcdefgh"], pa.binary(8)),
        pa.array([None, None, None], pa.null()),
        pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"0" * 16, None, b"1" * 16], pa.binary(16))),
        pa.array([1, None, 3]).cast(pa.decimal128(30, 2)),
        pa.array([[1.0, 2.0], None, [3.0, 4.0]], pa.list_(pa.float32(), 2)),
    )

    @pytest.mark.parametrize("column", VALUES, ids=lambda c: str(c.type))
    def test_any_column_survives_with_type_and_values(self, column: pa.Array) -> None:
        batch = batch_of(["a", None, "poison"], kept=column)
        chain = Chain([Fail(), CountLetters()], pa.schema([batch.schema.field("kept")]))
        out = chain.run(batch).batch
        assert out.schema.field("kept").type == column.type
        assert out.column("kept").equals(column)


class TestProvenance:
    def test_every_row_says_what_made_it(self) -> None:
        import pipeline

        rows = run([Trim(), Fail()], batch_of(["a", None]))
        for row in rows:
            made = row["provenance"]
            assert made["docmill"] == pipeline.__version__
            assert made["fingerprint"] == "mark"
            assert [(s["stage"], s["version"], s["model_sha256"]) for s in made["stages"]] == [
                ("trim", "1", []),
                ("fail", "1", []),
            ]

    def test_seconds_are_there_where_the_stage_ran_and_null_where_it_did_not(self) -> None:
        first, second = run([Trim(), Fail()], batch_of(["a", None]))
        assert all(s["seconds"] >= 0 for s in first["provenance"]["stages"])
        assert [s["seconds"] for s in second["provenance"]["stages"]] == [None, None]

    def test_shares_of_a_batch_add_up_to_its_time(self) -> None:
        result = Chain([Trim()]).run(batch_of(["a", None, "b", "c"]))
        shares = [r["provenance"]["stages"][0]["seconds"] or 0 for r in result.batch.to_pylist()]
        assert sum(shares) == pytest.approx(result.seconds["trim"])

    def test_models_of_a_stage_stand_in_its_rows(self) -> None:
        class Modelled(Shout):
            name = "modelled"

            def models(self) -> dict[str, str]:
                return {"tagger": "ab" * 32, "aligner": "01" * 32}

        (row,) = run([Modelled()], batch_of(["a"]))
        assert row["provenance"]["stages"][0]["model_sha256"] == ["01" * 32, "ab" * 32]


def test_an_empty_batch_comes_out_empty_in_the_full_schema() -> None:
    chain = Chain([Trim(), Fail(), CountLetters()], pa.schema([("year", pa.int16())]))
    out = chain.run(batch_of([], year=pa.array([], pa.int16()))).batch
    assert out.num_rows == 0
    assert out.schema == chain.schema


@given(
    texts=st.lists(st.one_of(st.none(), st.sampled_from(["poison", "a", " b "])), max_size=20),
    cuts=st.lists(st.integers(0, 20), max_size=4),
)
def test_what_shares_a_batch_does_not_matter(texts: list[str | None], cuts: list[int]) -> None:
    def columns(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return [(r["id"], r["text"], r["shout"], r["errors"]) for r in rows]

    chain = Chain([Trim(), Fail()])
    whole = batch_of(texts)
    bounds = [0, *sorted(min(c, len(texts)) for c in cuts), len(texts)]
    parts = [whole.slice(a, b - a) for a, b in itertools.pairwise(bounds)]
    apart = [r for p in parts for r in chain.run(p).batch.to_pylist()]
    assert columns(apart) == columns(chain.run(whole).batch.to_pylist())


class Everything(Stage[NoOptions]):
    """Provides one column of every own nested type, null where the text is empty."""

    name = "everything"
    version = "1"
    requires = pa.schema([document.TEXT])
    provides = pa.schema([document.PAGES_FIELD, document.LINES_FIELD, document.SHORT_SPANS_FIELD])
    Config = NoOptions

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        for f in self.provides:
            batch = with_column(batch, f, [[{}] * len(t) if t else None for t in batch["text"].to_pylist()])
        return batch


def test_nested_columns_of_documents_in_mixed_states() -> None:
    rows = run([Everything()], batch_of([None, "ab", "", None, "c"]))
    assert [None if r["pages"] is None else len(r["pages"]) for r in rows] == [None, 2, None, None, 1]
    assert [None if r["lines"] is None else len(r["lines"]) for r in rows] == [None, 2, None, None, 1]
