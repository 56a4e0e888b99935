"""A French relative clause as a sentence about its antecedent."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.french import conjugation
from stages.simplify.realisation.french.frames import is_torn, named
from stages.simplify.realisation.french.spelling import joined
from stages.simplify.realisation.items import Item
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class FrenchRelative(Frame):
    """The clause, with the antecedent where the pronoun's place is.

    Args:
        antecedent: head of the noun phrase; -1 for the sentence before, which "ceci" stands for.
        clause: verb of the clause.
        moved: tokens taken out of their place: the pronoun, with its preposition.
        pronoun: what the antecedent replaces among them.
        anchor: the token it follows; -1 for the beginning of the clause.
        preposition: put before the antecedent: "de" of "dont", "à" of "auquel".
        word: written instead of preposition and antecedent: "là" of "où".
        inverted: tokens of a subject that stands behind its verb, and goes before it.
        unagreed: a participle that agreed with the antecedent before it, and does no longer.
        lender: a unit that says of its subject that it is the antecedent: the subject then stands for it.
    """

    antecedent: int
    clause: int
    moved: tuple[int, ...]
    pronoun: int
    anchor: int = -1
    preposition: str = ""
    word: str = ""
    inverted: tuple[int, ...] = ()
    unagreed: int = -1
    lender: Unit | None = None

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The clause, in order, with what was moved in its new place."""
        s = draft.sentence
        filler = self._filler(draft, unit)
        if not filler:
            return None
        taken = {*self.moved, *self.inverted}
        rest: list[Item] = [
            (t, conjugation.without_agreement(s.lowers[t])) if t == self.unagreed else t
            for t in unit.own
            if t not in taken
        ]
        at = 0
        if self.anchor >= 0:
            at = next((i for i, item in enumerate(rest) if _number(item) > self.anchor), len(rest))
        if is_torn(s, [_number(item) for item in filler]):
            return None
        inverted: list[Item] = [t for t in self.inverted if draft.owners[t] is unit]
        return joined(s, [*inverted, *rest[:at], *filler, *rest[at:]])

    def _filler(self, draft: Draft, unit: Unit) -> list[Item]:
        if self.word:
            return [(self.pronoun, self.word)]
        noun = self._noun(draft)
        s = draft.sentence
        if self.preposition:
            return joined(s, [(self.pronoun, self.preposition), *noun])
        filler: list[Item] = []
        for token in self.moved:
            if token == self.pronoun:
                filler += noun
            elif draft.owners[token] is unit:
                filler.append(token)
        return filler

    def _noun(self, draft: Draft) -> list[Item]:
        if self.antecedent < 0:
            return ["Ceci"]
        if self.lender is not None:
            subject = draft.subject(self.lender)
            if subject:
                return subject
        return named(draft, self.antecedent, self.clause)

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The antecedent where the pronoun was the subject, else the clause's own."""
        found = draft.sentence.subject(self.clause)
        if found is None:
            return None
        if found == self.pronoun:
            return self._noun(draft)
        return list(draft.copy(found))


def _number(item: Item) -> int:
    return item if isinstance(item, int) else item[0] if isinstance(item, tuple) else -1
