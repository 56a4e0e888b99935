"""Values of any column as words, and lists of structs as tables: for the terminal and for the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.console import figures
from pipeline.console.printable import one_line

CELL = 160  # characters of a value


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of structs as a table of words. What is the same in every entry stands in ``same``."""

    same: Sequence[tuple[str, str]]
    names: Sequence[str]
    numeric: Sequence[bool]  # by column
    rows: Sequence[Sequence[str]]


def tabulate(entries: Sequence[dict[str, Any]], text: str | None, limit: int | None = CELL) -> Sheet:
    """Make a table of structs. Entries that only point into ``text`` gain the words they point at."""
    flat = [flatten(entry) for entry in _quoted(entries, text)]
    names = list(dict.fromkeys(n for entry in flat for n in entry))
    same = [n for n in names if len(flat) > 1 and all(e.get(n) == flat[0].get(n) for e in flat)]
    told = [(n, cell(flat[0][n])) for n in same if flat[0].get(n) is not None]
    names = [n for n in names if n not in same]
    numeric = [all(isinstance(e.get(n), int | float | None) for e in flat) for n in names]
    return Sheet(told, names, numeric, [[cell(e.get(n), limit) for n in names] for e in flat])


def flatten(entry: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Structs within structs as ``outer.inner``."""
    flat: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{name}."))
        else:
            flat[prefix + name] = value
    return flat


def cell(value: Any, limit: int | None = CELL) -> str:
    """Any value on one line, safe to show."""
    if value is None:
        return figures.MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return figures.number(value)
    if isinstance(value, bytes):
        return figures.plural(len(value), "byte")
    if isinstance(value, list):
        shown = ", ".join(cell(v) for v in value[:20])
        return one_line(shown + (" \u2026" if len(value) > 20 else ""), limit or 0)
    if isinstance(value, tuple):
        return one_line(": ".join(cell(v) for v in value), limit or 0)
    if isinstance(value, dict):
        return one_line(", ".join(f"{k} {cell(v)}" for k, v in value.items()), limit or 0)
    return one_line(str(value), limit or 0)


def _quoted(entries: Sequence[dict[str, Any]], text: str | None) -> Sequence[dict[str, Any]]:
    if text is None or not all({"start", "end"} <= e.keys() and "text" not in e for e in entries):
        return entries
    return [
        {**e, "text": text[e["start"] : e["end"]]} if None not in (e["start"], e["end"]) else e
        for e in entries
    ]
