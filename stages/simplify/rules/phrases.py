"""Adjective and adverb phrases set off by commas (Quirk et al. 1985, 7.27, 8.121-8.147)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.descriptions import Described, Presented
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def adjective_of_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Unable to sleep, Ann left." The subject of the clause is so."""
    head = s.heads[token]
    if head not in unit.spine or s.tags[token] not in ("JJ", "JJR") or s.subject(token) is not None:
        return None
    if any(s.relations[t] in (rel.MARKER, rel.AUXILIARY) for t in s.children[token]):
        return None
    if any(s.tags[t] == "WRB" or s.lowers[t] in ("as", "so", "more", "too") for t in s.children[token]):
        return None
    if token < head:
        if s.first(token) != _first_word(s):
            return None
    elif not s.has_comma_before(token):
        return None
    subject = s.subject(unit.head)
    if (
        subject is None
        or s.relations[subject] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT)
        or subject > unit.head
    ):
        return None
    frame = Described(subject, unit_tense(s, unit), unit)
    return Cut(token, "adjective_phrase", frame, relation=Relation.ELABORATION.value)


def adjective_of_noun(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The man, happy with his work, left." """
    noun = s.heads[token]
    if noun > token or s.is_verb(noun) or s.tags[token] not in ("JJ", "JJR") or not s.has_comma_before(token):
        return None
    if any(
        s.relations[t] in (rel.COORDINATOR, rel.CONJUNCT)
        for t in (*s.children[token], *s.children[noun])
        if t > noun
    ):
        return None
    after = s.last(token) + 1
    if after < len(s) and s.relations[after] != rel.PUNCTUATION:
        return None
    return Cut(
        token, "adjective_phrase", Described(noun, unit_tense(s, unit)), relation=Relation.ELABORATION.value
    )


def adverb_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann left, quite suddenly." "Later that year, Ann left." An adverb with words of its own, set off by commas.

    A bare adverb at the beginning is a matter of the references between sentences, or stays.
    """
    head = s.heads[token]
    if head not in unit.spine or s.tags[token] not in ("RB", "RBR", "RBS"):
        return None
    below = [t for t in s.children[token] if s.relations[t] != rel.PUNCTUATION]
    if s.lowers[token] in _TIMES and _tells_when(s, token, head):
        return Cut(token, "adverb_phrase", Presented(unit_tense(s, unit)), relation=Relation.TEMPORAL.value)
    if not below or s.lowers[token] in s.lexicon.negations or s.is_negated(head):
        return None
    if s.lowers[s.first(token)] in ("not", "only", "even", "as", "so", "too", "more", "how", "also", "never"):
        return None
    after = s.last(token) + 1
    closed = after < len(s) and s.relations[after] == rel.PUNCTUATION
    opened = s.first(token) == _first_word(s) or s.has_comma_before(token)
    if not opened or not closed:
        return None
    return Cut(token, "adverb_phrase", Presented(unit_tense(s, unit)), relation=_relation(s, token))


_TIMES = frozenset({"late", "early", "later", "earlier", "shortly", "soon", "immediately"})


def _tells_when(s: Sentence, token: int, head: int) -> bool:
    """ "He left late in the season." """
    if token < head or s.is_negated(head) or s.lowers[s.first(token)] in ("too", "as", "so", "not", "only"):
        return False
    when = s.find(token, rel.PREPOSITION)
    return when is not None and when > token and s.find(when, rel.PREPOSITION_OBJECT) is not None


def _relation(s: Sentence, token: int) -> str:
    if any(
        s.lowers[t] in s.lexicon.time_words or s.lowers[t] in ("later", "earlier", "ago", "soon")
        for t in s.subtree(token)
    ):
        return Relation.TEMPORAL.value
    return Relation.UNKNOWN_SUBORDINATION.value


def _first_word(s: Sentence) -> int:
    return next((t for t in range(len(s)) if s.relations[t] != rel.PUNCTUATION), 0)
