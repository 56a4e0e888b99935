"""How the generator works. No option here changes a token of any result."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GeneratorOptions:
    """Batch, memory and speculation.

    Attributes:
        rows: sequences decoded at the same time.
        cache_tokens: bound on rows x longest sequence, prompt and new tokens, which is what the cache takes. Where
            long sequences come together, fewer run at a time. One sequence alone may exceed it.
        read_ahead: requests taken from the input before they are needed, to find some of like length and with a
            common beginning.
        lookup: speculate by prompt lookup.
        lookup_longest: most tokens of one draft.
        row_cost: what a step costs more for each further sequence, as a share of a step with one.
        verification_cost: what it costs more for each drafted token of each sequence. These two decide how long
            drafts are; the defaults are those of an int8 export on CPUs (``python -m benchmarks.rephrase_steps``).
    """

    rows: int = 8
    cache_tokens: int = 16384
    read_ahead: int = 64
    lookup: bool = True
    lookup_longest: int = 10
    row_cost: float = 0.15
    verification_cost: float = 0.07

    def __post_init__(self) -> None:
        """Refuse values that cannot work.

        Raises:
            ValueError: one of them.
        """
        for name in ("rows", "cache_tokens", "read_ahead", "lookup_longest"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)}")
        for name in ("row_cost", "verification_cost"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)}")
