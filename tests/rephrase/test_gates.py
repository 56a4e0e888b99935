"""What an answer must pass: each gate by what it lets through and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.catalog import path
from models.language_id.detector import LanguageDetector
from pipeline.stage import StageError
from stages.rephrase.gates import entities
from stages.rephrase.gates.judge import gates_of, judge
from stages.rephrase.gates.negation import Negation
from stages.rephrase.gates.options import GateOptions, NegationGate, SimilarityGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.gates.questions import parse
from stages.rephrase.gates.similarity import Similarity
from stages.rephrase.measures import reading_grade, syllables, type_token_ratio
from stages.rephrase.requirements import DETECTION_MODEL
from stages.rephrase.stage import Rephrase
from stages.rephrase.styles import OwnStyle, styles_of
from stages.rephrase.token_counts import EstimatedTokens

PASSAGE = (
    "Mrs Okafor came to the clinic in Leeds on 14 March with pain in her left knee. She had taken 400 mg of "
    "ibuprofen twice a day for three weeks. The joint was swollen but not red."
)
GOOD = (
    "On 14 March Mrs Okafor visited a clinic in Leeds because her left knee hurt. For three weeks, two daily doses of "
    "400 mg of ibuprofen had not helped. There was swelling of the joint, though no redness."
)
DETECTOR = LanguageDetector(path(DETECTION_MODEL))
needs_names = pytest.mark.skipif(
    "en" not in entities.installed(), reason="spaCy's English model is not installed"
)


def verdict(
    answer: str, *, passage: str = PASSAGE, style: str = "medium", finish: Any = "stop", **gates: Any
) -> Verdict:
    own = {"lines": OwnStyle(instruction="x", without=("finished", "copied", "numbers"))}
    (asked,) = styles_of((style,), own)
    before, after = EstimatedTokens().count([passage, answer])
    pair = Pair(passage, answer, asked, finish, "en", before, after)
    return judge(pair, gates_of(GateOptions.model_validate({"entities": False} | gates), DETECTOR, None))


def reasons(answer: str, **more: Any) -> tuple[str, ...]:
    return verdict(answer, **more).reasons


def test_a_faithful_rephrasing_passes_and_has_all_scores() -> None:
    found = verdict(GOOD)
    assert found.reasons == ()
    assert found.scores["numbers_kept"] == 1.0
    assert found.scores["numbers_new"] == 0.0
    assert found.scores["lead_in"] == 0.0
    assert found.scores["repeated"] == 0.0
    assert found.scores["copied"] < 0.3
    assert found.scores["language"] > 0.8
    assert 0.8 < found.scores["length_ratio"] < 1.5
    assert found.scores["reading_grade"] > 0


@pytest.mark.parametrize("finish", ["length", "context"])
def test_cut_off(finish: str) -> None:
    assert reasons(GOOD, finish=finish) == ("unfinished",)
    assert reasons(GOOD, finish=finish, finished=False) == ()


def test_the_last_sentence_has_no_end() -> None:
    assert reasons(GOOD[:-1]) == ("unfinished",)
    assert reasons(GOOD[:-1], finish=None) == ("unfinished",)
    assert reasons(GOOD[:-1], finished={"punctuation": False}) == ()


def test_empty() -> None:
    assert "empty" in reasons("")
    assert "empty" in reasons(" \n")


@pytest.mark.parametrize(
    "loop",
    [
        "The joint was swollen, and " * 20,
        f"{GOOD} {GOOD} {GOOD}",
        "No. " * 60,
        "She had 400 mg of it, then she had 400 mg of it, then she had 400 mg of it, then she had 400 mg of it.",
    ],
)
def test_loops(loop: str) -> None:
    assert "loop" in reasons(loop)
    assert "loop" in reasons(GOOD, finish="loop")


def test_a_passage_that_repeats_itself_may_be_said_with_the_same_repetitions() -> None:
    lines = "Room one is free on every day. Room two is free on every day. Room three is free on every day."
    assert "loop" not in reasons(lines.replace("Room", "Chamber"), passage=lines)


@pytest.mark.parametrize(
    "again",
    [
        "The joint was red. Mrs Okafor had pain in her knee. The joint was red.",
        "She came with pain in the knee to the clinic, and at night she came with pain in the knee to the clinic.",
    ],
)
def test_a_sentence_or_eight_words_said_again_are_a_loop(again: str) -> None:
    assert "loop" in reasons(again)
    assert "loop" not in reasons(again, passage=again)
    assert "loop" not in reasons("No. She had pain in the knee. No. The joint was not red at all.")


def test_an_answer_may_take_up_the_words_of_its_question_but_no_other_answer() -> None:
    asked = "Question: Did Mrs Okafor come to the clinic in Leeds in March?\nAnswer: Yes, {} in March.\n"
    other = "Question: How was the joint?\nAnswer: It was swollen but not red, and ibuprofen had brought {} no relief."
    came = "Mrs Okafor did come to the clinic in Leeds"
    more = (
        "that she had taken for all of three weeks before she went to see somebody about it, or so one hears,"
    )
    assert "loop" not in reasons(asked.format(came) + other.format(more), style="qa")
    assert "loop" in reasons(asked.format(came) + other.format(f"{more} said {came}"), style="qa")


@pytest.mark.parametrize(
    ("passage", "answer", "lost", "new"),
    [
        ("Do not soak the pan overnight.", "Soak the pan overnight.", 1, 0),
        ("Do not soak the pan overnight.", "Never soak the pan overnight.", 0, 0),
        ("Do not soak the pan overnight.", "Avoid to soak the pan overnight.", 0, 0),
        ("Do not soak the pan. Dry it on the stove.", "Dry it on the stove.", 0, 0),
        ("The kitchen floor is wet.", "The kitchen floor is not wet.", 0, 1),
        (
            "Seats are free. Tickets cannot be given back.",
            "Seats are free and tickets cannot be given back.",
            0,
            0,
        ),
    ],
)
def test_denials(passage: str, answer: str, lost: int, new: int) -> None:
    found = verdict(answer, passage=passage, language=False)
    assert (found.scores["negation_lost"], found.scores["negation_new"]) == (lost, new)
    assert ("negation_lost" in found.reasons) == bool(lost)
    assert "negation_new" not in found.reasons
    strict = reasons(answer, passage=passage, negation={"max_new": 0})
    assert ("negation_new" in strict) == bool(new)


def test_denials_are_judged_in_four_languages_and_not_in_questions() -> None:
    told = {
        "fr": ("La mairie n'a jamais répondu à la lettre.", "La mairie a répondu à la lettre."),
        "de": ("Der Zug hielt nicht vor dem Baum.", "Der Zug hielt vor dem Baum."),
        "es": ("El museo no abre los lunes.", "El museo abre los lunes."),
        "it": ("Il museo non apre il lunedì.", "Il museo apre il lunedì."),
    }
    (style,) = styles_of(("medium",), {})
    gate = Negation(NegationGate())
    found = {
        language: gate.judge(Pair(passage, answer, style, "stop", language, 9, 9))
        for language, (passage, answer) in told.items()
    }
    assert {language for language, one in found.items() if one.reasons} == {"fr", "de", "es"}
    assert found["it"].scores == {}
    assert "negation_lost" not in verdict("Question: a?\nAnswer: b.", style="qa").scores


def test_lead_in() -> None:
    assert reasons(f"{GOOD} I hope this helps!") == ("lead_in",)


def test_length() -> None:
    assert "too_short" in reasons("Mrs Okafor of Leeds had pain for three weeks from 14 March.")
    assert "too_long" in reasons(GOOD, length={"max_ratio": 0.9})
    assert "too_short" in reasons(GOOD, length={"min_ratio": 2.0})


def test_language() -> None:
    french = (
        "Le 14 mars, Mrs Okafor est venue à la clinique de Leeds à cause d'une douleur au genou gauche. Elle avait pris "
        "400 mg d'ibuprofène deux fois par jour. L'articulation était enflée mais pas rouge."
    )
    assert "language" in reasons(french)
    assert verdict(french).scores["language"] == 0.0


def test_copy() -> None:
    assert reasons(PASSAGE) == ("copy",)
    assert reasons(PASSAGE.replace("pain", "an ache")) == ("copy",)
    assert reasons(PASSAGE, copied={"max_copied": 1.0}) == ()


def test_numbers() -> None:
    assert reasons(GOOD.replace("400 mg", "500 mg"))[:1] == ("numbers_new",)
    assert reasons(GOOD.replace("14 March", "In April")) != ()
    assert "numbers_lost" in reasons(GOOD.replace("14 March", "that day").replace("400 mg", "some"))


@needs_names
def test_names() -> None:
    assert "entities_new" in reasons(GOOD.replace("Leeds", "Leeds near London"), entities={})
    assert "entities_lost" in reasons(
        GOOD.replace("Mrs Okafor", "She").replace("in Leeds", "there"), entities={}
    )


@needs_names
def test_names_are_not_judged_where_the_gate_is_off() -> None:
    assert "entities_new" not in verdict(GOOD, entities=False).scores


class Letters:
    """An embedder that looks at letters only, so that what is close can be seen."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        counts = np.array([[t.lower().count(chr(97 + n)) for n in range(26)] for t in texts], np.float32)
        return counts / np.maximum(np.linalg.norm(counts, axis=1, keepdims=True), 1e-9)


