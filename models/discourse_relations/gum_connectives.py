"""Reads the connectives of explicit relations of a GUM document, which stand in the last column of its trees (Liu et al.
2024, *GDTB: Genre Diverse Data for English Shallow Discourse Parsing*; PDTB 3 guidelines).

``PDTB=Explicit:Contingency.Cause.Reason:because:3:1-2:4-6`` is sense, words and tokens of the connective, tokens of the
first argument, and of the second, which is the one that has the connective. Several are parted by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FIELD: Final = "PDTB="
_EXPLICIT: Final = re.compile(
    r"Explicit:[^:]*:[^:]*:\d"
)  # some are said to be explicit, and point at no token


@dataclass(frozen=True, slots=True)
class Connective:
    """A connective: the sense of its relation in lower case, its tokens (numbers from 1 through the document), and those
    of both arguments, of which the second has it."""

    sense: str
    tokens: tuple[int, ...]
    first: frozenset[int]
    second: frozenset[int]


def connectives(path: Path) -> list[Connective]:
    """The connectives of explicit relations of a ``conllu`` file, in the order of the file."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if cells[0].isdigit():
            found += [_read(relation) for relation in _relations(cells[9]) if _EXPLICIT.match(relation)]
    return found


def _relations(cell: str) -> Iterator[str]:
    for field in cell.split("|"):
        if field.startswith(_FIELD):
            yield from field.removeprefix(_FIELD).split(";")


def _read(relation: str) -> Connective:
    _, sense, _, tokens, first, second = relation.split(":")
    return Connective(
        sense.lower(), tuple(numbers(tokens)), frozenset(numbers(first)), frozenset(numbers(second))
    )


def numbers(spans: str) -> list[int]:
    """``1-3,5`` is 1, 2, 3, 5."""
    found: list[int] = []
    for span in spans.split(","):
        first, _, last = span.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found
