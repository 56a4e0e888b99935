"""Generation without any cleverness: one prompt, one token at a time. What the generator must equal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from stages.rephrase.generation.decoder import AnyDecoder
from stages.rephrase.generation.request import Generation, Sampling
from stages.rephrase.generation.sampling import Chooser
from stages.rephrase.loops import find_loop


def continued(
    decoder: AnyDecoder, prompt: Sequence[int], sampling: Sampling, ends: Collection[int]
) -> Generation:
    context = decoder.sizes.context
    if len(prompt) >= context:
        return Generation((), "context", len(prompt))
    chooser = Chooser(sampling, prompt)
    cache = decoder.cache(1, context)
    logits = decoder.prefill([np.asarray(prompt, np.int64)], cache, [0])[0]
    tokens: list[int] = []
    while True:
        token = chooser.choose(logits, len(tokens))
        if token in ends:
            return Generation(tuple(tokens), "stop", len(prompt))
        tokens.append(token)
        if find_loop(tokens):
            return Generation(tuple(tokens), "loop", len(prompt))
        if len(tokens) == sampling.max_new_tokens:
            return Generation(tuple(tokens), "length", len(prompt))
        if len(prompt) + len(tokens) == context:
            return Generation(tuple(tokens), "context", len(prompt))
        logits = decoder.step(np.array([[token]]), cache, [0])[0, 0]
