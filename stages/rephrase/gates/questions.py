"""In format qa the answer must be pairs of a question and its answer, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import QuestionsGate
from stages.rephrase.gates.pair import Pair, Verdict

_TAG = re.compile(
    r"^[ \t]*[*_#>-]*[ \t]*(?P<tag>question|q|answer|a|réponse|r)[ \t]*#?\d{0,3}[ \t]*[*_]*[ \t]*:[*_]*",
    re.IGNORECASE | re.MULTILINE,
)
_ASKS = frozenset(["question", "q"])


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions with their answers, and whether there is anything besides."""

    pairs: tuple[tuple[str, str], ...]
    clean: bool


def parse(text: str) -> Conversation:
    """Read a conversation: lines that begin with Question: or Answer: (Q:, A:, in French Réponse :, R :)."""
    tags = list(_TAG.finditer(text))
    ends = [*(tag.start() for tag in tags[1:]), len(text)][: len(tags)]
    turns = [
        (tag["tag"].lower() in _ASKS, text[tag.end() : end].strip(" \t\r\n*_"))
        for tag, end in zip(tags, ends, strict=True)
    ]
    clean = bool(tags) and not text[: tags[0].start()].strip(" \t\r\n*_#-") and all(said for _, said in turns)
    pairs = []
    for (asks, said), (answers, reply) in zip(turns[::2], turns[1::2], strict=False):
        if asks and not answers:
            pairs.append((said, reply))
        else:
            clean = False
    # a question that is asked twice, or answered by itself, is no pair worth having
    asked = [question.lower() for question, _ in pairs]
    clean = clean and len(turns) % 2 == 0 and len(set(asked)) == len(asked)
    clean = clean and all(
        question.lower().rstrip("?") != reply.lower().rstrip(".") for question, reply in pairs
    )
    return Conversation(tuple(pairs), clean)


class Questions:
    """Refuses with ``no_questions`` in styles of format qa; of the others it says nothing."""

    name: GateName = "questions"

    def __init__(self, options: QuestionsGate) -> None:
        self._least = options.min_pairs

    def judge(self, pair: Pair) -> Verdict:
        if pair.style.format != "qa":
            return Verdict({})
        found = parse(pair.answer)
        good = found.clean and len(found.pairs) >= self._least
        return Verdict({"questions": float(len(found.pairs))}, () if good else ("no_questions",))
