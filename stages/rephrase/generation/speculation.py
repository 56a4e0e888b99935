"""How long drafts are: as long as they pay.

With a share ``a`` of drafted tokens that turn out right, a draft of k tokens yields 1 + a + ... + a^k tokens on average
(Leviathan et al., arXiv 2211.17192, section 3.1) at the price of a step with k + 1 tokens. The share is learnt for each
sequence and each length of the match, so a copied passage is drafted far ahead and free wording not at all. Counts
decide, never a clock: the same input makes the same calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_MEMORY = 24.0  # drafted tokens after which an observation counts half as much or less
_PRIOR_WEIGHT = 4.0  # in tokens
_PRIOR = (
    0.0,
    0.25,
    0.45,
    0.65,
)  # expected share before anything is known, by length of match (lookup.LONGEST)


@dataclass(slots=True)
class Acceptance:
    """How often the drafts of one sequence were right, by length of match."""

    _right: list[float] = field(default_factory=lambda: [share * _PRIOR_WEIGHT for share in _PRIOR])
    _all: list[float] = field(default_factory=lambda: [_PRIOR_WEIGHT for _ in _PRIOR])

    def share(self, match: int) -> float:
        """Expected share of right tokens in a draft with such a match; 0 for no match."""
        return self._right[match] / self._all[match] if match else 0.0

    def note(self, match: int, right: int, drafted: int) -> None:
        """Learn from a draft whose first ``right`` tokens were right."""
        seen = right + (right < drafted)  # what stood after the first wrong one was never judged
        if not match or not seen:
            return
        decay = 0.5 ** (seen / _MEMORY)
        self._right[match] = self._right[match] * decay + right
        self._all[match] = self._all[match] * decay + seen


def draft_length(shares: Sequence[float], longest: int, row_cost: float, verification_cost: float) -> int:
    """Return the common length of drafts that yields most tokens for the time of a step.

    Args:
        shares: of each sequence of the step: the expected share of right tokens; 0 where it has no draft.
        longest: most tokens.
        row_cost, verification_cost: see ``GeneratorOptions``.
    """
    rows = len(shares)
    plain = 1 + row_cost * (rows - 1)
    best, best_rate = 0, rows / plain
    yields = [1.0] * rows
    for length in range(1, longest + 1):
        yields = [made + share**length for made, share in zip(yields, shares, strict=True)]
        rate = sum(yields) / (plain + verification_cost * rows * length)
        if rate > best_rate:
            best, best_rate = length, rate
    return best
