"""Continues prompts with a decoder-only model: many at a time, each as if it were alone."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

from stages.rephrase.generation.admission import Waiting
from stages.rephrase.generation.batch import Batch
from stages.rephrase.generation.decoder import AnyDecoder
from stages.rephrase.generation.options import GeneratorOptions
from stages.rephrase.generation.request import Generation, Sampling
from stages.rephrase.generation.sequence import Running


class Generator:
    """Batched generation with streaming admission: a row that ends makes room for the next request at once.

    Args:
        decoder: the model.
        end_tokens: any of these ends a sequence.
        options: how it works; none changes a result.
    """

    def __init__(
        self,
        decoder: AnyDecoder,
        end_tokens: Collection[int],
        options: GeneratorOptions | None = None,
    ) -> None:
        self._decoder = decoder
        self._ends = frozenset(end_tokens)
        self._options = options or GeneratorOptions()

    def generate(
        self, prompts: Iterable[tuple[Hashable, Sequence[int], Sampling]]
    ) -> Iterator[tuple[Hashable, Generation]]:
        """Answer every request once, in the order in which they end.

        Requests are read as they are needed, ``read_ahead`` at most before that, so the input may be longer than
        memory. The result of each depends on its prompt and sampling alone.

        Args:
            prompts: per request a key that comes back with the result, the token ids of the prompt, and how to
                sample.

        Raises:
            ValueError: a prompt has no token.
            LogitsError: the model gives no finite logits.
        """
        waiting = Waiting(self._read(prompts), self._options)
        batch = Batch(self._decoder, self._options)
        while True:
            admitted: list[Running] = []
            while (one := waiting.next([*batch.running, *admitted])) is not None:
                if one.finish is not None:
                    yield one.key, one.answer()
                else:
                    admitted.append(one)
            if admitted:
                ended = batch.admit(admitted)
            elif batch.running:
                ended = batch.step()
            else:
                return
            for one in ended:
                yield one.key, one.answer()

    def _read(self, prompts: Iterable[tuple[Hashable, Sequence[int], Sampling]]) -> Iterator[Running]:
        for key, prompt, sampling in prompts:
            if not len(prompt):
                raise ValueError("a prompt has no token: there is nothing to continue")
            yield Running(key, prompt, sampling, self._ends, self._decoder.sizes.context)
