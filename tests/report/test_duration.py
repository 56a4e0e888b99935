"""How long a job took, interruptions left out."""

from __future__ import annotations

import pytest

from pipeline.inspection.folder import Record
from pipeline.report.duration import working_seconds


def record(started: str, finished: str) -> Record:
    return Record(0, "p", 1, {}, f"2026-11-22T{started}Z", f"2026-11-22T{finished}Z", "0")


MANIFEST = {"started": "2026-11-22T10:00:00+00:00", "finished": "2026-11-22T10:10:00+00:00"}


def test_one_run_takes_from_start_to_finish() -> None:
    assert working_seconds(MANIFEST, [record("10:01:00", "10:02:00")]) == (600, 1)


def test_an_earlier_run_adds_its_work_but_not_the_night_between() -> None:
    records = [
        record("01:00:00", "01:05:00"),
        record("01:03:00", "01:06:00"),  # another worker, at the same time
        record("02:00:00", "02:01:00"),
        record("10:01:00", "10:02:00"),
    ]
    assert working_seconds(MANIFEST, records) == (600 + 360 + 60, 2)


def test_a_running_job_has_taken_what_its_shards_took() -> None:
    manifest = {**MANIFEST, "finished": None}
    assert working_seconds(manifest, [record("10:00:01", "10:00:31"), record("10:00:11", "10:00:41")]) == (
        40,
        1,
    )
    assert working_seconds(manifest, []) == (None, 0)


def test_times_that_cannot_be_read_are_left_out() -> None:
    assert working_seconds({"started": "soon"}, [record("x", "y")]) == (None, 0)


def test_shards_that_began_in_the_second_of_the_start_belong_to_the_run() -> None:
    seconds, runs = working_seconds(MANIFEST, [record("09:59:59.400", "10:00:30")])
    assert (seconds, runs) == (pytest.approx(600), 1)
