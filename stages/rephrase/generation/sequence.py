"""One request while it is being answered."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from stages.rephrase.generation.lookup import Lookup
from stages.rephrase.generation.request import Finish, Generation, Sampling
from stages.rephrase.generation.sampling import Chooser, log_probability
from stages.rephrase.generation.speculation import Acceptance
from stages.rephrase.loops import LoopWatch


class Running:
    """The tokens of one request so far, and what decides the next one.

    Attributes:
        key: the caller's.
        prompt: its tokens.
        tokens: the new ones. All but the last are in the cache.
        logprobs: of the new ones, as ``Generation`` has them.
        finish: why it ended; None while it runs.
        need: most tokens it can come to, prompt included.
        overtaken: how many later requests started before it.
    """

    def __init__(
        self,
        key: Hashable,
        prompt: Sequence[int],
        sampling: Sampling,
        end_tokens: Collection[int],
        context: int,
    ) -> None:
        self.key = key
        self.prompt: NDArray[np.int64] = np.asarray(prompt, np.int64)
        self.tokens: list[int] = []
        self.logprobs: list[float] = []
        self.finish: Finish | None = "context" if len(prompt) >= context else None
        self.need = min(context, len(prompt) + sampling.max_new_tokens)
        self.overtaken = 0
        self._most = sampling.max_new_tokens
        self._context = context
        self._ends = end_tokens
        self._chooser = Chooser(sampling, prompt)
        self._loop = LoopWatch()
        self._lookup: Lookup | None = None
        self._looked_up = 0
        self._acceptance = Acceptance()

    @property
    def cached(self) -> int:
        """Tokens in the cache."""
        return len(self.prompt) + max(0, len(self.tokens) - 1)

    @property
    def room(self) -> int:
        """Most further tokens, at least 1 while it runs."""
        return self.need - len(self.prompt) - len(self.tokens)

    def answer(self) -> Generation:
        """What it came to. Only once it has finished."""
        if self.finish is None:
            raise RuntimeError("the sequence still runs")
        return Generation(tuple(self.tokens), self.finish, len(self.prompt), tuple(self.logprobs))

    def draft(self, longest: int) -> tuple[list[int], int, float]:
        """Guess how it goes on.

        Returns:
            At most ``longest`` tokens, no more than it may still take less one; the length of the match; and the
            share of them that is expected to be right.
        """
        if self._lookup is None:
            self._lookup = Lookup(self.prompt.tolist())
        self._lookup.extend(self.tokens[self._looked_up :])
        self._looked_up = len(self.tokens)
        guessed, match = self._lookup.draft(max(0, min(longest, self.room - 1)))
        return guessed, match, self._acceptance.share(match)

    def take(self, logits: NDArray[np.float32], drafted: Sequence[int] = (), match: int = 0) -> int:
        """Choose tokens, as long as the draft agrees with what is chosen.

        Args:
            logits: [1 + k or more, vocabulary]: after the last token and after each of the k drafted ones.
            drafted: the k tokens.
            match: what ``draft`` said of them.

        Returns:
            How many of the 1 + k tokens that were fed are part of the sequence.
        """
        fed = 0
        for guess in [*drafted, None]:
            token = self._chooser.choose(logits[fed], len(self.tokens))
            self._append(token, logits[fed])
            fed += 1
            if self.finish is not None or token != guess:
                break
        if drafted:
            self._acceptance.note(match, fed - 1, len(drafted))
        return fed

    def _append(self, token: int, logits: NDArray[np.float32]) -> None:
        if token in self._ends:
            self.finish = "stop"
            return
        self.tokens.append(token)
        self.logprobs.append(log_probability(logits, token))
        if self._loop.push(token):
            self.finish = "loop"
        elif len(self.tokens) == self._most:
            self.finish = "length"
        elif len(self.prompt) + len(self.tokens) >= self._context:
            self.finish = "context"
