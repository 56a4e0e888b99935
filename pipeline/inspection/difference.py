"""What a stage kept of the text: the text cut into kept and removed pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def pieces(text: str, spans: Iterable[Mapping[str, int]]) -> Iterator[tuple[bool, str]]:
    """Yield (kept, piece) so that the pieces joined are the text.

    ``spans`` are code point offsets; those out of bounds are clipped, overlapping ones joined. White space
    between and around removed words counts as kept: it is no loss that anyone wants to see.
    """
    runs: list[list[int]] = []
    for span in sorted(spans, key=lambda s: s["start"]):
        start, end = max(0, span["start"]), min(len(text), span["end"])
        if start >= end:
            continue
        if runs and (start <= runs[-1][1] or text[runs[-1][1] : start].isspace()):
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([start, end])
    at = 0
    for start, end in runs:
        yield from _removed(text[at:start])
        yield True, text[start:end]
        at = end
    yield from _removed(text[at:])


def _removed(piece: str) -> Iterator[tuple[bool, str]]:
    words = piece.strip()
    if not words:
        if piece:
            yield True, piece
        return
    before = len(piece) - len(piece.lstrip())
    if before:
        yield True, piece[:before]
    yield False, words
    if before + len(words) < len(piece):
        yield True, piece[before + len(words) :]
