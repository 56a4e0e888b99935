"""Which rules look at which relation, in order: the first that cuts wins."""

from __future__ import annotations

from collections.abc import Collection

from stages.simplify.candidates import Entry, Rules, rules_of
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
from stages.simplify.rules.noun_prepositions import included, noun_aside, place_of_subject
from stages.simplify.rules.participials import (
    FINITE_PREPOSITIONS,
    clause_participle,
    noun_participle,
    participle_conjunct,
    preposition_participle,
)
from stages.simplify.rules.phrases import adjective_of_clause, adjective_of_noun, adverb_phrase
from stages.simplify.rules.prepositions import prepositional_phrase
from stages.simplify.rules.purpose import purpose, purpose_in_order
from stages.simplify.rules.relatives import relative_astray, relative_clause
from stages.simplify.rules.titles import title, title_after
from stages.simplify.rules.verb_phrases import (
    coordinate_infinitive,
    coordinate_predicate,
    coordinate_verb_phrase,
)
from stages.simplify.syntax import relations as rel

_ENGLISH = (
    Entry("coordination", rel.CONJUNCT, coordinate_clause),
    Entry("participials", rel.CONJUNCT, participle_conjunct),
    Entry("coordination", rel.CONJUNCT, coordinate_verb_phrase),
    Entry("coordination", rel.CONJUNCT, coordinate_infinitive),
    Entry("coordination", rel.CONJUNCT, coordinate_predicate),
    Entry("noun_lists", rel.CONJUNCT, noun_list),
    Entry("attribution", rel.COMPLEMENT_CLAUSE, attribution),
    Entry("attribution", rel.ADVERBIAL_CLAUSE, attribution_astray),
    Entry("attribution", rel.PARATAXIS, attribution_aside),
    Entry("coordination", rel.COMPLEMENT_CLAUSE, juxtaposed_clause),
    Entry("coordination", rel.PARATAXIS, juxtaposed_clause),
    Entry("coordination", rel.ADVERBIAL_CLAUSE, spliced_clause),
    Entry("purpose", rel.ADVERBIAL_CLAUSE, purpose),
    Entry("purpose", rel.OPEN_COMPLEMENT, purpose),
    Entry("purpose", rel.PREPOSITION, purpose_in_order, frozenset({"in"})),
    Entry("adverbial", rel.ADVERBIAL_CLAUSE, adverbial_clause),
    Entry("participials", rel.ADVERBIAL_CLAUSE, clause_participle),
    Entry("participials", rel.ADVERBIAL_CLAUSE, absolute),
    Entry("participials", rel.NOUN_CLAUSE, absolute),
    Entry("participials", rel.NOUN_CLAUSE, noun_participle),
    Entry("participials", rel.PARATAXIS, noun_participle),
    Entry("participials", rel.PREPOSITION, preposition_participle, FINITE_PREPOSITIONS),
    Entry("phrases", rel.ADVERBIAL_CLAUSE, adjective_of_clause),
    Entry("relatives", rel.RELATIVE_CLAUSE, relative_clause),
    Entry("relatives", rel.ADVERBIAL_CLAUSE, relative_astray),
    Entry("relatives", rel.COMPLEMENT_CLAUSE, relative_astray),
    Entry("adverbial", rel.COMPLEMENT_CLAUSE, adverbial_clause),
    Entry("noun_lists", rel.APPOSITION, noun_list),
    Entry("appositions", rel.APPOSITION, apposition),
    Entry("participials", rel.RELATIVE_CLAUSE, noun_participle),
    Entry("appositions", rel.APPOSITION, title_after),
    Entry("appositions", rel.PREDICATE, apposition_astray),
    Entry("appositions", rel.SUBJECT, apposition_astray),
    Entry("appositions", rel.NOUN_ADVERB, apposition_astray),
    Entry("appositions", rel.OTHER, apposition_astray),
    Entry("appositions", rel.COMPOUND, title),
    Entry("appositions", rel.NOUN_MODIFIER, title),
    Entry("participials", rel.PREPOSITION, absolute_with, frozenset({"with"})),
    Entry("prepositions", rel.PREPOSITION, prepositional_phrase),
    Entry("prepositions", rel.PREPOSITION, included, frozenset({"including"})),
    Entry("prepositions", rel.PREPOSITION, place_of_subject, frozenset({"in", "near", "on", "at"})),
    Entry("prepositions", rel.PREPOSITION, noun_aside),
    Entry("phrases", rel.ADJECTIVE, adjective_of_noun),
    Entry("phrases", rel.PREDICATE, adjective_of_clause),
    Entry("phrases", rel.ADVERB, adverb_phrase),
    Entry("lead_nouns", rel.NOUN_ADVERB, lead_noun_phrase),
    Entry("lead_nouns", rel.NOUN_ADVERB, time_noun_phrase),
)

REFERENCES = "references"
"""The family that links sentences, which ``stages.simplify.document`` applies: it looks at no dependent."""
FAMILIES: tuple[str, ...] = (*dict.fromkeys(entry.family for entry in _ENGLISH), REFERENCES)
"""Names of the families, as the option ``rules`` takes them."""


def english(families: Collection[str] | None = None) -> Rules:
    """Rules for English, of all families or of some."""
    return rules_of(_ENGLISH, families)
