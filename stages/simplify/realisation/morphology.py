"""Forms of words: tense, number, agreement.

Forms come from lemminflect (MIT). Where it knows several, one that the source itself uses is taken.
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Literal

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

Tense = Literal["past", "present"]


def load() -> None:
    """Read lemminflect's tables, which takes a second or two, so that no document waits for them."""
    lemma("reads")
    inflect("read", "VBZ", ())


@lru_cache(maxsize=65536)
def lemma(word: str) -> str:
    """The base form of a verb form in lower case."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    from lemminflect import getLemma

    found = getLemma(word, upos="VERB")
    return str(found[0]) if found else word


# clitics and forms that are ambiguous by themselves
_IRREGULAR = {
    **dict.fromkeys(
        ("am", "is", "are", "was", "were", "be", "been", "being", "'m", "'re", "'s", "’m", "’re", "’s"), "be"
    ),
    **dict.fromkeys(("have", "has", "had", "having", "'ve", "’ve"), "have"),
    **dict.fromkeys(("do", "does", "did", "doing", "done"), "do"),
    "found": "find",
    "felt": "feel",
    "saw": "see",
    "left": "leave",
    "thought": "think",
    "lay": "lie",
    "wound": "wind",
    "ground": "grind",
    "born": "bear",
    "bore": "bear",
    "founded": "found",
}


@lru_cache(maxsize=65536)
def _forms(base: str, tag: str) -> tuple[str, ...]:
    from lemminflect import getInflection

    return tuple(str(form) for form in getInflection(base, tag=tag))


def inflect(base: str, tag: str, seen: Container[str]) -> str | None:
    """The form of a verb for a Penn tag, preferably one of ``seen``; None when there is none."""
    forms = _forms(base, tag)
    for form in forms:
        if form in seen:
            return form
    return forms[0] if forms else None


def tense(s: Sentence, verb: int) -> Tense:
    """The tense of a clause; perfect counts as past, a modal as present. What has no tense takes that around it."""
    while (
        s.finite(verb) is None
        and s.heads[verb] != verb
        and not (s.tags[verb] == "VBN" and s.auxiliaries(verb))
    ):
        verb = s.heads[verb]
    auxiliaries = s.auxiliaries(verb)
    for one in auxiliaries:
        word = s.lowers[one]
        if word in ("have", "has", "'ve", "’ve") or (
            word in ("'s", "’s") and s.tags[verb] == "VBN" and not _passive(s, verb)
        ):
            return "past"
        if s.tags[one] == "MD":
            return "present"
        if s.tags[one] in ("VBD", "VBN"):
            return "past"
        if s.tags[one] in ("VBP", "VBZ"):
            return "present"
    # a participle without auxiliary is a past that was tagged amiss
    return "past" if s.tags[verb] in ("VBD", "VBN") else "present"


def _passive(s: Sentence, verb: int) -> bool:
    return s.find(verb, rel.PASSIVE_AUXILIARY) is not None


def is_plural(s: Sentence, noun: int) -> bool:
    """Whether a noun phrase takes a plural verb. The verb it has in the source knows best."""
    agreed = _agreement_seen(s, noun)
    if agreed is not None:
        return agreed
    conjunct = s.find(noun, rel.CONJUNCT)
    if conjunct is not None and _joined_by_and(s, noun):
        return True
    word = s.lowers[noun]
    if word in _PLURAL_WORDS:
        return True
    if s.tags[noun] in ("NNS", "NNPS"):
        return word not in _SINGULAR_IN_S
    if s.tags[noun] == "CD" and word not in ("one", "1"):
        return not word.isdigit() or len(word) < 4
    return False


def _joined_by_and(s: Sentence, noun: int) -> bool:
    token: int | None = noun
    while token is not None:
        for one in s.children[token]:
            if s.relations[one] == rel.COORDINATOR and s.lowers[one] in ("and", "&"):
                return True
        token = s.find(token, rel.CONJUNCT)
    return False


def _agreement_seen(s: Sentence, noun: int) -> bool | None:
    if s.relations[noun] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT):
        return None
    verb = s.heads[noun]
    finite = s.finite(verb)
    if finite is None:
        return None
    word, tag = s.lowers[finite], s.tags[finite]
    if tag == "VBZ" or word == "was":
        return False
    if word == "were" or (tag == "VBP" and word != "am"):
        return True
    return None


_PLURAL_WORDS = frozenset(
    {
        "we",
        "you",
        "they",
        "these",
        "those",
        "us",
        "them",
        "many",
        "several",
        "few",
        "both",
        "people",
        "police",
        "men",
        "women",
        "children",
    }
)
_SINGULAR_IN_S = frozenset(
    {
        "news",
        "mathematics",
        "physics",
        "politics",
        "economics",
        "series",
        "species",
        "linguistics",
        "united states",
    }
)


def be(tense_: Tense, plural: bool, word: str = "") -> str:
    """The form of "be" for a subject, of which ``word`` is the only word if it is a pronoun."""
    if tense_ == "past":
        return "were" if plural else "was"
    if word == "i":
        return "am"
    return "are" if plural else "is"


def have(tense_: Tense, plural: bool, word: str = "") -> str:
    """The form of "have" for a subject."""
    if tense_ == "past":
        return "had"
    return "have" if plural or word == "i" else "has"


SUBJECT_CASE = {"him": "he", "her": "she", "them": "they", "us": "we", "me": "I", "whom": "who"}
"""Pronouns as objects, and as subjects."""
