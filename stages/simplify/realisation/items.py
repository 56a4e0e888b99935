"""What a sentence is written from."""

from __future__ import annotations

from typing import TypeAlias

Item: TypeAlias = int | str | tuple[int, str]
"""A token as it stands in the source, a word that is put in, or a token in another form."""


def tokens_of(items: list[Item]) -> list[int]:
    """The source tokens among items."""
    return [one if isinstance(one, int) else one[0] for one in items if not isinstance(one, str)]
