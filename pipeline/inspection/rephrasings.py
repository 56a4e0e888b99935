"""Passages of a document with what rephrase made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from pipeline.console import figures
from pipeline.console.printable import one_line, printable
from pipeline.inspection.entries import CELL

_PASSAGE, _ANSWER = 2 * CELL, 4 * CELL  # characters shown


def passages(
    entries: Sequence[Mapping[str, Any]], text: str, limit: int | None, *, everything: bool
) -> tuple[list[RenderableType], int]:
    """Return a part for each passage, with every style beneath it, and how many passages were left out."""
    places = list(dict.fromkeys((one["chunk"], one["start"], one["end"]) for one in entries))
    parts: list[RenderableType] = []
    for chunk, start, end in places[:limit]:
        part = Text(f"\npassage {chunk}  ", "dim")
        part.append(one_line(text[start:end], 0 if everything else _PASSAGE), "not dim")
        for one in entries:
            if one["chunk"] == chunk:
                _append(part, one, everything=everything)
        parts.append(part)
    return parts, len(places) - len(parts)


def summary(entries: Sequence[Mapping[str, Any]]) -> str:
    """How many there are, and how many passed."""
    count = len({one["chunk"] for one in entries})
    passed = sum(one["status"] == "ok" for one in entries)
    whole = figures.plural(len(entries), "rephrasing")
    return f"{figures.plural(count, 'passage')}, {figures.count(passed)} of {whole} passed"


def _append(part: Text, one: Mapping[str, Any], *, everything: bool) -> None:
    good = one["status"] == "ok"
    told = "ok" if good else f"{one['status']}: {', '.join(one['reasons'] or ())}"
    part.append(f"\n  {one_line(one['style'], 40)}  ", "bold not dim")
    part.append(one_line(told, CELL), "green" if good else "yellow")
    if one["text"]:
        said = printable(one["text"] if everything else one["text"][:_ANSWER])
        part.append("\n    " + said.replace("\n", "\n    "), "not dim")
