"""What a decoder's folder says of it: ``docmill.json``, written by ``python -m onnx_export causal-lm``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from models.catalog import CatalogError

FORMAT = 1
IN_PLACE, GROWING = "in place", "growing"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts that decide shapes and memory.

    Attributes:
        layers, heads, kv_heads, head_size, hidden, intermediate, vocabulary: of the network.
        context: tokens that prompt and answer may have together.
        window: tokens that attention sees, its own included; 0: all.
    """

    layers: int
    heads: int
    kv_heads: int
    head_size: int
    hidden: int
    intermediate: int
    vocabulary: int
    context: int
    window: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """One decoder.

    Attributes:
        sizes: see there.
        precision: ``int8``, ``8``, ``4``, ``fp16`` or ``fp32``, as the exporter made it.
        end_tokens: numbers of the tokens that end an answer.
        chat_template: Jinja text that renders messages; empty: the model has none.
        special_tokens: what the template may ask for: ``bos_token``, ``eos_token`` ...
        cache_element: element type of keys and values, ``int8``, ``float32`` or ``float16``.
        past: how the graph takes past keys and values: ``in place`` (``decoder.py``) or ``growing`` (``growing.py``).
    """

    sizes: Sizes
    precision: str
    end_tokens: tuple[int, ...]
    chat_template: str = ""
    special_tokens: Mapping[str, str] | None = None
    cache_element: str = "float32"
    past: str = IN_PLACE


def write(settings: Settings, path: Path) -> None:
    """Write the file."""
    text = json.dumps({"format": FORMAT, **asdict(settings)}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> Settings:
    """Read the file.

    Raises:
        CatalogError: it is broken or of another version.
    """
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        found = fields.pop("format")
        if found != FORMAT:
            raise CatalogError(
                f"{path}: has format {found}, this docmill reads {FORMAT}: export the model again"
            )
        sizes, ends = Sizes(**fields.pop("sizes")), tuple(fields.pop("end_tokens"))
        return Settings(sizes, end_tokens=ends, **fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogError(
            f"{path}: cannot be used ({type(error).__name__}): export the model again"
        ) from None
