"""The speed follows the job and the time left means something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.console.speed import Speed


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_steady_work_gives_its_speed_and_the_time_left() -> None:
    clock = Clock()
    speed = Speed(clock)
    for _ in range(100):
        clock.now += 1
        speed.add(5)
    assert speed.per_second() == pytest.approx(5, rel=0.02)
    assert speed.seconds_for(500) == pytest.approx(100, rel=0.02)


def test_nothing_is_said_before_anything_is_done() -> None:
    clock = Clock()
    speed = Speed(clock)
    clock.now += 30
    assert speed.per_second() is None
    assert speed.seconds_for(10) is None
    assert speed.seconds_for(0) == 0


def test_a_slow_start_is_forgotten() -> None:
    clock = Clock()
    speed = Speed(clock)
    clock.now += 60  # models are loaded
    for _ in range(240):
        clock.now += 1
        speed.add(10)
    assert speed.per_second() == pytest.approx(10, rel=0.02)


def test_lumps_are_smoothed() -> None:
    clock = Clock()
    speed = Speed(clock)
    seen = []
    for second in range(1, 601):
        clock.now += 1
        if second % 10 == 0:
            speed.add(1000)  # a shard at a time
        if second > 60:
            seen.append(speed.per_second())
    assert all(value == pytest.approx(100, rel=0.35) for value in seen)


def test_a_stall_is_seen() -> None:
    clock = Clock()
    speed = Speed(clock)
    for _ in range(60):
        clock.now += 1
        speed.add(5)
    clock.now += 30
    assert speed.per_second() < 5
    clock.now += 600
    assert not speed.per_second()
    assert speed.seconds_for(100) is None


@given(st.lists(st.tuples(st.floats(0, 50), st.integers(0, 1000)), max_size=200))
def test_speed_is_never_negative_nor_faster_than_everything_at_once(steps: list[tuple[float, int]]) -> None:
    clock = Clock()
    speed = Speed(clock)
    for pause, amount in steps:
        clock.now += pause
        speed.add(amount)
    value = speed.per_second()
    assert value is None or 0 <= value <= sum(amount for _, amount in steps)


def test_memory_is_bounded() -> None:
    clock = Clock()
    speed = Speed(clock)
    for _ in range(20_000):
        clock.now += 1
        speed.add(2)
    assert len(speed._marks) <= speed._KEPT
    assert speed.per_second() == pytest.approx(2, rel=0.02)
