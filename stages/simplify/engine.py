"""From one parsed sentence to linked propositions.

One parse is cut, never parsed again. Units are grown from the root downwards: each dependent is shown to the rules
for its relation, in order, and the first that fires makes it a unit of its own, whose dependents are shown in turn.
So every cut takes tokens away from the unit it is made in, and no token is in two units. Then frames write the units
out. What cannot be written, or would lose a word with content, is not cut: the sentence is done again without
that cut, until nothing is amiss.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from stages.simplify.coverage import lost
from stages.simplify.guards import is_conditional, passes_whole
from stages.simplify.linking import Link, Relate, link
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Whole
from stages.simplify.realisation.items import Item, tokens_of
from stages.simplify.realisation.listed import agree
from stages.simplify.realisation.text import pairs_of, render, trimmed
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.mending import mend
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Role, Unit
from stages.simplify.weighing import Equality, weigh

Rule = Callable[[Sentence, Unit, int], Cut | None]
Rules = Mapping[str, Sequence[Rule]]
"""Rules by the relation of the dependent they look at, in the order in which they are tried."""

MAX_DEPTH = 8
MAX_PROPOSITIONS = 32


@dataclass(frozen=True, slots=True)
class Proposition:
    """One simple sentence. Numbers of propositions count within the source sentence; spans are offsets into the
    document."""

    text: str
    layer: int
    role: Role
    rule: str
    parent: int | None
    spans: tuple[tuple[int, int], ...]
    links: tuple[Link, ...]
    head: int  # token that heads it


@dataclass(frozen=True, slots=True)
class Split:
    """What became of a sentence. ``status`` is ``split``, ``unsplit`` or ``guarded``; only a split sentence has
    propositions."""

    propositions: tuple[Proposition, ...]
    status: str
    undone: int  # cuts that were taken back


def split(
    sentence: Sentence,
    rules: Rules,
    relate: Relate,
    without: Collection[int] = (),
    equality: Equality | None = None,
) -> Split:
    """Split one sentence.

    Args:
        sentence: parsed, of at least one token.
        rules: from ``stages.simplify.rules``.
        relate: names the relation that a cue tells.
        equality: tells whether coordinated clauses weigh the same; without it all do.
        without: tokens that are in no proposition, because a link to another sentence says what they say.
    """
    mend(sentence)
    if passes_whole(sentence):
        return Split((), "guarded", 0)
    barred: set[int] = set()
    while True:
        units = _grow(sentence, rules, barred, without)
        if len(units) == 1 and not without:
            return Split((), "guarded" if units[0].guarded else "unsplit", len(barred))
        draft = Draft(sentence, units)
        written = [_written(draft, unit) for unit in units]
        wrong = _wrong(sentence, units, written, without)
        if not wrong:
            break
        if wrong <= barred:  # no single cut is to blame: none is made
            wrong = {unit.edge for unit in units[1:]}
        if wrong <= barred:
            return Split((), "unsplit", len(barred))
        barred |= wrong
    if equality is not None:
        weigh(sentence, units, equality, relate)
    return Split(_propositions(sentence, units, written, relate), "split", len(barred))


# -- cutting


def _grow(s: Sentence, rules: Rules, barred: set[int], without: Collection[int]) -> list[Unit]:
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
    words = [t for t in range(len(s)) if s.relations[t] != rel.PUNCTUATION]
    at = 0
    for token in range(len(s)):
        if s.relations[token] != rel.PUNCTUATION or owners[token] is None:
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


# -- checking


def _wrong(
    s: Sentence, units: list[Unit], written: list[list[Item] | None], without: Collection[int]
) -> set[int]:
    """Dependents at which no cut may be made."""
    wrong: set[int] = set()
    for unit, items in zip(units, written, strict=True):
        if items is None or not any(_says_something(s, token) for token in tokens_of(items)):
            wrong.add(_cut_of(units, unit))
    if wrong:
        return wrong
    said = set(without)
    for unit, items in zip(units, written, strict=True):
        said.update(tokens_of(items or []))
        said.update(unit.cue)
    for token in lost(s, said):
        wrong.add(_culprit(s, units, token))
    return wrong


def _says_something(s: Sentence, token: int) -> bool:
    """Whether a token can be a sentence's only word: parsers make even a quotation mark a head."""
    return s.words[token][:1].isalnum() and s.tags[token] != "CC"


