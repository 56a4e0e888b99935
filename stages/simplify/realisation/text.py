"""Items as text: spaces, marks, capitals."""

from __future__ import annotations

from collections.abc import Sequence

from stages.simplify.realisation.capitals import capitalised, opening_of, opening_word
from stages.simplify.realisation.items import Item
from stages.simplify.realisation.marks import STOPS
from stages.simplify.syntax.sentence import Sentence

_NO_SPACE_BEFORE = frozenset(
    {",", ";", ":", ".", "!", "?", ")", "]", "}", "”", "’", "»", "'s", "’s", "n't", "n’t", "%"}
)


_NO_SPACE_AFTER = frozenset({"(", "[", "{", "“", "‘", "«", "$", "£", "€", "#"})


def render(s: Sentence, kept: Sequence[Item], stop: str) -> str:
    """Write items as one sentence.

    Args:
        kept: of ``trimmed``.
        stop: the mark at its end; "" for none.
    """
    if not kept:
        return ""
    words: list[str] = []
    source, spaces = s.words, s.spaces
    opening = opening_of(s)
    before: Item | None = None
    for item in kept:
        if type(item) is int:
            word = source[item] if item > opening else opening_word(s, item)
            if type(before) is int and item == before + 1:
                if spaces[before]:
                    words.append(" ")
                words.append(word)
                before = item
                continue
        elif isinstance(item, tuple):
            word = item[1]
        else:
            word = str(item)
        if before is not None and _space_between(s, item, words[-1], word):
            words.append(" ")
        words.append(word)
        before = item
    text = "".join(words).strip()
    if s.words[0][:1].isupper() or not s.words[0][:1].isalpha():
        text = capitalised(text)
    if stop and not text.endswith(_ENDINGS):
        # French sets marks apart that others do not
        text += " " + stop if s.spaces[-2:-1] == [True] and s.lexicon.language != "fr" else stop
    return text


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
