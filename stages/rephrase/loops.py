"""What a loop is: text that repeats itself instead of going on.

One definition for two users: the generator asks after every token and stops early, the gate asks about the words of
a finished text. Small models end most failures this way (Holtzman et al., "The Curious Case of Neural Text
Degeneration", arXiv 1904.09751, section 4), so the definition has to be quick and sure rather than clever.

A sequence loops as soon as one of these holds:

- **copies**: its last ``REPEATED`` items (or one whole unit, where a unit is longer) each equal the item one unit
  before, for some unit of at most ``LONGEST_UNIT`` items: the same words or sentences again and again;
- **nothing new**: of its last ``RECENT`` 4-grams, at least ``STALE_SHARE`` occurred in it before: the same phrases in
  another order, or with a number that counts up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

REPEATED = 24
LONGEST_UNIT = 256
RECENT = 64
# 1 % of the texts of UD English EWT (dev) come so far: quoted mail and spam. Output that loops comes to 0.75 and more.
STALE_SHARE = 0.55
GRAM = 4


@dataclass(frozen=True, slots=True)
class Loop:
    """Where a sequence was found to loop.

    Attributes:
        kind: which half of the definition held.
        start: index of the first item that repeats what was there before.
        end: index after the item at which it became certain.
        unit: length of the repeated unit; 0 for "nothing new".
    """

    kind: Literal["copies", "nothing new"]
    start: int
    end: int
    unit: int


class LoopWatch:
    """Follows a sequence item by item. Constant time and memory per item, except for the 4-grams seen."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._latest = np.full(LONGEST_UNIT, -1, np.int64)  # the items before the next one, latest first
        self._equal = np.zeros(
            LONGEST_UNIT, np.int64
        )  # by unit: how many items up to now equal the one a unit before
        self._units = np.arange(1, LONGEST_UNIT + 1)
        self._count = 0
        self._gram: deque[int] = deque(maxlen=GRAM)
        self._seen: set[tuple[int, ...]] = set()
        self._recent: deque[bool] = deque(maxlen=RECENT)
        self._stale = 0

    def push(self, item: Hashable) -> Loop | None:
        """Take the next item; return the loop that it completes, if it completes one."""
        number = self._numbers.setdefault(item, len(self._numbers))
        self._count += 1
        return self._copies(number) or self._nothing_new(number)

    def _copies(self, number: int) -> Loop | None:
        equal = self._equal
        equal += 1
        equal *= self._latest == number
        certain = equal.max() >= REPEATED
        self._latest[1:] = self._latest[:-1]
        self._latest[0] = number
        if not certain:
            return None
        found = np.flatnonzero(equal >= np.maximum(self._units, REPEATED))
        if len(found) == 0:
            return None
        unit = int(found[0]) + 1
        return Loop("copies", self._count - int(equal[unit - 1]), self._count, unit)

    def _nothing_new(self, number: int) -> Loop | None:
        self._gram.append(number)
        if len(self._gram) < GRAM:
            return None
        gram = tuple(self._gram)
        stale = gram in self._seen
        self._seen.add(gram)
        if len(self._recent) == RECENT:
            self._stale -= self._recent[0]
        self._recent.append(stale)
        self._stale += stale
        if len(self._recent) < RECENT or self._stale < STALE_SHARE * RECENT:
            return None
        return Loop("nothing new", self._count - RECENT, self._count, 0)


def find_loop(sequence: Iterable[Hashable]) -> Loop | None:
    """Return the first loop of a sequence of tokens or words, or None.

    What a caller counts as an item is its own affair; the generator's are token ids, the gate's are words.
    """
    watch = LoopWatch()
    for item in sequence:
        if found := watch.push(item):
            return found
    return None
