"""The head of a document's view: who it is, where it came from, what made it, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.console import figures
from pipeline.console.printable import one_line, printable


def header(row: dict[str, Any]) -> Iterator[RenderableType]:
    """The identity, metadata, provenance and errors of a row."""
    grid = Table.grid(padding=(0, 2), expand=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")

    def add(name: str, value: str | Text) -> None:
        grid.add_row(name, value if isinstance(value, Text) else Text(value))

    add("source", printable(row.get("source") or figures.MISSING))
    add("sha256", printable(row.get("content_sha256") or figures.MISSING))
    for key, value in row.get("metadata") or ():
        add(
            "metadata",
            Text(f"{one_line(key, 80)}: ", style="dim").append(one_line(value or "", 400), "not dim"),
        )
    made = row.get("provenance") or {}
    if made:
        settings = (made.get("fingerprint") or "?")[:12]
        add("docmill", printable(f"{made.get('docmill') or '?'}, settings {settings}"))
    for stage in made.get("stages") or ():
        models = "".join(f", model {m[:12]}" for m in stage.get("model_sha256") or ())
        spent = figures.seconds(stage.get("seconds"))
        add("stage", printable(f"{stage.get('stage')} {stage.get('version')}: {spent}{models}"))
    yield grid
    errors = row.get("errors") or ()
    if errors:
        yield Text(f"\nerrors  {len(errors)}", style="bold red")
        table = Table.grid(padding=(0, 2))
        table.add_column(style="red", no_wrap=True)
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for error in errors:
            cells = (f"{error['stage']}/{error['code']}", error["kind"], error["message"])
            table.add_row(*(Text(printable(c)) for c in cells))
        yield table
