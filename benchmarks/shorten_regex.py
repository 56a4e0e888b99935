"""The peer of benchmarks/shorten.py: the same removal of English stop words as a loop over documents.

One regular expression finds words and punctuation, a set decides, the pieces are joined: what one writes
without columns. Everything that is the same for all documents is compiled once.
"""

from __future__ import annotations

import re

from stages.shorten.keys import word_key
from stages.shorten.measures import MEASURES
from stages.shorten.rules import DROP, WordRules

_WORD = r"(?:[^\W_]|[%‰#@&+°$£€¢¥])"
_TOKEN = re.compile(
    rf"((?:(?<![^\s(\[{{'\"«¿¡])[-.](?=\d))?{_WORD}+(?:(?:['’\-‐‑/_·.](?={_WORD})|(?<=\d)[,:–*^](?=\d)){_WORD}+)*)"
    rf"|([<=>]+)|((?:(?!{_WORD})[^\s<=>])+)"
)
_BLANK_LINE = re.compile(r"\n\s*\n")
_ENDS_PHRASE = frozenset(".,:;!?…")
_CLOSES = frozenset(".,:;!?…)]}»\"'’")
_OPENS = frozenset("([{«¿¡")
_IS_WORD = re.compile(_WORD)
_ODD = re.compile(r"['’/]")

Span = tuple[int, int]


class RegexShortener:
    """Removes the stop words of English."""

    def __init__(self, rules: WordRules) -> None:
        self._decide = rules.decide
        self._stop = frozenset(word for word in rules.stop_words if not rules.is_protected(word))

    def shorten(self, text: str) -> tuple[str, list[Span]]:
        """Return the shortened text and the kept spans."""
        stop = self._stop
        kept: list[tuple[int, int, bool, bool]] = []  # start, end, is punctuation, follows directly
        removed_end = -1  # where the last removed word ends
        before = -1  # end of the unit before, kept or not
        contiguous = True
        number_end = -1
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            kind = match.lastindex
            if kind == 1:
                form = match.group()
                goes = self._decide([form])[0] == DROP if _ODD.search(form) else word_key(form) in stop
                if goes and not (
                    0 <= number_end < start <= number_end + 3
                    and text[number_end] != "\n"
                    and word_key(form) in MEASURES
                ):
                    removed_end, before, contiguous, number_end = end, end, False, -1
                    continue
                number_end = end if text[end - 1].isdigit() else -1
            else:
                number_end = -1
                if (
                    kind == 3
                    and removed_end == start
                    and text[start] in _ENDS_PHRASE
                    and (not kept or kept[-1][2])
                ):
                    before, contiguous = end, False
                    continue
            kept.append((start, end, kind == 3, contiguous))
            before, contiguous = end, True
        if before < 0:
            return "", []
        if not any(not piece[2] for piece in kept):
            return text, [(0, len(text))]
        spans: list[Span] = []
        first, last = -1, -1
        out: list[str] = []
        for start, end, _, follows in kept:
            if first < 0:
                first = 0 if follows else start
            elif not follows:
                spans.append((first, last))
                out.append(text[first:last])
                out.append(_joiner(text, last, start))
                first = start
            last = end
        if contiguous:
            last = len(text)
        spans.append((first, last))
        out.append(text[first:last])
        return "".join(out), spans


def _joiner(text: str, end: int, start: int) -> str:
    gap = text[end:start]
    if "\n" in gap:
        return "\n\n" if _BLANK_LINE.search(gap) else "\n"
    if (
        text[start] in _CLOSES
        and not gap[-1].isspace()
        and not (start + 1 < len(text) and _IS_WORD.match(text, start + 1))
    ):
        return ""
    last = text[end - 1]
    if not gap[0].isspace() and (
        last in _OPENS or (last in "'\"" and not (end > 1 and _IS_WORD.match(text, end - 2)))
    ):
        return ""
    return " "
