"""Preferences among sentence lengths: wtpsplit's four, as tables of logarithms.

With target t and spread s, both in characters, and length x:

- uniform: every length alike;
- gaussian: exp(-((x - t) / s)^2 / 2);
- lognormal: a log-normal density with its peak near t and sigma s / t, more patient with long sentences;
- clipped polynomial: 1 - ((x - t) / s)^2, nothing beyond t +- s.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["uniform", "gaussian", "lognormal", "clipped_polynomial"]

# (target, spread): median and half the interquartile range of sentence lengths in characters, in the training
# and development sentences of the Universal Dependencies treebanks we evaluate on
BY_LANGUAGE = {
    "cs": (154, 90),
    "de": (82, 30),
    "en": (63, 38),
    "es": (125, 46),
    "fi": (85, 36),
    "fr": (111, 40),
    "id": (111, 50),
    "ja": (34, 14),
    "ko": (37, 20),
    "nl": (81, 28),
    "pt": (116, 44),
    "ru": (108, 44),
    "sv": (99, 48),
    "tr": (63, 31),
    "vi": (84, 29),
    "zh": (36, 12),
}
DEFAULT = (70, 25)  # wtpsplit's


def log_prior(kind: Kind, longest: int, target: float, spread: float) -> NDArray[np.float64]:
    """Return the logarithm of the preference for each length, float64[longest + 1].

    A length that is out of the question has -inf; so has length 0.
    """
    table = np.zeros(longest + 1, np.float64)
    lengths = np.arange(1, longest + 1, dtype=np.float64)
    if kind == "gaussian":
        values = np.exp(-0.5 * ((lengths - target) / spread) ** 2)
    elif kind == "lognormal":
        sigma = spread / target
        values = np.exp(-0.5 * ((np.log(lengths) - (np.log(target) + sigma**2)) / sigma) ** 2) / lengths
    elif kind == "clipped_polynomial":
        values = np.maximum(1.0 - ((lengths - target) / spread) ** 2, 0.0)
    else:
        values = np.ones(longest, np.float64)
    with np.errstate(divide="ignore"):
        table[1:] = np.log(values)
    table[0] = -np.inf
    return table


def defaults_for(language: str | None) -> tuple[int, int]:
    """Return target and spread for a language hint."""
    return BY_LANGUAGE.get((language or "").lower().partition("-")[0], DEFAULT)
