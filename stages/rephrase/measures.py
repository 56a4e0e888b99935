"""How a text reads: school grade, and how varied its words are. No gate; figures for the report.

Both are among the figures by which "Rephrasing the Web" compares real and synthetic text (arXiv 2401.16380,
section 6 and appendix).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stages.rephrase.gates.pair import Pair

WINDOW = 50  # words; a type-token ratio over a whole text falls with its length, whatever the words
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n{2,}")
_VOWELS = re.compile(r"[aeiouy]+")


def measures(pair: Pair) -> dict[str, float]:
    """Return the measures of a pair by field of ``document.REPHRASING_SCORES``."""
    found = {"type_token_ratio": type_token_ratio(pair.answer_words)}
    if pair.language == "en":
        found["reading_grade"] = reading_grade(pair.answer, pair.answer_words)
        found["passage_grade"] = reading_grade(pair.passage, pair.passage_words)
    return {name: value for name, value in found.items() if value is not None}


def type_token_ratio(words: Sequence[str]) -> float | None:
    """Return distinct words per word, the mean over all windows of ``WINDOW`` words (Covington and McFall, "Cutting
    the Gordian Knot: The Moving-Average Type-Token Ratio", 2010); a shorter text is one window. None without words."""
    if not words:
        return None
    width = min(WINDOW, len(words))
    counts: dict[str, int] = {}
    total = 0
    for at, word in enumerate(words):
        counts[word] = counts.get(word, 0) + 1
        if at >= width:
            gone = words[at - width]
            counts[gone] -= 1
            if not counts[gone]:
                del counts[gone]
        if at >= width - 1:
            total += len(counts)
    return total / (width * (len(words) - width + 1))


def reading_grade(text: str, words: Sequence[str]) -> float | None:
    """Return the Flesch-Kincaid grade of English text (Kincaid et al. 1975): years of school. None without words."""
    plain = [word for word in words if word[0].isalpha()]
    if not plain:
        return None
    sentences = max(1, sum(1 for part in _SENTENCE_END.split(text) if any(c.isalpha() for c in part)))
    return 0.39 * len(plain) / sentences + 11.8 * sum(map(syllables, plain)) / len(plain) - 15.59


def syllables(word: str) -> int:
    """Estimate the syllables of an English word in lower case: groups of vowels, without a silent e."""
    count = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ie", "oe", "ye")) and count > 1:
        count -= 1
    if word.endswith("ed") and count > 1 and word[-3:-2] not in "td":
        count -= 1
    return max(1, count)
