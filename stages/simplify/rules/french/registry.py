"""Which French rules look at which relation, in order: the first that cuts wins."""

from __future__ import annotations

from collections.abc import Collection

from stages.simplify.cutting import Rule, Rules
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

_FRENCH: tuple[tuple[str, str, Rule], ...] = (
    ("attribution", rel.CONJUNCT, attribution_aside),
    ("coordination", rel.CONJUNCT, coordinate_clause),
    ("coordination", rel.CONJUNCT, coordinate_verb_phrase),
    ("appositions", rel.CONJUNCT, apposition_like_list),
    ("attribution", rel.COMPLEMENT_CLAUSE, attribution),
    ("attribution", rel.PARATAXIS, attribution),
    ("attribution", rel.PARATAXIS, attribution_aside),
    ("coordination", rel.PARATAXIS, juxtaposed_clause),
    ("purpose", rel.ADVERBIAL_CLAUSE, purpose),
    ("purpose", rel.OPEN_COMPLEMENT, purpose),
    ("adverbial", rel.ADVERBIAL_CLAUSE, adverbial_clause),
    ("adverbial", rel.COMPLEMENT_CLAUSE, adverbial_clause),
    ("coordination", rel.ADVERBIAL_CLAUSE, juxtaposed_clause),
    ("coordination", rel.ADVERBIAL_CLAUSE, spliced_clause),
    ("coordination", rel.ADVERBIAL_CLAUSE, clause_before),
    ("coordination", rel.NOUN_ADVERB, clause_before),
    ("coordination", rel.PARATAXIS, clause_before),
    ("participials", rel.ADVERBIAL_CLAUSE, clause_participle),
    ("relatives", rel.NOUN_CLAUSE, relative_clause),
    ("participials", rel.NOUN_CLAUSE, noun_participle),
    ("participials", rel.PARATAXIS, noun_participle),
    ("relatives", rel.RELATIVE_CLAUSE, relative_clause),
    ("relatives", rel.APPOSITION, relative_of_clause),
    ("relatives", rel.PARATAXIS, relative_of_clause),
    ("relatives", rel.OTHER, relative_of_clause),
    ("appositions", rel.APPOSITION, apposition),
)


def french(families: Collection[str] | None = None) -> Rules:
    """Rules for French, of all families or of some; families without rules for French add none."""
    found: dict[str, list[Rule]] = {}
    for family, relation, rule in _FRENCH:
        if families is None or family in families:
            found.setdefault(relation, []).append(rule)
    return found
