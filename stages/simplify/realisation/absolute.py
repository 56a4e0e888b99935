"""The frame of absolute clauses: "The singer moved to Paris"."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation import morphology
from stages.simplify.realisation.descriptions import finite_form
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.items import Item
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class Absolute(Frame):
    """A clause with a subject of its own and a participle, which gets the tense of the clause around.

    Args:
        noun: head of the subject.
        tense: of the verb.
        verbs: tokens that are to be finite, with their base forms; none when "be" goes after the subject instead.
    """

    noun: int
    tense: morphology.Tense
    verbs: tuple[tuple[int, str], ...] = ()

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """All tokens in order, with the finite form, or with "be" after the subject."""
        s = draft.sentence
        word = s.lowers[self.noun]
        plural = morphology.is_plural(s, self.noun)
        if not self.verbs:
            last = max(draft.phrase(self.noun))
            found: list[Item] = [token for token in unit.own if token <= last]
            rest = [token for token in unit.own if token > last]
            return [*found, morphology.be(self.tense, plural, word), *rest]
        forms: dict[int, str] = {}
        for token, base in self.verbs:
            finite = finite_form(draft, base, self.tense, plural, word)
            if finite is None:
                return None
            forms[token] = finite
        return [(token, forms[token]) if token in forms else token for token in unit.own]
