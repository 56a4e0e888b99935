"""What a gate is."""

from __future__ import annotations

from typing import Protocol

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.pair import Pair, Verdict


class Gate(Protocol):
    """Judges an answer by one property. Its verdict depends on the pair alone."""

    @property
    def name(self) -> GateName:
        """As options call it."""
        ...

    def judge(self, pair: Pair) -> Verdict:
        """Return scores, and the reasons of a refusal."""
        ...
