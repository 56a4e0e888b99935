"""All units of one sentence, once it is known which token belongs to which."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

_NOT_OF_A_COPY = frozenset({rel.PUNCTUATION})


class Draft:
    """Units and owners of tokens; what frames ask when they write a unit."""

    __slots__ = ("owners", "sentence", "units")

    def __init__(self, sentence: Sentence, units: Sequence[Unit]) -> None:
        """Take units whose ``own`` is complete."""
        self.sentence = sentence
        self.units = units
        self.owners: list[Unit | None] = [None] * len(sentence)
        for unit in units:
            for token in unit.own:
                self.owners[token] = unit

    def phrase(self, token: int, without: Collection[str] = ()) -> list[int]:
        """The token and what is left below it when cuts are made, in order, without marks at its ends.

        Args:
            without: relations of dependents to leave out, on the first level.
        """
        s = self.sentence
        owners, children, names = self.owners, s.children, s.relations
        owner = owners[token]
        found = [token]
        stack = [token]
        while stack:
            one = stack.pop()
            for below in children[one]:
                if owners[below] is owner and not (one == token and names[below] in without):
                    found.append(below)
                    stack.append(below)
        found.sort()
        while len(found) > 1 and names[found[0]] == rel.PUNCTUATION and s.tags[found[0]] not in OPENING:
            del found[0]
        while len(found) > 1 and names[found[-1]] == rel.PUNCTUATION and s.tags[found[-1]] not in CLOSING:
            del found[-1]
        return found

    def copy(self, token: int, without: Collection[str] = (), *, alone: bool = False) -> list[int]:
        """The phrase without what is set off by commas or brackets, as it is repeated in another unit.

        Args:
            without: as of ``phrase``.
            alone: the first member of a list, without those that have sentences of their own.
        """
        s = self.sentence
        aside = [
            child
            for child in s.children[token]
            if child > token and s.relations[child] in _ASIDE and s.has_comma_before(child)
        ]
        found = self.phrase(token, without)
        found = self._without_brackets(found if alone else self._with_members(token, found), token)
        if not aside:
            return found
        left_out = {t for child in aside for t in s.subtree(child)}
        found = [t for t in found if t not in left_out]
        while len(found) > 1 and s.relations[found[-1]] == rel.PUNCTUATION:
            del found[-1]
        return found

    def _with_members(self, token: int, found: list[int]) -> list[int]:
        """The whole list, where its members have sentences of their own: what is shared is said of all."""
        members = [unit for unit in self.units if unit.member_of == token]
        if not members:
            return found
        kept = set(found)
        for unit in members:
            kept.update(unit.own)
            kept.update(unit.cue)
        words = self.sentence.words
        kept.update(
            t for t in range(min(kept), max(kept)) if words[t] == "," and t - 1 in kept and t + 1 in kept
        )
        found = sorted(kept)
        while self.sentence.relations[found[-1]] == rel.PUNCTUATION:
            del found[-1]
        return found

    def _without_brackets(self, tokens: list[int], head: int) -> list[int]:
        words = self.sentence.words
        opening = next((t for t in tokens if words[t] in ("(", "[", "-LRB-") and t > head), None)
        if opening is None:
            return tokens
        closing = next((t for t in tokens if words[t] in (")", "]", "-RRB-") and t > opening), len(words))
        return [t for t in tokens if not opening <= t <= closing]

    def noun_phrase(self, token: int, before: int) -> list[int]:
        """The noun phrase that a modifier at ``before`` speaks of: without conjuncts that follow the modifier."""
        s = self.sentence
        conjunct = s.find(token, rel.CONJUNCT)
        if conjunct is not None and conjunct > before:
            return self.copy(token, (rel.CONJUNCT, rel.COORDINATOR, rel.CORRELATIVE), alone=True)
        return self.copy(token)

    def named(self, token: int, before: int) -> list[Item]:
        """``noun_phrase`` as items, with what stands for a relative pronoun in it."""
        owner = self.owners[token]
        whose = owner.frame.possessor(self, token) if owner is not None else []
        return [*whose, *self.noun_phrase(token, before)]

    def subject(self, unit: Unit) -> list[Item] | None:
        """The subject of a unit as it is written there; None when it has none."""
        return unit.frame.subject(self, unit)


_ASIDE = frozenset(
    {
        rel.APPOSITION,
        rel.RELATIVE_CLAUSE,
        rel.NOUN_CLAUSE,
        rel.PREPOSITION,
        rel.OTHER,
        rel.NUMBER,
        rel.NOUN_ADVERB,
        rel.ADJECTIVE,
    }
)
OPENING = frozenset({"-LRB-", "``"})
CLOSING = frozenset({"-RRB-", "''"})
