"""llama.cpp as the prebuilt package xllamacpp has it: its server, called in the process."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import xllamacpp

from benchmarks.rephrase_peers.system import Setting, System


class LlamaCpp(System):
    """Continuous batching over as many slots as rows; no prompt is remembered from one request to the next."""

    def __init__(self, setting: Setting) -> None:
        wanted = xllamacpp.CommonParams()
        wanted.model.path = str(setting.model)
        wanted.n_parallel = setting.rows
        wanted.n_ctx = setting.rows * setting.capacity
        wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = setting.threads
        wanted.n_threads_http = 1
        wanted.cache_prompt = False
        wanted.cache_ram_mib = 0
        wanted.n_ctx_checkpoints = 0
        wanted.warmup = True
        wanted.verbosity = -1
        if setting.lookup:
            wanted.speculative.types = [
                xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE
            ]
        self._server = xllamacpp.Server(wanted)
        self._rows = setting.rows

    def generate(self, prompts: Sequence[Sequence[int]], new: int) -> list[int]:
        """As the server's ``/completion`` does it."""
        with ThreadPoolExecutor(self._rows) as threads:
            return list(threads.map(lambda prompt: self._complete(prompt, new), prompts))

    def _complete(self, prompt: Sequence[int], new: int) -> int:
        answer: Any = self._server.handle_completions(
            {
                "prompt": list(prompt),
                "n_predict": new,
                "temperature": 0.0,
                "cache_prompt": False,
            }
        )
        return int(answer["usage"]["completion_tokens"])
