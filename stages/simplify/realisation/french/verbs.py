"""Forms of French verbs that propositions need (Grevisse and Goosse, *Le bon usage*, 2016, 788-858): "être" and "avoir"
with any subject, a participle made finite, a subjunctive made indicative."""

from __future__ import annotations

from typing import Final, Literal

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

Tense = Literal["past", "present"]

_ETRE: Final = {
    "present": ("suis", "es", "est", "sommes", "êtes", "sont"),
    "past": ("étais", "étais", "était", "étions", "étiez", "étaient"),
}
_AVOIR: Final = {
    "present": ("ai", "as", "a", "avons", "avez", "ont"),
    "past": ("avais", "avais", "avait", "avions", "aviez", "avaient"),
}
_PERSONS: Final = {
    "je": 0,
    "j'": 0,
    "moi": 0,
    "tu": 1,
    "toi": 1,
    "nous": 3,
    "vous": 4,
    "ils": 5,
    "elles": 5,
    "eux": 5,
}
_BE_FORMS: Final = """
    suis es est sommes êtes sont étais était étions étiez étaient fus fut furent serai sera seront serait seraient
    soit soient
"""
_HAVE_FORMS: Final = """
    ai as a avons avez ont avais avait avions aviez avaient aura auront aurait auraient
"""
_BE: Final = frozenset(_BE_FORMS.split())
_HAVE: Final = frozenset(_HAVE_FORMS.split())


def tense(s: Sentence, verb: int) -> Tense:
    """The tense of a clause: a compound past counts as past. What has no tense takes that around it."""
    while s.finite(verb) is None and s.heads[verb] != verb:
        verb = s.heads[verb]
    finite = s.finite(verb)
    if finite is None:
        return "past" if s.tags[verb] == "VBN" else "present"
    if s.tags[finite] == "VBD":
        return "past"
    if finite != verb and s.tags[verb] == "VBN" and s.lowers[finite] in _HAVE:
        return "past"
    if (
        finite != verb
        and s.tags[verb] == "VBN"
        and (
            s.relations[finite] == rel.AUXILIARY
            or s.find(verb, rel.CLITIC) is not None
            or takes_be(s.lowers[verb])
        )
    ):
        return "past"  # "est arrivé", "s'est levé"
    return "present"


def unit_tense(s: Sentence, unit: Unit) -> Tense:
    """The tense of a unit's main clause, or the one it gets where it has none of its own."""
    given: Tense | None = getattr(unit.frame, "tense", None)
    return given if given is not None else tense(s, unit.head)


# verbs whose participle takes "être" for what has happened
_HAPPENED: Final = """
    né mort parti reparti arrivé venu devenu revenu parvenu resté tombé retombé allé entré rentré sorti issu décédé
    apparu intervenu survenu descendu monté remonté retourné
"""
_WITH_BE: Final = frozenset(_HAPPENED.split())


def takes_be(participle: str) -> bool:
    """Whether a past participle, in any agreement, has "être" for what has happened."""
    return participle in _WITH_BE or participle.removesuffix("s").removesuffix("e") in _WITH_BE


def plural_form(s: Sentence, finite: int) -> bool | None:
    """Whether a finite verb is plural, by its form; None where the form does not tell."""
    word = s.lowers[finite]
    if s.tags[finite] in ("VBZ", "VBP"):
        return s.tags[finite] == "VBP"
    return word.endswith(("aient", "rent")) if word.endswith(("t", "a", "é")) else None


def is_plural(s: Sentence, noun: int) -> bool:
    """Whether a noun phrase takes a plural verb."""
    if s.lowers[noun] in ("ils", "elles", "eux") or s.tags[noun] == "NNS":
        return True
    if s.relations[noun] in (rel.SUBJECT, rel.PASSIVE_SUBJECT):
        finite = s.finite(s.heads[noun])
        told = plural_form(s, finite) if finite is not None else None
        if told is not None:
            return told
    conjunct = s.find(noun, rel.CONJUNCT)
    if conjunct is not None:
        return any(s.relations[t] == rel.COORDINATOR and s.lowers[t] == "et" for t in s.children[noun])
    determiner = s.find(noun, rel.DETERMINER)
    return determiner is not None and s.lowers[determiner] in (
        "les",
        "des",
        "ces",
        "ses",
        "leurs",
        "mes",
        "nos",
    )


def person(word: str, plural: bool) -> int:
    """Number of the person of a subject, 0 to 5; ``word`` is the subject where that is a single word."""
    return _PERSONS.get(word, 5 if plural else 2)


def etre(when: Tense, who: int) -> str:
    """A form of "être"."""
    return _ETRE[when][who]


def avoir(when: Tense, who: int) -> str:
    """A form of "avoir"."""
    return _AVOIR[when][who]


def is_be(word: str) -> bool:
    """Whether a word in lower case is a finite form of "être"."""
    return word in _BE
