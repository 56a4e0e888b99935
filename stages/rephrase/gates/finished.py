"""The model must have ended by itself, and its last sentence too."""

from __future__ import annotations

import re

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import FinishedGate
from stages.rephrase.gates.pair import Pair, Verdict

_END = re.compile(r"[.!?…:;。！？۔।][\"'”’»)\]*_\s]*$")


class Finished:
    """Refuses with ``unfinished``, or ``loop`` where generation was stopped for one."""

    name: GateName = "finished"

    def __init__(self, options: FinishedGate) -> None:
        self._punctuation = options.punctuation

    def judge(self, pair: Pair) -> Verdict:
        """A server that does not say why it ended is judged by the last sentence alone."""
        if not pair.answer.strip():
            return Verdict({}, ("empty",))
        if pair.finish == "loop":
            return Verdict({}, ("loop",))
        if pair.finish in ("length", "context"):
            return Verdict({}, ("unfinished",))
        # where the passage itself ends without a mark (a title, a list), so may the answer
        must_end = (self._punctuation or pair.finish is None) and _END.search(pair.passage.strip())
        if must_end and not _END.search(pair.answer.strip()):
            return Verdict({}, ("unfinished",))
        return Verdict({})
