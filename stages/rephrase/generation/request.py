"""What is asked of the generator and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Finish = Literal["stop", "length", "loop", "context"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen from the logits, and when to stop asking.

    Attributes:
        temperature: 0 takes the likeliest token (greedy); otherwise logits are divided by it.
        top_p: keep the fewest likeliest tokens whose probabilities reach this sum (nucleus sampling,
            arXiv 1904.09751); 1 keeps all.
        top_k: keep this many likeliest tokens; 0 keeps all.
        seed: with the prompt's tokens it decides every random choice, and nothing else does.
        max_new_tokens: stop after this many.
    """

    temperature: float = 0.0
    top_p: float = 1.0
    top_k: int = 0
    seed: int = 0
    max_new_tokens: int = 512

    def __post_init__(self) -> None:
        """Refuse values without a meaning.

        Raises:
            ValueError: one of them.
        """
        if not 0 <= self.temperature < float("inf"):
            raise ValueError(f"temperature must be 0 or more, not {self.temperature}")
        if not 0 < self.top_p <= 1:
            raise ValueError(f"top_p must be over 0 and at most 1, not {self.top_p}")
        if self.top_k < 0:
            raise ValueError(f"top_k must be 0 (all tokens) or more, not {self.top_k}")
        if self.max_new_tokens < 1:
            raise ValueError(f"max_new_tokens must be 1 or more, not {self.max_new_tokens}")


@dataclass(frozen=True, slots=True)
class Generation:
    """What one prompt was continued with.

    Attributes:
        tokens: the new tokens, without the end token.
        finish: ``stop``: the model ended it; ``length``: max_new_tokens; ``loop``: it repeats itself
            (``stages.rephrase.loops``); ``context``: prompt and new tokens fill the model's context, or the
            prompt alone does and there are no new tokens.
        prompt_tokens: length of the prompt.
        logprobs: of each new token the natural logarithm of its probability, as the model sees it: before temperature,
            top_p and top_k.
    """

    tokens: tuple[int, ...]
    finish: Finish
    prompt_tokens: int
    logprobs: tuple[float, ...]
