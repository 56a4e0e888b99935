"""Grows the units of a sentence, and cuts new ones from them by the rules."""

from __future__ import annotations

from collections.abc import Collection

from stages.simplify.candidates import Candidates, Rules
from stages.simplify.guards import is_conditional
from stages.simplify.realisation.frames import Whole
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

MAX_DEPTH = 8


MAX_PROPOSITIONS = 32


def grow(s: Sentence, rules: Rules, barred: set[int], without: Collection[int]) -> list[Unit]:
    """All units of a sentence, that of the root first; no cut is made at ``barred``, ``without`` are in none."""
    units = [Unit(s.root, "sentence", Whole())]
    gone: set[int] = set(without)
    passed: set[int] = set(without)  # gone, or in a unit already
    for unit in units:  # grows while we go
        _collect(s, unit, units, gone, passed, rules, barred)
    _give_words(s, units, gone)
    return units


def _give_words(s: Sentence, units: list[Unit], gone: set[int]) -> None:
    """Let each word belong to one unit, and each mark to the words it stands at: parsers hang them anywhere."""
    owners: list[Unit | None] = [None] * len(s)
    for unit in units:
        for token in unit.own:
            if token not in gone:
                owners[token] = unit
        for token in unit.taken:
            owners[token] = unit
        unit.own = []
    left: Unit | None = None
    marks: list[int] = []  # since the last word
    for token, name in enumerate(s.relations):
        if name == rel.PUNCTUATION:
            marks.append(token)
            continue
        for mark in marks:
            _give_mark(s, mark, left, owners[token], owners)
        marks = []
        left = owners[token]
    for mark in marks:
        _give_mark(s, mark, left, None, owners)
    for token, owner in enumerate(owners):
        if owner is not None:
            owner.own.append(token)
    for unit in units[1:]:
        own = unit.own
        if len(own) > 2 and s.tags[own[0]] == "-LRB-" and s.tags[own[-1]] == "-RRB-":
            unit.own = own[1:-1]  # what was an aside is a sentence now


def _give_mark(
    s: Sentence, mark: int, left: Unit | None, right: Unit | None, owners: list[Unit | None]
) -> None:
    """Let a mark belong to the unit of the word on its left or on its right."""
    if owners[mark] is None:
        return
    found = owners[mark]
    if left is right or s.tags[mark] in ("''", "-RRB-"):
        found = left
    elif s.tags[mark] in ("``", "-LRB-"):
        found = right
    if found is not None:
        owners[mark] = found


def _collect(
    s: Sentence,
    unit: Unit,
    units: list[Unit],
    gone: set[int],
    passed: set[int],
    rules: Rules,
    barred: set[int],
) -> None:
    """Find what belongs to the unit, and cut units of their own from it."""
    names, children = s.relations, s.children
    spine, opaque, own = unit.spine, unit.opaque, unit.own
    spine.add(unit.head)
    own.append(unit.head)
    stack = [unit.head]
    while stack:
        token = stack.pop()
        dark, in_spine = token in opaque, token in spine
        for child in children[token]:
            if child in passed:
                continue
            name = names[child]
            candidates = rules.get(name)
            if candidates is not None and child not in barred:
                cut = _first_cut(s, unit, child, candidates) if len(units) < MAX_PROPOSITIONS else None
                if cut is not None:
                    units.append(_cut(unit, cut, child))
                    gone.update(cut.cue, cut.taken, cut.replaced)
                    passed.update(cut.cue, cut.taken, cut.replaced)
                    if cut.kept >= 0:
                        own.append(cut.kept)
                        stack.append(cut.kept)
                        passed.add(cut.kept)
                    continue
            own.append(child)
            if children[child]:
                stack.append(child)
                if dark or name in _DARK or (name == rel.ADVERBIAL_CLAUSE and is_conditional(s, child)):
                    opaque.add(child)
            if in_spine and name in _SPINE:
                spine.add(child)


def _first_cut(s: Sentence, unit: Unit, child: int, candidates: Candidates) -> Cut | None:
    """What the first rule makes of a dependent that makes something of it."""
    if unit.depth < MAX_DEPTH:
        for rule in candidates.of_word.get(s.lowers[child], candidates.of_any):
            cut = rule(s, unit, child)
            if cut is not None:
                return cut
    return None


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
