"""The words that join conjuncts (Quirk et al. 1985, 13.2-13.55)."""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence


def coordinators(s: Sentence, head: int, token: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The coordinator before a conjunct, with what belongs to it; and, where there is none, the one that a later
    conjunct of the same chain has ("A, B and C")."""
    first = s.first(token)
    before = first - 1
    if before > 0 and s.words[before] == ",":
        before -= 1
    if before > head and s.tags[before] == "CC" and s.heads[before] != head:
        return (before,), ()  # the parser gave it to another word
    found = [t for t in s.children[head] if s.relations[t] == rel.COORDINATOR and head < t < first]
    if found:
        cue = [found[-1]]
        if (
            s.lowers[cue[0]] in ("and", "but", "or")
            and cue[0] + 1 in s.children[token]
            and s.lowers[cue[0] + 1] == "then"
        ):
            cue.append(cue[0] + 1)
        return tuple(cue), ()
    while True:
        later = [t for t in s.children[token] if s.relations[t] == rel.COORDINATOR and t > token]
        if later:
            return (), (later[0],)
        following = s.find(token, rel.CONJUNCT)
        if following is None:
            return (), ()
        token = following
