"""Prompt lookup: guesses how a sequence goes on from where its last tokens stood before.

A rephrasing takes names, numbers and whole phrases from its prompt, so what followed the same few tokens earlier, in
the prompt or in the output, is often what follows now. (Idea: A. Saxena, "Prompt Lookup Decoding", 2023; also the
n-gram case of arXiv 2304.04487.)
"""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 3


class Lookup:
    """The n-grams of one sequence, with the place after the latest occurrence of each."""

    def __init__(self, tokens: Iterable[int] = ()) -> None:
        self._tokens: list[int] = []
        # one behind: the n-grams that end at the last token are not in it yet, as they have no continuation
        self._after: list[dict[tuple[int, ...], int]] = [{} for _ in range(LONGEST)]
        self.extend(tokens)

    def extend(self, tokens: Iterable[int]) -> None:
        """Append tokens to the sequence."""
        held = self._tokens
        for token in tokens:
            for size, places in enumerate(self._after, 1):
                if len(held) >= size:
                    places[tuple(held[-size:])] = len(held)
            held.append(token)

    def draft(self, longest: int) -> tuple[list[int], int]:
        """Guess the next tokens.

        Returns:
            At most ``longest`` tokens, and how many of the last tokens (1 to LONGEST) stood before them earlier;
            ([], 0) where the last token is new, or none is wanted.
        """
        held = self._tokens
        if longest < 1:
            return [], 0
        for size in range(min(LONGEST, len(held)), 0, -1):
            place = self._after[size - 1].get(tuple(held[-size:]))
            if place is not None:
                distance = len(held) - place
                guessed = held[place : place + longest]
                while len(guessed) < longest:  # it runs into the end: go on as if it repeated itself
                    guessed.append(guessed[len(guessed) - distance])
                return guessed, size
        return [], 0
