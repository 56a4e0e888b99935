"""What the passage denies must be denied.

Words that deny are counted in the sentences of passage and answer that speak of the same, which shared words tell.
Sentences that the answer leaves out, or that share too little, are not judged.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from stages.rephrase.gates.names import GateName
from stages.rephrase.gates.options import NegationGate
from stages.rephrase.gates.pair import Pair, Verdict, words_of

_FILE = Path(__file__).with_name("negation.toml")
_SENTENCE = re.compile(r"[^.!?…;:\n]+(?:[.](?=\S)[^.!?…;:\n]*)*")
_STEM = 5  # letters by which words are told apart: "opened" and "opening"
_SHORTEST = 4  # letters of a word that says what a sentence is about
_SHARED = 0.5  # of the words of the shorter sentence


@dataclass(frozen=True, slots=True)
class _Words:
    cues: re.Pattern[str]
    pairs: re.Pattern[str] | None
    mild: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    stems: frozenset[str]
    denials: int
    mild: int


class Negation:
    """Refuses with ``negation_lost`` and, where asked to, ``negation_new``. Judges en, fr, de and es."""

    name: GateName = "negation"

    def __init__(self, options: NegationGate) -> None:
        self._options = options

    def judge(self, pair: Pair) -> Verdict:
        words = _tables().get(pair.language or "")
        if words is None or pair.style.format == "qa":  # a question denies nothing
            return Verdict({})
        lost, new = differences(_sentences(pair.passage, words), _sentences(pair.answer, words))
        reasons = []
        if lost > self._options.max_lost:
            reasons.append("negation_lost")
        if self._options.max_new is not None and new > self._options.max_new:
            reasons.append("negation_new")
        return Verdict({"negation_lost": float(lost), "negation_new": float(new)}, tuple(reasons))


def differences(passage: Sequence[_Sentence], answer: Sequence[_Sentence]) -> tuple[int, int]:
    """Return how many denials the answer drops and adds, in sentences that speak of the same."""
    lost = new = 0
    for mine, theirs in _groups(passage, answer):
        was, now = (sum(one.denials for one in side) for side in (mine, theirs))
        lost += max(0, was - now - sum(one.mild for one in theirs))
        new += max(0, now - was - sum(one.mild for one in mine))
    return lost, new


def _groups(
    passage: Sequence[_Sentence], answer: Sequence[_Sentence]
) -> list[tuple[list[_Sentence], list[_Sentence]]]:
    """Put together what speaks of the same: each sentence with its nearest on the other side, and what that is near."""
    group = list(range(len(passage) + len(answer)))  # to which group each sentence belongs

    def join(one: int, other: int) -> None:
        old, fresh = group[one], group[other]
        for place, number in enumerate(group):
            if number == old:
                group[place] = fresh

    for side, others, shift, back in (
        (passage, answer, 0, len(passage)),
        (answer, passage, len(passage), 0),
    ):
        for place, one in enumerate(side):
            near = max(range(len(others)), key=lambda i: _shared(one, others[i]), default=None)
            if near is not None and _shared(one, others[near]) >= _SHARED:
                join(shift + place, back + near)
    found: dict[int, tuple[list[_Sentence], list[_Sentence]]] = {}
    for place, number in enumerate(group):
        mine, theirs = found.setdefault(number, ([], []))
        (mine.append(passage[place]) if place < len(passage) else theirs.append(answer[place - len(passage)]))
    return [(mine, theirs) for mine, theirs in found.values() if mine and theirs]


def _shared(one: _Sentence, other: _Sentence) -> float:
    """The share of the words of the shorter sentence that both have; 0 for fewer than two words."""
    both = len(one.stems & other.stems)
    return both / min(len(one.stems), len(other.stems)) if both > 1 else 0.0


def _sentences(text: str, words: _Words) -> list[_Sentence]:
    found = []
    for match in _SENTENCE.finditer(text.replace("’", "'")):
        told = match[0].lower()
        denials = len(words.cues.findall(told))
        if words.pairs is not None:  # "ne ... pas" denies once
            denials -= min(len(words.pairs.findall(told)), max(0, denials - 1))
        stems = frozenset(word[:_STEM] for word in words_of(told) if len(word) >= _SHORTEST or word.isdigit())
        found.append(_Sentence(stems, denials, len(words.mild.findall(told))))
    return [one for one in found if one.stems]


@cache
def _tables() -> dict[str, _Words]:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, Any]] = tomllib.load(opened)
    return {language: _table(told) for language, told in read.items()}


def _table(told: dict[str, list[str]]) -> _Words:
    def either(patterns: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)")

    pairs = told.get("pairs")
    return _Words(either(told["cues"]), either(pairs) if pairs else None, either(told["mild"]))
