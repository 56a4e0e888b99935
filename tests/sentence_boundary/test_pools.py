"""Rules that find sentence ends for training say yes only where there is little doubt."""

from __future__ import annotations

import pytest

from models.sentence_boundary import data
from models.sentence_boundary.fast.pools import Piece, from_record, from_running_text


def cut(language: str, *lines: str) -> list[list[tuple[str, bool | None]]]:
    pools = from_running_text([data.Lines("book", language, lines)], seed=1)
    return [
        [(piece.text, piece.ends) for piece in sentence]
        for documents in pools.values()
        for document in documents
        for sentence in document
    ]


def known(language: str, line: str) -> list[str]:
    """Sentences of a line whose ends are all known."""
    found = cut(language, line)
    assert all(ends for sentence in found for _, ends in sentence)
    return [text for sentence in found for text, _ in sentence]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The door was open.", "Was anybody there?", "Nobody answered."]),
        ("hi", ["दरवाज़ा खुला था।", "वहाँ कोई नहीं था।"]),
        ("ar", ["كان الباب مفتوحا.", "هل كان هناك أحد؟", "لم يجب أحد."]),
        ("zh", ["门开着。", "有人在吗？", "没有人回答。"]),
        ("ru", ["Дверь была открыта.", "Там кто-нибудь есть?"]),
    ],
)
def test_clear_ends_inside_a_paragraph(language: str, sentences: list[str]) -> None:
    assert known(language, data.separator(language).join(sentences)) == sentences


def test_places_without_an_end_stay_inside() -> None:
    line = "Version 2.5 of file.txt costs 3.50 at example.org today."
    assert known("en", line) == [line]


def test_a_full_stop_after_a_short_word_is_in_doubt() -> None:
    assert cut("en", "He met Dr. Brown there.") == [[("He met Dr.", None), ("Brown there.", True)]]


def test_abbreviations_are_learnt_from_small_letters_after_them() -> None:
    lines = ["See approx. twenty of them.", "Take approx. thirty more.", "It is approx. Monday now."]
    assert cut("en", *lines)[-1] == [("It is approx.", None), ("Monday now.", True)]
    assert len(cut("en", "We waited outside. Monday came.")) == 2


def test_a_heading_is_mostly_left_out_and_a_line_counts_once() -> None:
    headings = [f"A heading of chapter number {chapter}" for chapter in range(200)]
    kept = cut("en", *headings, "This stands twice.", "This stands twice.")
    assert 5 < len(kept) < 80
    assert kept[-1] == [("This stands twice.", True)]


def test_blanks_in_thai_are_in_doubt() -> None:
    assert cut("th", "ประตูเปิดอยู่ ไม่มีใครตอบ") == [[("ประตูเปิดอยู่", None), ("ไม่มีใครตอบ", True)]]


def test_annotated_records_keep_their_line_ends() -> None:
    record = data.Record("court", "en", "No. 5\nFiled.\n\nHeard. Done.", (5, 12, 20, 26))
    assert from_record(record) == [
        (Piece("No. 5", True, "\n"),),
        (Piece("Filed.", True, "\n\n"),),
        (Piece("Heard.", True, " "),),
        (Piece("Done.", True, " "),),
    ]
