"""Numbers that the model itself found improbable are refused.

A sampled answer holds what the dice gave, and a small model is unsure where it invents: the probability that a model gives
its own tokens tells right statements from invented ones better than chance does (Manakul et al., "SelfCheckGPT", EMNLP
2023, sections 4 and 6.1; Kadavath et al., arXiv 2207.05221). Only numbers are looked at, and what stands around them: a
number of the passage that is moved to another thing is surrounded by words that the model did not expect.
"""

from __future__ import annotations

import math

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.numbers.find import numbers_of
from stages.rephrase.gates.options import ConfidenceGate
from stages.rephrase.gates.pair import Pair, TokenLogprobs, Verdict

_AROUND = 3  # tokens on either side


class Confidence:
    """Refuses with ``unsure``."""

    name: GateName = "confidence"

    def __init__(self, options: ConfidenceGate) -> None:
        self._least = {
            "number_probability": options.min_number,
            "soft_number_probability": options.min_soft,
            "number_context": options.min_context,
        }

    def judge(self, pair: Pair) -> Verdict:
        if pair.written is None:
            return Verdict({})
        scores = _lowest(pair, pair.written)
        unsure = any(value < self._least[name] for name, value in scores.items())
        return Verdict(scores, ("unsure",) if unsure else ())


def _lowest(pair: Pair, written: TokenLogprobs) -> dict[str, float]:
    """Return the lowest probability of each kind; without numbers of a kind, it has no entry."""
    found: dict[str, float] = {}
    for one in numbers_of(pair.answer, pair.language):
        own = written.of(one.start, one.end)
        around = written.of(one.start, one.end, _AROUND)
        if not own:
            continue
        values = {"soft_number_probability" if one.soft else "number_probability": math.exp(sum(own))}
        if not one.soft:
            values["number_context"] = math.exp(sum(around) / len(around))
        for name, value in values.items():
            found[name] = min(value, found.get(name, 1.0))
    return found
