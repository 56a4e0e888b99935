"""Runs one system in this process: ``python -m benchmarks.rephrase_peers.child SETTING PROMPTS NEW``.

Prints JSON: CPU seconds of a pass with one new token for each prompt (that is prefill) and of a pass with ``NEW``; the
difference is decoding. The same subtraction serves every system, since llama.cpp's server cannot be stopped between
the two. Peak memory is the process's largest resident set, weights that are mapped from a file included.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
    given = json.loads(sys.argv[1])
    setting = Setting(**{**given, "model": Path(given["model"])})
    prompts = json.loads(Path(sys.argv[2]).read_text("utf-8"))
    new = int(sys.argv[3])
    system = opened(setting)
    system.generate([prompts[0][:64]], 4)  # what is made once: thread pools, packed weights, buffers
    _, prefill = _timed(lambda: system.generate(prompts, 1))
    made, whole = _timed(lambda: system.generate(prompts, new))
    print(
        json.dumps(
            {
                "prompt_tokens": sum(map(len, prompts)),
                "new_tokens": sum(made),
                "decoded_tokens": sum(made) - len(prompts),  # the first of each is prefill's
                "prefill_seconds": prefill,
                "decode_seconds": whole - prefill,
                "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
        ),
        flush=True,
    )
    # servers stop their threads slowly, and nothing is left to do
    import os

    os._exit(0)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    before = time.process_time()
    result = work()
    return result, time.process_time() - before


if __name__ == "__main__":
    main()
