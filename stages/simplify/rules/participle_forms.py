"""How a participle becomes a finite verb (Quirk et al. 1985, 15.60-15.62; Huddleston and Pullum 2002, ch. 14)."""

from __future__ import annotations

from stages.simplify.lexicon.participles import LASTING, STATES
from stages.simplify.realisation.descriptions import Described
from stages.simplify.realisation.morphology import Tense, lemma
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

_INTRANSITIVE = """
    die happen go come arrive exist occur become seem appear remain fall rise belong consist last sit sleep be
"""


_NEVER_PASSIVE = frozenset(_INTRANSITIVE.split())


def described(
    s: Sentence, unit: Unit, token: int, noun: int, spoken_of: Unit | None, *, lasting: bool | None = None
) -> Described | None:
    """The frame of a participle; None where it is denied, or is a past tense whose subject went elsewhere.

    Args:
        noun: head of what it describes.
        spoken_of: a unit whose subject stands for the noun (see ``Described``).
        lasting: whether it goes on for a while, so that "be" is put before it; None to ask the lexicon.
    """
    if any(s.relations[t] == rel.NEGATION for t in s.children[token]):
        return None
    outer = unit_tense(s, unit)
    auxiliaries = s.auxiliaries(token)
    if auxiliaries:
        first = auxiliaries[0]
        word = s.lowers[first]
        if word not in ("having", "being"):
            return None
        base = "have" if word == "having" else "be"
        return Described(noun, outer, spoken_of, copula=False, forms=((first, base),))
    base = lemma(s.lowers[token])
    if s.tags[token] != "VBG" and base in _NEVER_PASSIVE:
        return None  # a past tense whose subject the parser gave to something else
    if s.tags[token] in ("VBN", "VBD"):
        when: Tense = "present" if outer == "present" and base in STATES and not _dated(s, token) else "past"
        return Described(noun, when, spoken_of)
    if lasting or (lasting is None and base in LASTING):
        return Described(noun, outer, spoken_of)
    if base in _PERMANENT and _is_present_perfect(s, unit.head):
        outer = "present"
    return Described(noun, outer, spoken_of, copula=False, verb=(token, base))


_PERMANENT = frozenset(
    {"date", "contain", "belong", "consist", "include", "comprise", "depict", "show", "form"}
)


def _is_present_perfect(s: Sentence, verb: int) -> bool:
    """ "have been found": what lasts is said in the present beside it."""
    return any(s.lowers[t] in ("has", "have") for t in s.auxiliaries(verb))


def _dated(s: Sentence, token: int) -> bool:
    return any(s.tags[t] == "CD" and len(s.words[t]) == 4 and s.words[t].isdigit() for t in s.subtree(token))
