"""What is wrong with the units of a sentence, and which cuts are to blame."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stages.simplify.coverage import lost
from stages.simplify.realisation.items import Item
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit


def wrong_cuts(
    s: Sentence, units: list[Unit], written: list[list[Item] | None], without: Collection[int]
) -> set[int]:
    """Dependents at which no cut may be made."""
    wrong: set[int] = set()
    said: set[Item] = set(without)
    for unit, items in zip(units, written, strict=True):
        if items is None or not _say_something(s, items):
            wrong.add(_cut_of(units, unit))
            continue
        said.update(items, unit.cue)
        said.update([item[0] for item in items if type(item) is tuple])
    if wrong:
        return wrong
    for token in lost(s, said):
        wrong.add(_culprit(s, units, token))
    return wrong


def _say_something(s: Sentence, items: Sequence[Item]) -> bool:
    """Whether one of these can be a sentence's only word: parsers make even a quotation mark a head."""
    for item in items:
        if isinstance(item, str):
            continue
        token = item if isinstance(item, int) else item[0]
        if s.words[token][:1].isalnum() and s.tags[token] != "CC":
            return True
    return False


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
