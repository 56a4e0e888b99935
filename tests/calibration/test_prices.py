"""A budget becomes a price, and the price keeps to the budget."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.page_router.pricing import (
    Offers,
    Price,
    choose,
    price_for_fraction,
    price_for_seconds,
    price_without_budget,
    spending,
)

GAIN = st.floats(-1, 1, allow_subnormal=False).map(lambda value: round(value, 4))
COST = st.floats(0.001, 100).map(lambda value: float(f"{value:.3g}"))
BUDGET = st.floats(0, 1)


@st.composite
def offered(draw: st.DrawFn, rungs: int = 3) -> Offers:
    pages = draw(st.integers(0, 30))
    gains = draw(st.lists(st.lists(GAIN, min_size=rungs, max_size=rungs), min_size=pages, max_size=pages))
    costs = draw(st.lists(st.lists(COST, min_size=rungs, max_size=rungs), min_size=pages, max_size=pages))
    return Offers(
        np.array(gains, np.float64).reshape(pages, rungs),
        np.array(costs, np.float64).reshape(pages, rungs),
        draw(st.sampled_from([0.0, 0.02])),
        draw(st.integers(0, 5)),
    )


def scans(bad: int, good: int) -> Offers:
    """Pages of which some gain much by an expensive reading, and the others next to nothing."""
    gains = np.array([[0.8]] * bad + [[0.05]] * good)
    return Offers(gains, np.full_like(gains, 2.0), 0.0)


@given(offered(), BUDGET)
def test_a_fraction_is_never_exceeded_on_the_sample(offers: Offers, fraction: float) -> None:
    assert spending(offers, price_for_fraction(offers, fraction)).share <= fraction + 1e-9


@given(offered(), st.floats(0, 50))
def test_seconds_are_never_exceeded_on_the_sample(offers: Offers, seconds: float) -> None:
    assert spending(offers, price_for_seconds(offers, seconds)).seconds <= seconds * (1 + 1e-12)


@given(offered(), BUDGET, BUDGET)
def test_a_larger_fraction_has_a_lower_price_and_buys_no_less(
    offers: Offers, one: float, other: float
) -> None:
    small, large = sorted((one, other))
    dear, cheap = price_for_fraction(offers, small), price_for_fraction(offers, large)
    assert cheap.per_page <= dear.per_page
    assert spending(offers, cheap).share >= spending(offers, dear).share
    assert spending(offers, cheap).gain >= spending(offers, dear).gain - 1e-9


@given(offered(), st.floats(0, 50), st.floats(0, 50))
def test_more_seconds_have_a_lower_price_and_buy_no_less(offers: Offers, one: float, other: float) -> None:
    small, large = sorted((one, other))
    dear, cheap = price_for_seconds(offers, small), price_for_seconds(offers, large)
    assert cheap.per_page <= dear.per_page
    if dear.per_page == 0:
        assert cheap.per_second <= dear.per_second
    assert spending(offers, cheap).seconds >= spending(offers, dear).seconds
    assert spending(offers, cheap).gain >= spending(offers, dear).gain - 1e-9


@given(offered(), st.floats(0, 1), st.floats(0, 0.5))
def test_no_other_choice_of_the_same_cost_gains_more(
    offers: Offers, per_page: float, per_second: float
) -> None:
    price = Price(per_page, per_second)
    mine = worth(offers, choose(offers, price), price)
    for other in range(-1, 3):
        assert mine >= worth(offers, np.full(len(offers.gains), other), price) - 1e-9


def worth(offers: Offers, chosen: np.ndarray, price: Price) -> float:
    rows = np.flatnonzero(chosen >= 0)
    gains, costs = offers.gains[rows, chosen[rows]], offers.costs[rows, chosen[rows]]
    return float((gains - offers.margin - price.per_page - price.per_second * costs).sum())


def test_the_price_lies_between_the_pages_that_go_and_those_that_stay() -> None:
    price = price_for_fraction(scans(bad=5, good=95), 0.05, base_price=0.0)
    assert price.per_page == pytest.approx((0.8 + 0.05) / 2)


def test_a_fraction_that_covers_all_that_gain_has_no_price() -> None:
    assert price_for_fraction(scans(bad=5, good=95), 1.0) == price_without_budget()


def test_nothing_goes_without_a_budget_at_all() -> None:
    offers = scans(bad=50, good=50)
    assert price_for_fraction(offers, 0.0).per_page == math.inf
    assert price_for_seconds(offers, 0.0).per_page == math.inf
    assert spending(offers, price_for_seconds(offers, 0.0)) == (0.0, 0.0, 0.0)


def test_a_budget_of_seconds_is_spent_where_a_second_brings_most() -> None:
    # the same gain for a tenth of the cost, and a little more gain for ten times the cost
    offers = Offers(np.array([[0.5, 0.55]] * 10), np.array([[1.0, 10.0]] * 10), 0.0)
    price = price_for_seconds(offers, 1.0)
    assert choose(offers, price).tolist() == [0] * 10
    assert spending(offers, price).seconds == pytest.approx(1.0)


def test_without_a_budget_a_second_must_still_be_worth_its_base_price() -> None:
    offers = Offers(np.array([[0.3], [0.3]]), np.array([[1.0], [100.0]]), 0.0)
    assert choose(offers, price_without_budget(0.005)).tolist() == [0, -1]


def test_of_equal_values_the_cheaper_goes_first_then_the_one_named_first() -> None:
    offers = Offers(np.array([[0.5, 0.5], [0.5, 0.5]]), np.array([[2.0, 1.0], [1.0, 1.0]]), 0.0)
    assert choose(offers, Price(0.0, 0.0)).tolist() == [1, 0]


def test_a_gain_within_the_margin_is_no_gain() -> None:
    offers = Offers(np.array([[0.02], [0.021]]), np.zeros((2, 1)), 0.02)
    assert choose(offers, Price(0.0, 0.0)).tolist() == [-1, 0]
