"""A docmill run in processes of its own, to be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.pipeline.conftest import HERE, environment


class Run:
    """A run in a session of its own; everything it starts stays in that session."""

    def __init__(self, *arguments: object, log: Path | None = None) -> None:
        variables = environment() | ({"SAMPLE_STAGES_LOG": str(log)} if log else {})
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "driver.py"), "run", *map(str, arguments), "--no-progress"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=variables,
            start_new_session=True,
        )

    def members(self) -> list[psutil.Process]:
        """The processes of the session that are alive."""
        found = []
        for process in psutil.process_iter():
            try:
                if os.getsid(process.pid) == self.process.pid and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (ProcessLookupError, psutil.NoSuchProcess):
                continue
        return found

    def kill_all(self) -> None:
        """kill -9 for the whole process group, and for whoever left it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        for process in self.members():
            process.kill()
        self.process.communicate()

    def wait(self, timeout: float = 120) -> int:
        """Wait for the end; return the exit status."""
        self.out, self.err = self.process.communicate(timeout=timeout)
        return self.process.returncode


def wait_until(true: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return true()
