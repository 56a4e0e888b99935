"""llama.cpp as the prebuilt package xllamacpp has it: its server, called in the process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import xllamacpp

from benchmarks.rephrase_peers.system import Measured, Setting, System


class LlamaCpp(System):
    """Continuous batching.

    The server cannot be stopped between prefill and decoding. So every prompt has a slot of its own and is asked for
    one token first, which is prefill; then again for all of them, and the slot remembers the prompt.
    """

    def __init__(self, setting: Setting) -> None:
        wanted = xllamacpp.CommonParams()
        wanted.model.path = setting.model
        wanted.n_parallel = setting.prompts
        wanted.n_ctx = setting.prompts * setting.capacity
        wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = setting.threads
        wanted.n_threads_http = 1
        wanted.cache_ram_mib = 0
        wanted.n_ctx_checkpoints = 0
        wanted.verbosity = -1
        if setting.lookup:
            wanted.speculative.types = [
                xllamacpp.common_speculative_type.COMMON_SPECULATIVE_TYPE_NGRAM_SIMPLE
            ]
        self._server = xllamacpp.Server(wanted)
        self._rows = setting.rows

    def measure(self, prompts: Sequence[Sequence[int]], new: int) -> Measured:
        """See ``System``."""
        prefill, _ = self._pass(prompts, 1)
        decode, answers = self._pass(prompts, new)
        remembered = [one["usage"]["prompt_tokens_details"]["cached_tokens"] for one in answers]
        if any(have < len(prompt) - 2 for have, prompt in zip(remembered, prompts, strict=True)):
            raise SystemExit(
                f"llama.cpp forgot prompts between the two passes: it remembered {remembered} tokens"
            )
        return Measured(prefill, decode, sum(int(one["usage"]["completion_tokens"]) for one in answers))

    def _pass(self, prompts: Sequence[Sequence[int]], new: int) -> tuple[float, list[Any]]:
        before = time.process_time()
        with ThreadPoolExecutor(self._rows) as threads:
            answers = list(threads.map(lambda n: self._complete(n, prompts[n], new), range(len(prompts))))
        return time.process_time() - before, answers

    def _complete(self, slot: int, prompt: Sequence[int], new: int) -> Any:
        return self._server.handle_completions(
            {
                "prompt": list(prompt),
                "n_predict": new,
                "temperature": 0.0,
                "id_slot": slot,
                "cache_prompt": True,
            }
        )
