"""``docmill stages``."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pipeline import registry
from pipeline.stage import StageConfig

_BOUNDS = {"minimum": ">=", "exclusiveMinimum": ">", "maximum": "<=", "exclusiveMaximum": "<"}


def show_stages() -> None:
    """Print each registered stage: what it does, its columns, its options with types and bounds."""
    console = Console()
    for name in registry.STAGES:
        stage = registry.load(name)
        summary = (stage.__doc__ or "").strip().partition("\n")[0]
        console.print(Text.assemble((name, "bold"), f" {stage.version}: {summary}"))
        for word, schema in (
            ("requires", stage.requires),
            ("optional", stage.optional),
            ("provides", stage.provides),
        ):
            if len(schema):
                columns = ", ".join(f"{f.name} ({_kind(f.type)})" for f in schema)
                console.print(Padding(Text(f"{word}: {columns}"), (0, 0, 0, 2)))
        for option, kind, default, meaning in options(stage.Config):
            console.print(Padding(Text.assemble((option, "bold"), f": {kind} = {default}"), (0, 0, 0, 2)))
            console.print(Padding(Text(meaning), (0, 0, 0, 6)))
        console.print()


def options(config: type[StageConfig]) -> list[tuple[str, str, str, str]]:
    """Name, type with bounds, default and meaning of each option."""
    schema = config.model_json_schema()
    shared = schema.get("$defs", {})
    found = []
    for name, about in schema.get("properties", {}).items():
        default = json.dumps(about["default"], ensure_ascii=False) if "default" in about else "(required)"
        meaning = " ".join(about.get("description", "").split())
        found.append((name, _type(about, shared), default, meaning))
    return found


def _type(about: dict[str, Any], shared: dict[str, Any]) -> str:
    if "$ref" in about:
        return _type(shared[about["$ref"].rpartition("/")[2]], shared)
    if "anyOf" in about:
        return " or ".join(dict.fromkeys(_type(one, shared) for one in about["anyOf"]))
    if "enum" in about:
        return "|".join(map(str, about["enum"]))
    if "const" in about:
        return str(about["const"])
    kind = str(about.get("type", "any"))
    if kind == "array":
        return f"list of {_type(about.get('items', {}), shared)}"
    if kind == "object":
        keys = about.get("properties")
        return "{" + ", ".join(keys) + "}" if keys else "map"
    bounds = [f"{sign} {about[key]}" for key, sign in _BOUNDS.items() if key in about]
    return " ".join([kind, ", ".join(bounds)]).strip()


def _kind(kind: Any) -> str:
    text = str(kind)
    return text if len(text) < 30 else text.partition("<")[0] + "<struct>"