def test_similarity() -> None:
    gate = Similarity(SimilarityGate(model="x", min_cosine=0.9), Letters())
    (style,) = styles_of(("medium",), {})
    near = gate.judge(Pair("a bad cab", "a bad cab.", style, "stop", "en", 3, 3))
    far = gate.judge(Pair("a bad cab", "my pony", style, "stop", "en", 3, 2))
    assert (near.reasons, round(near.scores["similarity"], 3)) == ((), 1.0)
    assert (far.reasons, far.scores["similarity"]) == (("not_similar",), 0.0)


def test_a_model_of_similarity_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    stage = Rephrase(model="smollm2-135m", gates={"similarity": {"model": str(tmp_path)}})
    with pytest.raises(StageError, match="python -m onnx_export text-embedding"):
        stage.models()


QA = (
    "Question: When did Mrs Okafor come to the clinic in Leeds?\nAnswer: She came on 14 March.\n\n"
    "Question: What had she taken?\nAnswer: For three weeks, 400 mg of ibuprofen twice a day.\n\n"
    "Question: How was the joint of the left knee?\nAnswer: It was swollen but not red."
)


class TestQuestions:
    def test_pairs(self) -> None:
        found = verdict(QA, style="qa")
        assert found.reasons == ()
        assert found.scores["questions"] == 3.0

    @pytest.mark.parametrize(
        "broken",
        [
            PASSAGE,
            f"{PASSAGE}\n\n{QA}",
            QA.replace("Answer: It was swollen but not red.", "Answer:"),
            QA.rpartition("Answer:")[0],
            QA.replace("Answer: She came", "Question: She came"),
            "Question: a?\nAnswer: b.\nQuestion: a?\nAnswer: b.",
        ],
    )
    def test_what_is_no_conversation(self, broken: str) -> None:
        assert "no_questions" in reasons(broken, style="qa")

    @pytest.mark.parametrize(
        "text",
        [
            "**Question 1:** Who?\n**Answer 1:** She.\n**Question 2:** When?\n**Answer 2:** Now.",
            "Q: Who?\nA: She.\n\nQ: When?\nA: Now.",
            "Question : Qui ?\nRéponse : Elle.\nQuestion : Quand ?\nRéponse : Maintenant.",
        ],
    )
    def test_ways_of_writing_it(self, text: str) -> None:
        found = parse(text)
        assert found.clean
        assert len(found.pairs) == 2

    def test_other_styles_are_not_asked(self) -> None:
        assert "questions" not in verdict(GOOD).scores


