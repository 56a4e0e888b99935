"""What every compared system offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Setting:
    """One system as it is to be run.

    Attributes:
        name: ``docmill``, ``llama.cpp`` or ``genai``.
        variant: of the weights, for the table.
        model: what it opens, a path or a name.
        threads: of its computations.
        rows: sequences at a time.
        prompts: how many there will be.
        capacity: most tokens of one, prompt and new ones.
        lookup: whether it may speculate from the prompt.
    """

    name: str
    variant: str
    model: str
    threads: int
    rows: int
    prompts: int
    capacity: int
    lookup: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """CPU seconds of this process, all threads, on one set of prompts.

    Attributes:
        prefill_seconds: of computing the prompts.
        decode_seconds: of everything after that.
        decoded_tokens: what these gave, end tokens included, as they are computed too.
    """

    prefill_seconds: float
    decode_seconds: float
    decoded_tokens: int


class System(ABC):
    """A model that is open."""

    @abstractmethod
    def measure(self, prompts: Sequence[Sequence[int]], new: int) -> Measured:
        """Continue each prompt greedily by at most ``new`` tokens, fewer where the model ends it."""
