"""The answer must not talk about the task."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LeadInGate
from stages.rephrase.gates.pair import Pair, Verdict
from stages.rephrase.lead_ins import remarks


class LeadIn:
    """Refuses with ``lead_in``: what could be taken off was taken off before, so what is left is mixed in."""

    name: GateName = "lead_in"

    def __init__(self, options: LeadInGate) -> None:
        self._most = options.max_sentences

    def judge(self, pair: Pair) -> Verdict:
        # a question may be put by somebody
        speaks = pair.style.format != "qa"
        count = len(remarks(pair.answer, pair.passage, pair.style.instruction, speaks=speaks))
        return Verdict({"lead_in": float(count)}, ("lead_in",) if count > self._most else ())
