"""Words by which a sentence refers to the one before it (Quirk et al. 1985, 8.134-8.147, 13.18): at its beginning,
after its subject, at its end.

No constituent is cut: the words go, and the link says what they said.
"""

from __future__ import annotations

from dataclasses import dataclass

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that refer back, and where they stand."""

    tokens: tuple[int, ...]
    position: str  # "initial" or "final", as models.discourse_relations counts


def reference(s: Sentence) -> Reference | None:
    """The first such words of a sentence: "But", "However,", ", however,", ", too".

    An adverb inside the clause counts only between marks: "he however left" keeps its adverb.
    """
    first = next((t for t in range(len(s)) if s.relations[t] != rel.PUNCTUATION), None)
    if first is None:
        return None
    opens = s.relations[first] == rel.COORDINATOR and s.lowers[first] in s.lexicon.opening_coordinators
    # "And Bob left": not "both Ann and Bob", and not inverted ("nor did he")
    if opens and s.heads[first] == s.root:
        return Reference((first,), "initial")
    cues = s.lexicon.referring
    for start in range(len(s)):
        if start != first and s.words[start - 1] != ",":
            continue
        for length in range(_LONGEST, 0, -1):
            end = start + length
            if end > len(s) or tuple(s.lowers[start:end]) not in cues:
                continue
            closed = end == len(s) or s.words[end] in (",", ".", "!", ";")
            opens = start == first and (
                closed or " ".join(s.lowers[start:end]) in s.lexicon.referring_without_comma
            )
            if not (opens or (start != first and closed)) or not _hangs_on_root(s, start, end):
                continue
            return Reference(tuple(range(start, end)), "initial" if start == first else "final")
    return None


def _hangs_on_root(s: Sentence, start: int, end: int) -> bool:
    """Whether the words are an adjunct of the main clause, and nothing else is."""
    tops = [t for t in range(start, end) if not start <= s.heads[t] < end]
    if any(s.heads[t] != s.root for t in tops):
        return False
    return all(
        start <= below < end or s.relations[below] == rel.PUNCTUATION
        for t in range(start, end)
        for below in s.children[t]
    )
