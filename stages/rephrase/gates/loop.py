"""The answer must go on instead of repeating itself."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LoopGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.loops import GRAM, find_loop

_RUN = 12  # words


class Loops:
    """Refuses with ``loop``: a loop as the generator defines it, a long run of words that occurs twice, or too many
    repeated 4-grams of words.

    What the passage itself repeats (a list, a form) may be repeated likewise.
    """

    name: GateName = "loop"

    def __init__(self, options: LoopGate) -> None:
        self._most = options.max_repeated

    def judge(self, pair: Pair) -> Verdict:
        own = repeated_share(pair.passage_words)
        share = max(0.0, repeated_share(pair.answer_words) - own)
        looping = find_loop(pair.answer_words) and not find_loop(pair.passage_words)
        if looping or (_says_again(pair.answer_words) and not _says_again(pair.passage_words)):
            share = 1.0
        return Verdict({"repeated": share}, ("loop",) if share > self._most else ())


def _says_again(words: list[str]) -> bool:
    """Whether a run of ``_RUN`` words occurs twice: a whole sentence said again."""
    runs = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    return len(set(runs)) < len(runs)


def repeated_share(words: list[str]) -> float:
    """Return the share of 4-grams that occurred before."""
    grams = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
    return 1 - len(set(grams)) / len(grams) if grams else 0.0
