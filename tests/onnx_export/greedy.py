"""The likeliest tokens, one after the other: of our decoders, and of transformers."""

from __future__ import annotations

from typing import Any

import numpy as np

from models.causal_lm.decoder import Decoder
from models.causal_lm.growing import GrowingDecoder


def greedy(
    decoder: Decoder | GrowingDecoder, prompts: list[np.ndarray], count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the next tokens [prompts, count] and the logits [prompts, count, vocabulary] they came from."""
    cache = decoder.cache(len(prompts), 300)
    logits, tokens = [decoder.prefill(prompts, cache, range(len(prompts)))], []
    while True:
        tokens.append(logits[-1].argmax(axis=1))
        if len(tokens) == count:
            return np.stack(tokens, 1), np.stack(logits, 1)
        logits.append(decoder.step(tokens[-1][:, None], cache, range(len(prompts)))[:, 0])


def transformers_greedy(model: Any, prompt: np.ndarray, count: int) -> list[int]:
    """As many tokens as asked for, whatever ends there are."""
    import torch

    wanted = model.generate(
        torch.from_numpy(prompt)[None],
        attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
        max_new_tokens=count,
        do_sample=False,
        eos_token_id=None,
    )
    tokens: list[int] = wanted[0, len(prompt) :].tolist()
    return tokens
