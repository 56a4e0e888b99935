"""What a GGUF file says of its model, without the name of the architecture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """What a file says of its model.

    Attributes:
        values: by key, without the name of the architecture.
        tensors: their names.
    """

    values: Mapping[str, Any]
    tensors: frozenset[str]

    def number(self, key: str, otherwise: float | None = None) -> Any:
        """Return a number.

        Raises:
            KeyError: the file has none, or something else.
        """
        found = self.values.get(key, otherwise)
        if not isinstance(found, int | float) or not math.isfinite(found):
            raise KeyError(key)
        return found

    @property
    def head_size(self) -> int:
        """Width of one head."""
        heads = self.number("attention.head_count")
        return int(self.number("attention.key_length", self.number("embedding_length") // max(heads, 1)))

    def has(self, ending: str) -> bool:
        """Whether some layer has a tensor of this name."""
        return f"blk.0.{ending}" in self.tensors
