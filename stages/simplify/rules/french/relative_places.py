"""Where in a French relative clause the antecedent goes (Grevisse and Goosse 2016, 715-728)."""

from __future__ import annotations

from typing import Final

from stages.simplify.lexicon.french import CATENATIVE_FORMS, GOVERNING_DE_FORMS
from stages.simplify.realisation.french import verbs
from stages.simplify.realisation.french.relative_frame import FrenchRelative
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

_FUSED: Final = {
    **dict.fromkeys(("auquel", "auxquels", "auxquelles"), "à"),
    **dict.fromkeys(("duquel", "desquels", "desquelles"), "de"),
    "dont": "de",
}
_CONTENT = """
    fait idée preuve espoir impression sentiment nouvelle certitude hypothèse possibilité avis conviction crainte peur
    chance risque principe thèse argument raison condition opinion rumeur sorte point façon manière
"""
WITH_CONTENT: Final = frozenset(_CONTENT.split())
"""Nouns that "que" may tell the content of."""
_ARTICLES: Final = frozenset({"le", "la", "les", "l'", "l’"})


def relative_frame(
    s: Sentence, unit: Unit, antecedent: int, token: int, pronoun: int
) -> FrenchRelative | None:
    """How the clause becomes a sentence about its antecedent; None when the place of the pronoun is not clear."""
    word, relation, head = s.lowers[pronoun], s.relations[pronoun], s.heads[pronoun]
    lender = subject_described(s, unit, antecedent)
    if (
        lender is None
        and s.relations[antecedent] == rel.PREDICATE
        and s.lowers[s.first(antecedent)] in ("un", "une")
    ):
        return None  # who is meant stands elsewhere
    if relation in (rel.SUBJECT, rel.PASSIVE_SUBJECT) or (word == "qui" and pronoun == s.first(token)):
        agrees = _agrees(s, antecedent, token)
        return FrenchRelative(antecedent, token, (pronoun,), pronoun, lender=lender) if agrees else None
    subject = s.subject(token)
    if subject is None or (s.relations[subject] == rel.EXPLETIVE and word != "dont"):
        return None
    inverted = tuple(s.subtree(subject)) if subject > token else ()
    verb = _deepest(s, token)
    after = _after(s, verb)
    if s.tags[pronoun] == "WRB":
        if s.lowers[antecedent] in s.lexicon.time_words:
            return None
        return FrenchRelative(
            antecedent, token, (pronoun,), pronoun, _after_all(s, verb), word="là", inverted=inverted
        )
    if word == "dont":
        return _of(s, antecedent, token, pronoun, inverted)
    if word in _FUSED:
        return FrenchRelative(
            antecedent, token, (pronoun,), pronoun, after, preposition=_FUSED[word], inverted=inverted
        )
    if relation == rel.PREPOSITION_OBJECT:
        if not s.is_verb(s.heads[head]):
            return None
        moved = tuple(t for t in s.subtree(head) if t <= pronoun)
        return FrenchRelative(antecedent, token, moved, pronoun, after, inverted=inverted)
    if s.lowers[antecedent] in WITH_CONTENT:
        return None
    if word not in ("que", "qu'", "qu’") or verbs.is_be(s.lowers[token]) or _has_object(s, verb):
        return None
    unagreed = verb if s.tags[verb] == "VBN" and s.find(verb, rel.PASSIVE_AUXILIARY) is None else -1
    return FrenchRelative(antecedent, token, (pronoun,), pronoun, after, inverted=inverted, unagreed=unagreed)


def subject_described(s: Sentence, unit: Unit, noun: int) -> Unit | None:
    """The unit, if it says of its subject that it is one of what the noun names: "Anne est un médecin qui ..."."""
    verb = s.heads[noun]
    if s.relations[noun] != rel.PREDICATE or verb != unit.head or not verbs.is_be(s.lowers[verb]):
        return None
    determiner = s.find(noun, rel.DETERMINER)
    subject = s.subject(verb)
    if determiner is None or subject is None or s.lowers[determiner] not in ("un", "une"):
        return None
    return unit if s.relations[subject] == rel.SUBJECT and subject < verb and not s.is_negated(verb) else None


def _agrees(s: Sentence, antecedent: int, token: int) -> bool:
    """Whether the verb has the number of the antecedent, so that the parser took the right noun."""
    finite = s.finite(token)
    told = verbs.plural_form(s, finite) if finite is not None else None
    if (
        told is None
        or s.find(antecedent, rel.CONJUNCT) is not None
        or s.tags[antecedent] not in ("NN", "NNS")
    ):
        return True
    return (s.tags[antecedent] == "NNS") == told


def _of(
    s: Sentence, antecedent: int, token: int, pronoun: int, inverted: tuple[int, ...]
) -> FrenchRelative | None:
    """ "dont": of the verb when that governs "de", else of the noun phrase with an article right behind it."""
    verb = _deepest(s, token)
    if s.lowers[verb] in GOVERNING_DE_FORMS:
        anchor = _after(s, verb)
    else:
        anchor = _owned(s, token, pronoun)
        if anchor < 0:
            return None
    return FrenchRelative(antecedent, token, (pronoun,), pronoun, anchor, preposition="de", inverted=inverted)


def _owned(s: Sentence, token: int, pronoun: int) -> int:
    subject = s.subject(token)
    for noun in (subject, s.find(token, rel.OBJECT), s.find(token, rel.PREDICATE)):
        if noun is None or s.tags[noun] not in ("NN", "NNS") or noun < pronoun:
            continue
        determiner = s.find(noun, rel.DETERMINER)
        if determiner is not None and s.lowers[determiner] in _ARTICLES:
            return _end_of_name(s, noun)
    return -1


def _end_of_name(s: Sentence, noun: int) -> int:
    """The noun with adjectives behind it: "la fille aînée"."""
    last = noun
    while (
        last + 1 < len(s)
        and s.heads[last + 1] == noun
        and s.relations[last + 1] in (rel.ADJECTIVE, rel.COMPOUND)
    ):
        last += 1
    return last


def _deepest(s: Sentence, verb: int) -> int:
    """The infinitive that "que" is the object of: "qu'il veut lire"."""
    while s.lowers[verb] in CATENATIVE_FORMS:
        deeper = s.find(verb, rel.OPEN_COMPLEMENT)
        if deeper is None or s.tags[deeper] != "VB":
            break
        verb = deeper
    return verb


def _after(s: Sentence, verb: int) -> int:
    """The token that an object follows: the verb, or the negation behind it."""
    last = verb
    for child in s.children[verb]:
        if child == last + 1 and s.relations[child] == rel.NEGATION:
            last = child
    return last


def _after_all(s: Sentence, verb: int) -> int:
    last = _after(s, verb)
    for child in s.children[verb]:
        if child > verb and s.relations[child] in (rel.OBJECT, rel.PREDICATE, rel.OPEN_COMPLEMENT):
            last = max(last, s.last(child))
    return last


def _has_object(s: Sentence, verb: int) -> bool:
    return any(
        s.relations[t] in (rel.OBJECT, rel.COMPLEMENT_CLAUSE, rel.OPEN_COMPLEMENT) and t > verb
        for t in s.children[verb]
    )
