"""``docmill stages``."""

from __future__ import annotations

from typing import Any

from pydantic_core import PydanticUndefined
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline import registry


def show_stages() -> None:
    """Print each registered stage: what it does, its columns, its options."""
    console = Console()
    for name in registry.STAGES:
        stage = registry.load(name)
        console.print(f"[bold]{name}[/] {stage.version}  {escape(_first_line(stage.__doc__))}")
        console.print(f"  requires: {_columns(stage.requires)}")
        if len(stage.optional):
            console.print(f"  optional: {_columns(stage.optional)}")
        console.print(f"  provides: {_columns(stage.provides)}")
        table = Table("option", "type", "default", "meaning", box=None, padding=(0, 2, 0, 2))
        for option, field in stage.Config.model_fields.items():
            default: Any = field.get_default(call_default_factory=True)
            shown = "required" if default is PydanticUndefined else _plain(default)
            table.add_row(
                option,
                escape(_type(field.annotation)),
                escape(shown),
                escape(" ".join((field.description or "").split())),
            )
        console.print(table)


def _columns(schema: Any) -> str:
    return escape(", ".join(f"{f.name} ({_kind(f.type)})" for f in schema)) or "nothing"


def _kind(kind: Any) -> str:
    text = str(kind)
    return text if len(text) < 30 else text.partition("<")[0] + "<struct>"


def _type(annotation: Any) -> str:
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return text.replace("typing.", "").split("[", 1)[0] if len(text) > 60 else text.replace("typing.", "")


def _plain(value: Any) -> str:
    if hasattr(value, "model_dump"):
        value = value.model_dump(mode="json")
    if isinstance(value, list | tuple | set | frozenset):
        return "[" + ", ".join(_plain(v) for v in value) + "]"
    return "" if value is None else str(getattr(value, "value", value))


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().partition("\n")[0]
