"""Records of JSONL files and rows of Parquet files as documents."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import Pipeline
from pipeline.document import normalise
from pipeline.errors import UsageError
from tests.pipeline.listing import batches_of, codes_of, plan_of, rows_of, texts_of
from tests.pipeline.sample_stages import Shout, Trim

Write = Callable[[Mapping[str, str | bytes]], Path]


def jsonl(*records: object) -> str:
    return "".join(json.dumps(r) + "\n" for r in records)


def parquet(table: pa.Table, **options: Any) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def not_utf8(*values: bytes | None, kind: pa.DataType | None = None) -> pa.Array:
    """A text column that holds these bytes, as careless writers make it."""
    binary = pa.array(values, pa.binary())
    text = pa.StringArray.from_buffers(len(values), *[binary.buffers()[i] for i in (1, 2, 0)])
    return text if kind is None else text.view(kind)


class TestJsonl:
    def test_records_become_documents_with_ids_from_their_lines(self, write: Write) -> None:
        folder = write(
            {"a.jsonl": jsonl({"text": "one"}, {"id": "my id", "text": "two"}, {"id": 7, "text": "three"})}
        )
        rows = rows_of(folder)
        assert [(r["id"], r["text"]) for r in rows] == [
            ("a.jsonl#1", "one"),
            ("my id", "two"),
            ("7", "three"),
        ]
        assert [r["source"] for r in rows] == [f"file://{folder}/a.jsonl#{n}" for n in (1, 2, 3)]
        assert rows[0]["content_sha256"] == hashlib.sha256(b"one").hexdigest()

    def test_other_fields_go_to_metadata_as_text_or_json(self, write: Write) -> None:
        record = {
            "text": "t",
            "title": "é",
            "n": 1.5,
            "tags": ["a", "é"],
            "none": None,
            "o": {"b": 1, "a": 2},
        }
        (row,) = rows_of(write({"a.jsonl": jsonl(record)}))
        assert dict(row["metadata"]) == {
            "title": "é",
            "n": "1.5",
            "tags": '["a", "é"]',
            "none": "null",
            "o": '{"a": 2, "b": 1}',
        }

    def test_an_id_that_says_nothing_is_replaced(self, write: Write) -> None:
        folder = write(
            {"a.jsonl": jsonl({"id": None, "text": "x"}, {"id": "", "text": "y"}, {"id": 0, "text": "z"})}
        )
        assert list(texts_of(folder)) == ["a.jsonl#1", "a.jsonl#2", "0"]

    def test_blank_lines_are_no_documents_and_keep_line_numbers(self, write: Write) -> None:
        folder = write({"a.jsonl": '\n{"text": "a"}\n\n  \r\n{"text": "b"}\r\n\n'})
        assert texts_of(folder) == {"a.jsonl#2": "a", "a.jsonl#5": "b"}

    def test_a_mark_at_the_beginning(self, write: Write) -> None:
        assert texts_of(write({"a.jsonl": b"\xef\xbb\xbf" + b'{"text": "a"}'})) == {"a.jsonl#1": "a"}

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b'{"text": "secret', "bad_json"),
            (b"secret", "bad_json"),
            (b'{"text": "\xff secret"}', "wrong_encoding"),
            (b'["secret"]', "bad_record"),
            (b'{"text": 5}', "bad_record"),
            (b'{"text": ["secret"]}', "bad_record"),
            (b'{"body": "secret"}', "no_text"),
            (b'{"text": null}', "no_text"),
            (b"{}", "no_text"),
            (b"[" * 100_000, "bad_json"),
            (b'{"n": ' + b"9" * 5000 + b"}", "bad_json"),
            (b'{"path": "https://example.org/secret.pdf"}', "bad_record"),
            (b'{"path": "secret.docx"}', "bad_record"),
            (b'{"path": "missing.txt"}', "unreadable"),
            (b'{"path": "a\\u0000b.txt"}', "unreadable"),
            (b'{"path": "folder.txt"}', "unreadable"),
        ],
    )
    def test_a_broken_record_costs_itself_only(self, write: Write, line: bytes, code: str) -> None:
        folder = write({"a.jsonl": b'{"text": "a"}\n' + line + b'\n{"text": "c"}\n'})
        (folder / "folder.txt").mkdir()
        rows = rows_of(folder)
        assert [r["id"] for r in rows] == ["a.jsonl#1", "a.jsonl#2", "a.jsonl#3"]
        assert [r["text"] for r in rows] == ["a", None, "c"]
        assert [codes_of(r) for r in rows] == [[], [code], []]
        assert "secret" not in rows[1]["errors"][0]["message"]

    def test_a_line_over_the_limit_is_an_error_and_the_next_is_read(self, write: Write) -> None:
        content = jsonl({"text": "a"}, {"text": "x" * 3_000_000}, {"text": "b"})
        rows = rows_of(write({"a.jsonl": content}), {"max_document_bytes": 100_000})
        assert [r["text"] for r in rows] == ["a", None, "b"]
        assert codes_of(rows[1]) == ["too_large"]

    def test_a_line_of_exactly_the_limit(self, write: Write) -> None:
        content = jsonl({"text": "a" * 88}, {"text": "b" * 89}, {"text": "c"}).rstrip()
        limit = len(jsonl({"text": "a" * 88})) - 1
        assert [codes_of(r) for r in rows_of(write({"a.jsonl": content}), {"max_document_bytes": limit})] == [
            [],
            ["too_large"],
            [],
        ]

    def test_half_characters_of_json_become_whole_or_are_replaced(self, write: Write) -> None:
        content = '{"text": "\\ud83d\\ude00 \\ud83d x", "id": "\\udc00", "\\ud800": "\\udfff"}'
        (row,) = rows_of(write({"a.jsonl": content}))
        assert row["text"] == "😀 \ufffd x"
        assert row["id"] == "?"

    def test_a_record_may_name_a_file_beside_it(self, write: Write) -> None:
        folder = write(
            {
                "d/a.jsonl": jsonl({"path": "x.txt", "year": 1}, {"path": "../y.TXT"}),
                "d/x.txt": "X",
                "y.TXT": "Y",
            }
        )
        rows = rows_of(folder / "d" / "a.jsonl")
        assert [(r["id"], r["text"]) for r in rows] == [("a.jsonl#1", "X"), ("a.jsonl#2", "Y")]
        assert rows[0]["metadata"] == [("year", "1")]
        assert rows[0]["content_sha256"] == hashlib.sha256(b"X").hexdigest()

    def test_fields_may_be_renamed(self, write: Write) -> None:
        folder = write({"a.jsonl": jsonl({"body": "a", "key": "k"})})
        assert texts_of(folder, {"rename": {"body": "text", "key": "id"}}) == {"k": "a"}

    def test_two_fields_of_one_name_after_renaming(self, write: Write) -> None:
        first, second = rows_of(
            write({"a.jsonl": jsonl({"body": "a", "text": "b"}, {"body": "c"})}), {"rename": {"body": "text"}}
        )
        assert codes_of(first) == ["bad_record"]
        assert second["text"] == "c"

    def test_an_empty_file(self, write: Write) -> None:
        folder = write({"a.jsonl": "", "b.txt": "B"})
        assert texts_of(folder) == {"b.txt": "B"}
        with pytest.raises(UsageError, match="holds no document"):
            plan_of(folder / "a.jsonl")

    def test_a_file_that_shrinks_during_the_run_is_told(self, write: Write) -> None:
        folder = write({"a.jsonl": jsonl(*[{"text": str(i)} for i in range(9)])})
        plan, listing = plan_of(folder)
        (folder / "a.jsonl").write_text(jsonl({"text": "0"}, {"text": "1"}))
        from pipeline import shards
        from pipeline.config import BatchOptions, InputOptions
        from pipeline.sources.location import locate
        from pipeline.sources.reading import Reader

        reader = Reader(locate(str(folder)), InputOptions(), BatchOptions(), plan.passthrough)
        rows = [r for b in reader.read(shards.pieces_of(listing, plan.shards[0])) for r in b.to_pylist()]
        assert [r["id"] for r in rows] == [f"a.jsonl#{n}" for n in range(1, 10)]
        assert [codes_of(r) for r in rows] == [[], [], *[["corrupt"]] * 7]


class TestParquet:
    @pytest.mark.parametrize(
        "kind",
        [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
        ids=str,
    )
    def test_text_of_every_type(self, write: Write, kind: pa.DataType) -> None:
        text = pa.array(["e\u0301", None, "b\r\nc", "e\u0301"]).cast(kind)
        rows = rows_of(write({"a.parquet": parquet(pa.table({"text": text}))}))
        assert [r["text"] for r in rows] == ["é", None, "b\nc", "é"]
        assert [r["id"] for r in rows] == [f"a.parquet#{n}" for n in (1, 2, 3, 4)]
        assert [codes_of(r) for r in rows] == [[], ["no_content"], [], []]

    @pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary(), pa.binary_view()], ids=str)
    def test_bytes_hold_a_pdf_or_text(self, write: Write, kind: pa.DataType) -> None:
        blobs = pa.array([b"%PDF-1.7 x", "é".encode(), "é".encode("utf-16"), b"\x89PNG\0\0", b"", None]).cast(
            kind
        )
        ((batch,),) = batches_of(write({"a.parquet": parquet(pa.table({"bytes": blobs}))}))
        assert batch["bytes"].to_pylist() == [b"%PDF-1.7 x", *[None] * 5]
        assert batch["text"].to_pylist() == [None, "é", "é", None, "", None]
        assert [codes_of(r) for r in batch.to_pylist()] == [
            [],
            [],
            [],
            ["unknown_format"],
            [],
            ["no_content"],
        ]

    def test_paths_are_relative_to_the_file_and_pass_through(self, write: Write) -> None:
        table = pa.table({"path": ["x.txt", "sub/y.txt", "missing.txt", "x.png"], "n": [1, 2, 3, 4]})
        folder = write({"d/a.parquet": parquet(table), "d/x.txt": "X", "d/sub/y.txt": "Y"})
        rows = rows_of(folder / "d" / "a.parquet")
        assert [r["text"] for r in rows] == ["X", "Y", None, None]
        assert [codes_of(r) for r in rows] == [[], [], ["unreadable"], ["bad_record"]]
        assert [r["path"] for r in rows] == table["path"].to_pylist()

    def test_text_comes_before_bytes_and_bytes_before_path(self, write: Write) -> None:
        table = pa.table(
            {"text": ["t", None, None], "bytes": [b"b", b"b", None], "path": ["x.txt", "x.txt", "x.txt"]}
        )
        rows = rows_of(write({"d/a.parquet": parquet(table), "d/x.txt": "p"}) / "d" / "a.parquet")
        assert [r["text"] for r in rows] == ["t", "b", "p"]

    @pytest.mark.parametrize(
        ("ids", "shown"),
        [
            (pa.array([10, None, 12]), ["10", "a.parquet#2", "12"]),
            (pa.array(["x", "", None]), ["x", "a.parquet#2", "a.parquet#3"]),
            (pa.array(["x", "y", "x"]).dictionary_encode(), ["x", "y", "x"]),
            (pa.array([1, 2, 1]).dictionary_encode(), ["1", "2", "1"]),
            (pa.array([b"x", b"\xff", None]), ["x", "\\xff", "a.parquet#3"]),
            (not_utf8(b"x", b"\xff", b"z"), ["x", "\\xff", "z"]),
            (pa.array([1.5, 2.0, None]), ["1.5", "2", "a.parquet#3"]),
            (pa.nulls(3), ["a.parquet#1", "a.parquet#2", "a.parquet#3"]),
        ],
        ids=str,
    )
    def test_ids_of_every_plain_type(self, write: Write, ids: pa.Array, shown: list[str]) -> None:
        table = pa.table({"id": ids, "text": ["a", "b", "c"]})
        assert [r["id"] for r in rows_of(write({"a.parquet": parquet(table)}))] == shown

    @pytest.mark.parametrize(
        ("name", "column"),
        [
            ("id", pa.array([[1], [2]])),
            ("text", pa.array([1, 2])),
            ("text", pa.array([b"a", b"b"])),
            ("bytes", pa.array(["a", "b"])),
            ("path", pa.array([1, 2])),
        ],
        ids=str,
    )
    def test_a_column_that_cannot_be_what_its_name_says(
        self, write: Write, name: str, column: pa.Array
    ) -> None:
        table = pa.table({"text": ["a", "b"]} | {name: column})
        with pytest.raises(UsageError) as caught:
            plan_of(write({"a.parquet": parquet(table)}))
        assert f"a.parquet: column {name!r} is {str(column.type)[:4]}" in str(caught.value)
        assert f"input: {{rename: {{{name}: my_{name}}}}}" in str(caught.value)

    @pytest.mark.parametrize("batch", [1, 64])
    def test_text_that_is_not_utf8_costs_its_row_only(self, write: Write, batch: int) -> None:
        table = pa.table({"text": not_utf8(b"fine", b"\xff\xfe", None, "é".encode())})
        rows = rows_of(write({"a.parquet": parquet(table)}), batch={"max_rows": batch})
        assert [r["text"] for r in rows] == ["fine", None, None, "é"]
        assert [codes_of(r) for r in rows] == [[], ["wrong_encoding"], ["no_content"], []]

    def test_unknown_columns_pass_through_with_their_types(self, write: Write) -> None:
        first = pa.table({"text": ["a"], "year": pa.array([1], pa.int16()), "tags": [["x"]]})
        second = pa.table({"text": ["b"], "tags": pa.nulls(1), "extra": pa.array(["e"]).dictionary_encode()})
        folder = write({"a.parquet": parquet(first), "b.parquet": parquet(second), "c.txt": "c"})
        rows = rows_of(folder)
        assert [(r["year"], r["tags"], r["extra"]) for r in rows] == [
            (1, ["x"], None),
            (None, None, "e"),
            (None, None, None),
        ]
        passthrough = plan_of(folder)[0].passthrough
        assert {f.name: f.type for f in passthrough} == {
            "year": pa.int16(),
            "tags": pa.list_(pa.string()),
            "extra": pa.dictionary(pa.int32(), pa.string()),
        } or passthrough.field("tags").type == first.schema.field("tags").type

    def test_columns_of_one_name_and_two_types_are_refused(self, write: Write) -> None:
        folder = write(
            {
                "a.parquet": parquet(pa.table({"text": ["a"], "year": [1]})),
                "b.parquet": parquet(pa.table({"text": ["b"], "year": ["1"]})),
            }
        )
        with pytest.raises(UsageError) as caught:
            plan_of(folder)
        assert str(caught.value) == (
            "column 'year' is int64 in a.parquet but string in b.parquet; make them equal, or run the files apart"
        )

    def test_rename_names_the_text_and_frees_names(self, write: Write) -> None:
        table = pa.table({"body": ["a"], "text": [1], "source": ["s"]})
        (row,) = rows_of(
            write({"a.parquet": parquet(table)}),
            {"rename": {"body": "text", "text": "number", "source": "origin"}},
        )
        assert (row["text"], row["number"], row["origin"]) == ("a", 1, "s")
        assert row["source"].endswith("a.parquet#1")

    def test_two_columns_of_one_name_after_renaming_are_refused(self, write: Write) -> None:
        table = pa.table({"body": ["a"], "text": ["b"]})
        with pytest.raises(UsageError, match=r"two columns 'text' after input\.rename"):
            plan_of(write({"a.parquet": parquet(table)}), {"rename": {"body": "text"}})

    def test_a_table_without_text_shows_the_option(self, write: Write) -> None:
        folder = write({"a.parquet": parquet(pa.table({"body": ["a"]}))})
        with pytest.raises(UsageError, match="none of the columns text, bytes, path; name one with input: "):
            plan_of(folder)
        write({"b.txt": "B"})
        first, second = rows_of(folder)
        assert (first["id"], codes_of(first), second["text"]) == ("a.parquet", ["no_text_column"], "B")

    def test_a_table_without_rows(self, write: Write) -> None:
        folder = write({"a.parquet": parquet(pa.table({"text": pa.array([], pa.string())})), "b.txt": "B"})
        assert texts_of(folder) == {"b.txt": "B"}
        with pytest.raises(UsageError, match="holds no document"):
            plan_of(folder / "a.parquet")

    @pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"text"])
    def test_what_is_not_parquet(self, write: Write, content: bytes) -> None:
        folder = write({"a.parquet": content, "b.txt": "B"})
        first, second = rows_of(folder)
        assert (first["id"], codes_of(first), second["text"]) == ("a.parquet", ["corrupt"], "B")
        with pytest.raises(UsageError, match=r"a\.parquet: is not a readable Parquet file"):
            plan_of(folder / "a.parquet")

    def test_a_damaged_page_costs_the_rows_it_holds(self, write: Write) -> None:
        table = pa.table({"text": [f"text {i} {i * 7919 % 10007}" for i in range(400)]})
        data = bytearray(parquet(table, row_group_size=100, compression="zstd", use_dictionary=False))
        file = pq.ParquetFile(pa.BufferReader(bytes(data)))
        column = file.metadata.row_group(2).column(0)
        for at in range(column.data_page_offset + 40, column.data_page_offset + 90):
            data[at] ^= 0xFF
        rows = rows_of(write({"a.parquet": bytes(data), "b.txt": "B"}), cut={"max_rows": 100})
        assert [r["id"] for r in rows] == [*[f"a.parquet#{i + 1}" for i in range(400)], "b.txt"]
        good = [*range(200), *range(300, 400)]
        assert [rows[i]["text"] for i in good] == [table["text"][i].as_py() for i in good]
        assert all(codes_of(rows[i]) for i in range(200, 300))
        assert rows[-1]["text"] == "B"

    @settings(max_examples=60)
    @given(
        at=st.integers(0, 1),
        bad=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=9),
    )
    def test_any_damage_is_told_and_costs_no_other_file(
        self, tmp_path_factory: pytest.TempPathFactory, at: int, bad: list[tuple[float, int]]
    ) -> None:
        data = bytearray(parquet(pa.table({"text": ["some text"] * 9, "n": list(range(9))})))
        start = 0 if at else len(data) - 800  # the footer is where damage hurts most
        for where, value in bad:
            data[min(len(data) - 1, max(0, start + int(where * (len(data) - max(0, start)))))] = value
        folder = tmp_path_factory.mktemp("damage")
        (folder / "a.parquet").write_bytes(data)
        (folder / "b.txt").write_text("B")
        with contextlib.suppress(UsageError):  # a column whose name or type the damage changed
            assert rows_of(folder)[-1]["text"] == "B"


@settings(max_examples=80)
@given(
    lines=st.lists(
        st.one_of(
            st.text(max_size=30).map(lambda t: json.dumps({"text": t}).encode()),
            st.sampled_from([b"", b"  ", b"{", b'{"text": 1}', b'{"text": "\xff"}', b"\xff\xfe"]),
        ),
        max_size=30,
    ),
    end=st.sampled_from([b"", b"\n"]),
    cut=st.fixed_dictionaries({"max_rows": st.integers(1, 40), "max_bytes": st.integers(1, 400)}),
    batch=st.fixed_dictionaries({"max_rows": st.integers(1, 40), "max_bytes": st.integers(1, 2000)}),
)
def test_any_lines_any_bounds_same_documents_in_order(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    end: bytes,
    cut: dict[str, int],
    batch: dict[str, int],
) -> None:
    folder = tmp_path_factory.mktemp("lines")
    (folder / "a.jsonl").write_bytes(b"\n".join(lines) + end)
    (folder / "b.txt").write_text("B")
    wanted: list[tuple[str, str | None]] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                text = json.loads(line)["text"]
            except ValueError:
                text = None
            wanted.append((f"a.jsonl#{number}", normalise(text) if isinstance(text, str) else None))
    wanted.append(("b.txt", "B"))
    shards = batches_of(folder, cut=cut, batch=batch)
    rows = [r for shard in shards for b in shard for r in b.to_pylist()]
    assert [(r["id"], r["text"]) for r in rows] == wanted
    assert all((r["text"] is None) == bool(r["errors"]) for r in rows)
    assert all(sum(b.num_rows for b in shard) <= cut["max_rows"] for shard in shards)
    assert all(b.num_rows <= batch["max_rows"] for shard in shards for b in shard)


@settings(max_examples=60)
@given(
    texts=st.lists(st.one_of(st.none(), st.text(max_size=20)), min_size=1, max_size=40),
    groups=st.integers(1, 40),
    cut=st.fixed_dictionaries({"max_rows": st.integers(1, 40), "max_bytes": st.integers(1, 4000)}),
    batch=st.fixed_dictionaries({"max_rows": st.integers(1, 40), "max_bytes": st.integers(1, 2000)}),
)
def test_any_table_any_row_groups_any_bounds_same_documents_in_order(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str | None],
    groups: int,
    cut: dict[str, int],
    batch: dict[str, int],
) -> None:
    folder = tmp_path_factory.mktemp("table")
    table = pa.table({"text": pa.array(texts, pa.string()), "n": list(range(len(texts)))})
    pq.write_table(table, folder / "a.parquet", row_group_size=groups)
    shards = batches_of(folder, cut=cut, batch=batch)
    rows = [r for shard in shards for b in shard for r in b.to_pylist()]
    assert [r["n"] for r in rows] == list(range(len(texts)))
    assert [r["id"] for r in rows] == [f"a.parquet#{i + 1}" for i in range(len(texts))]
    assert [r["text"] for r in rows] == [None if t is None else normalise(t) for t in texts]
    assert all(b.num_rows <= batch["max_rows"] for shard in shards for b in shard)


class TestInProcess:
    """``Pipeline.process``: the same over a table in memory."""

    def test_a_table_in_a_table_out(self) -> None:
        table = pa.table({"id": ["x", None], "text": [" a ", "b"], "n": pa.array([1, 2], pa.int8())})
        with Pipeline([Trim(), Shout()]) as pipeline:
            out = pipeline.process(table)
        assert out["id"].to_pylist() == ["x", "row#2"]
        assert out["shout"].to_pylist() == ["A!", "B!"]
        assert out["n"].type == pa.int8()
        assert out["source"].to_pylist() == ["memory:#1", "memory:#2"]

    def test_a_record_batch_a_slice_and_many_chunks(self) -> None:
        table = pa.concat_tables([pa.table({"text": [str(i)], "n": [i]}) for i in range(200)])
        with Pipeline([Shout()]) as pipeline:
            assert pipeline.process(table)["n"].to_pylist() == list(range(200))
            assert pipeline.process(table.slice(50, 7))["shout"].to_pylist() == [
                f"{i}!" for i in range(50, 57)
            ]
            batch = table.combine_chunks().to_batches()[0]
            assert pipeline.process(batch.slice(3, 2))["shout"].to_pylist() == ["3!", "4!"]

    def test_no_rows(self) -> None:
        with Pipeline([Shout()]) as pipeline:
            out = pipeline.process(
                pa.table({"text": pa.array([], pa.string()), "n": pa.array([], pa.int8())})
            )
        assert out.num_rows == 0
        assert out.schema.field("n").type == pa.int8()
        assert "shout" in out.schema.names

    def test_paths_are_relative_to_the_working_folder(
        self, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(write({"a.txt": "A"}))
        with Pipeline([Shout()]) as pipeline:
            out = pipeline.process(pa.table({"path": ["a.txt", "missing.txt"]}))
        assert out["shout"].to_pylist() == ["A!", None]

    def test_without_content(self) -> None:
        with pytest.raises(UsageError, match="none of the columns text, bytes, path"):
            Pipeline([Shout()]).process(pa.table({"body": ["a"]}))

    def test_two_columns_of_one_name(self) -> None:
        table = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"])
        with pytest.raises(UsageError, match="two columns 'text'"):
            Pipeline([Shout()]).process(table)

    def test_a_column_docmill_also_writes(self) -> None:
        with pytest.raises(UsageError, match="rename"):
            Pipeline([Shout()]).process(pa.table({"text": ["a"], "shout": [1]}))

    def test_a_pdf_without_a_parse_stage_is_told_in_its_row(self) -> None:
        with Pipeline([Shout()]) as pipeline:
            out = pipeline.process(pa.table({"bytes": [b"%PDF-1.7", b"text"]}))
        first, second = out.to_pylist()
        assert codes_of(first) == ["no_parser"]
        assert "parse" in first["errors"][0]["message"]
        assert second["shout"] == "TEXT!"

    def test_no_stage(self) -> None:
        with pytest.raises(UsageError, match="at least one stage"):
            Pipeline([])

    def test_stages_that_do_not_fit_are_refused_at_once(self) -> None:
        from tests.pipeline.sample_stages import CountLetters

        with pytest.raises(UsageError, match="needs the column 'shout'"):
            Pipeline([CountLetters()])

    def test_rows_say_the_same_as_a_run_does(self, write: Write, tmp_path: Path) -> None:
        folder = write({"a.parquet": parquet(pa.table({"id": ["x"], "text": ["a"]}))})
        with Pipeline([Shout()]) as pipeline:
            inside = pipeline.process(pa.table({"id": ["x"], "text": ["a"]})).to_pylist()[0]
            pipeline.run(folder, tmp_path / "out")
        (outside,) = pq.read_table(next((tmp_path / "out").glob("*.parquet"))).to_pylist()
        same = ("id", "text", "shout", "content_sha256", "errors")
        assert [inside[k] for k in same] == [outside[k] for k in same]
        assert inside["provenance"]["fingerprint"] == outside["provenance"]["fingerprint"]


def test_numbers_that_json_lacks_stay_readable(write: Write) -> None:
    (row,) = rows_of(write({"a.jsonl": '{"text": "a", "x": NaN, "y": -Infinity}'}))
    values = dict(row["metadata"])
    assert math.isnan(float(values["x"]))
    assert values["y"] == "-Infinity"
