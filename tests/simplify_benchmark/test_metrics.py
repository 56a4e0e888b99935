"""The benchmark's own implementations of published scores, against values worked out by hand."""

import math

import pytest

from benchmarks.simplify_metrics import bleu, sari


def test_bleu_of_a_copy_is_100():
    assert bleu(["The cat sat on the mat ."], [["the cat sat on the mat ."]]) == pytest.approx(100)


def test_bleu_by_hand():
    # 5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 fours; lengths are equal
    wanted = 100 * math.exp(sum(map(math.log, (5 / 6, 3 / 5, 2 / 4, 1 / 3))) / 4)
    assert bleu(["a b c d x f"], [["a b c d e f"]]) == pytest.approx(wanted)


def test_bleu_is_short_against_the_nearest_reference():
    # every n-gram is in a reference; 5 words beside 6
    assert bleu(["a b c d e"], [["a b c d e f", "a b c d e f g h i"]]) == pytest.approx(
        100 * math.exp(1 - 6 / 5)
    )


def test_bleu_clips_repeated_words():
    assert bleu(["a a a a"], [["a b c d"]]) == 0.0


def test_sari_of_the_reference_is_100():
    assert sari(["a b c d e"], ["a b x d e"], [["a b x d e"]]) == pytest.approx(100)


def test_sari_of_doing_nothing_where_nothing_was_to_be_done_is_100():
    assert sari(["a b c d e"], ["a b c d e"], [["a b c d e"]]) == pytest.approx(100)


def test_sari_rewards_what_only_the_references_add():
    source, reference = "a b c d e f", "a b c . d e f"
    assert sari([source], [reference], [[reference]]) > sari([source], [source], [[reference]])
