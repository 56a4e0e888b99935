"""Talk about the task: taken off the beginning, found elsewhere, and never what the passage says itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.rephrase.lead_ins import remarks, strip_lead_in

PASSAGE = "The fox slept in the house. It was small."
SAID = "A fox was asleep in a little house."


@pytest.mark.parametrize(
    "lead_in",
    [
        "Here is the rewritten passage:",
        "Here's a simpler version of the text:",
        "Sure! Here is the paragraph in simple words:",
        "Certainly, below is the paraphrased text:",
        "Rewritten passage:",
        "**Rewritten Passage:**",
        "Passage:",
        "The passage can be rewritten as follows:",
        "The following is a rewritten version of the text:",
        "Sure!",
        "Voici le texte réécrit :",
        "Bien sûr, voici une version plus simple du texte :",
        "Texte reformulé :",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", " "])
def test_an_announcement_goes(lead_in: str, between: str) -> None:
    found = strip_lead_in(f"{lead_in}{between}{SAID}", PASSAGE)
    assert found.text == SAID
    assert found.lead_in == lead_in


def test_two_announcements_and_the_quotes_go() -> None:
    found = strip_lead_in(f'Sure!\n\nHere is the rewritten text:\n\n"{SAID}"', PASSAGE)
    assert found.text == SAID
    assert found.lead_in == "Sure! Here is the rewritten text:"


@pytest.mark.parametrize(
    "answer",
    [
        "Here is what the fox did: it slept.",
        "The fox slept here: in a house.",
        "Sure of itself, the fox slept.",
        "Note: foxes sleep."[6:],
        '"Sleep," said the fox, "is good."',
        "The following day the fox slept again.",
        "Voici le renard : il dort.",
    ],
)
def test_what_says_something_stays(answer: str) -> None:
    assert strip_lead_in(answer, PASSAGE).text == answer


def test_what_the_passage_begins_with_stays() -> None:
    passage = "Here is the text of the law: nobody may sleep."
    assert strip_lead_in(f"{passage} At all.", passage).text == f"{passage} At all."


def test_an_answer_that_is_nothing_but_an_announcement_stays_to_be_refused() -> None:
    only = "Here is the rewritten passage:"
    assert strip_lead_in(only, PASSAGE).text == only
    assert remarks(only, PASSAGE)


@pytest.mark.parametrize(
    "talk",
    [
        "The passage is written in a formal tone.",
        "I hope this helps!",
        "Let me know if you have any questions.",
        "As an AI language model, I cannot do that.",
        "I have rewritten the passage in simple words.",
        "This passage describes a fox.",
        "The use of the word fox adds elegance.",
        "Please provide the passage.",
        "Rewrite the passage to make it clear.",
        "Le texte décrit un renard.",
        "J'espère que cela vous aide.",
        "The story of the bicycle tyre is about the importance of care.",
        "A coin in the grass is a story of adventure and kindness.",
        "The blowers, as you mentioned, did the damage.",
        "The story that I am writing is easy for the readers to understand.",
        "The sentence was reworked to include the details.",
        "This is a well-known fallacy.",
    ],
)
@pytest.mark.parametrize("form", ["{} {}", "{}\n\n{}"])
def test_talk_is_found_wherever_it_stands(talk: str, form: str) -> None:
    assert remarks(form.format(SAID, talk), PASSAGE) == [talk]


def test_a_repeated_instruction_is_talk() -> None:
    told = "Use short sentences and everyday words that a child of seven knows."
    assert remarks(f"{SAID} Use short sentences and everyday words that a child knows.", PASSAGE, told)


@pytest.mark.parametrize(
    "answer",
    [
        SAID,
        "The house of the fox was small. It slept.",
        "He hopes this is the last time.",
        "They provide help.",
    ],
)
def test_plain_text_is_no_talk(answer: str) -> None:
    assert remarks(answer, PASSAGE) == []


def test_a_passage_about_texts_may_be_said_again() -> None:
    passage = "The original text of the treaty was lost in the fire."
    assert remarks("The original text of the treaty burned in the fire.", passage) == []


@settings(max_examples=60)
@given(st.text(max_size=120), st.text(max_size=60))
def test_nothing_but_the_beginning_is_ever_taken(answer: str, passage: str) -> None:
    text = strip_lead_in(answer, passage).text
    assert text in answer
    remarks(answer, passage, "instruction")


@pytest.mark.parametrize(
    "answer",
    [
        "The ferry sails at ten. I like ferries.",
        "J'aime le bac, qui part à dix heures.",
        "In summary, it sails at ten.",
    ],
)
def test_a_speaker_whom_the_passage_lacks_is_talk(answer: str) -> None:
    assert remarks(answer, "The ferry leaves at ten.")


@pytest.mark.parametrize(
    ("answer", "passage"),
    [
        ("I leave at ten.", "We leave at ten."),
        ('He said "I am late", and left.', "He said that he was late."),
        ("Elizabeth I left at ten. Vitamin I 2 is none.", "My ferry leaves at ten."),
    ],
)
def test_a_speaker_of_the_passage_is_none(answer: str, passage: str) -> None:
    assert not remarks(answer, passage)


def test_who_asks_a_question_may_say_i() -> None:
    assert not remarks("Question: When can I leave?\nAnswer: At ten.", "It leaves at ten.", speaks=False)
