"""What a stage kept of the text: the text cut into kept and removed pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping


def pieces(text: str, spans: Iterable[Mapping[str, int]]) -> Iterator[tuple[bool, str]]:
    """Yield (kept, piece) so that the pieces joined are the text, kept and removed in turn.

    ``spans`` are code point offsets; those out of bounds are clipped, overlapping ones joined. White space
    alone between two kept spans counts as kept: it is no loss that anyone wants to see.
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
        if start > at:
            yield False, text[at:start]
        yield True, text[start:end]
        at = end
    if at < len(text):
        yield False, text[at:]
