"""Generation without any cleverness: one prompt, one token at a time. What the generator must equal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from stages.rephrase.generation.decoder import AnyDecoder
from stages.rephrase.generation.request import Finish, Generation, Sampling
from stages.rephrase.generation.sampling import Chooser, log_probability
from stages.rephrase.loops import find_loop


def continued(
    decoder: AnyDecoder, prompt: Sequence[int], sampling: Sampling, ends: Collection[int]
) -> Generation:
    context = decoder.sizes.context
    if len(prompt) >= context:
        return Generation((), "context", len(prompt), ())
    chooser = Chooser(sampling, prompt)
    cache = decoder.cache(1, context)
    logits = decoder.prefill([np.asarray(prompt, np.int64)], cache, [0])[0]
    tokens: list[int] = []
    logprobs: list[float] = []

    def made(finish: Finish) -> Generation:
        return Generation(tuple(tokens), finish, len(prompt), tuple(logprobs))

    while True:
        token = chooser.choose(logits, len(tokens))
        if token in ends:
            return made("stop")
        tokens.append(token)
        logprobs.append(log_probability(logits, token))
        if find_loop(tokens):
            return made("loop")
        if len(tokens) == sampling.max_new_tokens:
            return made("length")
        if len(prompt) + len(tokens) == context:
            return made("context")
        logits = decoder.step(np.array([[token]]), cache, [0])[0, 0]
