"""The condition of a text, which decides the threshold, and what serves where a model names no threshold."""

from __future__ import annotations

import numpy as np
import pytest

from models.sentence_boundary.condition import CONDITIONS, conditions, threshold_of, thresholds_at

TEXTS = {
    "punctuated": "The ward was quiet. Nobody slept. A nurse came in.",
    "punctuated_lower": "the ward was quiet. nobody slept. a nurse came in.",
    "unpunctuated": "The ward was quiet Nobody slept A nurse came in " * 12,
    "unpunctuated_lower": "the ward was quiet nobody slept a nurse came in " * 12,
    "unpunctuated_uncased": "كان الجناح هادئا لم ينم احد جاءت ممرضة " * 12,
    "unpunctuated_unspaced": "病房很安静没有人睡觉护士进来了" * 24,
}


@pytest.mark.parametrize("expected", TEXTS)
def test_condition_of_a_text(expected: str) -> None:
    text = TEXTS[expected]
    found = conditions(text, np.array([1, len(text) // 2, len(text)]))
    assert {CONDITIONS[n] for n in found.tolist()} == {expected}


@pytest.mark.parametrize(
    "text", ["हम घर गए। वह सो गया। रात हुई।", "我们回家了。他睡着了。天黑了。", "12 34. 56 78."]
)
def test_punctuated_text_without_capitals_lacks_nothing(text: str) -> None:
    assert CONDITIONS[conditions(text, np.array([3]))[0]] == "punctuated"


def test_each_part_of_a_long_text_is_judged_by_its_surroundings() -> None:
    text = "They sat down. They ate. " * 120 + "then nobody spoke and the rain went on " * 80
    assert [CONDITIONS[n] for n in conditions(text, np.array([100, len(text) - 100]))] == [
        "punctuated",
        "unpunctuated_lower",
    ]


def test_what_a_model_does_not_name_the_broader_condition_serves() -> None:
    named = {"default": 0.5, "unpunctuated": 0.2, "th": 0.3, "ja.unpunctuated": 0.1}
    assert threshold_of("unpunctuated_unspaced", named) == 0.2
    assert threshold_of("unpunctuated_unspaced", named, "ja") == 0.1
    assert threshold_of("unpunctuated_uncased", named, "th") == 0.3
    assert threshold_of("punctuated_lower", named) == 0.5
    assert threshold_of("unpunctuated_unspaced", {**named, "unpunctuated_unspaced": 0.4}) == 0.4
    with pytest.raises(KeyError):
        threshold_of("punctuated", {"unpunctuated": 0.2})


def test_thresholds_follow_the_condition() -> None:
    named = {"default": 0.5, "unpunctuated_unspaced": 0.25}
    assert thresholds_at(TEXTS["unpunctuated_unspaced"], np.array([5]), named).tolist() == [0.25]
    assert thresholds_at(TEXTS["punctuated"], np.array([5]), named).tolist() == [0.5]
