"""What the stage asks of a model, wherever it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from stages.rephrase.generation.request import Finish, Sampling
from stages.rephrase.token_counts import TokenCounter


@dataclass(frozen=True, slots=True)
class Request:
    """One question to the model. Its answer depends on nothing else.

    Attributes:
        messages: role and content of each message.
        sampling: how to generate.
    """

    messages: tuple[tuple[str, str], ...]
    sampling: Sampling


@dataclass(frozen=True, slots=True)
class Completion:
    """An answer, or why there is none.

    Attributes:
        text: as the model gave it; "" with an error.
        finish: why generation ended; None when the server does not say, or with an error.
        prompt_tokens, new_tokens: as the model counts; None where unknown.
        error: a code to count by, without text of documents; None for an answer.
        token_ends: int[new_tokens]: where in the text each token ends; None where the backend does not tell.
        logprobs: float[new_tokens]: natural logarithms of their probabilities; None likewise.
    """

    text: str
    finish: Finish | None = None
    prompt_tokens: int | None = None
    new_tokens: int | None = None
    error: str | None = None
    token_ends: Sequence[int] | None = None
    logprobs: Sequence[float] | None = None


class Backend(Protocol):
    """Answers requests."""

    def identity(self) -> str:
        """Return what stands for the model in cache keys: equal for models that answer alike."""
        ...

    def counter(self) -> TokenCounter:
        """Return what counts the tokens of passages."""
        ...

    def complete(self, requests: Sequence[Request]) -> Iterator[tuple[int, Completion]]:
        """Yield the index of each request with its answer, each once, in any order, as answers come in.

        Raises:
            Unavailable: no answers can be had any more; what was yielded stays valid.
        """
        ...

    def close(self) -> None:
        """Release the model or the connections. The backend may be used again afterwards."""
        ...
