"""Relative clauses of every kind (Quirk et al. 1985, 17.9-17.25; Huddleston and Pullum 2002, ch. 12).

The pronoun gives way to its antecedent, in the place in the clause that the pronoun stands for.
"""

from __future__ import annotations

from dataclasses import replace

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.relative_frame import RelativeFrame, RelativePlace
from stages.simplify.rules.relative_antecedents import (
    agreeing,
    is_followed_by_list,
    may_be_dropped,
    subject_described,
)
from stages.simplify.rules.relative_places import relative_frame, relative_pronoun
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def relative_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The man, who was ill, slept." "The book that she wrote is long." "The house he lived in fell."

    A clause with a comma, a dash or a bracket before it describes; one without identifies. The latter stays where its
    noun phrase would speak of too much without it ("all men who smoke", "the only car that runs", "no car that ...").
    """
    antecedent = s.heads[token]
    if pronoun_of_clause(s, antecedent, token):
        return Cut(
            token,
            "relative_clause_describing",
            _of_clause(s, token),
            relation=Relation.ELABORATION.value,
            replaced=tuple(t for t in (relative_pronoun(s, token),) if t is not None),
        )
    if antecedent == s.root and not s.has_comma_before(token):
        return None  # a sentence without a verb, or with its verb in the clause
    if antecedent > token or s.is_verb(antecedent) or not s.is_verb(token) or s.finite(token) is None:
        return None
    describing = s.has_comma_before(token)
    pronoun = relative_pronoun(s, token)
    if not s.is_closed_aside(token):
        return None
    if not describing and not may_be_dropped(s, unit, antecedent):
        return unit.guard()
    if not describing and is_followed_by_list(s, antecedent, token):
        return None
    if describing and s.lowers[antecedent] in s.lexicon.nonreferring:
        return None
    if describing and pronoun is None:
        return None
    if pronoun is not None and s.lowers[pronoun] == "that" and _is_degree(s, antecedent):
        return None
    antecedent = agreeing(s, antecedent, token, pronoun)
    frame = relative_frame(s, antecedent, token, pronoun)
    if isinstance(frame, RelativeFrame):
        frame = replace(frame, spoken_of=subject_described(s, unit, antecedent))
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION if describing else Relation.IDENTIFYING_DEFINITION
    if pronoun is not None and s.lowers[pronoun] == "where":
        relation = Relation.SPATIAL
    elif pronoun is not None and s.lowers[pronoun] == "when":
        relation = Relation.TEMPORAL
    name = "relative_clause_describing" if describing else "relative_clause_identifying"
    replaced = (pronoun,) if pronoun is not None else ()
    return Cut(token, name, frame, relation=relation.value, replaced=replaced)


def relative_astray(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """A relative clause after a comma that the parser hung under the verb before it."""
    head, first = s.heads[token], s.first(token)
    if s.tags[first] not in ("WDT", "WP", "WP$") or s.lowers[first] == "what":
        return None
    if head > token and (s.relations[token] != rel.ADVERBIAL_CLAUSE or s.lowers[first] != "which"):
        return None
    noun = first - 2
    if noun > 1 and s.relations[noun] == rel.ADVERB and s.words[noun - 1] == ",":
        noun -= 2  # "the clouds, however, which ..."
    if noun > 0 and s.tags[noun] == "POS":
        noun = s.heads[noun]  # "unlike Ann's, which ..."
    if noun < 0 or s.words[first - 1] not in (",", "(", "-LRB-") or s.finite(token) is None:
        return None
    if s.words[first - 1] != ",":
        if not s.is_closed_aside(token):
            return None
        while s.relations[noun] == rel.PREPOSITION_OBJECT and s.lowers[s.heads[noun]] == "of":
            noun = s.heads[s.heads[noun]]  # "the king of the land (who ...)"
    if lemma(s.lowers[token]) not in ("mean", "imply"):
        if s.tags[noun] not in ("NN", "NNS", "NNP", "NNPS"):
            return None
        frame = relative_frame(s, agreeing(s, noun, token, first), token, first)
    else:
        frame = _of_clause(s, token)
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION.value
    return Cut(token, "relative_clause_describing", frame, relation=relation, replaced=(first,))


def pronoun_of_clause(s: Sentence, antecedent: int, token: int) -> bool:
    """ "The road is icy, which means that buses are late." The pronoun stands for the clause."""
    pronoun = relative_pronoun(s, token)
    if pronoun is None or s.lowers[pronoun] != "which" or not s.has_comma_before(token) or antecedent > token:
        return False
    if s.heads[pronoun] != token or s.relations[pronoun] != rel.SUBJECT or s.finite(token) is None:
        return False
    return (
        s.is_verb(antecedent)
        or (s.tags[antecedent] in ("JJ", "RB") and s.relations[antecedent] != rel.PREPOSITION_OBJECT)
        or lemma(s.lowers[token]) in ("mean", "imply")
    )


def _of_clause(s: Sentence, token: int) -> Frame:
    pronoun = relative_pronoun(s, token)
    return RelativeFrame(
        -1, token, () if pronoun is None else (pronoun,), pronoun, RelativePlace.SAME, word="this"
    )


def _is_degree(s: Sentence, antecedent: int) -> bool:
    """ "so firmly ... that": the clause tells the degree."""
    return any(s.lowers[t] in ("so", "such", "too") for t in range(max(0, antecedent - 12), antecedent))
