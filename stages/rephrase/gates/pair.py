"""A passage and an answer, with what more than one gate wants to know of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from stages.rephrase.generation.request import Finish
from stages.rephrase.styles import Style

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:['’][^\W_]+)*")


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
    """

    passage: str
    answer: str
    style: Style
    finish: Finish | None
    language: str | None
    passage_tokens: int
    tokens: int

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
