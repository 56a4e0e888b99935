"""French verbs and spelling in propositions."""

from __future__ import annotations

import pytest

from stages.simplify.lexicon.french import ATTRIBUTION_FORMS
from stages.simplify.lexicon.french_verbs import forms
from stages.simplify.realisation.french.conjugation import (
    imperfect,
    indicative,
    present,
    without_agreement,
)
from stages.simplify.realisation.french.spelling import begins_with_vowel
from stages.simplify.realisation.french.verbs import avoir, etre, person


@pytest.mark.parametrize(
    ("participle", "past", "one", "several"),
    [
        ("contenant", "contenait", "contient", "contiennent"),
        ("mangeant", "mangeait", "mange", "mangent"),
        ("plaçant", "plaçait", "place", "placent"),
        ("comprenant", "comprenait", "comprend", "comprennent"),
        ("utilisant", "utilisait", "utilise", "utilisent"),
        ("finissant", "finissait", "finit", "finissent"),
        ("passant", "passait", "passe", "passent"),
        ("menant", "menait", "mène", "mènent"),
        ("célébrant", "célébrait", "célèbre", "célèbrent"),
        ("appelant", "appelait", "appelle", "appellent"),
        ("employant", "employait", "emploie", "emploient"),
        ("ayant", "avait", "a", "ont"),
        ("étant", "était", "est", "sont"),
        ("vivant", "vivait", "vit", "vivent"),
    ],
)
def test_a_participle_becomes_finite(participle: str, past: str, one: str, several: str) -> None:
    assert imperfect(participle, 2) == past
    assert present(participle, False) == one
    assert present(participle, True) == several


def test_the_imperfect_has_the_person_of_its_subject() -> None:
    assert [imperfect("mangeant", who) for who in range(6)] == [
        "mangeais",
        "mangeais",
        "mangeait",
        "mangions",
        "mangiez",
        "mangeaient",
    ]
    assert imperfect("maison", 2) is None


@pytest.mark.parametrize(
    ("subjunctive", "expected"),
    [
        ("soit", "est"),
        ("aient", "ont"),
        ("fasse", "fait"),
        ("parle", "parle"),
        ("finisse", "finit"),
        ("vienne", "vient"),
        ("eût", None),
    ],
)
def test_a_subjunctive_becomes_indicative_where_that_is_known(subjunctive: str, expected: str | None) -> None:
    assert indicative(subjunctive) == expected


@pytest.mark.parametrize(
    ("participle", "expected"),
    [
        ("achetées", "acheté"),
        ("écrits", "écrit"),
        ("prises", "pris"),
        ("pris", "pris"),
        ("mis", "mis"),
        ("vue", "vu"),
    ],
)
def test_a_participle_loses_its_agreement(participle: str, expected: str) -> None:
    assert without_agreement(participle) == expected


def test_etre_and_avoir_agree() -> None:
    assert etre("past", person("", True)) == "étaient"
    assert etre("present", person("nous", False)) == "sommes"
    assert avoir("present", person("je", False)) == "ai"
    assert avoir("past", person("elles", False)) == "avaient"


@pytest.mark.parametrize(
    ("word", "elides"),
    [
        ("homme", True),
        ("hôpital", True),
        ("école", True),
        ("héros", False),
        ("onze", False),
        ("train", False),
    ],
)
def test_words_are_elided_before_vowels_and_mute_h(word: str, elides: bool) -> None:
    assert begins_with_vowel(word) is elides


def test_forms_of_a_verb_are_made_from_its_infinitive() -> None:
    assert {"annonce", "annonça", "annonçait", "annonceront", "annoncée"} <= forms(["annoncer"])
    assert {"répète", "répétait", "répétée"} <= forms(["répéter"])
    assert {"répond", "répondu", "répondit", "répondaient"} <= forms(["répondre"])
    assert {"dit", "disait", "dira", "disent"} <= ATTRIBUTION_FORMS
    with pytest.raises(ValueError, match="pleuvoir"):
        forms(["voir", "pleuvoir"])
