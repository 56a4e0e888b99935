"""Infinitives of purpose (Quirk et al. 1985, 15.48; Huddleston and Pullum 2002, ch. 8, 12.2)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.descriptions import Presented
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def purpose(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann left to buy milk." "To win, Ann ran." An infinitive that no verb of the clause governs."""
    head = s.heads[token]
    if head not in unit.spine or not s.is_infinitive(token) or s.subject(token) is not None:
        return None
    if s.is_negated(head) or _is_governed(s, head, token) or s.find(token, rel.MARKER) is not None:
        return None
    before = s.first(token) - 1
    if before >= 0 and s.lowers[before] in (
        "only",
        "enough",
        "than",
        "as",
        "about",
        "how",
        "what",
        "where",
        "whether",
    ):
        return None
    return Cut(token, "purpose", Presented(unit_tense(s, unit)), relation=Relation.PURPOSE.value)


def purpose_in_order(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann left in order to buy milk." """
    if s.heads[token] not in unit.spine or s.is_negated(s.heads[token]):
        return None
    order = s.find(token, rel.PREPOSITION_OBJECT)
    clause = s.find(order, rel.NOUN_CLAUSE) if order is not None else None
    if order is None or s.lowers[order] != "order" or clause is None or not s.is_infinitive(clause):
        return None
    if any(t not in (clause,) and s.relations[t] != rel.PUNCTUATION for t in s.children[order]):
        return None
    if s.subject(clause) is not None:
        return None  # "in order for Ann to buy milk"
    return Cut(token, "purpose", Presented(unit_tense(s, unit)), relation=Relation.PURPOSE.value)


def _is_governed(s: Sentence, head: int, token: int) -> bool:
    """Whether the verb, or its object, takes the infinitive: "want to", "ask Bob to", "is able to"."""
    if token < head:
        return False
    if s.relations[token] == rel.OPEN_COMPLEMENT:
        # parsers call an infinitive after an object of "use" and the like a complement
        has_object = any(s.relations[t] == rel.OBJECT and head < t < token for t in s.children[head])
        return not (has_object and lemma(s.lowers[head]) in _WITH_PURPOSE)
    base = lemma(s.lowers[head])
    if base in s.lexicon.catenative_verbs or base == "be":
        return True
    for child in s.children[head]:
        if s.lowers[child] in ("too", "enough", "so", "likely", "able"):
            return True
        if s.relations[child] == rel.PREDICATE and any(
            s.lowers[t] in ("too", "enough", "so", "first", "last", "able", "likely")
            for t in s.subtree(child)
        ):
            return True
    return False


_WITH_PURPOSE = frozenset(
    {
        "use",
        "employ",
        "create",
        "build",
        "develop",
        "design",
        "form",
        "make",
        "write",
        "send",
        "found",
        "establish",
    }
)
