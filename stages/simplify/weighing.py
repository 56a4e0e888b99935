"""Which of coordinated clauses carry the sentence, where the construction alone does not tell.

Conjuncts are equals as a rule. In running text a clause that follows another one may as well explain it or say what
came of it ("The dam broke, and so the village was evacuated"): then it is a context. The model decides that
(``models.discourse_relations.nuclearity``) where it is sure. After "but" it is the first clause that yields, if any, so
that both stay; so they do where the cue says that they are a list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from models.discourse_relations.labels import Relation
from stages.simplify.linking import Relate
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

if TYPE_CHECKING:
    from models.discourse_relations.nuclearity import Junction

Equality = Callable[["Junction"], float]
"""Probability that both units of a junction are cores."""

_SURE: Final = 0.2
"""Below this probability a conjunct is a context. In cross-validation on GUM train 83 % of 41 such pairs are unequal."""
_OPEN: Final = frozenset({"coordinate_clause"})
_OF_EQUALS: Final = frozenset(r.value for r in (Relation.LIST, Relation.DISJUNCTION, Relation.CONTRAST))
_MARKS: Final = frozenset(',;:()–—-"“”')


def weigh(s: Sentence, units: Sequence[Unit], equality: Equality, relate: Relate) -> None:
    """Make conjuncts that weigh less contexts of the clause they follow."""
    conjuncts = [unit for unit in units if unit.rule in _OPEN and unit.equal is not None]
    if not conjuncts:
        return
    followed = {id(unit.equal) for unit in units if unit.equal is not None}
    for unit in conjuncts:
        first = unit.equal
        if first is None or id(unit) in followed or not unit.own or not first.own:
            continue
        start = min((*unit.own, *unit.cue))
        if start < first.own[0] or unit.relation is not None:
            continue
        name = _told(s, unit, first, relate)
        unit.relation = name  # what its link will say: nobody need ask again
        if name in _OF_EQUALS or equality(junction(s, unit, first)) >= _SURE:
            continue
        unit.role, unit.parent, unit.equal = "context", first, None


def junction(s: Sentence, unit: Unit, governor: Unit) -> Junction:
    """The two units as the model was shown them in training."""
    from models.discourse_relations.nuclearity import Junction

    before = s.words[min((*unit.own, *unit.cue)) - 1]
    return Junction(
        link=s.relations[unit.head],
        governor_link=s.relations[governor.head],
        tag=s.tags[unit.head],
        has_subject=s.subject(unit.head) is not None,
        mark=before if before in _MARKS else "",
        cue=" ".join(s.lowers[t] for t in unit.cue),
        position="medial",
        governor=[s.words[t] for t in governor.own],
        dependent=[s.words[t] for t in unit.own if s.words[t] not in _MARKS],
    )


def _told(s: Sentence, unit: Unit, first: Unit, relate: Relate) -> str | None:
    """What the coordinator says; None without one."""
    if not unit.cue:
        return None
    cue = " ".join(s.lowers[t] for t in unit.cue)
    return relate(cue, "medial", False, [s.lowers[t] for t in first.own], [s.lowers[t] for t in unit.own])
