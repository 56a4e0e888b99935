"""Chooses the next token from logits.

Random choices are counter-based: a hash of the seed, the prompt's tokens and the position gives the number, as in the
generators of Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (SC 2011). So a choice depends on nothing
that happened before it, and a token that speculation guessed is either the one that would have been chosen or is
not: verification is exact for sampling as it is for greedy decoding.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stages.rephrase.generation.request import Sampling

_PIECE = 8192  # logits
_LIKELIEST = 512  # a nucleus is nearly always among these, and finding them is much cheaper than sorting


class LogitsError(Exception):
    """A model gave no usable logits. The message is one line that names no text."""


class Chooser:
    """Chooses the tokens of one request."""

    def __init__(self, sampling: Sampling, prompt: Sequence[int]) -> None:
        self._sampling = sampling
        self._key = hashlib.blake2b(
            np.asarray(prompt, "<i8").tobytes(), digest_size=32, salt=_salt(sampling.seed)
        ).digest()

    def choose(self, logits: NDArray[np.float32], position: int) -> int:
        """Return the token at a position, counted from the first new one.

        Args:
            logits: [vocabulary].
            position: 0 or more.

        Raises:
            LogitsError: not one of them is a number; arithmetic overflowed.
        """
        best = int(logits.argmax())  # the first NaN, where there is one
        if not np.isfinite(logits[best]):
            raise LogitsError(
                "the model's logits are not finite: its number format overflows; export it again with "
                "--quantise none or 8 (docs/rephrase.md)"
            )
        if self._sampling.temperature == 0:
            return best
        return self._sample(logits, float(logits[best]), self._number(position))

    def _number(self, position: int) -> float:
        """Uniform in [0, 1), 53 bits."""
        digest = hashlib.blake2b(position.to_bytes(8, "little"), digest_size=8, key=self._key).digest()
        return (int.from_bytes(digest, "little") >> 11) / (1 << 53)

    def _sample(self, logits: NDArray[np.float32], highest: float, number: float) -> int:
        sampling = self._sampling
        weights = np.exp((logits.astype(np.float64) - highest) / sampling.temperature)
        if sampling.top_p == 1 and not sampling.top_k:
            return _at(weights, number)
        kept = _kept(logits, weights, sampling)
        return int(kept[_at(weights[kept], number)])


def log_probability(logits: NDArray[np.float32], token: int) -> float:
    """Return the natural logarithm of a token's probability, as the model sees it, to four places: float32 keeps no more."""
    highest = logits.max()
    # in pieces that stay in the cache: a whole array of exponentials would be fetched from the system each time
    pieces = (logits[at : at + _PIECE] for at in range(0, len(logits), _PIECE))
    total = sum(float(np.exp(piece - highest).sum()) for piece in pieces)
    return round(min(0.0, float(logits[token]) - float(highest) - math.log(total)), 4)


def _kept(logits: NDArray[np.float32], weights: NDArray[np.float64], sampling: Sampling) -> NDArray[np.int64]:
    """Indices of the tokens that top_k, then top_p, leave: likeliest first, equals by id."""
    order = _likeliest(logits, sampling.top_k or _LIKELIEST)
    if sampling.top_p == 1:
        return order
    # top_p counts what top_k left, as elsewhere
    total = weights[order].sum() if sampling.top_k else weights.sum()
    reached = np.cumsum(weights[order]) >= sampling.top_p * total
    if not reached.any() and not sampling.top_k:
        order = _likeliest(logits, len(logits))
        reached = np.cumsum(weights[order]) >= sampling.top_p * total
    return order[: int(reached.argmax()) + 1] if reached.any() else order


def _likeliest(logits: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Ranked by logits: of large differences their exponentials keep nothing."""
    if count < len(logits):
        # all that equal the last one kept are looked at, so that equals are cut by id
        least = np.partition(logits, len(logits) - count)[len(logits) - count]
        among = np.flatnonzero(logits >= least)
    else:
        among = np.arange(len(logits))
    order: NDArray[np.int64] = among[np.argsort(-logits[among], kind="stable")][:count]
    return order


def _at(weights: NDArray[np.float64], number: float) -> int:
    """Index at which the running sum of the weights passes a share of the whole."""
    sums = np.cumsum(weights)
    return min(int(np.searchsorted(sums, number * sums[-1], side="right")), len(weights) - 1)


def _salt(seed: int) -> bytes:
    return hashlib.blake2b(str(seed).encode(), digest_size=16).digest()
