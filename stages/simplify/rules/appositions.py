"""Appositions (Quirk et al. 1985, 17.65-17.93; Huddleston and Pullum 2002, ch. 5, 14.3)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.guards import limits
from stages.simplify.realisation.appositive import Appositive
from stages.simplify.realisation.descriptions import Described
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit


def apposition(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Paris, the capital, grew." Two noun phrases for one thing: the name is the subject.

    Not cut: places inside places ("Honolulu, Hawaii"), numbers and dates beside a name, what may as well be a list.
    """
    noun = s.heads[token]
    if noun < token:
        noun = _nearest(s, noun, token)
    if noun > token or not s.has_comma_before(token) or not _is_nominal(s, token) or not _is_nominal(s, noun):
        return None
    if s.words[s.first(token) - 1] in ("(", "[", "-LRB-") and not _says_what(s, noun, token):
        return None
    if (
        _is_place_in_place(s, noun, token)
        or _is_date(s, token)
        or _is_date(s, noun)
        or _is_listed(s, noun, token)
    ):
        return None
    if s.lowers[noun] in s.lexicon.nonreferring or (
        limits(s, token) and s.lowers[token] in s.lexicon.limiting
    ):
        return None
    if any(s.relations[t] == rel.COORDINATOR and t < token for t in s.children[token]):
        return None
    opening = s.lowers[s.first(token)]
    if opening in (
        "such",
        "including",
        "e.g.",
        "i.e.",
        "especially",
        "namely",
        "mainly",
        "particularly",
        "or",
        "and",
        "not",
        "for",
    ):
        return None
    if s.lowers[token] in _KIN and _is_place_of_verb(s, unit, noun):
        subject = s.subject(unit.head)
        if subject is None:
            return None
        born = Described(subject, unit_tense(s, unit), unit)
        return Cut(token, "apposition", born, relation=Relation.ELABORATION.value)
    named = s.tags[token] in PROPER_TAGS and s.tags[noun] not in PROPER_TAGS
    former = s.lowers[s.first(token)] in _FORMER
    frame = Appositive(noun, "past" if former else unit_tense(s, unit), reverse=named and not former)
    return Cut(token, "apposition", frame, relation=Relation.ELABORATION.value)


_KIN = frozenset(
    {
        "son",
        "daughter",
        "child",
        "brother",
        "sister",
        "wife",
        "husband",
        "grandson",
        "granddaughter",
        "nephew",
        "niece",
    }
)


def _is_place_of_verb(s: Sentence, unit: Unit, noun: int) -> bool:
    """ "Ann was born in Rome, the daughter of a king": who is a daughter is not Rome."""
    preposition = s.heads[noun]
    return (
        s.relations[noun] == rel.PREPOSITION_OBJECT
        and s.tags[noun] in PROPER_TAGS
        and s.lowers[preposition] in ("in", "at", "near")
        and unit.head in (s.heads[preposition], s.heads[s.heads[preposition]])
    )


_FORMER = frozenset({"formerly", "originally", "previously", "once"})


def _says_what(s: Sentence, noun: int, token: int) -> bool:
    """Whether a noun phrase in brackets says what the noun is, and is no abbreviation, date or source."""
    if has_determiner(s, token) or s.lowers[s.first(token)] in _FORMER:
        return True
    return s.tags[token] == s.tags[noun] == "NNS" and s.find(token, rel.ADJECTIVE) is not None


def _nearest(s: Sentence, noun: int, token: int) -> int:
    """The noun itself, or the last one of a clause about it that stands between: "Ann, who met the king, Bob"."""
    clause = next(
        (
            t
            for t in reversed(s.children[noun])
            if noun < t < token and s.relations[t] in (rel.RELATIVE_CLAUSE, rel.NOUN_CLAUSE)
        ),
        None,
    )
    if clause is None or s.last(clause) != s.first(token) - 2:
        return noun
    last = s.last(clause)
    found = last
    while s.heads[last] != clause:
        last = s.heads[last]
        if s.relations[last] in (rel.PREPOSITION_OBJECT, rel.OBJECT, rel.PREDICATE):
            found = last
        if last in (noun, s.heads[last]):
            return noun
    if s.relations[last] in (rel.OBJECT, rel.PREDICATE):
        found = last
    return found if _is_nominal(s, found) else noun


def apposition_astray(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "It lies in the capital, Paris." An apposition that the parser hung under the verb."""
    first = s.first(token)
    if token < s.heads[token] or first < 2 or s.words[first - 1] != "," or s.tags[token] not in _NOMINAL:
        return None
    noun = first - 2
    if s.tags[noun] not in _NOMINAL or s.heads[noun] == noun or s.is_verb(token):
        return None
    if s.relations[token] == rel.SUBJECT:
        # a noun phrase after the verb, whose subject stands before it, cannot be another
        if s.child(s.heads[token], (rel.PREDICATE, rel.OBJECT)) is None or has_determiner(s, token):
            return None
        if s.relations[noun] == rel.PREPOSITION_OBJECT and s.lowers[s.heads[noun]] == "of":
            noun = s.heads[s.heads[noun]]  # "the leader of the party, Ann Lee"
            if s.tags[noun] not in _NOMINAL:
                return None
    named = s.tags[token] in PROPER_TAGS and s.tags[noun] not in PROPER_TAGS
    if not named and not has_determiner(s, token):
        return None
    after = s.last(token) + 1
    if after < len(s) and s.relations[after] != rel.PUNCTUATION:
        return None
    if _is_date(s, token) or _is_date(s, noun) or s.find(token, rel.CONJUNCT) is not None:
        return None
    if any(s.lowers[t] in s.lexicon.time_words for t in s.children[token]):
        return None
    frame = Appositive(noun, unit_tense(s, unit), reverse=named)
    return Cut(token, "apposition", frame, relation=Relation.ELABORATION.value)


_NOMINAL = frozenset({"NN", "NNP", "NNPS", "NNS"})


def _is_nominal(s: Sentence, token: int) -> bool:
    return s.tags[token] in ("NN", "NNS", "NNP", "NNPS", "CD", "PRP")


def has_determiner(s: Sentence, token: int) -> bool:
    """Whether a noun has an article, a demonstrative or a possessor."""
    return s.child(token, (rel.DETERMINER, rel.POSSESSOR)) is not None


def _is_place_in_place(s: Sentence, noun: int, token: int) -> bool:
    """Bare name after bare name: "Honolulu, Hawaii"."""
    if s.tags[noun] not in PROPER_TAGS or s.tags[token] not in PROPER_TAGS:
        return False
    return not has_determiner(s, token) and all(
        s.tags[t] in PROPER_TAGS or s.relations[t] == rel.PUNCTUATION for t in s.subtree(token)[:2]
    )


def _is_date(s: Sentence, token: int) -> bool:
    if s.tags[token] == "CD":
        return s.find(token, rel.PREPOSITION) is None
    return s.lowers[token] in s.lexicon.time_words


def _is_listed(s: Sentence, noun: int, token: int) -> bool:
    """ "tea, coffee and milk", where the parser took the second for an apposition."""
    if has_determiner(s, token) and not has_determiner(s, noun) and s.tags[noun] in PROPER_TAGS:
        return False
    conjunct = s.find(token, rel.CONJUNCT)
    if conjunct is None:
        return False
    return s.tags[noun] == s.tags[token] or (s.tags[token] in PROPER_TAGS and s.tags[noun] in PROPER_TAGS)
