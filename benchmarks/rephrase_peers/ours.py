"""docmill's generator on docmill's export."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.rephrase_peers.system import Setting, System
from models.causal_lm.folder import find, open_decoder
from stages.rephrase.generation.generator import Generator
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Sampling


class Docmill(System):
    """As the stage runs it: streaming admission, early stop on loops, and lookup where it is asked for."""

    def __init__(self, setting: Setting) -> None:
        decoder = open_decoder(find(str(setting.model)), "cpu", threads=setting.threads)
        options = GeneratorOptions(
            rows=setting.rows, cache_tokens=setting.rows * setting.capacity, lookup=setting.lookup
        )
        self._generator = Generator(decoder, decoder.settings.end_tokens, options)

    def tokens(self, prompts: Sequence[Sequence[int]], new: int) -> list[tuple[int, ...]]:
        """Continue each prompt; return the new tokens, for comparison."""
        made = self._answers(prompts, new)
        return [made[n][0] for n in range(len(prompts))]

    def generate(self, prompts: Sequence[Sequence[int]], new: int) -> list[int]:
        """See ``System``."""
        made = self._answers(prompts, new)
        return [len(made[n][0]) + (made[n][1] == "stop") for n in range(len(prompts))]

    def _answers(
        self, prompts: Sequence[Sequence[int]], new: int
    ) -> dict[object, tuple[tuple[int, ...], str]]:
        requests = ((n, prompt, Sampling(max_new_tokens=new)) for n, prompt in enumerate(prompts))
        return {key: (one.tokens, one.finish) for key, one in self._generator.generate(requests)}
