"""The price of sending a page up the ladder, so that a corpus like the sample keeps to a budget.

A page goes to the rung whose value is largest, if that is above nothing:

    value = predicted gain - margin - price per page - price per second x predicted seconds

The price is a constant, so what happens to a page depends on nothing but the page. A budget in pages is met
by a price per page; a budget in CPU seconds by a price per second, which also weighs rungs against each
other. This is the Lagrangian of choosing at most one rung per page under the budget: no other choice with
the same spending has a larger sum of gains.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MARGIN = 0.02  # predicted gain that is no more than an error of prediction
BASE_PRICE = 0.005  # quality that a CPU second must bring even where no budget binds
_HALVINGS = 80


class Price(NamedTuple):
    """What a page and a CPU second cost, in quality (0 to 1)."""

    per_page: float
    per_second: float


class Spending(NamedTuple):
    """What a price comes to over a sample: share of its pages that go up, CPU seconds and predicted gain of
    quality, both per page of the sample."""

    share: float
    seconds: float
    gain: float


@dataclass(frozen=True)
class Offers:
    """What the rungs offer to each page that is not blank: float64 arrays of pages x rungs.

    Attributes:
        gains: predicted quality less that of the text there is.
        costs: predicted CPU seconds.
        margin: gain that counts for nothing.
        blank: further pages, on which nothing stands.
    """

    gains: NDArray[np.float64]
    costs: NDArray[np.float64]
    margin: float
    blank: int = 0

    @property
    def pages(self) -> int:
        """All pages, the blank ones included."""
        return len(self.gains) + self.blank


def choose(offers: Offers, price: Price) -> NDArray[np.intp]:
    """Return the number of the rung that each page goes to, -1 for none. Of equal values the cheaper rung's
    goes first, then the one named first."""
    if not offers.gains.size:
        return np.full(len(offers.gains), -1, np.intp)
    values = offers.gains - offers.margin - price.per_second * offers.costs
    best = values.max(axis=1)
    tied = np.where(values == best[:, None], offers.costs, np.inf)
    return np.where(best > price.per_page, tied.argmin(axis=1), -1)


def spending(offers: Offers, price: Price) -> Spending:
    """Return what a price comes to over the offers."""
    chosen = choose(offers, price)
    rows = np.flatnonzero(chosen >= 0)
    pages = max(1, offers.pages)
    return Spending(
        len(rows) / pages,
        float(offers.costs[rows, chosen[rows]].sum()) / pages,
        float(offers.gains[rows, chosen[rows]].sum()) / pages,
    )


def price_without_budget(base_price: float = BASE_PRICE) -> Price:
    """Return the price where only the worth of a CPU second counts."""
    return Price(0.0, base_price)


def price_for_fraction(offers: Offers, fraction: float, base_price: float = BASE_PRICE) -> Price:
    """Return the least price at which at most ``fraction`` of the pages go up. Falls as the fraction grows."""
    if fraction <= 0:
        return Price(np.inf, base_price)
    best = np.zeros(0)
    if offers.gains.size:
        best = np.sort((offers.gains - offers.margin - base_price * offers.costs).max(axis=1))[::-1]
    count = int(fraction * offers.pages + 1e-9)
    if count >= len(best):
        return Price(0.0, base_price)
    # half-way between the last page that may go and the first that may not
    last = best[count - 1] if count else best[0]
    return Price(max(0.0, float(last + best[count]) / 2), base_price)


def price_for_seconds(offers: Offers, seconds: float, base_price: float = BASE_PRICE) -> Price:
    """Return the least price per second, from ``base_price`` on, at which the pages cost at most ``seconds`` on
    average. Falls as they grow."""
    if seconds <= 0:
        return Price(np.inf, base_price)
    low = base_price
    if spending(offers, Price(0.0, low)).seconds <= seconds:
        return Price(0.0, low)
    high = max(low, 1e-6) * 2
    while spending(offers, Price(0.0, high)).seconds > seconds:
        low, high = high, high * 2
        if high > 1e12:  # what costs nothing cannot be priced
            return Price(np.inf, base_price)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if spending(offers, Price(0.0, middle)).seconds > seconds:
            low = middle
        else:
            high = middle
    return Price(0.0, high)
