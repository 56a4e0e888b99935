"""The configuration fingerprint: what decides the result, and nothing else.

Equal fingerprints promise equal text for equal inputs. Sizes of batches and shards, engine, workers and
report options are left out because results do not depend on them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pipeline import __version__
from pipeline.config import InputOptions
from pipeline.stage import Stage


def describe_stages(stages: Sequence[Stage[Any]]) -> list[dict[str, Any]]:
    """Name, version, options, models and dependencies of each stage, as plain data."""
    return [
        {
            "stage": s.name,
            "version": s.version,
            "options": s.config.model_dump(mode="json"),
            "models": dict(sorted(s.models().items())),
            "dependencies": dict(sorted(s.dependencies().items())),
        }
        for s in stages
    ]


def settings_that_matter(stages: list[dict[str, Any]], options: InputOptions) -> dict[str, Any]:
    """What the fingerprint covers, as plain data that can be compared and shown."""
    return {"docmill": __version__, "input": options.model_dump(mode="json"), "stages": stages}


def digest(settings: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON of the settings, in hex."""
    canonical = json.dumps(settings, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """Return what differs between two settings, one short entry per leaf: ``shorten.remove: a -> b``."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = dict.fromkeys([*old, *new])
        return [d for k in keys for d in differences(old.get(k), new.get(k), f"{path}.{k}".lstrip("."))]
    if path == "stages" and isinstance(old, list) and isinstance(new, list):
        names_old, names_new = ([s.get("stage") for s in side] for side in (old, new))
        if names_old != names_new:
            return [f"stages: {', '.join(names_old)} -> {', '.join(names_new)}"]
        pairs = zip(names_new, old, new, strict=True)
        return [
            d.replace(f"{name}.options.", f"{name}.", 1)
            for name, a, b in pairs
            for d in differences(a, b, str(name))
        ]
    if old == new:
        return []
    return [f"{path}: {_short(old)} -> {_short(new)}"]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
