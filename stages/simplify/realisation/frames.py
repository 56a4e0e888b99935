"""How a constituent becomes a sentence: one class for each way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


class Frame(ABC):
    """Writes a unit as items."""

    __slots__ = ()

    @abstractmethod
    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The unit as a sentence without its final mark; None when it cannot be one, so that the cut is undone."""

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The subject of the sentence."""
        found = draft.sentence.subject(unit.head)
        return list(draft.copy(found)) if found is not None else None

    def possessor(self, draft: Draft, noun: int) -> list[Item]:
        """What stands for a relative pronoun before a noun of the unit: "the man's", of "whose"."""
        return []


@dataclass(frozen=True, slots=True)
class Whole(Frame):
    """The constituent is a sentence as it stands."""

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """All tokens in order."""
        return list(unit.own)


@dataclass(frozen=True, slots=True)
class SharedSubject(Frame):
    """A verb phrase that takes the subject, and perhaps auxiliaries, of another unit.

    Args:
        auxiliaries: tokens, or tokens in another form, that come between subject and verb phrase.
        forms: tokens of the constituent that get another form.
        dropped: tokens of the constituent that ``auxiliaries`` replace.
    """

    lender: Unit
    auxiliaries: tuple[Item, ...] = ()
    forms: tuple[tuple[int, str], ...] = ()
    dropped: tuple[int, ...] = ()

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Adjuncts that open the phrase, subject, auxiliaries, the rest."""
        subject = draft.subject(self.lender)
        if not subject:
            return None
        opening = _opening_adjuncts(draft, unit)
        skipped = {*opening, *self.dropped}
        forms = dict(self.forms)
        rest: list[Item] = [
            (token, forms[token]) if token in forms else token for token in unit.own if token not in skipped
        ]
        return [*opening, *subject, *self.auxiliaries, *rest]

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The lender's."""
        return draft.subject(self.lender)


def _opening_adjuncts(draft: Draft, unit: Unit) -> list[int]:
    """Phrases before the verb that a subject does not go before: "in 1990 moved"."""
    s = draft.sentence
    found: list[int] = []
    for child in s.children[unit.head]:
        if child > unit.head or s.relations[child] not in _OPENING:
            break
        if draft.owners[child] is unit:
            found += draft.phrase(child)
    return found


_OPENING = frozenset({rel.PREPOSITION, rel.NOUN_ADVERB})
