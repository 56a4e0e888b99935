"""A sentence that stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from stages.simplify.writing import Proposition


def whole(line: str, shift: Sequence[int] | int) -> list[Proposition]:
    """The one proposition of a sentence; none for a blank one.

    Args:
        line, shift: of ``whitespace.on_one_line``.
    """
    if not line:
        return []
    start, end = (shift, shift + len(line)) if isinstance(shift, int) else (shift[0], shift[-1] + 1)
    return [
        Proposition(
            text=line,
            layer=0,
            role="core",
            rule="sentence",
            parent=None,
            spans=((start, end),),
            links=(),
            head=0,
        )
    ]
