"""Which rules look at which relation, in order: the first that cuts wins."""

from __future__ import annotations

from collections.abc import Collection

from stages.simplify.cutting import Rule, Rules
from stages.simplify.rules.absolutes import absolute, absolute_with
from stages.simplify.rules.adverbial import adverbial_clause
from stages.simplify.rules.appositions import apposition, apposition_astray
from stages.simplify.rules.attribution import attribution, attribution_aside, attribution_astray
from stages.simplify.rules.coordination import (
    coordinate_clause,
    juxtaposed_clause,
    spliced_clause,
)
from stages.simplify.rules.lead_nouns import lead_noun_phrase, time_noun_phrase
from stages.simplify.rules.noun_lists import noun_list
from stages.simplify.rules.participials import (
    clause_participle,
    noun_participle,
    participle_conjunct,
    preposition_participle,
)
from stages.simplify.rules.phrases import adjective_of_clause, adjective_of_noun, adverb_phrase
from stages.simplify.rules.prepositions import included, noun_aside, place_of_subject, prepositional_phrase
from stages.simplify.rules.purpose import purpose, purpose_in_order
from stages.simplify.rules.relatives import relative_astray, relative_clause
from stages.simplify.rules.titles import title, title_after
from stages.simplify.rules.verb_phrases import (
    coordinate_infinitive,
    coordinate_predicate,
    coordinate_verb_phrase,
)
from stages.simplify.syntax import relations as rel

_ENGLISH: tuple[tuple[str, str, Rule], ...] = (
    ("coordination", rel.CONJUNCT, coordinate_clause),
    ("participials", rel.CONJUNCT, participle_conjunct),
    ("coordination", rel.CONJUNCT, coordinate_verb_phrase),
    ("coordination", rel.CONJUNCT, coordinate_infinitive),
    ("coordination", rel.CONJUNCT, coordinate_predicate),
    ("noun_lists", rel.CONJUNCT, noun_list),
    ("attribution", rel.COMPLEMENT_CLAUSE, attribution),
    ("attribution", rel.ADVERBIAL_CLAUSE, attribution_astray),
    ("attribution", rel.PARATAXIS, attribution_aside),
    ("coordination", rel.COMPLEMENT_CLAUSE, juxtaposed_clause),
    ("coordination", rel.PARATAXIS, juxtaposed_clause),
    ("coordination", rel.ADVERBIAL_CLAUSE, spliced_clause),
    ("purpose", rel.ADVERBIAL_CLAUSE, purpose),
    ("purpose", rel.OPEN_COMPLEMENT, purpose),
    ("purpose", rel.PREPOSITION, purpose_in_order),
    ("adverbial", rel.ADVERBIAL_CLAUSE, adverbial_clause),
    ("participials", rel.ADVERBIAL_CLAUSE, clause_participle),
    ("participials", rel.ADVERBIAL_CLAUSE, absolute),
    ("participials", rel.NOUN_CLAUSE, absolute),
    ("participials", rel.NOUN_CLAUSE, noun_participle),
    ("participials", rel.PARATAXIS, noun_participle),
    ("participials", rel.PREPOSITION, preposition_participle),
    ("phrases", rel.ADVERBIAL_CLAUSE, adjective_of_clause),
    ("relatives", rel.RELATIVE_CLAUSE, relative_clause),
    ("relatives", rel.ADVERBIAL_CLAUSE, relative_astray),
    ("relatives", rel.COMPLEMENT_CLAUSE, relative_astray),
    ("adverbial", rel.COMPLEMENT_CLAUSE, adverbial_clause),
    ("noun_lists", rel.APPOSITION, noun_list),
    ("appositions", rel.APPOSITION, apposition),
    ("participials", rel.RELATIVE_CLAUSE, noun_participle),
    ("appositions", rel.APPOSITION, title_after),
    ("appositions", rel.PREDICATE, apposition_astray),
    ("appositions", rel.SUBJECT, apposition_astray),
    ("appositions", rel.NOUN_ADVERB, apposition_astray),
    ("appositions", rel.OTHER, apposition_astray),
    ("appositions", rel.COMPOUND, title),
    ("appositions", rel.NOUN_MODIFIER, title),
    ("participials", rel.PREPOSITION, absolute_with),
    ("prepositions", rel.PREPOSITION, prepositional_phrase),
    ("prepositions", rel.PREPOSITION, included),
    ("prepositions", rel.PREPOSITION, place_of_subject),
    ("prepositions", rel.PREPOSITION, noun_aside),
    ("phrases", rel.ADJECTIVE, adjective_of_noun),
    ("phrases", rel.PREDICATE, adjective_of_clause),
    ("phrases", rel.ADVERB, adverb_phrase),
    ("lead_nouns", rel.NOUN_ADVERB, lead_noun_phrase),
    ("lead_nouns", rel.NOUN_ADVERB, time_noun_phrase),
)

REFERENCES = "references"
"""The family that links sentences, which ``stages.simplify.document`` applies: it looks at no dependent."""
FAMILIES: tuple[str, ...] = (*dict.fromkeys(family for family, _, _ in _ENGLISH), REFERENCES)
"""Names of the families, as the option ``rules`` takes them."""


def english(families: Collection[str] | None = None) -> Rules:
    """Rules for English, of all families or of some."""
    found: dict[str, list[Rule]] = {}
    for family, relation, rule in _ENGLISH:
        if families is None or family in families:
            found.setdefault(relation, []).append(rule)
    return found
