"""Adverbial clauses with a tense and a subject (Grevisse and Goosse 2016, 1129-1159; Abeillé and Godard 2021, ch. XIV)."""

from __future__ import annotations

from typing import Final

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french import conjugation, verbs
from stages.simplify.realisation.french.frames import FrenchPresented, FrenchWhole
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

_LONGEST: Final = 5  # words of a subordinator
_WITH_SUBJUNCTIVE: Final = frozenset({"bien que", "quoique", "avant que", "encore que"})
_OF_PURPOSE: Final = frozenset({"pour que", "afin que"})
_UNSETTLED: Final = frozenset(
    {"si", "aussi", "autant", "même", "plus", "moins", "tel", "telle", "ou", "seulement", "sauf"}
)


def adverbial_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Anne est partie parce que Paul est arrivé." The subordinator is the cue; a subjunctive becomes indicative.

    Not cut: conditions; comparisons; what a negation before it may reach ("n'est pas parti parce que"); a subjunctive
    whose indicative is not known.
    """
    head = s.heads[token]
    if head not in unit.spine or not s.is_clause(token) or not s.is_verb(unit.head):
        return None
    words, cue = subordinator(s, token)
    if any(s.lowers[t].replace("’", "'") in s.lexicon.conditional for t in s.children[token] if t < token):
        return unit.guard()
    if not cue:
        return None
    before = s.lowers[cue[0] - 1] if cue[0] > 0 else ""
    if before in _UNSETTLED or (words == "comme" and token > head):
        return None
    if token > head and s.is_negated(head) and (not s.has_comma_before(token) or words == "parce que"):
        return unit.guard()
    if _is_predicate(s, head, token):
        return None
    if words in _OF_PURPOSE:
        frame = FrenchPresented(verbs.unit_tense(s, unit))
        return Cut(token, "purpose", frame, relation=Relation.PURPOSE.value)
    forms = _indicative(s, token, words)
    if forms is None:
        return None
    return Cut(token, "adverbial_clause", FrenchWhole(forms), cue=cue)


def subordinator(s: Sentence, token: int) -> tuple[str, tuple[int, ...]]:
    """The subordinator that opens a clause, in its full form, and its tokens; ("", ()) when none is known."""
    first = s.first(token)
    if full(s.lowers[first]) == "que":
        # "pendant que", of which the parser gave "pendant" to the main clause
        for length in range(min(3, first), 0, -1):
            words = " ".join(full(word) for word in s.lowers[first - length : first + 1])
            if words in s.lexicon.adverbial or words in _OF_PURPOSE:
                return words, tuple(range(first - length, first + 1))
    subject = s.subject(token)
    end = min(token, s.first(subject) if subject is not None else token)
    for length in range(min(_LONGEST, end - first), 0, -1):
        words = " ".join(full(word) for word in s.lowers[first : first + length])
        if words in s.lexicon.adverbial or words in _OF_PURPOSE:
            return words, tuple(range(first, first + length))
    return "", ()


def full(word: str) -> str:
    """A subordinator without elision: "qu'" is "que"."""
    plain = word.replace("’", "'")
    return plain[:-1] + "e" if plain.endswith("qu'") else plain


def _indicative(s: Sentence, token: int, words: str) -> tuple[tuple[int, str], ...] | None:
    finite = s.finite(token)
    if finite is None:
        return None
    word = s.lowers[finite]
    if words not in _WITH_SUBJUNCTIVE:
        return ()
    form = conjugation.indicative(word)
    if form is None:
        return () if s.tags[finite] == "VBD" else None
    return ((finite, form),) if form != word else ()


def _is_predicate(s: Sentence, main: int, token: int) -> bool:
    """ "C'est parce que ..." """
    if not verbs.is_be(s.lowers[main]) or token < main:
        return False
    return not any(
        main < t < token and s.relations[t] not in (rel.PUNCTUATION, rel.NEGATION, rel.ADVERB)
        for t in s.children[main]
    )
