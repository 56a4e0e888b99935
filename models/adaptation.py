"""Writes the folder of an adapted model: what was fitted, its entry and its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from models.catalog import ModelEntry, Source, digest_of
from models.toml import file_of, write_entry

HEAD: Final = "head"
"""The role of the file that holds what was fitted."""
_FILE, _CARD = "head.npz", "card.md"


def write_adapted(
    folder: Path,
    base: ModelEntry,
    *,
    save: Callable[[Path], None],
    card: str,
    task: str,
    family: str,
    called: str,
    version: str | None = None,
    thresholds: Mapping[str, float] | None = None,
) -> ModelEntry:
    """Write an adapted model and return its entry.

    Args:
        folder: made if missing; files of an earlier adaptation in it are replaced.
        base: what was adapted.
        save: writes what was fitted to a file.
        card: Markdown.
        task: of the entry.
        family: of the entry.
        called: how the stage's options name the base.
        version: of the entry; None: by what was fitted.
        thresholds: of the entry.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / _FILE)
    (folder / _CARD).write_text(card, encoding="utf-8")
    files = (file_of(folder, HEAD, _FILE),)
    entry = ModelEntry(
        name=f"{base.name}-{folder.resolve().name}",
        version=version or digest_of(files)[:12],
        task=task,
        source=Source("directory"),
        sha256=digest_of(files),
        size=sum(file.size for file in files),
        licence=base.licence,
        card=_CARD,
        files=files,
        family=family,
        settings={"base": called, "base_sha256": base.sha256},
        thresholds=dict(thresholds or {}),
        root=folder,
    )
    write_entry(folder, entry, "Made by docmill adapt.")
    return entry
