"""Infinitives that say what for, and before what (Grevisse and Goosse 2016, 1156, 909)."""

from __future__ import annotations

from typing import Final

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french.frames import FrenchPresented
from stages.simplify.realisation.french.verbs import unit_tense
from stages.simplify.rules.french.adverbial import full
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

_OPENINGS: Final = {
    ("pour",): Relation.PURPOSE,
    ("afin", "de"): Relation.PURPOSE,
    ("afin", "d'"): Relation.PURPOSE,
    ("en", "vue", "de"): Relation.PURPOSE,
    ("de", "façon", "à"): Relation.PURPOSE,
    ("de", "manière", "à"): Relation.PURPOSE,
    ("avant", "de"): Relation.TEMPORAL_AFTER,
    ("avant", "d'"): Relation.TEMPORAL_AFTER,
}
_MEASURES: Final = frozenset(
    {"trop", "assez", "suffisamment", "suffisant", "suffisante", "suffisants", "suffisantes"}
)
_FOR_A_REASON: Final = frozenset({"avoir", "être", "s'être"})


def purpose(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Il travaille pour gagner sa vie." "Afin de dormir, il ferma la porte." "Il mangea avant de partir."

    Not cut: degree ("trop petit pour lire"), a perfect infinitive, which is a reason ("condamné pour avoir volé"), and
    what a negation may reach.
    """
    head = s.heads[token]
    if head not in unit.spine or s.tags[token] != "VB" or s.subject(token) is not None:
        return None
    first = s.first(token)
    opening = next(
        (
            words
            for words in _OPENINGS
            if tuple(full(w) if w != "d'" else w for w in s.lowers[first : first + len(words)]) == words
        ),
        None,
    )
    if opening is None:
        return None
    relation = _OPENINGS[opening]
    if any(s.heads[t] != token for t in range(first + len(opening), token)):
        return None  # "pour elle, dormir ..."
    if s.auxiliaries(token) or (
        s.lowers[token] in _FOR_A_REASON and opening == ("pour",) and s.children[token] == []
    ):
        return None
    if any(s.lowers[t] in _MEASURES for t in range(len(s))) or _is_exclusive(s, first):
        return None
    if token > head and s.is_negated(head):
        return unit.guard()
    return Cut(token, "purpose", FrenchPresented(unit_tense(s, unit)), relation=relation.value)


def _is_exclusive(s: Sentence, first: int) -> bool:
    """ "seulement pour", "que pour" """
    return first > 0 and s.lowers[first - 1] in ("seulement", "que", "qu'", "surtout", "même", "juste", "non")
