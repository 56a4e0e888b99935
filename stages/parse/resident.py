"""How much memory another process holds, asked often and so cheaply."""

from __future__ import annotations

import contextlib
import os
import sys
from io import FileIO


class Resident:
    """The resident memory of a process.

    On Linux the kernel's file about it stays open, and a look is one system call of some microseconds:
    on a busy machine there are many looks for each second that the parser gets to work.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._statm: FileIO | None = None
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # no /proc here, or the process is gone already
                self._statm = FileIO(f"/proc/{pid}/statm")

    def bytes(self) -> int:
        """Resident bytes now, 0 when the process is gone."""
        if self._statm is None:
            return self._by_psutil()
        try:
            return int(os.pread(self._statm.fileno(), 128, 0).split()[1]) * os.sysconf("SC_PAGESIZE")
        except (OSError, IndexError):  # it is gone
            return 0

    def close(self) -> None:
        """Let go of the file."""
        if self._statm is not None:
            self._statm.close()
            self._statm = None

    def _by_psutil(self) -> int:
        import psutil

        try:
            return int(psutil.Process(self._pid).memory_info().rss)
        except psutil.Error:
            return 0
