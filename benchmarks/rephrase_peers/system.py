"""What every compared system offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """One system as it is to be run.

    Attributes:
        name: ``docmill``, ``llama.cpp`` or ``genai``.
        variant: of the weights, for the table.
        model: what it opens.
        threads: of its computations.
        rows: sequences at a time.
        capacity: most tokens of one, prompt and new ones.
        lookup: whether it may speculate from the prompt.
    """

    name: str
    variant: str
    model: Path
    threads: int
    rows: int
    capacity: int
    lookup: bool = False


class System(ABC):
    """A model that is open."""

    @abstractmethod
    def generate(self, prompts: Sequence[Sequence[int]], new: int) -> list[int]:
        """Continue each prompt greedily by at most ``new`` tokens, fewer where the model ends it.

        Returns:
            How many tokens each prompt got, its end token included: that is computed as well.
        """
