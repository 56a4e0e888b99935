"""Verbs joined to the wrong verb, infinitives and pronouns."""

from __future__ import annotations

from stages.simplify.realisation.morphology import lemma
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.mending.nouns import is_participle_of_noun, join_nouns
from stages.simplify.syntax.mending.subjects import mend_as, mend_lost_subject
from stages.simplify.syntax.sentence import Sentence


def mend_verb(s: Sentence, token: int) -> None:
    """Give a verb that is a conjunct to the verb it agrees with, or to the noun it is a participle of."""
    if is_participle_of_noun(s, token):
        join_nouns(s, token)
        return
    mend_as(s, token)
    if mend_lost_subject(s, token):
        return
    head = _head_of_conjunct(s, token)
    if head is not None:
        _attach(s, token, head)


def mend_infinitive(s: Sentence, token: int) -> None:
    """ "it came to be known": no purpose."""
    head = s.heads[token]
    if head != s.first(token) - 1 or not s.is_infinitive(token) or s.subject(token) is not None:
        return
    if s.find(head, rel.PASSIVE_AUXILIARY) is not None:
        return  # "is needed to stop it"
    passive = s.find(token, rel.PASSIVE_AUXILIARY) is not None
    base = lemma(s.lowers[head])
    if base in s.lexicon.catenative_verbs and (passive or base not in ("come", "go")):
        s.attach(token, head, rel.OPEN_COMPLEMENT)


def mend_pronoun(s: Sentence, token: int) -> None:
    """ "where they are read and sold": the pronoun hangs on the first verb, not on its conjunct."""
    verb = s.heads[token]
    while s.relations[verb] == rel.CONJUNCT and s.is_verb(s.heads[verb]) and token < s.heads[verb] < verb:
        verb = s.heads[verb]
    if verb != s.heads[token] and s.relations[verb] == rel.RELATIVE_CLAUSE:
        s.attach(token, verb)


def _attach(s: Sentence, token: int, head: int) -> None:
    """Give a conjunct with its coordinator to a head before it."""
    moved = [token]
    before = s.first(token) - 1
    if before >= 0 and s.words[before] == ",":
        before -= 1
    if before > head and s.relations[before] == rel.COORDINATOR:
        moved.append(before)
    for one in moved:
        s.attach(one, head)


def _head_of_conjunct(s: Sentence, token: int) -> int | None:
    head = s.heads[token]
    if head > token or not s.is_verb(token) or not s.is_verb(head):
        return None
    if s.subject(token) is not None:
        return _head_of_clause(s, token)
    both = next((verb for verb in _verbs_before(s, token) if s.find(verb, rel.CORRELATIVE) is not None), None)
    if both is not None:
        return both
    subject = s.subject(head)
    there = subject is not None and s.relations[subject] == rel.EXPLETIVE and s.lowers[subject] == "there"
    if not there and _fit(s, token, head) > 0:
        return _head_of_passive(s, token)
    found = next((verb for verb in _verbs_before(s, token) if _fit(s, token, verb) == _SAME), None)
    return found if found is not None or there else _verb_above(s, token)


def _verb_above(s: Sentence, token: int) -> int | None:
    """ "she likes using tools and also works", "he says that dogs bark and adds ...": the verb above agrees."""
    finite = s.finite(token)
    verb = s.heads[token]
    if finite is None or {s.tags[finite], s.tags[verb]} == {"VBD", "VBN"}:
        return None
    while s.heads[verb] < verb and s.relations[verb] in _CLAUSES:
        verb = s.heads[verb]
        if s.is_verb(verb) and _fit(s, token, verb) == _SAME:
            return verb
    return None


def _head_of_passive(s: Sentence, token: int) -> int | None:
    """ "was arrested after the siege failed and was imprisoned": a passive is joined to a passive."""
    head = s.heads[token]
    above = s.heads[head]
    auxiliary = s.find(token, rel.PASSIVE_AUXILIARY)
    if auxiliary is None or s.relations[head] != rel.ADVERBIAL_CLAUSE or head < above or not s.is_verb(above):
        return None
    if (
        s.find(head, rel.PASSIVE_AUXILIARY) is not None
        or s.child(head, (rel.OBJECT, rel.PREDICATE)) is not None
    ):
        return None
    other = s.find(above, rel.PASSIVE_AUXILIARY)
    return above if other is not None and s.lowers[other] == s.lowers[auxiliary] else None


def _head_of_clause(s: Sentence, token: int) -> int | None:
    """ "said that Ann left and that Bob stayed" """
    marker = s.find(token, rel.MARKER)
    if marker is None or s.lowers[marker] != "that" or s.find(s.heads[token], rel.MARKER) is not None:
        return None
    for verb in _verbs_before(s, token):
        other = s.find(verb, rel.MARKER)
        if s.relations[verb] == rel.COMPLEMENT_CLAUSE and other is not None and s.lowers[other] == "that":
            return verb
    return None


def _verbs_before(s: Sentence, token: int) -> list[int]:
    """Verbs that a conjunct may be joined to instead of its head: those whose phrase goes up to it, nearest first."""
    head = s.heads[token]
    before = s.first(token) - 1
    while before > head and s.relations[before] in (rel.PUNCTUATION, rel.COORDINATOR):
        before -= 1
    found: list[int] = []
    while before not in (head, s.heads[before]):
        if s.is_verb(before) and s.words[before].isalpha() and s.relations[before] in _CLAUSES:
            found.append(before)
        before = s.heads[before]
    return found if before == head else []


_CLAUSES = frozenset(
    {
        rel.COMPLEMENT_CLAUSE,
        rel.OPEN_COMPLEMENT,
        rel.ADVERBIAL_CLAUSE,
        rel.RELATIVE_CLAUSE,
        rel.NOUN_CLAUSE,
        rel.PREPOSITION_CLAUSE,
        rel.CONJUNCT,
    }
)
_SAME, _POSSIBLE, _CLASH = 2, 1, 0


def _fit(s: Sentence, token: int, verb: int) -> int:
    """Whether a verb without subject can be joined to another verb, by their forms."""
    finite = s.finite(token)
    if finite is not None and s.tags[finite] in ("VBZ", "VBP", "VBD", "MD"):
        other = s.finite(verb)
        if other is None:
            return _CLASH
        one, two = s.tags[finite], s.tags[other]
        if one == two:
            return _SAME
        return _CLASH if {one, two} == {"VBZ", "VBP"} else _POSSIBLE
    one, two = s.tags[token], s.tags[verb]
    if s.auxiliaries(token):
        return _POSSIBLE
    if one == two:
        return _SAME
    if one == "VB" and s.lowers[verb] in ("is", "are", "was", "were"):
        return _CLASH
    if one == "VB" and two == "VBP":
        return _SAME  # a finite verb that was tagged as a base form
    if one == "VB":
        return _CLASH if two in ("VBG", "VBN", "VBZ", "VBD") else _POSSIBLE
    if one == "VBG":
        return _CLASH if two in ("VB", "VBZ", "VBP", "VBD") else _POSSIBLE
    return _POSSIBLE
