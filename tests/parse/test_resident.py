"""The memory of the parser process, as the parent sees it."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from stages.parse.resident import Resident


def test_it_is_what_the_system_says() -> None:
    resident = Resident(os.getpid())
    try:
        assert resident.bytes() == pytest.approx(psutil.Process().memory_info().rss, rel=0.05)
    finally:
        resident.close()


def test_it_grows_with_the_process() -> None:
    resident = Resident(os.getpid())
    before = resident.bytes()
    held = bytearray(b"x" * (64 << 20))
    grown = resident.bytes() - before
    resident.close()
    assert len(held) <= grown + (8 << 20)


@pytest.mark.parametrize("waited_for", [False, True])
def test_a_process_that_is_gone_holds_nothing(waited_for: bool) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    resident = Resident(process.pid)
    assert process.stdout is not None
    process.stdout.read()
    if waited_for:
        process.wait()
    else:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert resident.bytes() == 0
    process.wait()
    process.stdout.close()
    resident.close()


def test_without_the_file_of_linux_it_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "other")
    resident = Resident(os.getpid())
    assert resident.bytes() == pytest.approx(psutil.Process().memory_info().rss, rel=0.05)
    resident.close()
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert Resident(process.pid).bytes() == 0
