"""The shipped labeller: probabilities of a document do not depend on the others, at any length."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from models import catalog
from models.line_labeller.labels import LABELS, NUMBER_OF, RUNNING
from models.line_labeller.predictor import MODEL, check, model_hashes, open_labeller
from tests.line_labeller.letters import Page, document, letter


@pytest.fixture(scope="module")
def labeller():
    return open_labeller("edge")


def _labels(probabilities):
    return [LABELS[number] for number in probabilities.argmax(axis=1)]


@pytest.mark.parametrize("french", [False, True])
def test_an_ordinary_letter_is_labelled_as_a_person_would(labeller, french):
    lines, labels = letter(pages=2, french=french)
    found = _labels(labeller.probabilities([lines])[0])
    right = sum(one == other for one, other in zip(found, labels, strict=True))
    assert right >= 0.95 * len(labels)
    for kind in ("body", *RUNNING):
        assert {one for one, other in zip(found, labels, strict=True) if other == kind} == {kind}


def test_each_line_has_a_distribution_over_the_labels(labeller):
    (found,) = labeller.probabilities([letter()[0]])
    assert found.dtype == np.float32
    assert found.shape[1] == len(LABELS)
    assert (found >= 0).all()
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)


def test_a_document_is_labelled_alike_to_the_bit_in_any_company(labeller):
    documents = [
        letter(number, pages, french)[0]
        for number, pages, french in ((1, 1, True), (2, 3, False), (3, 2, True))
    ]
    documents += [document([Page()])[0], document([Page(), Page()])[0]]
    together = labeller.probabilities(documents)
    backwards = labeller.probabilities(documents[::-1])[::-1]
    for one, all_of_them, other in zip(documents, together, backwards, strict=True):
        (alone,) = labeller.probabilities([one])
        assert np.array_equal(alone, all_of_them)
        assert np.array_equal(alone, other)


def test_a_document_without_lines_and_no_documents(labeller):
    (found,) = labeller.probabilities([document([Page(), Page()])[0]])
    assert found.shape == (0, len(LABELS))
    assert labeller.probabilities([]) == []


def test_ten_thousand_lines_on_one_page_and_on_many(labeller):
    page = Page()
    for number in range(10_000):
        page.add(f"line {number} of a very long page that has no end in sight", 60, 20 + number % 700, "body")
    pages = [Page() for _ in range(200)]
    for number in range(10_000):
        pages[number // 50].add("a line like any other of a long report", 60, 20 + 14 * (number % 50), "body")
    for lines in (document([page])[0], document(pages)[0]):
        (found,) = labeller.probabilities([lines])
        assert found.shape == (10_000, len(LABELS))
        assert np.isfinite(found).all()


def test_damaged_boxes_and_texts_are_labelled_too(labeller):
    lines, _ = letter()
    lines.box[::3] = np.nan
    lines.box[1::3] = np.inf
    lines.font_size[::2] = 0
    lines.page_size[:] = 0
    lines.texts[0] = "a\nb\ud800\x00"
    (found,) = labeller.probabilities([lines])
    assert np.isfinite(found).all()


def test_a_letter_on_one_page_has_its_running_lines_told(labeller):
    lines, labels = letter(pages=1)
    found = labeller.probabilities([lines])[0].argmax(axis=1)
    footer = [number for number, label in enumerate(labels) if label == "footer"]
    assert (found[footer] == NUMBER_OF["footer"]).all()


def test_the_model_is_in_the_catalog_with_its_hash_and_its_card():
    check("edge")
    entry = catalog.entry(MODEL)
    assert model_hashes() == {MODEL: entry.sha256}
    assert (entry.root / entry.card).is_file()
    assert entry.size < 5_000_000


def test_another_file_in_place_of_an_adapted_model_is_refused(tmp_path: Path):
    with pytest.raises(catalog.CatalogError, match="docmill adapt layout"):
        open_labeller("edge", tmp_path)
