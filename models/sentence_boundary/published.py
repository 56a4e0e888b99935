"""Folders with the files of a published SaT or WtP checkpoint, without a ``model.toml``.

The published files carry no thresholds; wtpsplit takes them from the checkpoint's name, and so does this
module (values: wtpsplit 2.2). Their hashes are taken as they are found: whoever put the files there vouches
for them, and a change still changes the fingerprint of a run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.catalog import CatalogError, ModelEntry, ModelFile, Source, digest_of

_GRAPHS = ("model_optimized.onnx", "model.onnx")
_TOKENIZER = "tokenizer.json"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")

PARAGRAPH = "paragraph"


def thresholds_of(name: str, *, lora: bool = False, characters: bool = False) -> dict[str, float]:
    """Return the peer's default thresholds for a checkpoint of that name.

    Args:
        name: of the checkpoint, such as ``sat-3l-sm``.
        lora: whether adapters were merged into it.
        characters: whether it is a WtP model.
    """
    if characters:
        sentence = 0.01
    elif lora:
        sentence = 0.5
    elif "sm" in name:
        sentence = 0.25
    elif "no-limited-lookahead" in name:
        sentence = 0.01
    else:
        sentence = 0.025
    return {"default": sentence, PARAGRAPH: 0.5}


def family_of(config: Mapping[str, Any]) -> str:
    """Return the family of models that a checkpoint's ``config.json`` belongs to.

    Raises:
        ValueError: to none.
    """
    kind = str(config.get("model_type", ""))
    if kind in ("xlm-token", "xlm-roberta"):
        return "sat"
    if kind in ("bert-char", "la-canine"):
        return "wtp"
    raise ValueError(f"a model of type {kind!r} is neither SaT (xlm-token) nor WtP (bert-char, la-canine)")


def settings_of(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that a checkpoint's ``config.json`` gives."""
    positions = int(config.get("max_position_embeddings", 514))
    if family_of(config) == "sat":
        # positions of XLM-R begin at 2; <s> and </s> take two more
        return {"block": min(510, positions - 4)}
    buckets = int(config.get("num_hash_buckets", 8192))  # there is an embedding of as many positions, too
    return {
        "block": min(512, positions, buckets),
        "hashes": int(config.get("num_hash_functions", 8)),
        "buckets": buckets,
        "multiple": int(config.get("downsampling_rate", 1)),
    }


def read_config(folder: Path) -> dict[str, Any]:
    """Return the ``config.json`` of a checkpoint.

    Raises:
        CatalogError: it is missing or broken.
    """
    try:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogError(f"{folder} holds no model: neither model.toml nor config.json is there") from None
    except (OSError, ValueError) as error:
        raise CatalogError(f"{folder / 'config.json'} cannot be read: {type(error).__name__}") from error
    return config


def entry_of(folder: Path, name: str = "", source: Source | None = None) -> ModelEntry:
    """Describe the checkpoint in a folder.

    Raises:
        CatalogError: files are missing, or it is of another kind.
    """
    config = read_config(folder)
    try:
        family = family_of(config)
    except ValueError as error:
        raise CatalogError(f"{folder}: {error}") from None
    graph = next((graph for graph in _GRAPHS if (folder / graph).is_file()), None)
    if graph is None:
        if any((folder / weights).is_file() for weights in _WEIGHTS):
            raise CatalogError(
                f"{folder} holds a PyTorch checkpoint: export it first, python -m onnx_export segment {folder} OUTPUT"
            )
        raise CatalogError(f"{folder} holds no ONNX file ({' or '.join(_GRAPHS)})")
    roles = {"graph": graph} | ({"tokenizer": _TOKENIZER} if family == "sat" else {})
    if family == "sat" and not (folder / _TOKENIZER).is_file():
        raise CatalogError(
            f"{folder} holds no {_TOKENIZER}: SaT uses the one of xlm-roberta-base; put that file there"
        )
    files = tuple(_described(folder, role, file) for role, file in roles.items())
    name = name or folder.resolve().name
    return ModelEntry(
        name=name,
        version=str(config.get("_commit_hash") or "published"),
        task="sentence-boundary",
        source=source or Source("directory"),
        sha256=digest_of(files),
        size=sum(file.size for file in files),
        licence="see the checkpoint",
        files=files,
        family=family,
        settings=settings_of(config),
        thresholds=thresholds_of(name, characters=family == "wtp"),
        root=folder,
    )


def _described(folder: Path, role: str, file: str) -> ModelFile:
    """Return a file's entry, with its hash."""
    path = folder / file
    about = path.stat()
    return ModelFile(role, file, _sha256(path, about.st_size, about.st_mtime_ns), about.st_size)


@lru_cache(maxsize=64)
def _sha256(path: Path, size: int, changed: int) -> str:
    """Hash a file once for as long as it stays the same."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
