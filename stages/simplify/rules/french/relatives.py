"""Relative clauses (Grevisse and Goosse 2016, 706-728, 1110-1122; Abeillé and Godard 2021, ch. XIII)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.guards import is_denied, limits
from stages.simplify.lexicon.french import PARTS
from stages.simplify.realisation.french.relative_frame import FrenchRelative
from stages.simplify.rules.french.agreement import has_more_behind, is_bare
from stages.simplify.rules.french.relative_places import WITH_CONTENT, relative_frame
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def relative_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "L'homme, qui dort, est malade." "Le livre que Paul a écrit est long." "La ville dont il parle est loin."

    A clause without comma stays where its noun phrase would speak of too much without it ("tous ceux qui fument"), and
    in a cleft ("c'est Paul qui chante").
    """
    antecedent = s.heads[token]
    if antecedent > token or not s.is_verb(token) or s.finite(token) is None or s.is_verb(antecedent):
        return None
    pronoun = relative_pronoun(s, token)
    if pronoun is None or antecedent > pronoun or antecedent == s.root:
        return None
    describing = s.has_comma_before(token)
    if is_cleft(s, antecedent) or (not describing and not may_be_dropped(s, unit, antecedent)):
        return unit.guard()
    if s.lowers[antecedent] in s.lexicon.nonreferring or s.tags[antecedent] == "PRP":
        return None
    if is_bare(s, antecedent) or not s.is_closed_aside(token) or not on_one_level(s, antecedent, token):
        return None
    if has_more_behind(s, antecedent, token):
        return None
    if any(s.relations[t] == rel.COORDINATOR and t < pronoun for t in s.children[token]):
        return None
    frame = relative_frame(s, unit, antecedent, token, pronoun)
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION if describing else Relation.IDENTIFYING_DEFINITION
    if s.tags[pronoun] == "WRB":
        relation = Relation.SPATIAL
    name = "relative_clause_describing" if describing else "relative_clause_identifying"
    return Cut(token, name, frame, relation=relation.value, replaced=(pronoun,))


def relative_of_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Il a neigé, ce qui a fermé la route." What was said before is the subject."""
    if s.lowers[token] not in ("ce", "c'") or not s.has_comma_before(token):
        return None
    clause = s.find(token, rel.RELATIVE_CLAUSE)
    if clause is None or s.finite(clause) is None:
        return None
    pronoun = s.subject(clause)
    if pronoun is None or s.lowers[pronoun] != "qui":
        return None
    frame = FrenchRelative(-1, clause, (pronoun,), pronoun)
    return Cut(
        clause,
        "relative_clause_describing",
        frame,
        relation=Relation.ELABORATION.value,
        replaced=(token, pronoun),
    )


def relative_pronoun(s: Sentence, token: int) -> int | None:
    """The relative pronoun of a clause."""
    found = next((t for t in s.subtree(token) if t < token and s.tags[t] in ("WP", "WRB")), None)
    if (
        found is None
        and s.relations[token] == rel.RELATIVE_CLAUSE
        and s.lowers[s.heads[token]] not in WITH_CONTENT
    ):
        first = s.first(token)  # "que" that was taken for a conjunction
        return (
            first if s.lowers[first] in ("que", "qu'", "qu’") and s.relations[first] == rel.MARKER else None
        )
    return found


def on_one_level(s: Sentence, noun: int, token: int) -> bool:
    """Whether no bracket or quotation mark closes between a noun and what is said of it, nor a word is torn."""
    between = s.words[noun + 1 : s.first(token)]
    if any(word in (")", "]", "»", "”") for word in between) and not any(
        w in ("(", "[", "«", "“") for w in between
    ):
        return False
    first = s.first(noun)
    if first > 0 and s.words[first - 1] in ("-", "/", "–") and not s.spaces[first - 1]:
        return False
    if s.words[first:token].count('"') % 2:
        return False
    return not any(
        s.lowers[t] in ("dont", "que", "qu'", "si", "pas") or s.tags[t] in ("WP", "WRB")
        for t in range(first, noun)
    )


def may_be_dropped(s: Sentence, unit: Unit, antecedent: int) -> bool:
    """Whether the noun phrase speaks of the same without a restrictive modifier."""
    if limits(s, antecedent) or antecedent in unit.opaque or is_denied(s, unit, antecedent):
        return False
    preposition = s.heads[antecedent]
    if s.relations[antecedent] == rel.PREPOSITION_OBJECT and s.lowers[s.heads[preposition]] in PARTS:
        return False
    return not _is_only(s, antecedent)


def _is_only(s: Sentence, antecedent: int) -> bool:
    """ "Il ne lit que des livres qui ..." """
    first = s.first(antecedent)
    return any(s.lowers[t] in ("ne", "n'", "n’") for t in range(first)) and any(
        s.lowers[t] in ("que", "qu'", "qu’") for t in range(max(0, first - 2), first)
    )


def is_cleft(s: Sentence, antecedent: int) -> bool:
    """ "C'est Paul qui chante." """
    verb = s.heads[antecedent]
    subject = s.subject(verb) if s.relations[antecedent] == rel.PREDICATE else None
    return subject is not None and s.lowers[subject].replace("’", "'") in ("c'", "ce")
