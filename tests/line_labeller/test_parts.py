"""Documents are cut into parts and sequences so that each line is asked about once."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.line_labeller.sequences import BESIDE, LONGEST, sequences
from models.line_labeller.windows import LINES, windows
from tests.line_labeller.letters import Page, document


@given(st.lists(st.integers(0, 400), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_each_line_is_asked_about_once(lengths):
    page = np.repeat(np.arange(len(lengths)), lengths).astype(np.int32)
    cut = sequences(page)
    assert np.array_equal(cut.rows.ravel()[cut.back], np.arange(len(page)))
    assert cut.there.ravel()[cut.back].all()
    assert cut.rows.shape[1] <= LONGEST + 2 * BESIDE


def test_a_long_document_is_divided_at_pages_and_a_long_page_anywhere():
    pages = [Page() for _ in range(4)]
    for page, count in zip(pages, (4000, 1500, 3000, 2 * LINES + 5), strict=True):
        for number in range(count):
            page.add("x", 10, number / 10, "body")
    lines, _ = document(pages)
    parts = windows(lines)
    assert [len(part) for part in parts] == [5500, 3000, LINES, LINES, 5]
    assert [text for part in parts for text in part.texts] == list(lines.texts)
    assert np.array_equal(np.concatenate([part.page for part in parts]), lines.page)
