"""The documents that the labeller learns from, made without any collection of texts."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from models.line_labeller.generator.fonts import BASE
from models.line_labeller.generator.make import Drawn, Made, document, drawn
from models.line_labeller.generator.read_back import letters
from models.line_labeller.generator.sheet import Text, to_pdf
from models.line_labeller.generator.sources import Texts
from models.line_labeller.labels import LABELS

NO_TEXTS = {"fr": Texts(), "en": Texts()}
COUNT = 30


@cache
def made(number: int, seed: int = 5) -> Made:
    return document(number, seed, "train", NO_TEXTS, BASE, scans=0.0)


@cache
def sheets(number: int) -> Drawn:
    return drawn(number, 5, "train", NO_TEXTS, BASE)


def test_the_same_seed_makes_the_same_files() -> None:
    again = document(3, 5, "train", NO_TEXTS, BASE, scans=0.0)
    assert again.pdf == made(3).pdf
    assert again.as_json() == made(3).as_json()


def test_another_number_seed_or_split_makes_another_document() -> None:
    files = {
        made(3).pdf,
        made(4).pdf,
        made(3, seed=6).pdf,
        document(3, 5, "dev", NO_TEXTS, BASE, scans=0.0).pdf,
    }
    assert len(files) == 4


def test_every_label_occurs_in_a_few_documents() -> None:
    found = {region.label for number in range(COUNT) for region in made(number).regions}
    assert found == set(LABELS)


def test_both_languages_and_many_kinds_occur() -> None:
    assert {made(number).language for number in range(COUNT)} == {"fr", "en"}
    assert len({made(number).kind for number in range(COUNT)}) >= 7


@pytest.mark.parametrize("number", range(12))
def test_labels_read_back_are_the_labels_drawn(number: int) -> None:
    pages = sheets(number).pages
    for page, read in zip(pages, letters(to_pdf(pages)), strict=True):
        want: Counter[str] = Counter()
        for mark in (*page.behind, *page.marks, *page.front):
            if isinstance(mark, Text):
                want[mark.label] += len("".join(mark.text.split()))
        got = Counter(letter.label for letter in read)
        # pdfium joins a hyphen at a line's end to a mark of its own, and may part a character in two.
        assert set(got) == {label for label, count in want.items() if count}
        for label, count in want.items():
            assert got[label] == pytest.approx(count, rel=0.03, abs=3)


@pytest.mark.parametrize("number", range(12))
def test_regions_lie_on_their_pages(number: int) -> None:
    pages = sheets(number).pages
    for region in made(number).regions:
        page = pages[region.page - 1]
        x0, y0, x1, y1 = region.box
        assert x0 < x1
        assert y0 < y1
        assert x0 > -40
        assert x1 < page.width + 40
        assert y0 > -20
        assert y1 < page.height + 20


def test_text_stays_on_the_paper() -> None:
    outside = 0
    total = 0
    for number in range(COUNT):
        for page in sheets(number).pages:
            for mark in page.marks:
                if isinstance(mark, Text):
                    total += 1
                    outside += (
                        mark.x < 0 or mark.x + mark.width > page.width + 2 or not 0 < mark.y < page.height
                    )
    assert total > 500
    assert outside / total < 0.005
