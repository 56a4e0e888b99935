"""Neither much shorter nor much longer than the passage."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import LengthGate
from stages.rephrase.gates.pair import Pair, Verdict


class Length:
    """Refuses with ``too_short`` or ``too_long``."""

    name: GateName = "length"

    def __init__(self, options: LengthGate) -> None:
        self._options = options

    def judge(self, pair: Pair) -> Verdict:
        least, most = pair.style.length_ratio
        least = least if self._options.min_ratio is None else self._options.min_ratio
        most = most if self._options.max_ratio is None else self._options.max_ratio
        ratio = pair.tokens / max(1, pair.passage_tokens)
        reason = ("too_short",) if ratio < least else ("too_long",) if ratio > most else ()
        return Verdict({"length_ratio": ratio}, reason)
