"""Noun phrases as adverbs (Quirk et al. 1985, 8.39): "last year"."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.descriptions import Presented
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def lead_noun_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Last year Ann left." The phrase stands before the subject."""
    head = s.heads[token]
    subject = s.subject(unit.head)
    if head not in unit.spine or subject is None or token > s.first(subject) or token > head:
        return None
    if s.tags[token] not in ("NN", "NNS", "NNP", "CD") or s.lowers[s.first(token)] in (
        "only",
        "not",
        "each",
        "every",
    ):
        return None
    if not any(s.lowers[t] in s.lexicon.time_words for t in s.subtree(token)):
        return None
    return Cut(token, "lead_noun_phrase", Presented(unit_tense(s, unit)), relation=Relation.TEMPORAL.value)


def time_noun_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The papers appeared the next year." After the verb, with a word that says which one."""
    head = s.heads[token]
    if head not in unit.spine or token < head or s.lowers[token] not in s.lexicon.time_words:
        return None
    words = [s.lowers[t] for t in s.children[token] if t < token]
    if not set(words) & _WHICH or s.is_negated(head) or s.find(token, rel.RELATIVE_CLAUSE) is not None:
        return None
    if s.lowers[s.first(token) - 1] in ("only", "not", "just", "until", "since", "than", "as"):
        return None
    return Cut(token, "lead_noun_phrase", Presented(unit_tense(s, unit)), relation=Relation.TEMPORAL.value)


_WHICH = frozenset({"next", "last", "following", "same", "previous", "this", "that"})
