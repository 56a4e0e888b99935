"""Items as text: spaces, marks, capitals."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from stages.simplify.realisation.capitals import capitalised, opening_of, opening_word
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.marks import STOPS
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_NO_SPACE_BEFORE = frozenset(
    {",", ";", ":", ".", "!", "?", ")", "]", "}", "”", "’", "»", "'s", "’s", "n't", "n’t", "%"}
)


_NO_SPACE_AFTER = frozenset({"(", "[", "{", "“", "‘", "«", "$", "£", "€", "#"})


class Page:
    """What the propositions of one sentence are written on: its words as they stand inside a sentence."""

    __slots__ = ("_capital", "_places", "_sentence", "_stop", "_text", "_words")

    def __init__(self, s: Sentence) -> None:
        self._sentence = s
        self._stop = _stop(s)
        self._capital = s.words[0][:1].isupper() or not s.words[0][:1].isalpha()
        opening = opening_of(s) + 1
        self._words = [*(opening_word(s, token) for token in range(min(opening, len(s)))), *s.words[opening:]]
        pieces = [word + " " if space else word for word, space in zip(self._words, s.spaces, strict=True)]
        self._text = "".join(pieces)
        self._places = [0, *accumulate(map(len, pieces))]

    def write(self, items: Sequence[Item]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Items as one sentence, and the stretches of the source that are in it, ascending and disjoint.

        Args:
            items: of ``trimmed``.
        """
        s, words = self._sentence, self._words
        parts: list[str] = []
        runs: list[tuple[int, int]] = []
        before = ""  # the word that was written last
        at, end = 0, len(items)
        while at < end:
            item = items[at]
            at += 1
            if type(item) is int:
                last = item
                while at < end and items[at] == last + 1:
                    last += 1
                    at += 1
                runs.append((item, last))
                first, after = words[item], words[last]
                piece = self._text[self._places[item] : self._places[last] + len(after)]
            else:
                if isinstance(item, tuple):
                    runs.append((item[0], item[0]))
                piece = first = after = item[1] if isinstance(item, tuple) else str(item)
            if parts and _space_between(s, item, before, first):
                parts.append(" ")
            parts.append(piece)
            before = after
        return self._ended("".join(parts).strip()), _spans(s, runs)

    def _ended(self, text: str) -> str:
        """With a capital and a stop."""
        if self._capital:
            text = capitalised(text)
        return text if not text or text.endswith(_ENDINGS) else text + self._stop


def _stop(s: Sentence) -> str:
    """The mark that ends each proposition, as the source has it: none where the source has none."""
    stop = "." if s.words[-1].endswith(".") else ""
    for token in range(len(s) - 1, max(-1, len(s) - 4), -1):
        if s.words[token] in (".", "!", "?"):
            stop = "."
            break
        if s.relations[token] != rel.PUNCTUATION:
            break
    # French sets marks apart that others do not
    apart = s.spaces[-2:-1] == [True] and s.lexicon.language != "fr"
    return " " + stop if stop and apart else stop


def _spans(s: Sentence, runs: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Runs of tokens as stretches of the source."""
    if not runs:
        return ()
    runs.sort()
    found: list[tuple[int, int]] = []
    start, end = runs[0]
    for first, last in runs:
        if first > end + 1:
            found.append((s.starts[start], s.ends[end]))
            start, end = first, last
        elif last > end:
            end = last
    found.append((s.starts[start], s.ends[end]))
    return tuple(found)


_ENDINGS = (*STOPS, ".”", '."', "!”", '!"', "?”", '?"')


def _space_between(s: Sentence, item: Item, left: str, right: str) -> bool:
    """Whether a space goes between two words that did not stand side by side."""
    if isinstance(item, str) and right in ("'s", "'"):
        return False
    if len(left) > 1 and left[-1] in "'’" and left[-2].isalpha():
        return False  # "l'", "qu'"
    if right in _NO_SPACE_BEFORE or left in _NO_SPACE_AFTER:
        # tokenised sources set marks apart: so does what comes of them
        return isinstance(item, int) and item > 0 and s.spaces[item - 1] and right not in ("'s", "’s")
    return not (right[:1] in "'’" and len(right) > 1 and isinstance(item, int) and not s.spaces[item - 1])
