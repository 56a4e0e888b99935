"""Where the tokens may stand that a tokenizer takes out of a text before it divides the rest.

They may hold white space, or take that on their sides along, and what is left beside them begins anew. So
nothing is known about units of a text that may hold one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from stages.shorten.words import Bytes, Flags, Positions

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from stages.shorten.token_units import Normalization

_MOST_COMPOSED = 16  # bytes that become one of normalized text, at most
_BEYOND_ASCII = b"[\\x80-\\xff]+"


@dataclass(frozen=True, slots=True)
class AddedTokens:
    """What is looked for.

    Attributes:
        pattern: matches wherever one may begin; None: there are none.
        beginnings: one of these stands at each match.
        longest: bytes of the longest match that matters.
    """

    pattern: re.Pattern[bytes] | None
    beginnings: tuple[bytes, ...]
    longest: int

    @classmethod
    def of(cls, tokenizer: Tokenizer, normalization: Normalization) -> AddedTokens:
        """Return what is to be looked for with this tokenizer."""
        literals: set[bytes] = set()
        others: set[bytes] = set()
        longest = 1
        changes = normalization.lowers or normalization.loosens or normalization.replaces
        for token in tokenizer.get_added_tokens_decoder().values():
            if not token.normalized or tokenizer.normalizer is None:
                literals.add(token.content.encode())
                continue
            # It is looked for in the normalized text, where other characters may have become its own.
            others.add(_BEYOND_ASCII)
            if not changes:
                literals.add(token.content.encode())
                longest = max(longest, _MOST_COMPOSED * len(token.content.encode()))
                continue
            first = tokenizer.normalizer.normalize_str(token.content)[:1]
            others |= {re.escape(c.encode()) for c in (first.lower(), first.upper()) if c.isascii()}
        literals.discard(b"")
        others.discard(b"")
        patterns = sorted(others) + [
            re.escape(literal) for literal in sorted(literals, key=len, reverse=True)
        ]
        return cls(
            pattern=re.compile(b"|".join(patterns)) if patterns else None,
            beginnings=() if others else tuple(sorted({literal[:2] for literal in literals})),
            longest=max(longest, *map(len, literals), 1),
        )

    def may_stand_in(self, buffer: Bytes, offsets: Positions) -> Flags:
        """Say of each text of a buffer whether one may stand in it."""
        found = np.zeros(offsets.size - 1, np.bool_)
        if self.pattern is None:
            return found
        data = buffer.tobytes()
        if self.beginnings and not any(beginning in data for beginning in self.beginnings):
            return found
        spans = np.array([match.span() for match in self.pattern.finditer(data)], np.int64).reshape(-1, 2)
        # Where texts touch, a match may reach from one into the next, and hide one that begins there.
        first = np.searchsorted(offsets, spans[:, 0], side="right") - 1
        last = np.searchsorted(offsets, spans[:, 1] - 1, side="right") - 1
        found[first] = True
        for across in np.flatnonzero(first < last).tolist():
            found[first[across] : last[across] + 1] = True
        return found
