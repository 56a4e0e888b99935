"""A passage and an answer, with what more than one gate wants to know of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stages.rephrase.generation.request import Finish
from stages.rephrase.styles import Style

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class TokenLogprobs:
    """How probable the model found what it wrote.

    Attributes:
        ends: int[n]: where in the answer each token ends, ascending; below 0 before the answer begins.
        logprobs: float[n]: natural logarithms of their probabilities.
    """

    ends: Sequence[int]
    logprobs: Sequence[float]

    def of(self, start: int, end: int, around: int = 0) -> Sequence[float]:
        """Return what the tokens within a span of the answer have, and so many before and after it."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.ends, end) + 1
        return self.logprobs[max(0, first - around) : last + around]


@dataclass(frozen=True)
class Pair:
    """What is judged.

    Attributes:
        passage: as it stands in the document.
        answer: without lead-in.
        style: that was asked for.
        finish: why generation ended; None when the server did not say.
        language: code of the passage's language; None when it is not known.
        passage_tokens, tokens: of passage and answer, counted alike.
        written: how probable the model found its tokens; None when that is not known.
    """

    passage: str
    answer: str
    style: Style
    finish: Finish | None
    language: str | None
    passage_tokens: int
    tokens: int
    written: TokenLogprobs | None = None

    @cached_property
    def passage_words(self) -> list[str]:
        """Its words in lower case."""
        return words_of(self.passage)

    @cached_property
    def answer_words(self) -> list[str]:
        """Its words in lower case."""
        return words_of(self.answer)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a gate found: scores by field of ``document.REPHRASING_SCORES``, and why it refuses, if it does."""

    scores: dict[str, float]
    reasons: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case."""
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]
