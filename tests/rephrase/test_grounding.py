"""Sentences that share nothing with the passage: what the gate refuses, and what it leaves alone."""

from __future__ import annotations

from stages.rephrase.gates.grounding import Grounding, least_shared
from stages.rephrase.gates.options import GroundingGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.styles import styles_of

PASSAGE = "The vote was close. The opposition has asked for a recount, and the government has agreed to it."


def verdict(answer: str, passage: str = PASSAGE, min_share: float = 0.25) -> Verdict:
    (style,) = styles_of(("medium",), {})
    pair = Pair(passage, answer, style, "stop", "en", len(passage.split()), len(answer.split()))
    return Grounding(GroundingGate(min_share=min_share)).judge(pair)


def test_a_rephrasing_in_other_words_passes() -> None:
    found = verdict("It was a close vote. The government agreed that votes are counted again.")
    assert found.reasons == ()
    assert found.scores["grounded"] > 0.25


def test_a_sentence_about_something_else_is_refused_though_the_rest_is_faithful() -> None:
    added = "Democracy remains an important achievement of mankind."
    found = verdict(f"The vote was close. {added} The opposition has asked for a recount.")
    assert found.reasons == ("ungrounded",)
    assert found.scores["grounded"] == 0.0
    assert verdict(f"The vote was close. {added}", min_share=0.0).reasons == ()


def test_endings_of_words_do_not_count() -> None:
    assert least_shared("Governments agreeing, oppositions recounted.", PASSAGE) == 1.0
    assert least_shared("Votes closed, asks agreed.", "The vote is close: who asks may agree.") == 1.0


def test_questions_and_short_sentences_are_not_judged() -> None:
    assert least_shared("Which important achievement remains mankind's democracy?", PASSAGE) is None
    assert least_shared("So it goes. That is life.", PASSAGE) is None


def test_cyrillic_is_judged_and_scripts_without_such_words_are_not() -> None:
    passage = "Голосование было трудным, и оппозиция просит пересчитать голоса."
    assert least_shared("Оппозиция просит, чтобы голоса пересчитали.", passage) == 0.8
    assert verdict("Демократия остаётся важным достижением человечества.", passage).reasons == ("ungrounded",)
    japanese = verdict("投票は接戦だった。民主主義は大切である。", "投票は接戦で、野党は再集計を求めた。")
    assert japanese == Verdict({})
