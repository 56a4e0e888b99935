"""Which pieces of a text were kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.inspection.difference import pieces


def marked(text: str, *spans: tuple[int, int]) -> str:
    cut = pieces(text, [{"start": a, "end": b} for a, b in spans])
    return "".join(piece if kept else f"[{piece}]" for kept, piece in cut)


def test_removed_words_are_marked_and_the_space_around_them_is_not() -> None:
    assert marked("the cat sat on the mat", (4, 7), (8, 11), (19, 22)) == "[the] cat sat [on the] mat"


def test_nothing_kept_and_everything_kept() -> None:
    assert marked("all gone ") == "[all gone] "
    assert marked("all here", (0, 8)) == "all here"
    assert marked("") == ""


def test_spans_out_of_bounds_or_overlapping_do_no_harm() -> None:
    assert marked("a b c", (4, 99), (-3, 1), (0, 1)) == "a [b] c"


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=8))
def test_the_pieces_joined_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    cut = list(pieces(text, [{"start": a, "end": b} for a, b in spans]))
    assert "".join(piece for _, piece in cut) == text
    assert all(piece for _, piece in cut)
    kept = {i for a, b in spans for i in range(max(a, 0), min(b, len(text)))}
    at = 0
    for was_kept, piece in cut:
        if not was_kept:
            assert not kept & set(range(at, at + len(piece)))
        at += len(piece)
