import dataclasses

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.page_router.degrade.document import damaged
from models.page_router.degrade.kinds import (
    Blank,
    Paper,
    Scan,
    Shuffled,
    Unmapped,
    some_errors,
    some_paper,
    some_shuffled,
    some_unmapped,
)
from models.page_router.degrade.typos import with_errors
from models.page_router.degrade.unicode_maps import read_cmap
from models.page_router.quality import quality, words
from tests.page_router.documents import STORY, read, story

PAPER = Paper(dpi=100, blur=0.5, skew=0.4, noise=8.0, fade=0.1, jpeg=60, seed=3)


@pytest.fixture(scope="module")
def plain() -> bytes:
    return story(3)


def drawn(data: bytes, number: int = 0) -> np.ndarray:
    return pypdfium2.PdfDocument(data)[number].render(scale=1, grayscale=True).to_numpy().astype(int)


def test_a_scan_is_a_picture_without_text(plain):
    page = read(damaged(plain, {1: Scan(PAPER)}))[1]
    assert page.text == ""
    assert page.evidence.image_share > 0.95
    assert page.evidence.largest_image_dpi == pytest.approx(100, rel=0.02)


def test_a_scan_looks_like_the_page_that_was_scanned(plain):
    straight = dataclasses.replace(PAPER, skew=0.0)
    before, after = drawn(plain), drawn(damaged(plain, {0: Scan(straight)}))
    assert before.shape == after.shape
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.5
    assert not np.array_equal(before, after)


def test_a_hidden_layer_without_mistakes_has_the_same_words(plain):
    before = words(read(plain)[0].text)
    page = read(damaged(plain, {0: Scan(PAPER, errors=0.0)}))[0]
    assert words(page.text) == before
    assert page.evidence.invisible_share == 1.0


def test_more_mistakes_leave_fewer_words(plain):
    true = words(read(plain)[0].text)
    left = [
        quality(true, words(read(damaged(plain, {0: Scan(PAPER, errors, 1)}))[0].text))
        for errors in (0.01, 0.05, 0.15)
    ]
    assert left[0] > left[1] > left[2]
    assert left[0] > 0.85
    assert left[2] < 0.7


@pytest.mark.parametrize("share", [0.01, 0.05, 0.15])
def test_the_share_of_wrong_characters_is_about_what_was_asked_for(share):
    text = " ".join(STORY) * 20
    wrong = with_errors(text, share, np.random.default_rng(1))
    # Every mistake changes one or two characters: so many are not in common runs.
    from difflib import SequenceMatcher

    same = sum(
        block.size
        for at in range(0, len(text), 500)
        for block in SequenceMatcher(
            None, text[at : at + 500], wrong[at * len(wrong) // len(text) :][:500], False
        ).get_matching_blocks()
    )
    assert 0.5 * share < 1 - same / len(text) < 3 * share + 0.02


@given(st.text(max_size=60), st.floats(0, 1))
@settings(max_examples=80)
def test_mistakes_can_be_made_in_any_text(text, share):
    with_errors(text, share, np.random.default_rng(0))


def test_wrong_maps_change_the_text_and_nothing_that_is_seen(plain):
    after = damaged(plain, {0: Unmapped("permuted", 1.0, 1)})
    assert np.array_equal(drawn(plain), drawn(after))
    true, read_ = words(read(plain)[0].text), words(read(after)[0].text)
    assert len(true) == len(read_)
    assert quality(true, read_) < 0.2


def test_a_part_of_the_letters_can_be_exchanged(plain):
    true = words(read(plain)[0].text)
    few = quality(true, words(read(damaged(plain, {0: Unmapped("permuted", 0.25, 4)}))[0].text))
    all_ = quality(true, words(read(damaged(plain, {0: Unmapped("permuted", 1.0, 4)}))[0].text))
    assert all_ < few < 1


def test_codes_can_be_shifted(plain):
    assert (
        quality(words(read(plain)[0].text), words(read(damaged(plain, {0: Unmapped("shifted")}))[0].text))
        < 0.2
    )


def test_lines_in_another_order_look_the_same(plain):
    after = damaged(plain, {0: Shuffled(0, 2)})
    assert np.array_equal(drawn(plain), drawn(after))
    bare = pypdfium2.PdfDocument(after)[0].get_textpage().get_text_range()
    true = pypdfium2.PdfDocument(plain)[0].get_textpage().get_text_range()
    assert sorted(words(bare)) == sorted(words(true))
    assert words(bare) != words(true)


def test_a_blank_page_has_nothing_on_it(plain):
    page = read(damaged(plain, {2: Blank()}))[2]
    assert page.text == ""
    assert page.evidence.objects == 0


def test_other_pages_stay_as_they_are(plain):
    damage = {0: Scan(PAPER), 2: Unmapped("permuted", 1.0, 1)}
    after = read(damaged(plain, damage))
    assert len(after) == 3
    assert after[1].text == read(plain)[1].text
    assert np.array_equal(drawn(plain, 1), drawn(damaged(plain, damage), 1))


def test_pages_can_be_taken_out(plain):
    after = read(damaged(plain, {1: None}, only=True))
    assert [one.text for one in after] == [read(plain)[1].text]


def test_the_same_call_gives_the_same_bytes(plain):
    chance = [np.random.default_rng(5) for _ in range(2)]
    copies = [
        damaged(
            plain,
            {0: Scan(some_paper(one), some_errors(one), 1), 1: some_unmapped(one), 2: some_shuffled(one)},
        )
        for one in chance
    ]
    assert copies[0] == copies[1]


def test_scans_can_be_kept_between_calls(plain):
    kept = {}
    first = damaged(plain, {0: Scan(PAPER)}, pictures=kept)
    assert list(kept) == [(0, PAPER)]
    assert damaged(plain, {0: Scan(PAPER)}, pictures=kept) == first


def test_a_page_that_does_not_exist_is_refused(plain):
    with pytest.raises(ValueError, match="no page 3 in a document of 3"):
        damaged(plain, {3: Blank()})


def test_maps_are_read_with_single_codes_ranges_and_lists():
    data = b"""2 beginbfchar <01> <0041> <02> <00660069> endbfchar
    2 beginbfrange <0010> <0012> <0061> <20> <21> [<0078> <0079>] endbfrange"""
    assert read_cmap(data) == {1: "A", 2: "fi", 16: "a", 17: "b", 18: "c", 32: "x", 33: "y"}