def _cut_of(units: list[Unit], unit: Unit) -> int:
    """The dependent whose cut made the unit as it is: its own, or that of what took its place."""
    if unit.rule == "attribution" and unit.parent is not None and unit.parent.source is unit:
        return unit.parent.edge
    if unit is units[0]:
        return units[-1].edge
    return unit.edge


def _culprit(s: Sentence, units: list[Unit], token: int) -> int:
    """The cut nearest above a token that got lost."""
    edges = {unit.edge for unit in units[1:]}
    while token not in edges:
        if s.heads[token] == token:
            return units[-1].edge
        token = s.heads[token]
    return token


# -- writing


def _written(draft: Draft, unit: Unit) -> list[Item] | None:
    items = unit.frame.items(draft, unit)
    if items is not None and unit.borrowed >= 0:
        items = _with_borrowed(draft, unit, items)
    if items is not None and unit.listed >= 0:
        return agree(draft, unit, items, unit.listed, unit.listed)
    return items


def _with_borrowed(draft: Draft, unit: Unit, items: list[Item]) -> list[Item] | None:
    """The object after the verb that shares it; None when the verb is not written, so that the cut is undone."""
    for at, item in enumerate(items):
        if (item[0] if isinstance(item, tuple) else item) == unit.head:
            return [*items[: at + 1], *draft.copy(unit.borrowed), *items[at + 1 :]]
    return None


def _propositions(
    s: Sentence, units: list[Unit], written: list[list[Item] | None], relate: Relate
) -> tuple[Proposition, ...]:
    order = _order(units)
    number = {id(unit): i for i, unit in enumerate(order)}
    items_of = {id(unit): items or [] for unit, items in zip(units, written, strict=True)}
    links = link(s, order, number, relate)
    pairs = pairs_of(s)
    stop = _stop(s)
    found = []
    for unit in order:
        items = trimmed(s, items_of[id(unit)], pairs, unit.replaced)
        found.append(
            Proposition(
                text=render(s, items, stop),
                layer=unit.layer(),
                role=unit.role,
                rule=unit.rule,
                parent=number[id(unit.parent)] if unit.parent is not None else None,
                spans=_spans(s, items),
                links=tuple(links[number[id(unit)]]),
                head=unit.head,
            )
        )
    return tuple(found)


def _order(units: list[Unit]) -> list[Unit]:
    """Cores in the order of the source, each followed by its contexts."""
    below: dict[int, list[Unit]] = {}
    for unit in units:
        below.setdefault(id(unit.parent) if unit.parent is not None else 0, []).append(unit)
    found: list[Unit] = []

    def visit(key: int) -> None:
        for unit in sorted(below.get(key, ()), key=lambda one: one.own[0] if one.own else one.head):
            found.append(unit)
            visit(id(unit))

    visit(0)
    return found


def _stop(s: Sentence) -> str:
    """The mark that ends each proposition: as the source has it; none where the source has none."""
    for token in range(len(s) - 1, max(-1, len(s) - 4), -1):
        if s.words[token] in (".", "!", "?"):
            return "."
        if s.relations[token] != rel.PUNCTUATION:
            break
    return "." if s.words[-1].endswith(".") else ""


def _spans(s: Sentence, items: list[Item]) -> tuple[tuple[int, int], ...]:
    """Stretches of the source that are in the text, ascending and disjoint."""
    tokens = sorted(set(tokens_of(items)))
    if not tokens:
        return ()
    found: list[tuple[int, int]] = []
    first = before = tokens[0]
    for token in tokens:
        if token > before + 1:
            found.append((s.starts[first], s.ends[before]))
            first = token
        before = token
    found.append((s.starts[first], s.ends[before]))
    return tuple(found)