def test_a_style_of_the_user_may_do_without_gates_but_keeps_the_scores() -> None:
    found = verdict(f"{PASSAGE[:-1]} 99", style="lines")
    assert found.reasons == ()
    assert found.scores["copied"] > 0.9
    assert found.scores["numbers_new"] == 1.0


class TestMeasures:
    def test_simple_text_has_a_lower_grade(self) -> None:
        simple = "The cat sat. The dog ran. It was hot."
        hard = (
            "Notwithstanding considerable meteorological irregularities, agricultural productivity increased."
        )
        grades = [reading_grade(t, t.lower().strip(".").split()) for t in (simple, hard)]
        assert grades[0] is not None
        assert grades[1] is not None
        assert grades[0] < 2 < 12 < grades[1]

    @pytest.mark.parametrize(
        ("word", "count"),
        [
            ("cat", 1),
            ("table", 2),
            ("make", 1),
            ("wanted", 2),
            ("walked", 1),
            ("beautiful", 3),
            ("rhythm", 1),
        ],
    )
    def test_syllables(self, word: str, count: int) -> None:
        assert syllables(word) == count

    def test_type_token_ratio_does_not_fall_with_length(self) -> None:
        words = [f"w{n % 40}" for n in range(400)]
        assert type_token_ratio(words[:50]) == type_token_ratio(words) == 0.8
        assert type_token_ratio([]) is None
