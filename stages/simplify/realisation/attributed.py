"""The frame of what is left of a clause of saying: "This was what Ann said"."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation import morphology
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame, SharedSubject
from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class Attributed(Frame):
    """This, a form of "be", "what", and the clause without what was said.

    Args:
        inner: how the clause would be written without attribution.
        tense: of the copula.
        expletive: "it" of "it is said that", which gives way.
    """

    inner: Frame
    tense: morphology.Tense
    expletive: int | None = None

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Subject before verb, whatever the source has: "said Ann"."""
        start: list[Item] = ["This", morphology.be(self.tense, False), "what"]
        s = draft.sentence
        if isinstance(self.inner, SharedSubject):
            found = self.inner.items(draft, unit)
            return [*start, *found] if found else None
        if self.expletive is not None:
            return [*start, *(t for t in unit.own if t != self.expletive)]
        subject = s.subject(unit.head)
        if subject is None:
            found = self.inner.items(draft, unit)
            return [*start, *found] if found else None
        if type(self.inner).__name__ == "RelativeFrame":
            found = self.inner.items(draft, unit)
            return [*start, *found] if found else None
        phrase = draft.phrase(subject)
        taken = set(phrase)
        opening: list[Item] = []
        rest: list[Item] = []
        for token in unit.own:
            if token in taken:
                continue
            before = (
                token < min(phrase[0], unit.head) and _child_under(draft, unit.head, token) not in _VERBAL
            )
            (opening if before else rest).append(token)
        if opening and opening[-1] == phrase[0] - 1 and not s.spaces[phrase[0] - 1]:
            return [*start, *opening, *phrase, *rest]  # parts of one word: "re-analysis"
        return [*start, *phrase, *rest, *opening]

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """Of the clause, for verb phrases that share it."""
        return self.inner.subject(draft, unit)


_VERBAL = frozenset({rel.AUXILIARY, rel.PASSIVE_AUXILIARY, rel.NEGATION})


def _child_under(draft: Draft, verb: int, token: int) -> str:
    s = draft.sentence
    while s.heads[token] not in (verb, token):
        token = s.heads[token]
    return s.relations[token]
