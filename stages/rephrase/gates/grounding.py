"""Every sentence must speak of what the passage speaks of: models add sentences of their own, which no other gate sees.

The measure is the share of a sentence's words that the passage has, as in the n-gram precision of ROUGE (Lin 2004), but of
beginnings of words instead of words, so that inflection does not count, and sentence by sentence, so that a faithful rest
hides nothing.
"""

from __future__ import annotations

import re

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import GroundingGate
from stages.rephrase.gates.pair import Pair, Verdict

# Latin, Greek and Cyrillic; other scripts write words otherwise and are not judged.
_WORD = re.compile(r"[a-zà-öø-ɏͰ-ԯ]{3,}")
_BEGINNING = 5  # letters by which words count as the same
_SHORT = 4  # letters of words that may have an ending more: "vote" and "votes"
_FEWEST = 4  # words of a sentence that can be judged
_ENDS = re.compile(r"(?<=[.!?…])[\"'”’»)]*\s+|\n+")


class Grounding:
    """Refuses with ``ungrounded``. Questions are not judged: their words are the model's, their answers tell."""

    name: GateName = "grounding"

    def __init__(self, options: GroundingGate) -> None:
        self._least = options.min_share

    def judge(self, pair: Pair) -> Verdict:
        share = least_shared(pair.answer, pair.passage)
        if share is None:
            return Verdict({})
        return Verdict({"grounded": share}, ("ungrounded",) if share < self._least else ())


def least_shared(answer: str, passage: str) -> float | None:
    """Return the lowest share of words, over the sentences of an answer, that the passage has; None when no sentence is
    long enough to be judged, or none is in a script whose words are known."""
    known = _Known(passage)
    told = [set(_words_in(one)) for one in _ENDS.split(answer) if not one.rstrip("\"'”’»)").endswith("?")]
    shares = [sum(map(known.has, words)) / len(words) for words in told if len(words) >= _FEWEST]
    return min(shares, default=None) if known.words else None


def _words_in(text: str) -> list[str]:
    """Return what can be compared of a text: its words of three letters and more, in lower case."""
    return _WORD.findall(text.lower())


class _Known:
    def __init__(self, text: str) -> None:
        self.words = frozenset(_words_in(text))
        self._beginnings = {word[:_BEGINNING] for word in self.words}
        self._short = {word for word in self.words if len(word) <= _SHORT}
        self._stems = {word[:_SHORT] for word in self.words}

    def has(self, word: str) -> bool:
        """Whether the text has the word, perhaps with another ending."""
        if word[:_BEGINNING] in self._beginnings or word[:_SHORT] in self._short:
            return True
        return len(word) <= _SHORT and word in self._stems
