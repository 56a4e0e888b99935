"""A large corpus is read in part, evenly, and with exact totals."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import totals
from pipeline.inspection.folder import open_folder
from pipeline.report import scan as module
from pipeline.report import write_report
from pipeline.report.failures import SHOWN, failures
from pipeline.report.scan import scan
from pipeline.report.words import words_per_text
from tests.report.folder import error, row, write_output


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    rows = [row(f"{i:05d}.txt", "word " * (i // 100 + 1)) for i in range(4000)]
    return write_output(tmp_path_factory.mktemp("large"), rows, shard_rows=500, row_group_rows=50)


def test_of_a_large_corpus_an_even_share_is_read(large: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DOCUMENTS_READ", 800)
    found = scan(open_folder(large), documents=20, samples=3, private=False)
    assert found.rows == 4000
    assert 700 <= found.read <= 1200
    (words,) = [d.sketch for d in found.distributions if d.column == "text"]
    assert words is not None
    # the length grows with the number: the middle is met only when the share is even
    assert words.quantile(0.5) == pytest.approx(20, abs=3)
    assert words.quantile(0.05) <= 4
    assert words.quantile(0.95) >= 36
    assert len(found.documents) == 20
    assert len(found.samples) == 3


def test_the_report_says_so_and_keeps_exact_totals(large: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DOCUMENTS_READ", 800)
    html = Path(write_report(large)).read_text(encoding="utf-8")
    assert "of 4,000 documents; the totals above are exact" in html
    assert f"{sum(i // 100 + 1 for i in range(4000)):,}" in html


def test_documents_are_given_in_input_order_whatever_the_hash(large: str) -> None:
    found = scan(open_folder(large), documents=30, samples=5, private=False)
    ids = [d.place.doc_id for d in found.documents]
    assert ids == sorted(ids)
    assert [p.doc_id for p in found.samples] == sorted(p.doc_id for p in found.samples)
    assert found.read == 4000


def test_samples_have_text_and_no_errors_where_there_are_such(tmp_path: Path) -> None:
    rows = [row(f"{i}.pdf", None, errors=[error("corrupt", "damaged")]) for i in range(50)]
    rows += [
        row("partial.pdf", "some text", errors=[error("truncated", "damaged")]),
        row("whole.pdf", "text"),
    ]
    folder = open_folder(write_output(tmp_path, rows, shard_rows=20))
    assert [p.doc_id for p in scan(folder, documents=0, samples=1, private=False).samples] == ["whole.pdf"]
    both = scan(folder, documents=0, samples=9, private=False).samples
    assert [p.doc_id for p in both] == ["partial.pdf", "whole.pdf"]


def test_parts_without_wanted_errors_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row(f"{i:03d}.pdf", None, errors=[error("corrupt", "damaged")]) for i in range(SHOWN + 50)]
    rows += [row(f"{i:03d}.pdf", "fine") for i in range(200, 300)]
    folder = open_folder(write_output(tmp_path, rows, shard_rows=10))
    opened = []
    part = type(folder).part
    monkeypatch.setattr(type(folder), "part", lambda self, name: opened.append(name) or part(self, name))
    (failure,) = failures(folder)
    assert len(opened) == SHOWN // 10
    assert (failure.count, len(failure.cases), failure.more) == (SHOWN + 50, SHOWN, 50)
    assert failure.cases[0].doc_id == "000.pdf"


def test_a_column_with_too_many_values_is_not_read_to_the_end(tmp_path: Path) -> None:
    field = pa.field("marks", pa.list_(pa.struct([("kind", pa.string()), ("at", pa.int32())])))
    rows = [row(f"{i}.pdf", "text", marks=[{"kind": f"kind {i}", "at": i}]) for i in range(300)]
    folder = open_folder(write_output(tmp_path, rows, shard_rows=50, extra=[field]))
    found = scan(folder, documents=0, samples=0, private=False)
    assert not [d for d in found.distributions if d.inner == "kind"]
    assert [d.sketch.count for d in found.distributions if d.column == "marks" and d.sketch] == [300]


def test_words_are_counted_as_in_the_totals() -> None:
    texts = ["", "   ", "one", " two  words\n", "a\tb\x0bc d", None, "déjà vu"]
    counts = words_per_text(pa.array(texts))
    assert [None if c != c else int(c) for c in counts] == [0, 0, 1, 2, 4, None, 2]
    assert words_per_text(pa.array(texts, pa.large_string()))[3] == 2


@given(
    st.lists(st.none() | st.text(st.sampled_from(" \t\n\x0b\x0c\rab\xa0é"), max_size=8)), st.integers(0, 3)
)
def test_words_of_any_texts_wherever_they_lie_in_memory(texts: list[str | None], first: int) -> None:
    expected = [None if text is None else len(text.encode().split()) for text in texts[first:]]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        counts = words_per_text(pa.array(texts, kind).slice(first))
        assert [None if count != count else int(count) for count in counts] == expected
    assert totals.words(pa.array(texts, pa.string()).slice(first)) == sum(n for n in expected if n)


def test_all_kinds_of_columns_that_users_bring(tmp_path: Path) -> None:
    extra = {
        "a_bool": (pa.bool_(), True),
        "a_dictionary": (pa.dictionary(pa.int32(), pa.string()), "x"),
        "a_decimal": (pa.decimal128(10, 2), None),
        "a_timestamp": (pa.timestamp("us", "UTC"), None),
        "a_binary": (pa.binary(), b"\x00\xff"),
        "a_fixed_list": (pa.list_(pa.float32(), 3), [1.0, 2.0, 3.0]),
        "a_large_list": (pa.large_list(pa.int64()), [1, 2]),
        "a_list_of_lists": (pa.list_(pa.list_(pa.int8())), [[1], []]),
        "a_struct": (pa.struct([("x", pa.int32())]), {"x": 1}),
        "a_map": (pa.map_(pa.string(), pa.int32()), [("k", 1)]),
        "a_null": (pa.null(), None),
        "an_empty_list": (pa.list_(pa.struct([("kind", pa.string())])), []),
        "a.dotted.name": (pa.string(), "v"),
        "big": (pa.uint64(), 2**63),
        "nan": (pa.float32(), float("nan")),
    }
    rows = [row(f"{i}.pdf", "text", **{n: v for n, (_, v) in extra.items()}) for i in range(6)]
    fields = [pa.field(name, kind) for name, (kind, _) in extra.items()]
    output = write_output(tmp_path, rows, extra=fields)
    html = Path(write_report(output)).read_text(encoding="utf-8")
    assert "a_large_list" in html
