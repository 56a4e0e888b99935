"""What the benchmarks share: CPU time and memory of a command, Markdown tables, result files.

Benchmarks are run from the repository's root as ``python benchmarks/NAME.py``. They compare CPU seconds,
children included, because wall time says more about what else the machine is doing.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import platform
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

RESULTS = Path(__file__).parent / "results"
_PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    cpu_seconds: float  # user and system, of the command and everything it started
    wall_seconds: float
    peak_bytes: int  # largest sum of resident memory over the process tree seen at one moment
    returncode: int
    stdout: str
    stderr: str
    system_seconds: float = 0.0  # the part of cpu_seconds that the kernel took


def cpu_seconds() -> float:
    """CPU seconds (user and system) of this process and of its children that have ended so far."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def run(
    command: Sequence[str | os.PathLike[str]],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    memory_every: float | None = None,
    cpu_every: float | None = None,
    linger: float = 30.0,
) -> Cost:
    """Run the command and return what it cost.

    Orphans of the command (the daemons of a Ray cluster, say) become children of this process, so that
    their CPU time counts too; those that still run ``linger`` seconds after the command ended are killed.
    The caller must have no other child processes meanwhile.

    ``memory_every`` is the interval of the memory samples in seconds; without it ``peak_bytes`` is 0 and
    sampling costs nothing. ``cpu_every`` is that of samples of each process's CPU time: then these make
    ``cpu_seconds``, without what a process did after its last sample. For commands whose processes are not all
    waited for by their parents, which loses their time: that of Ray's workers, now and then.
    """
    _adopt_orphans()
    before = _children_cpu()
    kernel_before = _children_kernel()
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        # compiled modules are kept, as on a user's machine, whatever is set here
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    peak = _PeakMemory(process.pid, memory_every) if memory_every else None
    sampled = _SampledCpu(cpu_every) if cpu_every else None
    stdout, stderr = process.communicate()
    wall = time.perf_counter() - started
    peak_bytes = peak.stop() if peak else 0
    seen = sampled.stop() if sampled else None
    _wait_for_orphans(linger)
    whole, kernel = seen or (_children_cpu() - before, _children_kernel() - kernel_before)
    return Cost(whole, wall, peak_bytes, process.returncode, stdout, stderr, kernel)


def check(cost: Cost) -> Cost:
    """Return the cost of a command that succeeded; end the benchmark with its output when it failed."""
    if cost.returncode != 0:
        raise SystemExit(f"the measured command ended with {cost.returncode}:\n{cost.stdout}{cost.stderr}")
    return cost


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Hold this process, and what it starts, on one of the cores it may use; nothing where that cannot be."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table. Floats are shown with three significant digits, numbers to the right."""
    cells = [[_cell(value) for value in row] for row in rows]
    numeric = [all(_is_number(row[i]) for row in cells) for i in range(len(headers))]
    widths = [max(len(row[i]) for row in [list(headers), *cells]) for i in range(len(headers))]

    def line(row: Sequence[str]) -> str:
        padded = [
            value.rjust(width) if right else value.ljust(width)
            for value, width, right in zip(row, widths, numeric, strict=True)
        ]
        return f"| {' | '.join(padded)} |"

    rule = [("-" * (w - 1) + ":") if right else "-" * w for w, right in zip(widths, numeric, strict=True)]
    return "\n".join([line(headers), line(rule), *(line(row) for row in cells)])


def write(name: str, result: Mapping[str, Any]) -> Path:
    """Write ``benchmarks/results/NAME.json``: the result and the machine it was measured on."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{name}.json"
    whole = {
        "benchmark": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "result": result,
    }
    path.write_text(json.dumps(whole, indent=2, default=str) + "\n", "utf-8")
    return path


def machine() -> dict[str, object]:
    """The facts about this machine that decide figures."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load_before": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def arguments(description: str, *, data: str | None = None) -> argparse.ArgumentParser:
    """Return a parser with ``--data DIR``, whose meaning ``data`` tells; no ``data``: it is not needed."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument("--data", type=Path, help=data or "not used by this benchmark")
    return parser


def docmill(*words: str | os.PathLike[str]) -> list[str]:
    """The command line of docmill under the Python that runs the benchmark."""
    return [sys.executable, "-m", "pipeline", *(os.fspath(word) for word in words)]


def _children_cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def _children_kernel() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_stime


def _adopt_orphans() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _wait_for_orphans(linger: float) -> None:
    deadline = time.monotonic() + linger
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            if time.monotonic() > deadline:
                for child in psutil.Process().children(recursive=True):
                    child.kill()
            time.sleep(0.01)


class _PeakMemory:
    """Samples the resident memory of a process tree in a thread."""

    def __init__(self, pid: int, every: float) -> None:
        self._pid = pid
        self._every = every
        self._peak = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            self._peak = max(self._peak, tree_bytes(self._pid))

    def stop(self) -> int:
        self._stopped.set()
        self._thread.join()
        return self._peak


class _SampledCpu:
    """Samples the CPU time of every process below this one in a thread."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._seen: dict[tuple[int, float], tuple[float, float]] = {}  # by process: user and system
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    times = process.cpu_times()
                    self._seen[process.pid, process.create_time()] = (times.user, times.system)

    def stop(self) -> tuple[float, float]:
        """Return CPU seconds, and the kernel's part of them."""
        self._stopped.set()
        self._thread.join()
        system = sum(system for _, system in self._seen.values())
        return sum(user for user, _ in self._seen.values()) + system, system


def tree_bytes(pid: int) -> int:
    """Resident memory of a process and its descendants now, in bytes; 0 when it is gone.

    Pages shared between processes count once for each, so the figure is an upper bound.
    """
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    total = 0
    for process in family:
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor()


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


def _is_number(cell: str) -> bool:
    return bool(cell) and cell.replace(",", "").replace(".", "").replace("e-", "").lstrip("-").isdigit()
