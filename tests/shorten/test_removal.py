"""What goes and what stays, as a reader would check it."""

from __future__ import annotations

from pathlib import Path

import pytest

from stages.shorten import negations, stop_lists
from tests.shorten.shortening import short, shorten

STOP_WORDS_BY_LANGUAGE = [
    ("en", "The patient was sent to the ward.", "patient ward."),
    ("fr", "Le patient a été envoyé dans le service.", "patient envoyé service."),
    ("de", "Der Kranke liegt auf der Straße.", "Kranke liegt Straße."),
    ("es", "El médico habla con la enfermera.", "médico enfermera."),
    ("it", "Il medico dell'ospedale parla con l'infermiera.", "medico ospedale parla infermiera."),
    ("ru", "Врач пришёл вместе с сестрой в палату.", "Врач пришёл сестрой палату."),
    ("el", "Ο γιατρός και η νοσοκόμα.", "γιατρός νοσοκόμα."),
    ("ar", "ذهب الطبيب إلى المستشفى", "ذهب الطبيب المستشفى"),
    ("hi", "रोगी को अस्पताल में रखा गया", "रोगी अस्पताल रखा"),
    ("ko", "그 환자 및 의사", "환자 의사"),
]


@pytest.mark.parametrize(("language", "text", "expected"), STOP_WORDS_BY_LANGUAGE)
def test_stop_words_go_in_order(language: str, text: str, expected: str) -> None:
    assert short(text, language=language) == expected


@pytest.mark.parametrize("text", ["THE cat", "The cat", "tHe cat"])
def test_case_does_not_matter(text: str) -> None:
    assert short(text) == "cat"


