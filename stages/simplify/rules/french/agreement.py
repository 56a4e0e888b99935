"""Which noun a participle speaks of: it agrees with it, which parsers do not check."""

from __future__ import annotations

from typing import Final

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_FEMININE: Final = frozenset({"la", "une", "cette", "sa", "ma", "ta", "elle", "elles"})
_MASCULINE: Final = frozenset({"le", "un", "ce", "cet", "il", "ils", "au", "du"})
_SINGULAR_IN_S: Final = ("is", "us", "os", "ous")
_NOUNS: Final = frozenset({"NN", "NNS", "NNP"})


def may_agree(s: Sentence, noun: int, participle: int) -> bool:
    """Whether a past participle can have the number and the gender of a noun, as far as endings and articles tell."""
    word = s.lowers[participle]
    if s.tags[participle] != "VBN":
        return True
    plural = word.endswith("s") and not word.endswith(_SINGULAR_IN_S)
    several = (
        s.tags[noun] == "NNS" or s.find(noun, rel.CONJUNCT) is not None or s.lowers[noun] in ("ils", "elles")
    )
    if s.tags[noun] in ("NN", "NNS", "PRP") and plural != several and not word.endswith(_SINGULAR_IN_S):
        return False
    article = article_of(s, noun)
    feminine = word.endswith(("e", "es"))
    return article not in (_MASCULINE if feminine else _FEMININE)


def article_of(s: Sentence, noun: int) -> str:
    """The word that shows the gender of a noun: its article, or that in its preposition, or a pronoun itself."""
    if s.tags[noun] == "PRP":
        return s.lowers[noun]
    determiner = s.find(noun, rel.DETERMINER)
    if determiner is not None:
        return s.lowers[determiner]
    return s.lowers[s.heads[noun]] if s.relations[noun] == rel.PREPOSITION_OBJECT else ""


def agreeing(s: Sentence, noun: int, participle: int) -> int | None:
    """The noun, or one nearby where only that agrees: "le collège des Jésuites fondé en 1570"; None without one."""
    if may_agree(s, noun, participle):
        return noun
    inside = [
        t
        for t in range(s.first(participle) - 1, noun, -1)
        if s.tags[t] in _NOUNS and s.relations[t] == rel.PREPOSITION_OBJECT
    ]
    for other in (*inside, *_above(s, noun)):
        if may_agree(s, other, participle) and article_of(s, other):
            return other
    return None


def _above(s: Sentence, noun: int) -> list[int]:
    found = []
    while s.relations[noun] == rel.PREPOSITION_OBJECT and s.tags[s.heads[s.heads[noun]]] in _NOUNS:
        noun = s.heads[s.heads[noun]]
        found.append(noun)
    return found


def has_more_behind(s: Sentence, noun: int, token: int) -> bool:
    """Whether members of a list, or an apposition, follow what modifies a noun: without it they would stand loose."""
    end = s.last(token)
    tops = [noun, s.heads[noun]] if s.relations[noun] == rel.PREPOSITION_OBJECT else [noun]
    loose = (rel.CONJUNCT, rel.APPOSITION)
    if any(t > end and s.relations[t] in loose for top in tops for t in s.children[top]):
        return True
    following = s.tags[end + 1 : end + 3]
    return list(following) == [",", "CC"] and s.has_comma_before(token)


def is_bare(s: Sentence, noun: int) -> bool:
    """Whether a common noun has nothing before it that lets it be a subject: "localité située ..."."""
    if s.tags[noun] not in ("NN", "NNS"):
        return s.tags[noun] == "CD"
    if s.child(noun, (rel.DETERMINER, rel.NUMBER, rel.POSSESSOR)) is not None:
        return False
    first = s.first(noun)
    if s.tags[first] in ("DT", "PRP$", "CD"):
        return False
    preposition = s.heads[noun]
    return not (
        s.relations[noun] == rel.PREPOSITION_OBJECT and s.lowers[preposition] in ("au", "aux", "du", "des")
    )
