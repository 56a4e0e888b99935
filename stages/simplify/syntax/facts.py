"""What rules ask of a tree again and again, found once for all its tokens."""

from __future__ import annotations

from collections.abc import Sequence

from stages.simplify.syntax import relations as rel


class Facts:
    """Of one tree as it stands: a tree that changes needs new ones.

    ``firsts`` and ``lasts`` are, for each token, the leftmost and the rightmost word at or below it. ``subjects`` and
    ``auxiliaries`` are known by the verb, ``negated`` are heads of a negation. ``finites`` holds what
    ``Sentence.finite`` has told already.
    """

    __slots__ = ("auxiliaries", "finites", "firsts", "lasts", "negated", "subjects")

    def __init__(
        self,
        heads: Sequence[int],
        relations: Sequence[str],
        lowers: Sequence[str],
        negations: frozenset[str],
    ) -> None:
        """Take parallel sequences, and the words that negate."""
        count = range(len(heads))
        self.firsts = firsts = list(count)
        self.lasts = lasts = list(count)
        self.subjects: dict[int, int] = {}
        self.auxiliaries: dict[int, list[int]] = {}
        self.negated: set[int] = set()
        self.finites: dict[int, int | None] = {}
        # all that is below a word and left of it is known when its turn comes; from the right likewise
        for token, head in enumerate(heads):
            if head > token and firsts[head] == head and relations[token] != rel.PUNCTUATION:
                firsts[head] = firsts[token]
        for token in reversed(count):
            head = heads[token]
            if head < token and lasts[head] == head and relations[token] != rel.PUNCTUATION:
                lasts[head] = lasts[token]
        for token in [token for token, name in enumerate(relations) if name in _NOTED]:
            self._note(token, heads[token], relations[token])
        if not negations.isdisjoint(lowers):
            self.negated.update(
                head for token, head in enumerate(heads) if lowers[token] in negations and head != token
            )

    def _note(self, token: int, head: int, name: str) -> None:
        if name in rel.AUXILIARIES:
            self.auxiliaries.setdefault(head, []).append(token)
        elif name == rel.NEGATION:
            self.negated.add(head)
        elif name != rel.EXPLETIVE or head not in self.subjects:
            self.subjects[head] = token


_NOTED = rel.SUBJECTS | rel.AUXILIARIES | {rel.NEGATION}
