"""The frame of a member of a list: the sentence of the first member with another in its place."""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.realisation import morphology
from stages.simplify.realisation.draft import Draft
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.items import Item, tokens_of
from stages.simplify.syntax import relations as rel
from stages.simplify.unit import Unit


@dataclass(frozen=True, slots=True)
class Listed(Frame):
    """The base unit, with a member of the list for its first member.

    Args:
        base: the unit that keeps the first member.
        slot: head of the first member.
        opening: tokens of the first member that the others share: "to".
    """

    base: Unit
    slot: int
    opening: tuple[int, ...] = ()

    def items(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The base's items with the member replaced."""
        whole = self.base.frame.items(draft, self.base)
        if whole is None:
            return None
        first = set(draft.phrase(self.slot))
        places = [i for i, item in enumerate(whole) if isinstance(item, int) and item in first]
        if not places or tokens_of([whole[i] for i in places]) != sorted(first):
            return None
        member = _member(draft, unit, self.slot)
        found = [*whole[: places[0]], *self.opening, *member, *whole[places[-1] + 1 :]]
        return agree(draft, self.base, found, self.slot, unit.head)

    def subject(self, draft: Draft, unit: Unit) -> list[Item] | None:
        """The base's, or the member."""
        s = draft.sentence
        if s.heads[self.slot] == self.base.head and s.relations[self.slot] in rel.SUBJECTS:
            return list(_member(draft, unit, self.slot))
        return draft.subject(self.base)


def _member(draft: Draft, unit: Unit, slot: int) -> list[Item]:
    s = draft.sentence
    own: list[Item] = list(unit.own)
    while (
        own and isinstance(own[-1], int) and s.relations[own[-1]] == rel.PUNCTUATION and own[-1] > unit.head
    ):
        if s.tags[own[-1]] in ("''", "-RRB-"):
            break
        own.pop()
    while (
        own
        and isinstance(own[0], int)
        and s.relations[own[0]] == rel.PUNCTUATION
        and s.tags[own[0]] not in ("``", "-LRB-")
    ):
        del own[0]
    has_own = s.child(unit.head, (rel.DETERMINER, rel.POSSESSOR)) is not None
    lent = _lent(draft, unit.head, slot)
    if lent is not None and s.relations[lent] != rel.POSSESSOR:
        has_own = (
            has_own or s.find(unit.head, rel.NUMBER) is not None
        )  # but "his wife and three children": his
    # "the cities and towns": the determiner is of both
    proper = s.tags[unit.head] in ("NNP", "NNPS", "PRP", "CD") or s.lowers[unit.head] in s.lexicon.limiting
    if not has_own and lent is not None and lent < unit.head and not proper:
        singular = s.tags[unit.head] == "NN"
        if s.lowers[lent] in ("a", "an"):
            if singular:
                from stages.simplify.realisation.descriptions import article_for

                word = s.words[own[0]] if own and isinstance(own[0], int) else ""
                return [article_for(word), *own]
        else:
            return [*draft.phrase(lent), *own]
    return own


def _lent(draft: Draft, member: int, slot: int) -> int | None:
    """The determiner of the first member, or the possessor or "a" of a nearer one: "the king, his wife and daughters"."""
    s = draft.sentence
    before = member
    while before != slot and s.relations[before] in (rel.CONJUNCT, rel.APPOSITION):
        before = s.heads[before]
        found = s.child(before, (rel.DETERMINER, rel.POSSESSOR))
        if found is not None and (s.relations[found] == rel.POSSESSOR or s.lowers[found] in ("a", "an")):
            return found
    return s.child(slot, (rel.DETERMINER, rel.POSSESSOR))


def agree(draft: Draft, base: Unit, items: list[Item], slot: int, member: int) -> list[Item]:
    """Give the verb the number of a single member where the list was its subject."""
    s = draft.sentence
    if s.heads[slot] != base.head or s.relations[slot] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT):
        return items
    if s.find(member, rel.CONJUNCT) is not None and s.find(member, rel.CONJUNCT) in items:
        return items
    if s.tags[member] in ("NNS", "NNPS") or s.lowers[member] in ("we", "you", "they", "i"):
        return items
    finite = s.finite(base.head)
    if finite is None:
        return items
    word, tag = s.lowers[finite], s.tags[finite]
    form: str | None = None
    if word in ("are", "were"):
        form = "is" if word == "are" else "was"
    elif tag == "VBP":
        form = "has" if word == "have" else morphology.inflect(morphology.lemma(word), "VBZ", s.lowers)
    if form is None:
        return items
    return [(finite, form) if item == finite else item for item in items]
