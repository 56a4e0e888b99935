import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.page_router.quality import in_order, quality, with_tables, words

some_words = st.lists(
    st.sampled_from(["the", "cat", "sat", "on", "a", "mat", "and", "ran", "off"]), min_size=1, max_size=30
)


@given(some_words)
def test_the_true_text_is_perfect(true):
    assert quality(true, true) == pytest.approx(1.0)


@given(some_words, st.lists(st.sampled_from(["the", "cat", "~~", "xq"]), max_size=30))
def test_quality_is_a_share(true, read):
    assert 0 <= quality(true, read) <= 1


@given(some_words)
def test_garbage_beside_the_true_text_costs(true):
    assert quality(true, [*true, "~~"]) < 1


@given(some_words)
def test_a_missing_word_costs(true):
    assert quality(true, true[:-1]) < 1


def test_a_wrong_order_costs_but_less_than_missing_words():
    true = ["one", "two", "three", "four", "five", "six"]
    swapped = true[3:] + true[:3]
    assert quality(true, true[:3]) < quality(true, swapped) < 1
    assert quality(true, swapped) == pytest.approx(2 * 0.75 / 1.75)


def test_a_page_without_words_wants_none():
    assert quality([], []) == 1
    assert quality([], ["noise"]) == 0
    assert quality(["text"], []) == 0


@given(some_words, some_words)
def test_the_longest_common_subsequence_is_that_of_the_textbook(true, read):
    table = [[0] * (len(read) + 1) for _ in range(len(true) + 1)]
    for i, one in enumerate(true):
        for j, other in enumerate(read):
            table[i + 1][j + 1] = table[i][j] + 1 if one == other else max(table[i][j + 1], table[i + 1][j])
    assert in_order(true, read) == table[-1][-1]


def test_words_are_compared_without_case_and_ligatures():
    assert words("The ﬁrst,\nSECOND") == ["the", "first", "second"]


def test_cells_that_are_not_told_cost_on_pages_with_tables():
    assert with_tables(0.9, 0.0, 0.0) == 0.9
    assert with_tables(0.9, 0.4, 1.0) == 0.9
    assert with_tables(0.9, 0.4, 0.0) < with_tables(0.9, 0.4, 0.5) < 0.9
