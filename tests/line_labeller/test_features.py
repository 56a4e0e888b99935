"""A line's features: finite for whatever a parser gives, of its own document alone, in that document's terms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.line_labeller.features import NAMES, features
from models.line_labeller.lines import DocumentLines
from tests.line_labeller.letters import Page, document, letter


def _column(rows, name):
    return rows[:, NAMES.index(name)]


@st.composite
def documents(draw):
    pages = draw(st.integers(1, 4))
    page = sorted(draw(st.lists(st.integers(0, pages - 1), max_size=25)))
    count = len(page)
    number = st.floats(width=32)
    texts = draw(st.lists(st.text(max_size=30), min_size=count, max_size=count))
    box = draw(st.lists(st.lists(number, min_size=4, max_size=4), min_size=count, max_size=count))
    size = draw(st.lists(number, min_size=count, max_size=count))
    flags = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    sizes = draw(st.lists(st.lists(number, min_size=2, max_size=2), min_size=pages, max_size=pages))
    return DocumentLines(
        texts,
        np.array(page, np.int32),
        np.array(box, np.float32).reshape(-1, 4),
        np.array(size, np.float32),
        np.array(flags, bool),
        np.array(flags, bool),
        np.array(sizes, np.float32),
    )


@given(st.lists(documents(), max_size=4))
@settings(max_examples=60, deadline=None)
def test_any_document_has_finite_features_that_the_documents_beside_it_do_not_change(many):
    together = features(many)
    assert np.isfinite(together).all()
    alone = [features([one]) for one in many]
    assert np.array_equal(together, np.concatenate([*alone, np.zeros((0, len(NAMES)), np.float32)]))


def test_no_documents_and_no_lines_have_no_features():
    assert features([]).shape == (0, len(NAMES))
    assert features([document([Page()])[0]]).shape == (0, len(NAMES))


def test_a_document_printed_larger_has_the_same_features_but_for_its_size():
    lines, _ = letter()
    larger = DocumentLines(
        lines.texts,
        lines.page,
        lines.box * 2,
        lines.font_size * 2,
        lines.bold,
        lines.italic,
        lines.page_size * 2,
    )
    same = np.isclose(features([lines]), features([larger]), atol=1e-3).all(axis=0)
    changed = {name for name, equal in zip(NAMES, same, strict=True) if not equal}
    # lines within some points of each other count as aligned, or as at the same height, at any size
    assert "em" in changed
    assert changed <= {"em", *(name for name in NAMES if "same_" in name or "place" in name)}


def test_running_lines_are_told_by_coming_again_whatever_their_numbers():
    lines, labels = letter(pages=3)
    rows = features([lines])
    again = _column(rows, "repeated_in_place_share")
    kinds = np.array(labels)
    assert (again[np.isin(kinds, ["header", "footer", "page_number"])] == 1).all()
    assert (again[kinds == "section"] < 1).all()


def test_numbers_that_grow_with_the_pages_are_told():
    lines, labels = letter(pages=3)
    rows = features([lines])
    numbers = np.array(labels) == "page_number"
    assert (_column(rows, "numbering_share")[numbers] == 1).all()
    assert (_column(rows, "number_is_page")[numbers] == 1).all()
    assert not _column(rows, "numbering_share")[np.array(labels) == "body"].any()


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Tél. : 01 99 00 14 20", "phone"),
        ("Phone (555) 010-4477", "phone"),
        ("Direct line: 020 7946 0123", "phone"),
        ("RPPS 10 00 12 34 56 7", "register"),
        ("né le 14/03/1961", "date"),
        ("Printed 2025-03-14", "date"),
        ("à 14h30", "time"),
        ("99120 Valmorin", "postal"),
        ("Springfield, IL 62704", "postal"),
        ("Northwick NW7 2AB", "postal"),
        ("K+ 4.1 (3.5 - 5.0)", "ranges"),
        ("Hb 10,4", "decimals"),
        ("2. Examination", "enumeration"),
        ("- 3 -", "page_number"),
        ("Page 3 sur 7", "page_number"),
        ("iv", "page_number"),
        ("Form 12-B, page 3 of 4", "page_tail"),
        ("• no fever", "begins_bullet"),
        ("ANTÉCÉDENTS", "all_capitals"),
        ("Chère Consœur,", "salutation_first"),
        ("ANTÉCÉDENTS", "section_first"),
    ],
)
def test_patterns_of_lines(text, feature):
    page = Page()
    page.add(text, 50, 50, "body")
    page.add("Nothing of the kind stands here", 50, 70, "body")
    rows = features([document([page])[0]])
    assert _column(rows, feature).astype(bool).tolist() == [True, False]


def test_a_telephone_number_is_no_date():
    page = Page()
    page.add("01.99.00.14.20", 50, 50, "body")
    assert not _column(features([document([page])[0]]), "date").any()
