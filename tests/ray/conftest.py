"""A Ray head of our own with token authentication on, started the way a person starts one."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass
class Head:
    address: str
    dashboard: str
    env: dict[str, str]

    def run(self, *command: str, **options) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=self.env,
            cwd=ROOT,
            text=True,
            capture_output=True,
            timeout=300,
            check=False,
            **options,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def head(tmp_path_factory):
    port, dashboard = _free_port(), _free_port()
    binaries = str(Path(sys.executable).parent)
    env = os.environ | {
        "PATH": f"{binaries}:{os.environ['PATH']}",  # a job's `python` resolves on the head's PATH
        "PYTHONPATH": str(ROOT),
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_raylet_start_wait_time_s": "180",  # a busy machine starts it slowly
        # a Unix socket path may not be longer than 107 bytes, which pytest's own folders can exceed
        "RAY_TMPDIR": str(tmp_path_factory.getbasetemp().parent / f"ray{os.getpid()}"),
    }
    head = Head(f"127.0.0.1:{port}", f"http://127.0.0.1:{dashboard}", env)
    started = head.run(
        "ray", "start", "--head", f"--port={port}", f"--dashboard-port={dashboard}", "--num-cpus=2",
        "--disable-usage-stats", f"--temp-dir={env['RAY_TMPDIR']}",
    )  # fmt: skip
    assert started.returncode == 0, started.stderr
    env["RAY_ADDRESS"] = head.address
    yield head
    head.run("ray", "stop", "--force")
