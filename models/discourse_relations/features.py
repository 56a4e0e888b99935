"""What is told to the classifier of relations about a cue and the two units it joins.

Training and prediction read the same function. Features are names with a value; names with the cue in them let
the same word mean different things beside different cues.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

from models.discourse_relations.labels import Relation

Position = Literal["initial", "medial", "final"]

_MODALS: Final = frozenset(
    ["can", "could", "would", "will", "might", "may", "should", "must", "shall", "'ll", "’ll", "'d", "’d"]
)
_NEGATIONS: Final = frozenset(["not", "n't", "n’t", "no", "never", "nor", "neither", "nothing", "none"])
_OPENERS: Final = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "they",
        "we",
        "you",
        "this",
        "that",
        "these",
        "those",
        "there",
        "to",
        "the",
        "a",
        "an",
        "be",
        "been",
        "his",
        "her",
        "its",
        "their",
    ]
)
_SIGNALS: Final = frozenset(
    [
        "then",
        "later",
        "also",
        "still",
        "already",
        "subsequently",
        "thus",
        "therefore",
        "hence",
        "instead",
        "rather",
        "eventually",
        "finally",
        "soon",
        "too",
        "even",
        "only",
        "now",
        "result",
        "thereby",
        "so",
        "when",
        "before",
        "after",
        "especially",
        "particularly",
        "including",
        "such",
        "same",
        "other",
        "others",
        "both",
        "than",
        "more",
        "less",
        "as",
        "again",
        "yet",
        "however",
        "although",
        "because",
        "if",
    ]
)
_ENDINGS: Final = ("ing", "ed", "ly", "s")
_LENGTH_STEP: Final = 5  # words
_LENGTH_STEPS: Final = 3
_LONGEST_SECOND: Final = 3  # words
_CUES_KEPT: Final = 4096


def features(
    cue: str, position: Position, subordinate: bool, left: Sequence[str], right: Sequence[str]
) -> dict[str, float]:
    """Return the features of one pair, name to value.

    Args:
        cue: the connective, its words joined by a blank, case is ignored; of a discontinuous one all its words.
        position: ``initial`` when the cue opens the sentence or stands before both units, ``medial`` when it stands
            between them, ``final`` when it stands inside or behind the unit it belongs to.
        subordinate: whether the cue subordinates its unit (marker, preposition, relative adverb); conjunctions that
            coordinate and free adverbs do not.
        left: words of the unit without the cue.
        right: words of the unit that the cue belongs to, the cue left out, wherever it stands in the sentence.
    """
    cue = normal(cue)
    found = dict(_of_cue(cue, position, subordinate))
    for name, value in _second_cue(right):
        found[name] = value
    beside = f"cue {cue}, "
    for name, value in _units(list(map(str.lower, left)), list(map(str.lower, right))):
        found[name] = value
        if value == 1.0:
            found[beside + name] = 1.0
    return found


@lru_cache(maxsize=_CUES_KEPT)
def _of_cue(cue: str, position: Position, subordinate: bool) -> Mapping[str, float]:
    """What the cue alone tells."""
    found: dict[str, float] = {f"{position} {subordinate}": 1.0, f"subordinate {subordinate}": 1.0}
    if cue:
        words = cue.split()
        found |= {f"first {words[0]}": 0.5, f"last {words[-1]}": 0.5}
        known = expected(cue)
        if known:
            found[f"lexicon {known}"] = 1.0
    for name in ("", f" {position}", f" {subordinate}"):
        found[f"cue {cue}{name}"] = 1.0
    return found


@lru_cache(maxsize=_CUES_KEPT)
def normal(cue: str) -> str:
    """The cue in lower case, one blank between words; without the infinitive's *to* ("in order to")."""
    words = cue.lower().split()
    if len(words) > 2 and words[-1] == "to" and in_lexicon(" ".join(words[:-1])):
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=_CUES_KEPT)
def expected(cue: str) -> Relation | None:
    """What the lexicon says of a cue as ``normal`` gives it: of the whole of it, else of its longest run of words."""
    words = cue.split()
    lexicon = _lexicon()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            known = lexicon.get(" ".join(words[start : start + length]))
            if known is not None:
                return known
    return None


def in_lexicon(cue: str) -> bool:
    """Whether the whole of a normalised cue stands in the lexicon."""
    return cue in _lexicon()


def _second_cue(right: Sequence[str]) -> list[tuple[str, float]]:
    """The connective that the unit opens with once the cue is gone: "and *so* ...", "but *if* ..."."""
    words = [word.lower() for word in right[: 2 * _LONGEST_SECOND] if word != ","]
    for length in range(_LONGEST_SECOND, 0, -1):
        cue = " ".join(words[:length])
        known = _lexicon().get(cue)
        if known is not None:
            # one short of 1, so that it is not crossed with the cue: such pairs are rare
            return [(f"second {known}", 0.99), (f"second cue {cue}", 0.99)]
    return []


def _units(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, float]]:
    first = right[0] if right else ""
    found = [(f"shape {_ending(first)}", 1.0), (f"begins {first}", 1.0 if first in _OPENERS else 0.5)]
    for name, unit in (("right", right), ("left", left)):
        if not _MODALS.isdisjoint(unit):
            found.append((f"{name} modal", 1.0))
        if not _NEGATIONS.isdisjoint(unit):
            found.append((f"{name} negation", 1.0))
        if any(map(str.isdigit, unit)):
            found.append((f"{name} number", 1.0))
        found.append((f"{name} length {min(_LENGTH_STEPS, len(unit) // _LENGTH_STEP)}", 1.0))
        found += [(f"{name} has {word}", 0.99) for word in sorted(_SIGNALS.intersection(unit))]
    if left and right and left[0] == right[0]:
        found.append(("same first word", 1.0))
    return found


def _ending(word: str) -> str:
    return next((e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), "-")


@cache
def _lexicon() -> dict[str, Relation]:
    table = tomllib.loads(Path(__file__).with_name("cues.toml").read_text("utf-8"))
    found: dict[str, Relation] = {}
    for relation, cues in table.items():
        for cue in cues:
            found.setdefault(cue, Relation(relation))
    return found
