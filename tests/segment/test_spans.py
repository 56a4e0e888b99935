"""Spans adjoin, cover the text, and do not depend on what else is in the batch."""

from __future__ import annotations

import itertools
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.segment.stage import Segment
from tests.segment.tiny import SAT, WTP, sentences, spans, stage

SAT_STAGE = stage(lengths={"max": 40})
PLAIN_STAGE = stage()
WTP_STAGE = stage(model=str(WTP))
CONFIGURATIONS = [
    pytest.param(stage(), id="threshold"),
    pytest.param(WTP_STAGE, id="characters"),
    pytest.param(stage(newlines="every", paragraphs="blank_line"), id="line breaks"),
    pytest.param(stage(lengths={"min": 5, "max": 12}), id="bounds"),
    pytest.param(
        stage(lengths={"max": 30, "prior": "lognormal", "aim": "chunks"}, threshold=None), id="prior"
    ),
    pytest.param(stage(threshold=None), id="own thresholds"),
]


def random_strings(number: int) -> list[str]:
    """Strings of any code point but surrogates, with more white space and marks than chance gives."""
    generator = random.Random(20)
    planes = [(0x20, 0x7F), (0x80, 0x2FF), (0x300, 0x36F), (0x370, 0x1FFF), (0x2000, 0x206F), (0x3000, 0x9FFF),
              (0xE000, 0xFFFF), (0x10000, 0x1FFFF), (0xE0000, 0x10FFFF)]  # fmt: skip
    made = []
    for _ in range(number):
        characters = []
        for _ in range(generator.randrange(60)):
            if generator.random() < 0.3:
                characters.append(generator.choice(" \n\t.!?\u00a0\u3000\u200d\u2028…。"))
            else:
                characters.append(chr(generator.randint(*generator.choice(planes))))
        made.append("".join(characters))
    return made


@pytest.mark.parametrize("segment", CONFIGURATIONS)
def test_a_thousand_random_strings_come_back(segment) -> None:
    texts = random_strings(1000)
    for text, found in zip(texts, spans(texts, segment), strict=True):
        edges = [0, *(s["end"] for s in found)]
        assert [s["start"] for s in found] == edges[:-1]
        assert edges == sorted(set(edges))  # no span is empty
        assert "".join(text[a:b] for a, b in itertools.pairwise(edges)) == text
        assert all(s["probability"] is None or 0 <= s["probability"] <= 1 for s in found)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=80), max_size=6))
@settings(max_examples=60)
def test_any_text_is_joined_from_its_sentences(texts) -> None:
    assert ["".join(one) for one in sentences(texts, SAT_STAGE)] == texts


@pytest.mark.parametrize("model", [SAT, WTP])
def test_neighbours_in_the_batch_change_nothing(model) -> None:
    segment = stage(model=str(model), stride=100)
    texts = [text * repeat for text in random_strings(12) for repeat in (1, 30)]
    alone = [spans([text], segment)[0] for text in texts]
    assert spans(texts, segment) == alone
    assert spans(texts[::-1], segment) == alone[::-1]
    for size in (2, 5):
        cut = [texts[start : start + size] for start in range(0, len(texts), size)]
        assert [one for part in cut for one in spans(part, segment)] == alone


def test_white_space_belongs_to_the_sentence_before_it() -> None:
    text = "Gone with it.  \n\t And here. " * 20
    for sentence in sentences([text], PLAIN_STAGE)[0]:
        assert not sentence[0].isspace()


def test_texts_without_words() -> None:
    assert sentences(["", " ", "\n\n", "x"], PLAIN_STAGE) == [[], [" "], ["\n\n"], ["x"]]


def test_a_long_text_without_any_space() -> None:
    text = "今天下雨我们在家喝茶" * 7000
    (found,) = sentences([text], stage(stride=510))
    assert "".join(found) == text


def test_probability_is_that_of_the_place() -> None:
    text = "One two three four five six. Seven eight nine ten. " * 3
    (strict,), (loose,) = spans([text], stage(threshold=0.5)), spans([text], stage(threshold=0.05))
    everywhere = {s["end"]: s["probability"] for s in loose}
    assert len(loose) > len(strict) > 1
    for sentence in strict[:-1]:
        assert sentence["probability"] == everywhere[sentence["end"]] > 0.5


def test_normal_forms_are_not_mixed() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Çà et là. Où ça ? Là-bas, près du café.")
        assert "".join(sentences([text], PLAIN_STAGE)[0]) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", " ", "\n", ".", "a ", "今", "e\u0301", "\u200d", "Some words. And more of them\n"]
)
def test_ten_megabytes_of_anything(unit) -> None:
    text = unit * (10_000_000 // len(unit))
    for options in ({}, {"lengths": {"min": 20, "max": 200}}):
        (found,) = spans([text], Segment(**options))
        assert found[0]["start"] == 0
        assert found[-1]["end"] == len(text)
        assert all(one["end"] == other["start"] for one, other in itertools.pairwise(found))
        if options:
            assert max(one["end"] - one["start"] for one in found) <= 200
