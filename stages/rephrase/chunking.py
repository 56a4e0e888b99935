"""Passages: sentences in a row with at most so many tokens, as even as they can be.

Passages adjoin: joined they are the text. They end where sentences end, except inside a sentence that is longer than
the bound; such a sentence is cut at its strongest marks (line end, then semicolon, comma, space) near even parts.
Among all ways to cut, the one with the smallest sum of squared distances from the even length is taken, so no passage
is a short remainder of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stages.rephrase.token_counts import TokenCounter

Span = tuple[int, int]

# where a long sentence may be cut, strongest first: after the match
_MARKS = tuple(
    re.compile(mark)
    for mark in (
        r"\n\s*",
        r"[.!?…。！？][\"'”’»)\]]*\s+|[。！？]",
        r"[;:；：]\s+|[；：]",
        r",\s+|[，、]|\s[–—-]\s",
        r"\s+",
    )
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage: its span of the text and its tokens, white space around it included."""

    start: int
    end: int
    tokens: int


def chunks_of(text: str, sentences: Sequence[Span], counter: TokenCounter, limit: int) -> list[Chunk]:
    """Return the passages of a text.

    Args:
        sentences: adjoining spans that together are the text; empty for an empty text.
        limit: tokens of a passage at most. Only a single character of more tokens exceeds it.
    """
    if not sentences:
        return []
    counts = counter.count([text[start:end] for start, end in sentences])
    pieces: list[Span] = []
    tokens: list[int] = []
    for (start, end), count in zip(sentences, counts, strict=True):
        parts = [(start, end)] if count <= limit else _cut(text, start, end, counter, limit)
        pieces += parts
        tokens += [count] if len(parts) == 1 else counter.count([text[a:b] for a, b in parts])
    chunks = []
    for first, last in _groups(tokens, limit):
        start, end = pieces[first][0], pieces[last - 1][1]
        chunks.append(Chunk(start, end, sum(tokens[first:last])))
    return chunks


def _groups(tokens: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Cut a row of pieces into groups of at most ``limit`` tokens by dynamic programming."""
    fewest = _fewest(tokens, limit)
    target = sum(tokens) / fewest
    sums = np.concatenate([[0], np.cumsum(np.asarray(tokens, np.int64))])
    count = len(tokens)
    cost = np.full(count + 1, np.inf)
    cost[0] = 0.0
    before = np.zeros(count + 1, np.int64)
    for end in range(1, count + 1):
        first = min(int(np.searchsorted(sums, sums[end] - limit)), end - 1)
        lengths = sums[end] - sums[first:end]
        total = cost[first:end] + (lengths - target) ** 2
        best = int(np.argmin(total))  # the first of equals: the longer last passage
        cost[end], before[end] = total[best], first + best
    groups = []
    end = count
    while end:
        groups.append((int(before[end]), end))
        end = int(before[end])
    return groups[::-1]


def _fewest(tokens: Sequence[int], limit: int) -> int:
    """The number of groups when each takes as many pieces as fit."""
    groups, room = 1, limit
    for count in tokens:
        if count > room and room < limit:
            groups, room = groups + 1, limit
        room -= count
    return groups


def _cut(text: str, start: int, end: int, counter: TokenCounter, limit: int) -> list[Span]:
    """Halve a sentence at its best mark until every part is short enough."""
    if end - start < 2 or counter.count([text[start:end]])[0] <= limit:
        return [(start, end)]
    middle = _best_cut(text, start, end)
    return [*_cut(text, start, middle, counter, limit), *_cut(text, middle, end, counter, limit)]


def _best_cut(text: str, start: int, end: int) -> int:
    """The strongest mark in the middle half, the one nearest to the middle; the middle itself without any."""
    middle, quarter = (start + end) / 2, (end - start) / 4
    for mark in _MARKS:
        places = [m.end() for m in mark.finditer(text, start, end)]
        near = [p for p in places if abs(p - middle) <= quarter and start < p < end]
        if near:
            return min(near, key=lambda place: (abs(place - middle), place))
    return int(middle)
