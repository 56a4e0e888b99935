"""All randomness of the generator, and which options the split dev keeps for itself."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal, TypeVar

import numpy as np

Split = Literal["train", "dev"]
T = TypeVar("T")

_HELD_OUT = 0.15  # of the options of every list
_FEWEST = 4  # a shorter list is the same in both splits


@cache
def held_out(option: str) -> bool:
    """Whether an option is kept for the split dev."""
    return hashlib.sha256(b"option " + option.encode()).digest()[0] < _HELD_OUT * 256


def _name(option: object) -> str:
    return getattr(option, "__qualname__", None) or repr(option)


class Chance:
    """Draws what a document needs. The same seed gives the same draws."""

    def __init__(self, seed: Sequence[int], split: Split) -> None:
        self.generator = np.random.default_rng(list(seed))
        self.split = split

    def of(self, options: Sequence[T]) -> T:
        """One of the options. In dev half of the draws are among those that train never sees."""
        return options[self._number(options)]

    def _number(self, options: Sequence[T]) -> int:
        count = len(options)
        number = int(self.generator.random() * count)
        if count < _FEWEST:
            return number
        want = self.split == "dev" and self.generator.random() < 0.5
        for offset in range(count):
            at = (number + offset) % count
            if held_out(_name(options[at])) == want:
                return at
        return number

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many different options, or all, in any order."""
        pool = list(options)
        if len(pool) >= _FEWEST and self.split == "train":
            kept = [option for option in pool if not held_out(_name(option))]
            pool = kept or pool
        order = self.generator.permutation(len(pool))[:count]
        return [pool[at] for at in order.tolist()]

    def order(self, count: int) -> list[int]:
        """The numbers below ``count`` in any order."""
        return [int(number) for number in self.generator.permutation(count)]

    def weighted(self, options: Sequence[tuple[T, float]]) -> T:
        """One of the options, by weight. All options may come in both splits."""
        total = sum(weight for _, weight in options)
        at = self.generator.random() * total
        for option, weight in options:
            at -= weight
            if at < 0:
                return option
        return options[-1][0]

    def call(self, options: Sequence[Callable[..., T]]) -> Callable[..., T]:
        """As ``of``, for functions: the name decides about the split."""
        return self.of(options)

    def maybe(self, probability: float) -> bool:
        return bool(self.generator.random() < probability)

    def number(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return int(self.generator.integers(low, high + 1))

    def between(self, low: float, high: float) -> float:
        return float(self.generator.uniform(low, high))

    def around(self, middle: float, spread: float, low: float, high: float) -> float:
        """A normal number, cut to bounds."""
        return float(min(high, max(low, self.generator.normal(middle, spread))))

    def few(self, middle: float, low: int, high: int) -> int:
        """A count with a long tail, its median near ``middle``."""
        drawn = math.exp(self.generator.normal(math.log(middle), 0.6))
        return int(min(high, max(low, round(drawn))))

    def digits(self, count: int) -> str:
        return "".join(str(self.number(0, 9)) for _ in range(count))

    def bits(self) -> int:
        return int(self.generator.integers(2**31))

    def fill(self, pattern: str) -> str:
        """``#`` becomes a digit, ``@`` a capital letter."""
        out = []
        for letter in pattern:
            if letter == "#":
                out.append(str(self.number(0, 9)))
            elif letter == "@":
                out.append("ABCDEFGHJKLMNPRSTUVWXYZ"[self.number(0, 22)])
            else:
                out.append(letter)
        return "".join(out)
