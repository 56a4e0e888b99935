"""The answer must go on instead of repeating itself."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LoopGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.loops import GRAM, find_loop


class Loops:
    """Refuses with ``loop``: a loop as the generator defines it, or too many repeated 4-grams of words.

    4-grams that the passage repeats as often (a list, a form) do not count.
    """

    name: GateName = "loop"

    def __init__(self, options: LoopGate) -> None:
        self._most = options.max_repeated

    def judge(self, pair: Pair) -> Verdict:
        share = repeated_share(pair.answer_words, pair.passage_words)
        if find_loop(pair.answer_words) and not find_loop(pair.passage_words):
            share = 1.0
        return Verdict({"repeated": share}, ("loop",) if share > self._most else ())


def repeated_share(words: list[str], passage: list[str]) -> float:
    """Return the share of 4-grams that occurred before, beyond what the passage has of the same."""
    allowed: dict[tuple[str, ...], int] = {}
    for gram in _grams(passage):
        allowed[gram] = allowed.get(gram, 0) + 1
    grams = _grams(words)
    seen: dict[tuple[str, ...], int] = {}
    again = 0
    for gram in grams:
        seen[gram] = seen.get(gram, 0) + 1
        again += seen[gram] > max(1, allowed.get(gram, 0))
    return again / len(grams) if grams else 0.0


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
