"""Running a program from within a rung's process.

The parent watches time and memory of the whole tree of processes and ends it as a whole, so nothing is
limited here. The program sees no terminal and its messages are dropped: they may quote the document.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from stages.parse.adaptor import RefusedError

_LARGEST = 256 << 20  # bytes of output: no page has more text


def run(argv: Sequence[str], folder: Path, *, to: Path) -> None:
    """Run a program in a folder, its standard output into the file ``to``. Raises RefusedError with the code
    ``exit_N`` when it ends with status N, and ``not_found`` when it cannot be started."""
    environment = {
        **os.environ,
        "OMP_THREAD_LIMIT": "1",  # docmill uses cores by processes
        "OMP_NUM_THREADS": "1",
        "TMPDIR": str(folder),
        "HOME": os.environ.get("HOME", str(folder)),
    }
    try:
        with to.open("wb") as out:
            done = subprocess.run(  # noqa: S603 - a program that the configuration names, without a shell
                list(argv),
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.DEVNULL,
                check=False,
            )
    except OSError:
        raise RefusedError("not_found") from None
    if done.returncode < 0:
        raise RefusedError(f"signal_{-done.returncode}")
    if done.returncode:
        raise RefusedError(f"exit_{done.returncode}")


def text_in(file: Path) -> str:
    """The text that a program wrote. Raises RefusedError with the code ``no_output`` or ``too_large``."""
    try:
        if file.stat().st_size > _LARGEST:
            raise RefusedError("too_large")
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        raise RefusedError("no_output") from None
