"""The answer must go on instead of repeating itself."""

from __future__ import annotations

import re

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LoopGate
from stages.rephrase.gates.pair import Pair, Verdict, words_of
from stages.rephrase.gates.questions import parse
from stages.rephrase.loops import GRAM, find_loop

_RUN = 8  # words that no text says twice by chance
_SENTENCE = 4  # words of a sentence that counts when it is said again: "Yes." and "He did not." may be
_ENDS = re.compile(r"[.!?…]+(?=\s|$)|\n+")


class Loops:
    """Refuses with ``loop``: a loop as the generator defines it, a sentence or a long run of words that occurs twice,
    or too many repeated 4-grams of words.

    What the passage itself repeats (a list, a form) may be repeated likewise. Questions and answers are two texts: an
    answer takes up the words of its question.
    """

    name: GateName = "loop"

    def __init__(self, options: LoopGate) -> None:
        self._most = options.max_repeated

    def judge(self, pair: Pair) -> Verdict:
        own = repeated_share(pair.passage_words)
        share = max(0.0, repeated_share(pair.answer_words) - own)
        looping = find_loop(pair.answer_words) and not find_loop(pair.passage_words)
        if looping or (any(map(_says_again, _voices(pair))) and not _says_again(pair.passage)):
            share = 1.0
        return Verdict({"repeated": share}, ("loop",) if share > self._most else ())


def _voices(pair: Pair) -> list[str]:
    """The texts of an answer: questions and answers apart where it is a conversation."""
    found = parse(pair.answer).pairs if pair.style.format == "qa" else ()
    if not found:
        return [pair.answer]
    return ["\n".join(question for question, _ in found), "\n".join(reply for _, reply in found)]


def _says_again(text: str) -> bool:
    """Whether a sentence, or a run of ``_RUN`` words, occurs twice."""
    words = words_of(text)
    runs = [tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)]
    sentences = [tuple(words_of(one)) for one in _ENDS.split(text)]
    sentences = [one for one in sentences if len(one) >= _SENTENCE]
    return len(set(runs)) < len(runs) or len(set(sentences)) < len(sentences)


def repeated_share(words: list[str]) -> float:
    """Return the share of 4-grams that occurred before."""
    grams = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
    return 1 - len(set(grams)) / len(grams) if grams else 0.0