def test_case_folding_beyond_ascii(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("straße\nσίσυφος\niçin\nпривет\nﬁsh\n", "utf-8")
    text = "STRASSE Straße ΣΊΣΥΦΟΣ σίσυφοσ İçin ПРИВЕТ FISH bleibt"
    assert short(text, language="de", lists={"file": words}) == "bleibt"


NEGATIONS = [
    ("en", "There is no fever and she did not cough.", "no fever not cough."),
    ("en", "They don't know; he can’t walk without help.", "don't; can’t walk without"),
    ("fr", "Il n'a pas de fièvre et aucune toux.", "n'a pas fièvre aucune toux."),
    ("de", "Es gibt keine Blutung und nichts Neues.", "keine Blutung nichts"),
    ("es", "No tiene fiebre ni dolor.", "No fiebre ni dolor."),
    ("ru", "У него нет боли, он не кашляет.", "нет боли, не кашляет."),
    ("zh", "不", "不"),
]


@pytest.mark.parametrize(("language", "text", "expected"), NEGATIONS)
def test_negations_stay(language: str, text: str, expected: str) -> None:
    assert short(text, language=language).startswith(expected)


def test_negations_go_when_told_so() -> None:
    assert short("She did not cough, she doesn't.", keep_negations=False) == "cough,"


def test_every_large_language_has_negations() -> None:
    main = "en fr de es it pt nl sv da no fi pl cs sk ru uk bg hr sl ro hu el tr id ar fa he hi vi ko ja zh"
    assert set(main.split()) <= negations.languages()
    assert negations.languages() <= set(stop_lists.stopwordsiso_languages())


def test_protected_words_stay() -> None:
    text = "The who is the health organization of Geneva."
    assert short(text) == "health organization Geneva."
    assert short(text, protect=["WHO"]) == "who health organization Geneva."
    assert short("The cat saw the cat.", remove=["recurring"], protect=["the"]) == "The cat saw the."


APOSTROPHES = [
    ("fr", "L'eau d'un puits", "eau puits"),
    ("fr", "L’eau d’un puits", "eau puits"),
    ("fr", "Lorsqu'il pleut aujourd'hui", "pleut"),
    ("fr", "l'hôpital qu'elle aime", "hôpital aime"),
    ("it", "un'amica dell'arte", "amica arte"),
    ("ca", "l'hospital d'en Pere", "hospital Pere"),
    ("en", "It's John's o'clock, they've gone.", "John's o'clock,"),
]


@pytest.mark.parametrize(("language", "text", "expected"), APOSTROPHES)
def test_apostrophes(language: str, text: str, expected: str) -> None:
    assert short(text, language=language).startswith(expected)


def test_compounds() -> None:
    assert short("a well-known follow-up of the x-ray") == "well-known follow-up x-ray"
    assert short("he/she takes 3 mg/l and/or more") == "takes 3 mg/l"
    assert short("Où est-ce que tu tousses", language="fr") == "tousses"
    assert short("Write to a.b@example.com or see file_name.txt") == "Write a.b@example.com file_name.txt"


def test_numbers_and_units_stay() -> None:
    text = "The dose was 10 mg, then -5.5 °C at 12:30 on 3/4/2020 with 7 % and $5 or 10^9/l."
    assert short(text) == "dose 10 mg, -5.5 °C 12:30 3/4/2020 7 % $5 10^9/l."
    assert (
        short(text, remove=["stopwords", "punctuation"]) == "dose 10 mg -5.5 °C 12:30 3/4/2020 7 % $5 10^9/l"
    )
    assert short("5 mg here, 10 mg there, 5 mg", remove=["recurring"]) == "5 mg here, 10 mg there, 5 mg"


def test_punctuation_goes_but_not_from_within_words() -> None:
    text = "“Stop!” (he said) — it’s a well-known 3.5 % C++/C# e.g. #tag <b> 5–10…"
    assert (
        short(text, remove=["punctuation"]) == "Stop he said it’s a well-known 3.5 % C++/C# e.g #tag <b> 5–10"
    )


def test_punctuation_closes_up_to_what_is_left() -> None:
    assert short('He said "the fever", (the cough) and then slept.') == '"fever", (cough) slept.'
    assert short("cat, however, sat") == "cat, sat"
    assert short("Cough. It is. And then? Fever.") == "Cough. Fever."


def test_quotes_that_close_do_not_open() -> None:
    assert short('a 5"the cat') == '5" cat'
    assert short('"the cat') == '"cat'


def test_words_longer_than_the_table_holds(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("abcdefghijklmnop\nabcdefghijklmnopqrst\nследовательно\n", "utf-8")
    text = "abcdefghijklmnop Abcdefghijklmnopq abcdefghijklmnopqrst ABCDEFGHIJKLMNOPQRSX СЛЕДОВАТЕЛЬНО следовательнее"
    assert short(text, lists={"file": words}) == "Abcdefghijklmnopq ABCDEFGHIJKLMNOPQRSX следовательнее"


def test_recurring_words_stay_once() -> None:
    text = "Fever on Monday, fever on Tuesday: FEVER 38, 38 and more."
    assert short(text, remove=["recurring"]) == "Fever on Monday, Tuesday: 38, 38 and more."


def test_lines_and_paragraphs() -> None:
    text = "  The fever\nof the  cat\n\nand a dog \n \n\n the bird"
    assert short(text) == "fever\ncat\n\ndog\n\nbird"
    assert short(text, line_breaks="space") == "fever cat\n\ndog\n\nbird"
    assert short("fever\ncough\n\nbird", line_breaks="space") == "fever cough\n\nbird"


def test_scripts_without_spaces_are_not_taken_apart() -> None:
    assert short("我们的猫在哪里。", language="zh") == "我们的猫在哪里。"
    assert short("因为 猫", language="zh") == "猫"
    assert short("กับ แมว", language="th") == "แมว"


def test_statuses() -> None:
    assert shorten("The cat", language="en").status == "ok"
    unchanged = shorten("  cat \n dog  ", language="en")
    assert (unchanged.status, unchanged.text, unchanged.spans) == ("unchanged", "  cat \n dog  ", [(0, 13)])
    head = shorten("What is it, then? The same.", language="en")
    assert (head.status, head.text) == ("head", "What is it, then? The same.")
    assert shorten("What is it, then?", language="en", budget={"words": 2}).text == "What is"
    assert shorten(" \n ", language="en").status == "empty"
    assert shorten(" \n ", language="en").text == ""
    assert shorten("...", language="en", remove=["punctuation"]).text == "..."
    cut = shorten("The cat saw a dog", language="en", budget={"words": 1})
    assert (cut.status, cut.text, cut.spans) == ("cut", "cat", [(4, 7)])


def test_spans_are_code_points() -> None:
    text = "😀 é the 我们 a ж"
    made = shorten(text, language="en")
    assert made.spans == [(0, 3), (8, 10), (13, 14)]
    assert [text[a:b] for a, b in made.spans] == ["😀 é", "我们", "ж"]


WORD_BUDGETS = [
    ("fever, cough and (chills) today", 3, "fever, cough (chills)"),
    ("cough - fever", 2, "cough -"),
    ("我们的猫 cat", 3, "我们的"),
    ("猫。cat dog", 2, "猫。cat"),
    ("cat", 5, "cat"),
]


@pytest.mark.parametrize(("text", "words", "expected"), WORD_BUDGETS)
def test_word_budget(text: str, words: int, expected: str) -> None:
    assert short(text, budget={"words": words}) == expected


def test_word_budget_alone_is_the_head() -> None:
    made = shorten("  The cat\nsaw the dog", remove=[], budget={"words": 3})
    assert (made.text, made.status, made.spans) == ("  The cat\nsaw", "cut", [(0, 13)])
