"""The answer must not be the passage again."""

from __future__ import annotations

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import CopiedGate
from stages.rephrase.gates.pair import Pair, Verdict

_RUN = 5  # words in a row that count as copied


class Copied:
    """Refuses with ``copy``."""

    name: GateName = "copied"

    def __init__(self, options: CopiedGate) -> None:
        self._most = options.max_copied

    def judge(self, pair: Pair) -> Verdict:
        most = pair.style.copied if self._most is None else self._most
        share = copied_share(pair.answer_words, pair.passage_words)
        return Verdict({"copied": share}, ("copy",) if share > most else ())


def copied_share(words: list[str], passage: list[str], run: int = _RUN) -> float:
    """Return the share of words that lie in a run of ``run`` words which stands in the passage, too."""
    known = {tuple(passage[i : i + run]) for i in range(len(passage) - run + 1)}
    inside = bytearray(len(words))
    for i in range(len(words) - run + 1):
        if tuple(words[i : i + run]) in known:
            inside[i : i + run] = b"\1" * run
    return sum(inside) / len(words) if words else 0.0
