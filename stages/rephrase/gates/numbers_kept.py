"""Numbers, dates and quantities must be those of the passage."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.numbers.find import numbers_of
from stages.rephrase.gates.numbers.mention import compare
from stages.rephrase.gates.options import NumbersGate
from stages.rephrase.gates.pair import Pair, Verdict


class Numbers:
    """Refuses with ``numbers_lost`` and ``numbers_new``."""

    name: GateName = "numbers"

    def __init__(self, options: NumbersGate) -> None:
        self._options = options

    def judge(self, pair: Pair) -> Verdict:
        passage, answer = (numbers_of(text, pair.language) for text in (pair.passage, pair.answer))
        found = compare(passage, answer)
        reasons = []
        if found.kept < self._options.min_kept:
            reasons.append("numbers_lost")
        if len(found.new) > self._options.max_new:
            reasons.append("numbers_new")
        return Verdict({"numbers_kept": found.kept, "numbers_new": float(len(found.new))}, tuple(reasons))
