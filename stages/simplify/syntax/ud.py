"""Brings trees of Universal Dependencies into the shape that rules know (``syntax/relations.py``).

In UD (de Marneffe et al. 2021, *Universal Dependencies*) content words head function words. Here a copula heads its
clause, a preposition its phrase, and each conjunct hangs on the one before it, with its coordinator beside it. What
a language does with parts of speech and features is told by its own reader (``syntax/ud_french.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stages.simplify.syntax import relations as rel

LABELS: Final = {
    "ROOT": rel.ROOT,
    "nsubj": rel.SUBJECT,
    "nsubj:pass": rel.PASSIVE_SUBJECT,
    "csubj": rel.CLAUSE_SUBJECT,
    "csubj:pass": rel.CLAUSE_SUBJECT,
    "expl:subj": rel.EXPLETIVE,
    "expl:comp": rel.CLITIC,
    "expl:pass": rel.CLITIC,
    "expl:pv": rel.CLITIC,
    "expl": rel.CLITIC,
    "obj": rel.OBJECT,
    "iobj": rel.INDIRECT_OBJECT,
    "obl": rel.NOUN_ADVERB,
    "nmod": rel.NOUN_MODIFIER,
    "ccomp": rel.COMPLEMENT_CLAUSE,
    "xcomp": rel.OPEN_COMPLEMENT,
    "advcl": rel.ADVERBIAL_CLAUSE,
    "acl": rel.NOUN_CLAUSE,
    "acl:relcl": rel.RELATIVE_CLAUSE,
    "parataxis": rel.PARATAXIS,
    "aux": rel.AUXILIARY,
    "aux:pass": rel.PASSIVE_AUXILIARY,
    "mark": rel.MARKER,
    "advmod": rel.ADVERB,
    "amod": rel.ADJECTIVE,
    "det": rel.DETERMINER,
    "nummod": rel.NUMBER,
    "appos": rel.APPOSITION,
    "conj": rel.CONJUNCT,
    "cc": rel.COORDINATOR,
    "case": rel.CASE,
    "flat": rel.COMPOUND,
    "compound": rel.COMPOUND,
    "fixed": rel.COMPOUND,
    "goeswith": rel.COMPOUND,
    "punct": rel.PUNCTUATION,
    "discourse": rel.INTERJECTION,
}
"""UD relations; a subtype that is not here counts as its type, a type that is not here as ``other``."""

_OF_A_PHRASE: Final = frozenset(
    {"obl", "nmod", "obj", "iobj", "nsubj", "xcomp", "advcl", "conj", "dep", "ROOT"}
)
# dependents of a predicate that are the clause's
_OF_THE_CLAUSE: Final = frozenset(
    {
        rel.SUBJECT,
        rel.PASSIVE_SUBJECT,
        rel.CLAUSE_SUBJECT,
        rel.EXPLETIVE,
        rel.CLITIC,
        rel.AUXILIARY,
        rel.MARKER,
        rel.NEGATION,
        rel.COORDINATOR,
        rel.ADVERBIAL_CLAUSE,
        rel.PARATAXIS,
        rel.PUNCTUATION,
        rel.INTERJECTION,
    }
)


def reshape(
    labels: Sequence[str], heads: Sequence[int], verbs: Sequence[bool], denying: Sequence[bool]
) -> tuple[list[int], list[str]]:
    """Heads and relations in our shape.

    Args:
        labels: UD relation of each token.
        heads: token that each hangs on; the root hangs on itself.
        verbs: whether each token is a verb form, an auxiliary included.
        denying: whether each token is a word of negation.
    """
    found = list(heads)
    names = [_name(label) for label in labels]
    for token, name in enumerate(names):
        if name == rel.ADVERB and denying[token]:
            names[token] = rel.NEGATION
    _raise_copulas(labels, found, names, verbs)
    _raise_prepositions(labels, found, names, verbs)
    _chain_conjuncts(found, names)
    return found, names


def _name(label: str) -> str:
    found = LABELS.get(label)
    return found if found is not None else LABELS.get(label.partition(":")[0], rel.OTHER)


def _take_place(heads: list[int], names: list[str], riser: int, top: int, relation: str) -> None:
    """Put one token where the other stands, and the other below it."""
    names[riser] = names[top]
    heads[riser] = heads[top] if heads[top] != top else riser
    heads[top], names[top] = riser, relation


def _raise_copulas(labels: Sequence[str], heads: list[int], names: list[str], verbs: Sequence[bool]) -> None:
    for copula, label in enumerate(labels):
        if label != "cop":
            continue
        predicate = heads[copula]
        if predicate == copula or names[copula] == rel.PREDICATE:
            continue
        if verbs[predicate]:  # a participle: what looks like a copula is an auxiliary
            names[copula] = rel.PASSIVE_AUXILIARY
            continue
        below = [t for t in range(len(heads)) if heads[t] == predicate and t not in (predicate, copula)]
        _take_place(heads, names, copula, predicate, rel.PREDICATE)
        for token in below:
            clausal = names[token] in _OF_THE_CLAUSE
            if names[token] == rel.CONJUNCT:
                clausal = verbs[token] or any(
                    heads[t] == token and (labels[t] == "cop" or names[t] in rel.SUBJECTS)
                    for t in range(len(heads))
                )
            elif names[token] == rel.COORDINATOR:
                clausal = token < copula
            elif names[token] in (rel.ADVERB, rel.NOUN_ADVERB):
                clausal = token < copula or token > predicate
            elif names[token] == rel.PUNCTUATION:
                clausal = not copula < token < predicate
            if clausal:
                heads[token] = copula


def _raise_prepositions(
    labels: Sequence[str], heads: list[int], names: list[str], verbs: Sequence[bool]
) -> None:
    for preposition, label in enumerate(labels):
        if label != "case":
            continue
        noun = heads[preposition]
        if labels[noun].startswith(("nsubj", "csubj")):
            continue  # "de nombreux hommes"
        if verbs[noun] or noun < preposition or names[noun] == rel.PREPOSITION_OBJECT:
            if names[noun] == rel.PREPOSITION_OBJECT and noun > preposition:
                heads[preposition] = heads[noun]  # "jusqu'à": the first one stays the head
                names[preposition] = rel.OTHER
            continue
        label_of_noun = labels[noun]
        _take_place(heads, names, preposition, noun, rel.PREPOSITION_OBJECT)
        if label_of_noun == "obl:agent":
            names[preposition] = rel.AGENT
        elif label_of_noun.partition(":")[0] in (
            "obl",
            "nmod",
            "obj",
            "iobj",
            "xcomp",
            "dep",
            "acl",
            "advcl",
        ):
            names[preposition] = rel.PREPOSITION
        for token in range(len(heads)):
            if (
                heads[token] == noun
                and token < preposition
                and names[token] in (rel.COORDINATOR, rel.PUNCTUATION)
            ):
                heads[token] = preposition


def _chain_conjuncts(heads: list[int], names: list[str]) -> None:
    before: dict[int, int] = {}
    for token, name in enumerate(names):
        if name != rel.CONJUNCT or heads[token] >= token:
            continue
        first = heads[token]
        last = before.get(first, first)
        before[first] = token
        heads[token] = last
    for token, name in enumerate(names):
        if name == rel.COORDINATOR and names[heads[token]] == rel.CONJUNCT and token < heads[token]:
            heads[token] = heads[heads[token]]
