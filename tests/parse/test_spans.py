"""Spans, whatever the lines are: they reproduce every printed line, and the text between them is known."""

from __future__ import annotations

import unicodedata
from array import array

from hypothesis import given
from hypothesis import strategies as st

from stages.parse import wire
from stages.parse.adaptor import Line, Page
from stages.parse.assembly import assemble
from stages.parse.characters import clean

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=8)
DIVIDED = st.sampled_from(
    ["infor-", "mation", "well-", "known", "3-", "4", "e\u0301-", "\u0301x", "-", "a\u2010", "𝑥-"]
)
LINES = st.lists(st.one_of(WORDS, DIVIDED), min_size=1, max_size=4).map(" ".join).filter(str.strip)
PAGES = st.lists(st.none() | st.lists(st.tuples(LINES, st.booleans()), max_size=6), max_size=5)


def packed(number: int, lines: list[tuple[str, bool]]) -> wire.PackedPage:
    made = [Line(text, 1, 2, 3, 4, 9.5, False, True, before) for text, before in lines]
    return wire.unpack_page(memoryview(wire.pack_page(number, Page(10, 20, 90, made), 0.25)))


@given(PAGES)
def test_spans_reproduce_the_printed_lines(pages: list[list[tuple[str, bool]] | None]) -> None:
    made = assemble([None if lines is None else packed(i, lines) for i, lines in enumerate(pages)])
    lines = [line for page in pages if page for line in page]
    spans = list(zip(made.line_starts.tolist(), made.line_ends.tolist(), made.hyphens, strict=True))
    assert len(spans) == len(lines)
    for (start, end, hyphen), (text, _) in zip(spans, lines, strict=True):
        assert made.text[start:end] + hyphen == unicodedata.normalize("NFC", text)
    at = 0
    for start, end, _ in spans:
        assert made.text[at:start] in ("", "\n", "\n\n")
        at = end
    assert at == len(made.text)
    assert unicodedata.is_normalized("NFC", made.text)


@given(PAGES)
def test_pages_cover_their_lines_and_nothing_else(pages: list[list[tuple[str, bool]] | None]) -> None:
    made = assemble([None if lines is None else packed(i, lines) for i, lines in enumerate(pages)])
    assert len(made.page_spans) == len(pages)
    at = 0
    first = 0
    for (start, end), lines in zip(made.page_spans, pages, strict=True):
        assert start >= at
        if lines:
            assert start == made.line_starts[first]
            assert end == made.line_ends[first + len(lines) - 1]
            first += len(lines)
        else:
            assert start == end
        at = end


@given(st.lists(LINES, max_size=5))
def test_a_page_arrives_as_it_was_sent(lines: list[str]) -> None:
    page = packed(3, [(line, number % 2 == 1) for number, line in enumerate(lines)])
    assert page.text == "\n".join(lines)
    assert (page.number, page.width, page.height, page.rotation, page.cpu_seconds) == (3, 10, 20, 90, 0.25)
    columns = [value for value in (1, 2, 3, 4, 9.5) for _ in lines]
    assert page.numbers == array("f", columns).tobytes()
    assert list(page.flags) == [wire.ITALIC | (wire.BLOCK if n % 2 else 0) for n in range(len(lines))]


@given(st.text())
def test_clean_text_has_no_control_characters_nor_double_spaces(text: str) -> None:
    cleaned = clean(text)
    assert not any(unicodedata.category(character) == "Cc" for character in cleaned)
    assert "  " not in cleaned
    assert clean(cleaned) == cleaned


def test_clean_expands_letters_but_keeps_what_has_meaning() -> None:
    assert clean("eﬃcient ﬂow") == "efficient flow"
    assert clean("ﷲ ﻼ") == "الله لا"
    assert clean("m² x₁ ½ № ™ ﷺ Ω") == "m² x₁ ½ № ™ ﷺ Ω"
    assert clean("a\u00a0b\u2009c\u3000d\te") == "a b c d e"
    assert clean("so\u00adft divi\u00ad") == "soft divi-"
    assert clean("\ufeffx\u200by\u2060z\u200d") == "xyz\u200d"
