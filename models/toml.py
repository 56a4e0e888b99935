"""Writes ``model.toml``: the entry of one model in a folder of its own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.catalog import FOLDER_CATALOG, ModelEntry, ModelFile


def write_entry(folder: Path, model: ModelEntry, comment: str = "") -> Path:
    """Write the entry so that ``models.catalog.in_folder`` reads it back; return the file."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += ["[[model]]"]
    for key in ("name", "version", "task", "licence", "card", "family"):
        value = getattr(model, key)
        if value:
            lines.append(f"{key} = {_value(value)}")
    source = {
        key: getattr(model.source, key)
        for key in ("kind", "file", "package", "distribution", "repository", "revision")
        if getattr(model.source, key)
    }
    lines += _table("source", source)
    if model.files:
        for file in model.files:
            lines += ["", "[[model.files]]"]
            lines += [f"{key} = {_value(getattr(file, key))}" for key in ("role", "file", "sha256", "size")]
    else:
        lines[1:1] = [f"sha256 = {_value(model.sha256)}", f"size = {model.size}"]
    lines += _table("origin", model.origin) + _table("settings", model.settings)
    lines += _table("thresholds", model.thresholds)
    path = folder / FOLDER_CATALOG
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def file_of(folder: Path, role: str, file: str) -> ModelFile:
    """Return what an entry says of a file."""
    path = folder / file
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return ModelFile(role, file, digest, path.stat().st_size)


def _table(name: str, values: Mapping[str, Any]) -> list[str]:
    if not values:
        return []
    return ["", f"[model.{name}]", *(f"{json.dumps(key)} = {_value(value)}" for key, value in values.items())]


def _value(value: Any) -> str:
    """Strings, numbers and booleans, which TOML writes as JSON does (but for \\u007f, which JSON leaves)."""
    if not isinstance(value, str | int | float | bool):
        raise TypeError(f"model.toml does not hold values of type {type(value).__name__}")
    return json.dumps(value).replace("\x7f", "\\u007f")
