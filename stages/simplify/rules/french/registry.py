"""Which French rules look at which relation, in order: the first that cuts wins."""

from __future__ import annotations

from collections.abc import Collection

from stages.simplify.candidates import Entry, Rules, rules_of
from stages.simplify.rules.french.adverbial import adverbial_clause
from stages.simplify.rules.french.appositions import apposition, apposition_like_list
from stages.simplify.rules.french.attribution import attribution, attribution_aside
from stages.simplify.rules.french.coordination import (
    clause_before,
    coordinate_clause,
    coordinate_verb_phrase,
    juxtaposed_clause,
    spliced_clause,
)
from stages.simplify.rules.french.participials import clause_participle, noun_participle
from stages.simplify.rules.french.purpose import purpose
from stages.simplify.rules.french.relatives import relative_clause, relative_of_clause
from stages.simplify.syntax import relations as rel

_FRENCH = (
    Entry("attribution", rel.CONJUNCT, attribution_aside),
    Entry("coordination", rel.CONJUNCT, coordinate_clause),
    Entry("coordination", rel.CONJUNCT, coordinate_verb_phrase),
    Entry("appositions", rel.CONJUNCT, apposition_like_list),
    Entry("attribution", rel.COMPLEMENT_CLAUSE, attribution),
    Entry("attribution", rel.PARATAXIS, attribution),
    Entry("attribution", rel.PARATAXIS, attribution_aside),
    Entry("coordination", rel.PARATAXIS, juxtaposed_clause),
    Entry("purpose", rel.ADVERBIAL_CLAUSE, purpose),
    Entry("purpose", rel.OPEN_COMPLEMENT, purpose),
    Entry("adverbial", rel.ADVERBIAL_CLAUSE, adverbial_clause),
    Entry("adverbial", rel.COMPLEMENT_CLAUSE, adverbial_clause),
    Entry("coordination", rel.ADVERBIAL_CLAUSE, juxtaposed_clause),
    Entry("coordination", rel.ADVERBIAL_CLAUSE, spliced_clause),
    Entry("coordination", rel.ADVERBIAL_CLAUSE, clause_before),
    Entry("coordination", rel.NOUN_ADVERB, clause_before),
    Entry("coordination", rel.PARATAXIS, clause_before),
    Entry("participials", rel.ADVERBIAL_CLAUSE, clause_participle),
    Entry("relatives", rel.NOUN_CLAUSE, relative_clause),
    Entry("participials", rel.NOUN_CLAUSE, noun_participle),
    Entry("participials", rel.PARATAXIS, noun_participle),
    Entry("relatives", rel.RELATIVE_CLAUSE, relative_clause),
    Entry("relatives", rel.APPOSITION, relative_of_clause),
    Entry("relatives", rel.PARATAXIS, relative_of_clause),
    Entry("relatives", rel.OTHER, relative_of_clause),
    Entry("appositions", rel.APPOSITION, apposition),
)


def french(families: Collection[str] | None = None) -> Rules:
    """Rules for French, of all families or of some; families without rules for French add none."""
    return rules_of(_FRENCH, families)
