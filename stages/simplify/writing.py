"""Units as propositions: their texts, spans, links and order."""

from __future__ import annotations

from typing import NamedTuple

from stages.simplify.linking import Link, Relate, link
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.listed import agree
from stages.simplify.realisation.marks import Marks, trimmed
from stages.simplify.realisation.text import Page
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Role, Unit


class Proposition(NamedTuple):
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


def written_items(draft: Draft, unit: Unit) -> list[Item] | None:
    """A unit as items; None when it cannot be one, so that its cut is undone."""
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


def propositions_of(
    s: Sentence, units: list[Unit], written: list[list[Item] | None], relate: Relate
) -> tuple[Proposition, ...]:
    """Units, with the items they are ``written`` as, as linked propositions in order."""
    order = _order(units)
    number = {id(unit): i for i, unit in enumerate(order)}
    items_of = {id(unit): items or [] for unit, items in zip(units, written, strict=True)}
    links = link(s, order, number, relate)
    marks = Marks(s)
    page = Page(s)
    found = []
    for unit in order:
        text, spans = page.write(trimmed(s, items_of[id(unit)], marks, unit.replaced))
        found.append(
            Proposition(
                text=text,
                layer=unit.layer(),
                role=unit.role,
                rule=unit.rule,
                parent=number[id(unit.parent)] if unit.parent is not None else None,
                spans=spans,
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
