"""Tokens of the fast model: what they are in each script, and that ids depend on the token, not its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.sentence_boundary.fast import features
from models.sentence_boundary.fast.features import PIECE_BITS, SHAPES, WORD_BITS, encode


def tokens(text: str) -> list[str]:
    starts = [0, *encode(text).ends[:-1].tolist()]
    return [text[a:b].strip(" \u200b") for a, b in zip(starts, encode(text).ends.tolist(), strict=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't stop.", ["Don't", "stop", "."]),
        ("“Yes,” he said...", ["“", "Yes", ",", "”", "he", "said", "..."]),
        ("What?! 3.14", ["What", "?", "!", "3", ".", "14"]),
        ("मैं जा रहा हूँ। ठीक", ["मैं", "जा", "रहा", "हूँ", "।", "ठीक"]),  # the danda stands alone
        ("雨です。コンピュータ", ["雨", "で", "す", "。", "コンピュータ"]),
        ("ไปที่นี่", ["ไ", "ป", "ที่", "นี่"]),  # a letter with its marks
        ("ខ្ញុំ។ទេ", ["ខ្", "ញុំ", "។", "ទេ"]),
        ("كتاب. نعم؟", ["كتاب", ".", "نعم", "؟"]),
        ("e\u0301tude", ["e\u0301tude"]),
        ("co\u00adope\u200drate", ["co\u00adope\u200drate"]),
        ("a\u200bb", ["a", "b"]),  # the zero width space divides words
        ("1st ＡＢ", ["1", "st", "ＡＢ"]),
        ("ok 👍🏽!", ["ok", "👍", "🏽", "!"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


def test_text_without_tokens() -> None:
    for text in ("", " ", "\n\t\u3000\u200b"):
        encoded = encode(text)
        assert len(encoded) == 0
        assert [array.shape for array in encoded.inputs.values()] == [(0,), (0, 2), (0,)]


def test_case_is_in_the_shape_only() -> None:
    small, large = encode("hello"), encode("HELLO")
    assert (small.inputs["words"] == large.inputs["words"]).all()
    assert (small.inputs["pieces"] == large.inputs["pieces"]).all()
    assert (small.inputs["shapes"] != large.inputs["shapes"]).all()


def test_numbers_of_one_length_are_one_word() -> None:
    words = encode("1987 2024 ٢٠٢٤ 31").inputs["words"]
    assert len(set(words[:3].tolist())) == 1
    assert words[3] != words[0]


def test_what_stands_before_a_token_is_in_its_shape() -> None:
    shapes = {gap: int(encode(f"x{gap}(").inputs["shapes"][1]) for gap in ("", " ", "\n", "\n\n", " \n \n\n")}
    assert shapes["\n\n"] == shapes[" \n \n\n"]
    assert len(set(shapes.values())) == 4


def test_a_full_stop_knows_the_letters_before_it() -> None:
    abbreviation, word = encode("Dr."), encode("go.")
    assert (abbreviation.inputs["words"][1] == word.inputs["words"][1]).all()
    assert (abbreviation.inputs["pieces"][1] != word.inputs["pieces"][1]).all()


any_text = st.text(
    st.one_of(st.characters(), st.sampled_from("aB'’. \n\u0301\u200d।。カあก็1٣\ud800\U0001f600")), max_size=60
)


@given(any_text)
def test_every_character_but_white_space_is_in_a_token(text: str) -> None:
    encoded = encode(text)
    ends = encoded.ends
    assert ends.dtype == np.int32
    assert (np.diff(ends) > 0).all()
    assert text[ends[-1] if len(ends) else 0 :].replace("\u200b", "").translate(_CONTROLS).strip() == ""
    words, pieces, shapes = (encoded.inputs[name] for name in ("words", "pieces", "shapes"))
    assert ((words >= 0) & (words < 1 << WORD_BITS)).all()
    assert ((pieces >= 0) & (pieces < 1 << PIECE_BITS)).all()
    assert ((shapes > 0) & (shapes < SHAPES)).all()


_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])


@given(any_text, any_text)
def test_ids_do_not_depend_on_where_the_text_stands(before: str, text: str) -> None:
    alone, behind = encode(f"x\n\n\n{text}"), encode(f"{before}\n\n\nx\n\n\n{text}")
    skipped = len(behind) - len(alone) + 1
    for name, array in alone.inputs.items():
        assert (behind.inputs[name][skipped:] == array[1:]).all(), name


@settings(max_examples=25, deadline=None)
@given(st.lists(any_text, min_size=1, max_size=6), st.integers(24, 64))
def test_blocks_leave_no_trace(parts: list[str], block: int) -> None:
    text = (" ".join(parts) + " " + "z" * 70 + " Ende. ") * 3
    whole = encode(text)
    usual = features._BLOCK
    features._BLOCK = block  # blocks of usual size would need texts of usual size
    try:
        pieces = encode(text)
    finally:
        features._BLOCK = usual
    for name, array in whole.inputs.items():
        assert (pieces.inputs[name] == array).all(), name


def test_a_word_longer_than_a_block() -> None:
    text = "Ende. " + "z" * 100_000 + " Neu."
    assert tokens(text) == ["Ende", ".", "z" * 100_000, "Neu", "."]
