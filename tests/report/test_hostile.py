"""No document, name or message breaks out of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.report import write_report
from tests.report.folder import error, line, page, row, write_output
from tests.report.html_page import parse

MARKUP = [
    "</script><img src=x onerror=alert(1)>",
    "</style><script>alert(1)</script>",
    "\"'><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></desc></svg><iframe src=//evil>",
    "<!-- --><![CDATA[ ]]>",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}${x}",
    "&lt;b&gt;&#60;i&#62;",
    "\u202etxt.exe\u2066\x1b[2J\x00\x9b",
    "w" * 5000,
    "../../etc/passwd",
    "\ufffd\ufdd0\U0001f469\u200d\U0001f469",
    "",
]
FIELDS = (
    pa.field("label", pa.string()),
    pa.field(
        "notes", pa.list_(pa.struct([("text", pa.string()), ("role", pa.string()), ("<b>", pa.string())]))
    ),
    pa.field('"><script>column</script>', pa.string()),
)


def evil(text: str, number: int) -> dict[str, Any]:
    document = row(
        f"{text}-{number}",
        f"{text} text {text}",
        errors=[error(text or "code", text, stage=text or "stage", kind=text or "kind")],
        metadata=[(text, text)],
        short_text=text,
        short_spans=[{"start": 0, "end": max(1, len(text) // 2)}],
        short_status=text,
        label=text,
        notes=[{"text": text, "role": text, "<b>": text}],
        parse_status=text,
        **{'"><script>column</script>': text},
    )
    document["pages"] = [page(1, 1, parser=text, status=text)]
    document["lines"] = [line(0, 1, label=text)]
    return document


def report_of(rows: list[dict[str, Any]], where: Path, config: dict[str, Any] | None = None) -> str:
    options = {"config": config} if config else {}
    output = write_output(where, rows, shard_rows=3, extra=FIELDS, **options)
    return Path(write_report(output)).read_bytes().decode("utf-8")


def assert_harmless(html: str) -> None:
    found = parse(html)
    assert found.unbalanced == []
    assert not found.tags() & {"script", "img", "iframe", "object", "embed", "link", "b\u003e", "i"}
    for tag, attributes in found.elements:
        assert not [name for name in attributes if name.startswith("on")], tag
        assert (attributes.get("href") or "#").startswith("#")
    assert "</style" not in found.style
    assert not [c for c in html if (c < " " and c not in "\n\t") or "\x7f" <= c <= "\x9f"]
    assert not set(html) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_everywhere_at_once(tmp_path: Path) -> None:
    rows = [evil(text, number) for number, text in enumerate(MARKUP)]
    config = {"stages": [{"parse": {text or "empty": text for text in MARKUP}}], "report": {"samples": 50}}
    assert_harmless(report_of(rows, tmp_path, config))


@pytest.mark.parametrize("text", MARKUP, ids=range(len(MARKUP)))
def test_as_the_only_value_of_a_column(text: str, tmp_path: Path) -> None:
    html = report_of([evil(text, number) for number in range(4)], tmp_path)
    assert_harmless(html)
    assert "49" not in parse(html).words  # nothing is evaluated


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=80), min_size=1, max_size=4)
)
def test_whatever_the_words(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    where = tmp_path_factory.mktemp("any")
    assert_harmless(report_of([evil(word, number) for number, word in enumerate(words)], where))


def test_a_word_without_a_break_is_cut_in_tables_and_kept_in_the_text(tmp_path: Path) -> None:
    html = report_of([evil("w" * 100_000, 0)], tmp_path)
    assert len(html) < 1_000_000
