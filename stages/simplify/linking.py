"""Which propositions are linked, and by which relation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from models.discourse_relations.labels import AS_COORDINATION, COORDINATIONS, INVERSE, Relation
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

Position = Literal["initial", "medial", "final"]
Relate = Callable[[str, Position, bool, Sequence[str], Sequence[str]], str]
"""Cue, its place, whether it subordinates, words of the first and of the second part: name of the relation."""


class Link(NamedTuple):
    """What the target is to the proposition that has the link."""

    relation: str
    target: int
    cue: str | None


def link(s: Sentence, order: Sequence[Unit], number: dict[int, int], relate: Relate) -> list[list[Link]]:
    """Links of each unit, in order: core to context, and both ways between equals."""
    found: list[list[Link]] = [[] for _ in order]
    for unit in order:
        here = number[id(unit)]
        if unit.parent is not None:
            there = number[id(unit.parent)]
            parent_relation = _named(s, unit, unit.parent, True, relate)
            found[there].append(Link(parent_relation, here, _cue(s, unit)))
        if unit.equal is not None:
            there = number[id(unit.equal)]
            name, back = _BETWEEN_EQUALS[_named(s, unit, unit.equal, False, relate)]
            if there > here:  # the relation is what the later one is to the earlier
                here, there = there, here
            cue = _cue(s, unit)
            found[there].append(Link(name, here, cue))
            found[here].append(Link(back, there, cue))
    return found


def _named(s: Sentence, unit: Unit, other: Unit, subordinate: bool, relate: Relate) -> str:
    if subordinate and unit.equal is not None:
        # equal to a context: a context by the same relation
        first = unit.equal
        while first.equal is not None:
            first = first.equal
        return _named(s, first, other, True, relate)
    if unit.relation is not None:
        return unit.relation
    if not unit.cue:
        unknown = Relation.UNKNOWN_SUBORDINATION if subordinate else Relation.UNKNOWN_COORDINATION
        return unknown.value
    cue = " ".join(s.lowers[t] for t in unit.cue)
    without, with_cue = other, unit
    if not subordinate and _first(unit) < _first(other):
        without, with_cue = unit, other  # the parser hung the first clause under the second
    before = [s.lowers[t] for t in without.own]
    after = [s.lowers[t] for t in with_cue.own]
    position: Position = "initial" if unit.cue[0] <= min(other.own, default=0) else "medial"
    return relate(cue, position, subordinate, before, after)


def _first(unit: Unit) -> int:
    """The first token of a unit."""
    return unit.own[0] if unit.own else unit.head


def _both_ways(relation: Relation) -> tuple[str, str]:
    """Names of a relation between equals, and of its inverse."""
    known = AS_COORDINATION.get(relation, relation)
    name = known if known in COORDINATIONS else Relation.UNKNOWN_COORDINATION
    return name.value, INVERSE[name].value


_BETWEEN_EQUALS = {relation.value: _both_ways(relation) for relation in Relation}


def _cue(s: Sentence, unit: Unit) -> str | None:
    return " ".join(s.words[t] for t in unit.cue) or None
