"""Numbers as people read them."""

from __future__ import annotations

import pytest

from pipeline.console import figures


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0, "0 s"),
        (0.0004, "< 1 ms"),
        (0.0123, "12.3 ms"),
        (0.4, "0.40 s"),
        (12.34, "12.3 s"),
        (59.97, "1 min"),
        (245, "4 min 5 s"),
        (12_000, "3 h 20 min"),
        (187_200, "2 d 4 h"),
        (float("nan"), "–"),
    ],
)
def test_seconds(value: float | None, shown: str) -> None:
    assert figures.seconds(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.4, "1 s"), (3, "3 s"), (12, "15 s"), (61, "2 min"), (3599, "60 min"), (7000, "2 h"), (None, "–")],
)
def test_time_left_is_coarse_and_never_too_short(value: float | None, shown: str) -> None:
    assert figures.left(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (3.0, "3"),
        (0.5, "0.5"),
        (12.345, "12.3"),
        (0.00401, "0.00401"),
        (1234.5, "1,234"),
        (2.5e-7, "2.5e-07"),
    ],
)
def test_number(value: float, shown: str) -> None:
    assert figures.number(value) == shown


@pytest.mark.parametrize(
    ("amount", "time", "shown"),
    [
        (600, 200, "3 documents/s"),
        (10, 200, "3 documents/min"),
        (1, 3600, "1 documents/h"),
        (0, 5, "–"),
        (5, 0, "–"),
    ],
)
def test_rate_changes_its_unit_before_it_becomes_a_fraction(amount: float, time: float, shown: str) -> None:
    assert figures.rate(amount, time, "documents") == shown


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 10, "0 %"),
        (10, 10, "100 %"),
        (1, 3, "33 %"),
        (1, 40, "2.5 %"),
        (1, 5000, "< 0.1 %"),
        (4999, 5000, "> 99.9 %"),
    ],
)
def test_share_never_calls_something_nothing(part: float, whole: float, shown: str) -> None:
    assert figures.share(part, whole) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(999, "999 B"), (1000, "1 kB"), (999_600, "1 MB"), (123_456_789, "123 MB"), (3e15, "3e+03 TB")],
)
def test_size(value: float, shown: str) -> None:
    assert figures.size(value) == shown
