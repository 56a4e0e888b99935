"""Grows the units of a sentence, and cuts new ones from them by the rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from stages.simplify.guards import is_conditional
from stages.simplify.realisation.frames import Whole
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

Rule = Callable[[Sentence, Unit, int], Cut | None]


Rules = Mapping[str, Sequence[Rule]]
"""Rules by the relation of the dependent they look at, in the order in which they are tried."""


MAX_DEPTH = 8


MAX_PROPOSITIONS = 32


def grow(s: Sentence, rules: Rules, barred: set[int], without: Collection[int]) -> list[Unit]:
    """All units of a sentence, that of the root first; no cut is made at ``barred``, ``without`` are in none."""
    units = [Unit(s.root, "sentence", Whole())]
    gone: set[int] = set(without)
    held: set[int] = set()
    for unit in units:  # grows while we go
        _collect(s, unit, units, gone, held, rules, barred)
    for unit in units:
        unit.own = [token for token in unit.own if token not in gone]
        unit.own += unit.taken
    _give_marks(s, units, gone)
    return units


def _give_marks(s: Sentence, units: list[Unit], gone: set[int]) -> None:
    """Let each mark belong to the words it stands at: parsers hang them anywhere."""
    owners: list[Unit | None] = [None] * len(s)
    for unit in units:
        for token in unit.own:
            owners[token] = unit
    mark = rel.PUNCTUATION
    words = [token for token, name in enumerate(s.relations) if name != mark]
    at = 0
    for token, name in enumerate(s.relations):
        if name != mark or owners[token] is None:
            continue
        while at < len(words) and words[at] < token:
            at += 1
        left = owners[words[at - 1]] if at > 0 else None
        right = owners[words[at]] if at < len(words) else None
        if left is right or s.tags[token] in ("''", "-RRB-"):
            found = left
        elif s.tags[token] in ("``", "-LRB-"):
            found = right
        else:
            found = owners[token]
        if found is not None:
            owners[token] = found
    for unit in units:
        unit.own = []
    for token, owner in enumerate(owners):
        if owner is not None:
            owner.own.append(token)
    for unit in units[1:]:
        own = unit.own
        if len(own) > 2 and s.tags[own[0]] == "-LRB-" and s.tags[own[-1]] == "-RRB-":
            unit.own = own[1:-1]  # what was an aside is a sentence now


def _collect(
    s: Sentence,
    unit: Unit,
    units: list[Unit],
    gone: set[int],
    held: set[int],
    rules: Rules,
    barred: set[int],
) -> None:
    """Find what belongs to the unit, and cut units of their own from it."""
    names, children = s.relations, s.children
    unit.spine.add(unit.head)
    own = unit.own
    own.append(unit.head)
    stack = [unit.head]
    while stack:
        token = stack.pop()
        dark = token in unit.opaque
        for child in children[token]:
            if child in gone or child in held:
                continue
            name = names[child]
            if name in rules and child not in barred:
                cut = None
                if unit.depth < MAX_DEPTH and len(units) < MAX_PROPOSITIONS:
                    for rule in rules[name]:
                        cut = rule(s, unit, child)
                        if cut is not None:
                            break
                if cut is not None:
                    units.append(_cut(unit, cut, child))
                    gone.update(cut.cue)
                    gone.update(cut.taken)
                    if cut.kept >= 0:
                        own.append(cut.kept)
                        stack.append(cut.kept)
                        held.add(cut.kept)
                    gone.update(cut.replaced)
                    continue
            own.append(child)
            if children[child]:
                stack.append(child)
                if dark or name in _DARK or (name == rel.ADVERBIAL_CLAUSE and is_conditional(s, child)):
                    unit.opaque.add(child)
            if name in _SPINE and token in unit.spine:
                unit.spine.add(child)


# a verb phrase that goes on in them speaks of the same subject: "wants to go", "by going"
_SPINE = frozenset({rel.OPEN_COMPLEMENT, rel.PREPOSITION_CLAUSE})


# clauses that the sentence does not assert when they stay where they are
_DARK = frozenset({rel.COMPLEMENT_CLAUSE, rel.CLAUSE_SUBJECT})


def _cut(unit: Unit, cut: Cut, edge: int) -> Unit:
    made = Unit(
        cut.head,
        cut.rule,
        cut.frame,
        relation=cut.relation,
        cue=cut.cue or cut.cue_elsewhere,
        depth=unit.depth + 1,
        source=unit,
        edge=edge,
        replaced=frozenset(cut.replaced),
        taken=cut.taken,
    )
    if cut.join == "member":
        made.member_of = cut.slot
    if cut.join == "subordinate":
        made.role, made.parent = "context", unit
    elif cut.join in ("coordinate", "member"):
        equal = unit
        while cut.join == "coordinate" and equal.above is not None:
            equal = equal.above  # "Ann said that ..., and left": equal to what was said, not to the saying
        made.role, made.parent, made.equal = equal.role, equal.parent, equal
    else:
        # the unit steps down: what it was to others, the new one is now
        made.role, made.parent, made.equal = unit.role, unit.parent, unit.equal
        made.relation, made.cue, made.rule = unit.relation, unit.cue, unit.rule
        unit.role, unit.parent, unit.equal, unit.above = "context", made, None, made
        unit.relation, unit.cue, unit.rule = cut.relation, cut.cue, cut.rule
        if cut.unit_frame is not None:
            unit.frame = cut.unit_frame
    return made
