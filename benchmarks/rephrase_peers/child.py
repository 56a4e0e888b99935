"""Runs one system in this process: ``python -m benchmarks.rephrase_peers.child SETTING PROMPTS NEW``.

Prints JSON: what ``System.measure`` says, and the largest resident set of the process, weights that are mapped from a
file included.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.rephrase_peers.system import Setting, System


def opened(setting: Setting) -> System:
    """Open a system; only its own package is imported."""
    if setting.name == "docmill":
        from benchmarks.rephrase_peers.ours import Docmill

        return Docmill(setting)
    if setting.name == "llama.cpp":
        from benchmarks.rephrase_peers.llama import LlamaCpp

        return LlamaCpp(setting)
    from benchmarks.rephrase_peers.genai import Genai

    return Genai(setting)


def main() -> None:
    """Measure."""
    setting = Setting(**json.loads(sys.argv[1]))
    prompts = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    new = int(sys.argv[3])
    system = opened(setting)
    system.measure([list(range(100, 132))], 4)  # what is made once: thread pools, packed weights, buffers
    found = system.measure(prompts, new)
    print(
        json.dumps({**asdict(found), "prompt_tokens": sum(map(len, prompts)), "peak_bytes": _peak()}),
        flush=True,
    )
    os._exit(0)  # servers stop their threads slowly, and nothing is left to do


def _peak() -> int:
    """Of this program: what getrusage tells includes the process that started it."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("the kernel does not tell the largest resident set (VmHWM)")


if __name__ == "__main__":
    main()
