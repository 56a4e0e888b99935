"""The best cutting of a text into pieces of bounded length.

Maximises, over all ways to choose cuts c1 < c2 < ... < ck = n out of given places, the sum of

    prior[c(i) - c(i-1)]  over all pieces  +  gain[c(i)]  over all cuts but the last, the end of the text.

Exact dynamic programming over the places; the maximum over the possible starts of a piece is one vector
operation, or a queue of falling maxima where the prior is flat. Of equally good cuttings the one whose last
piece is longest wins, and so on backwards, as in wtpsplit.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]


def best_cuts(
    places: Places, gains: Array, prior: Array, shortest: int, *, flat: bool = False
) -> Places | None:
    """Return the chosen places, the last one included; None when no cutting keeps the bounds.

    Args:
        places: int64[k], ascending, all > 0: where the text may be cut; the last is its end.
        gains: float64[k]; the last one does not count.
        prior: float64[longest + 1]: by length of a piece; -inf forbids it.
        shortest: length of a piece, at least 1.
        flat: the prior is 0 from ``shortest`` on; computed faster, same result.
    """
    if len(places) == 0:
        return np.zeros(0, np.int64)
    longest = len(prior) - 1
    starts = np.concatenate((np.zeros(1, np.int64), places))
    gains = np.concatenate((gains[:-1], np.zeros(1)))
    # a piece that ends at places[j] starts at one of starts[low[j]:high[j]]
    low = np.searchsorted(starts, places - longest)
    high = np.searchsorted(starts, places - shortest, side="right")
    fill = _fill_flat if flat else _fill
    came_from = fill(starts, gains, prior, low, high)
    if came_from is None:
        return None
    chosen = []
    at = len(places)
    while at > 0:
        chosen.append(at)
        at = came_from[at]
    return starts[chosen[::-1]]


def _fill(
    starts: Places, gains: Array, prior: Array, low: Places, high: Places
) -> list[int] | NDArray[np.int64] | None:
    total = len(gains)
    score = np.full(total + 1, -np.inf)
    score[0] = 0.0
    came_from = np.zeros(total + 1, np.int64)
    longest = len(prior) - 1
    dense = bool(starts[-1] == total)  # every character is a place: lengths are neighbours in the table
    backwards = prior[::-1].copy()
    bounds = zip(low.tolist(), high.tolist(), gains.tolist(), starts[1:].tolist(), strict=True)
    for j, (first, last, gain, end) in enumerate(bounds, 1):
        if first >= last:
            continue
        if dense:
            lengths = backwards[longest - end + first : longest - end + last]
        else:
            lengths = prior[end - starts[first:last]]
        candidates = score[first:last] + lengths
        candidates += gain
        best = candidates.argmax()
        if candidates[best] > -np.inf:
            score[j] = candidates[best]
            came_from[j] = first + best
    return came_from if score[-1] > -np.inf else None


def _fill_flat(
    starts: Places, gains: Array, prior: Array, low: Places, high: Places
) -> list[int] | NDArray[np.int64] | None:
    total = len(gains)
    score = [-np.inf] * (total + 1)
    score[0] = 0.0
    came_from = [0] * (total + 1)
    falling: deque[tuple[int, float]] = deque()  # starts within reach, scores falling
    entered = 0
    for j, (first, last, gain) in enumerate(zip(low.tolist(), high.tolist(), gains.tolist(), strict=True), 1):
        while entered < last:
            value = score[entered]
            if value > -np.inf:
                while falling and falling[-1][1] < value:
                    falling.pop()
                falling.append((entered, value))
            entered += 1
        while falling and falling[0][0] < first:
            falling.popleft()
        if falling:
            came_from[j], best = falling[0]
            score[j] = best + gain
    return came_from if score[-1] > -np.inf else None
