"""Our names for grammatical relations, and the labels of a parser that stand for them.

Rules know these names only. They follow the shape of the trees of CLEAR style (Choi and Palmer, *Guidelines for
the CLEAR Style Constituent to Dependency Conversion*, 2012), which the English models of spaCy use: the finite verb
or the copula heads its clause, a preposition heads its phrase, the first conjunct heads a coordination. A parser
with other trees is brought into this shape when it is read, so that one set of rules serves both.

Plain strings, not an enum: they are keys of dictionaries in the innermost loop.
"""

from __future__ import annotations

from typing import Final

ROOT: Final = "root"
# arguments of a clause
SUBJECT: Final = "subject"
PASSIVE_SUBJECT: Final = "passive_subject"
CLAUSE_SUBJECT: Final = "clause_subject"
EXPLETIVE: Final = "expletive"  # "there" in "there is"
OBJECT: Final = "object"
INDIRECT_OBJECT: Final = "indirect_object"
PREDICATE: Final = "predicate"  # what a copula or an object is said to be
AGENT: Final = "agent"  # "by" of a passive
# clauses
COMPLEMENT_CLAUSE: Final = "complement_clause"
OPEN_COMPLEMENT: Final = "open_complement"  # its subject is the governor's
ADVERBIAL_CLAUSE: Final = "adverbial_clause"
RELATIVE_CLAUSE: Final = "relative_clause"
NOUN_CLAUSE: Final = "noun_clause"  # participle, infinitive or that-clause of a noun
PARATAXIS: Final = "parataxis"
# words of a verb group
AUXILIARY: Final = "auxiliary"
PASSIVE_AUXILIARY: Final = "passive_auxiliary"
NEGATION: Final = "negation"
PARTICLE: Final = "particle"
CLITIC: Final = "clitic"  # a pronoun that is part of the verb: "se laver"
MARKER: Final = "marker"  # subordinating conjunction
# modifiers
ADVERB: Final = "adverb"
NOUN_ADVERB: Final = "noun_adverb"  # "last year" as an adverb
PREPOSITION: Final = "preposition"
PREPOSITION_OBJECT: Final = "preposition_object"
PREPOSITION_CLAUSE: Final = "preposition_clause"
ADJECTIVE: Final = "adjective"
DETERMINER: Final = "determiner"
PREDETERMINER: Final = "predeterminer"
POSSESSOR: Final = "possessor"
CASE: Final = "case"  # 's
COMPOUND: Final = "compound"
NOUN_MODIFIER: Final = "noun_modifier"
NUMBER: Final = "number"
APPOSITION: Final = "apposition"
# coordination
CONJUNCT: Final = "conjunct"
COORDINATOR: Final = "coordinator"
CORRELATIVE: Final = "correlative"  # "both", "either"
# the rest
PUNCTUATION: Final = "punctuation"
INTERJECTION: Final = "interjection"
OTHER: Final = "other"

SUBJECTS: Final = frozenset({SUBJECT, PASSIVE_SUBJECT, CLAUSE_SUBJECT, EXPLETIVE})
AUXILIARIES: Final = frozenset({AUXILIARY, PASSIVE_AUXILIARY})

CLEAR: Final = {
    "ROOT": ROOT,
    "nsubj": SUBJECT,
    "nsubjpass": PASSIVE_SUBJECT,
    "csubj": CLAUSE_SUBJECT,
    "csubjpass": CLAUSE_SUBJECT,
    "expl": EXPLETIVE,
    "dobj": OBJECT,
    "dative": INDIRECT_OBJECT,
    "attr": PREDICATE,
    "acomp": PREDICATE,
    "oprd": PREDICATE,
    "agent": AGENT,
    "ccomp": COMPLEMENT_CLAUSE,
    "xcomp": OPEN_COMPLEMENT,
    "advcl": ADVERBIAL_CLAUSE,
    "relcl": RELATIVE_CLAUSE,
    "acl": NOUN_CLAUSE,
    "parataxis": PARATAXIS,
    "aux": AUXILIARY,
    "auxpass": PASSIVE_AUXILIARY,
    "neg": NEGATION,
    "prt": PARTICLE,
    "mark": MARKER,
    "advmod": ADVERB,
    "npadvmod": NOUN_ADVERB,
    "prep": PREPOSITION,
    "pobj": PREPOSITION_OBJECT,
    "pcomp": PREPOSITION_CLAUSE,
    "amod": ADJECTIVE,
    "det": DETERMINER,
    "predet": PREDETERMINER,
    "poss": POSSESSOR,
    "case": CASE,
    "compound": COMPOUND,
    "nmod": NOUN_MODIFIER,
    "nummod": NUMBER,
    "quantmod": NUMBER,
    "appos": APPOSITION,
    "conj": CONJUNCT,
    "cc": COORDINATOR,
    "preconj": CORRELATIVE,
    "punct": PUNCTUATION,
    "intj": INTERJECTION,
    "dep": OTHER,
    "meta": OTHER,
}
"""Labels of the English models of spaCy."""
