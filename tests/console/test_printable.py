"""Text of documents and names must not steer a terminal, nor reorder what stands beside it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.console.printable import one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "<U+001B>[31mred<U+001B>[0m"),
        ("\x9b31mred", "<U+009B>31mred"),
        ("bell\x07, back\x08", "bell<U+0007>, back<U+0008>"),
        ("over\rwritten", "over<U+000D>written"),
        ("invoice\u202efdp.exe", "invoice<U+202E>fdp.exe"),
        ("\ufeffmark", "<U+FEFF>mark"),
        ("half \ud83d pair", "half <U+D83D> pair"),
        ("tag\U000e0041", "tag<U+E0041>"),
    ],
)
def test_controls_are_spelt_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize(
    "text", ["line\none\ttab", "déjà vu", "מסמך", "وثيقة", "می‌خواهم", "👩‍👩‍👧", "naïve — “quoted”", "E = mc²"]
)
def test_ordinary_text_of_any_script_is_left_alone(text: str) -> None:
    assert printable(text) == text


@given(st.text(alphabet=st.characters()))
def test_no_control_character_survives(text: str) -> None:
    shown = printable(text)
    shown.encode("utf-8")
    assert all(unicodedata.category(c) not in ("Cc", "Cs", "Zl", "Zp") or c in "\t\n" for c in shown)
    assert not set(shown) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(alphabet=st.characters()), st.integers(1, 50))
def test_one_line_is_one_line_and_short(text: str, limit: int) -> None:
    line = one_line(text, limit)
    assert "\n" not in line
    assert len(line) <= limit


def test_one_line_joins_lines_with_a_space() -> None:
    assert one_line("first\n\n  second") == "first second"
