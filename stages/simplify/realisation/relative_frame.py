"""A relative clause as a sentence about its antecedent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.morphology import SUBJECT_CASE
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


class RelativePlace(Enum):
    """Where the antecedent goes."""

    SAME = auto()  # where the pronoun stands
    BEFORE = auto()  # before a token
    AFTER = auto()  # after a token


@dataclass(frozen=True, slots=True)
class RelativeFrame(Frame):
    """The clause, with the antecedent in the place that the pronoun stands for.

    Args:
        antecedent: head of the noun phrase.
        clause: verb of the clause.
        moved: tokens taken out of their place: the pronoun, or the phrase it is part of.
        pronoun: what the antecedent replaces among them; None when the clause has no pronoun.
        place: where ``moved`` goes, seen from ``anchor``.
        word: written instead of the antecedent; "" writes nothing.
        spoken_of: a unit that says that its subject is the antecedent: the subject then stands for it.
    """

    antecedent: int
    clause: int
    moved: tuple[int, ...]
    pronoun: int | None
    place: RelativePlace
    anchor: int = -1
    word: str | None = None
    spoken_of: Unit | None = None

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The clause, in order, with what was moved in its new place."""
        filler = self._filler(draft, unit)
        if filler is None:
            return None
        taken = set(self.moved)
        rest: list[int] = [token for token in unit.own if token not in taken]
        anchor = self.anchor
        if self.place is RelativePlace.SAME:
            anchor = self.pronoun if self.pronoun is not None else unit.own[0]
            at = next((i for i, token in enumerate(rest) if token > anchor), len(rest))
        elif self.place is RelativePlace.BEFORE:
            at = next((i for i, token in enumerate(rest) if token >= anchor), len(rest))
        else:
            at = next((i for i, token in enumerate(rest) if token > anchor), len(rest))
        return [*rest[:at], *filler, *rest[at:]]

    def _filler(self, draft: Draft, unit: Unit) -> list[Item] | None:
        if self.word is not None:
            return [self.word] if self.word else []
        noun = self._noun(draft)
        if self.pronoun is None:
            return noun
        s = draft.sentence
        filler: list[Item] = []
        for token in self.moved:
            if token == self.pronoun:
                filler += noun
                if s.relations[token] == rel.POSSESSOR:
                    filler.append(_genitive(draft, noun))
            elif draft.owners[token] is unit:
                filler.append(token)
        return filler

    def _noun(self, draft: Draft) -> list[Item]:
        if self.spoken_of is not None:
            subject = draft.subject(self.spoken_of)
            if subject:
                return subject
        s = draft.sentence
        noun: list[Item] = draft.named(self.antecedent, self.clause)
        if noun == [self.antecedent] and s.tags[self.antecedent] == "PRP" and self._is_subject(draft):
            form = SUBJECT_CASE.get(s.lowers[self.antecedent])
            if form:
                return [(self.antecedent, form)]
        return noun

    def possessor(self, draft: Draft, noun: int) -> list[Item]:
        """The antecedent with 's, before the noun that "whose" determines."""
        s = draft.sentence
        pronoun = self.pronoun
        if pronoun is None or s.relations[pronoun] != rel.POSSESSOR or s.heads[pronoun] != noun:
            return []
        antecedent = self._noun(draft)
        return [*antecedent, _genitive(draft, antecedent)]

    def _is_subject(self, draft: Draft) -> bool:
        return self.pronoun is not None and draft.sentence.relations[self.pronoun] in rel.SUBJECTS

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The antecedent where the pronoun was the subject, or part of it; else the clause's own."""
        s = draft.sentence
        found = s.subject(self.clause)
        if found is None:
            return None
        if self.word and found == self.pronoun:
            return [self.word]
        if self.pronoun is None or self.word is not None:
            return list(draft.copy(found))
        if found == self.pronoun:
            return self._noun(draft)
        tokens = [t for t in s.subtree(found) if t == self.pronoun or draft.owners[t] is unit]
        if self.pronoun in tokens:
            part = RelativeFrame(
                self.antecedent,
                self.clause,
                tuple(tokens),
                self.pronoun,
                RelativePlace.SAME,
                spoken_of=self.spoken_of,
            )
            return part._filler(draft, unit)
        return list(draft.copy(found))


def _genitive(draft: Draft, noun: list[Item]) -> str:
    s = draft.sentence
    last = _last_token(noun)
    plural = s.tags[last] in ("NNS", "NNPS") and s.lowers[last].endswith("s")
    return "'" if plural else "'s"


def _last_token(noun: list[Item]) -> int:
    last = noun[-1]
    if isinstance(last, int):
        return last
    return last[0] if isinstance(last, tuple) else 0
