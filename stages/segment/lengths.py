"""Keeps sentences within their bounds of length."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stages.segment.options import Lengths
from stages.segment.priors import defaults_for, log_prior
from stages.segment.viterbi import best_cuts

Cuts = NDArray[np.int64]
Scores = NDArray[np.float64]

_SUREST = 50.0  # a gain counts at most so much, so that sums keep their precision
# what it costs to cut where no token ends, each far worse than any choice among real places
_AT_SPACE, _IN_WORD, _IN_CHARACTER = 1e4, 2e4, 4e4
_UNWANTED = 1e3  # a length the prior forbids, when there is no other way
_TOO_SHORT = 1e6  # a piece below the minimum, when there is no other way


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds and prior, ready for use.

    Attributes:
        shortest: of a piece, in characters.
        longest: of a piece; None: unlimited.
        prior: float64[longest + 1]; None when unlimited.
        flat: the prior is uniform.
        margins: gains are log odds above the threshold's; otherwise log probabilities.
    """

    shortest: int
    longest: int | None
    prior: Scores | None
    flat: bool
    margins: bool

    @classmethod
    def of(cls, lengths: Lengths, language: str | None) -> Limits:
        """Make them for a language hint."""
        prior = None
        if lengths.max is not None:
            target, spread = defaults_for(language)
            prior = log_prior(lengths.prior, lengths.max, lengths.target or target, lengths.spread or spread)
        return cls(lengths.min, lengths.max, prior, lengths.prior == "uniform", lengths.aim == "sentences")

    def gains(self, probabilities: NDArray[np.float32], thresholds: NDArray[np.float32]) -> Scores:
        """Return what a cut at each place is worth."""
        with np.errstate(divide="ignore"):
            gains: Scores = np.log(probabilities).astype(np.float64)
            if self.margins:
                gains = gains - np.log1p(-probabilities.astype(np.float64))
                limits = thresholds.astype(np.float64)
                gains = np.clip(gains - np.log(limits / (1 - limits)), -_SUREST, _SUREST)
        return gains

    def cut(self, text: str, places: Cuts, gains: Scores) -> Cuts:
        """Choose cuts in one stretch of text that no line break parts.

        Args:
            text: the stretch.
            places: int64[k], ascending: where it may be cut; its end may be missing.
            gains: float64[k].

        Returns:
            int64[m], ascending; the last one is the length of the stretch. No piece is longer than the
            maximum; pieces are shorter than the minimum only where nothing else is possible.
        """
        end = len(text)
        if end <= self.shortest and (self.longest is None or end <= self.longest):
            return np.array([end], np.int64)
        inner = places < end
        places = np.append(places[inner], end)
        gains = np.append(gains[inner], 0.0)
        prior = self._bounded_prior(end)
        found = best_cuts(places, gains, prior, self.shortest, flat=self.flat)
        return found if found is not None else self._forced(text, places, gains, prior)

    def _bounded_prior(self, end: int) -> Scores:
        if self.prior is None:
            return np.zeros(max(end, self.shortest) + 1)
        return self.prior[: max(min(end, len(self.prior) - 1), self.shortest) + 1]

    def _forced(self, text: str, places: Cuts, gains: Scores, prior: Scores) -> Cuts:
        """Cut where the bounds cannot be kept otherwise: inside long stretches without any place."""
        longest = len(prior) - 1
        wide = np.flatnonzero(np.diff(places, prepend=0) > longest)
        extra = [np.arange((places[i - 1] if i else 0) + 1, places[i]) for i in wide.tolist()]
        added = np.concatenate(extra) if extra else np.zeros(0, np.int64)
        costs = np.array([-_cost(text, place) for place in added.tolist()], np.float64)
        everywhere = np.concatenate((places, added))
        order = np.argsort(everywhere, kind="stable")
        worth = np.concatenate((np.maximum(gains, -_SUREST), costs))[order]
        soft = np.maximum(prior, -_UNWANTED)
        soft[: self.shortest] = -_TOO_SHORT
        soft[0] = -np.inf
        found = best_cuts(everywhere[order], worth, soft, 1)
        if found is None:
            raise AssertionError("a text can always be cut when every length is allowed")
        return found


def _cost(text: str, place: int) -> float:
    following = text[place]
    if unicodedata.combining(following) or following == "\u200d" or text[place - 1] == "\u200d":
        return _IN_CHARACTER
    return _AT_SPACE if text[place - 1].isspace() else _IN_WORD
