"""docmill's generator on docmill's export."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from benchmarks.rephrase_peers.system import Measured, Setting, System
from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder
from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Sampling


class Docmill(System):
    """As the stage runs it: streaming admission, early stop on loops, and lookup where it is asked for."""

    def __init__(self, setting: Setting) -> None:
        decoder = open_decoder(find(setting.model), "cpu", threads=setting.threads)
        # the bound on the cache as the stage has it: rows x capacity would refuse the last row, as the generator
        # counts lengths in buckets, and the cache grows with its sequences whatever the bound
        options = GeneratorOptions(rows=setting.rows, lookup=setting.lookup)
        self._decoder = _Timed(decoder)
        self._generator = Generator(self._decoder, decoder.settings.end_tokens, options)

    def measure(self, prompts: Sequence[Sequence[int]], new: int) -> Measured:
        """See ``System``."""
        self._decoder.prefill_seconds = 0.0
        before = time.process_time()
        requests = ((n, prompt, Sampling(max_new_tokens=new)) for n, prompt in enumerate(prompts))
        answers = [answer for _, answer in self._generator.generate(requests)]
        whole = time.process_time() - before
        made = sum(len(one.tokens) + (one.finish == "stop") for one in answers)
        prefill = self._decoder.prefill_seconds
        return Measured(prefill, whole - prefill, made - len(prompts))  # prefill gave the first of each


class _Timed:
    """A decoder that knows how long its prompts took."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self.sizes, self.cache = decoder.sizes, decoder.cache
        self.step, self.rewind = decoder.step, decoder.rewind
        self.prefill_seconds = 0.0

    def prefill(self, *given: Any) -> Any:
        before = time.process_time()
        logits = self._decoder.prefill(*given)
        self.prefill_seconds += time.process_time() - before
        return logits
