"""Scores splits against the gold set ``simplify_gold/gold.json``; its README tells what is in it."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.simplify_defects import missing
from benchmarks.simplify_systems import Proposition, Result

RULES = {
    "coord_clauses": ("coordinate_clause",),
    "adverbial_clauses": ("adverbial_clause", "purpose"),
    "relative_clauses_non_defining": ("relative_clause",),
    "relative_clauses_defining": ("relative_clause",),
    "reported_speech": ("attribution",),
    "coord_VPs": ("coordinate_verb_phrase",),
    "coord_NPs": ("noun_list",),
    "participial_phrases": ("participle",),
    "appositions_non_restrictive": ("apposition",),
    "appositions_restrictive": ("apposition",),
    "prepositional_phrases": ("prepositional_phrase",),
}
"""Beginnings of the names of rules that stand for a construct."""
FOLDER = Path(__file__).parent / "simplify_gold"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_DIGITS = 16  # of hashes
_SAME = {"TEMPORAL_BEFORE": "TEMPORAL_AFTER", "RESULT": "CAUSE"}  # direction does not count


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one sentence.

    Attributes:
        item: the gold item.
        units: for each unit's id the number of the proposition that has it; None for one that was not found.
        lost: content words in no proposition.
        links: for each gold link whose units were found, whether it is there with a right relation.
        role_only: units whose words were found, but in a proposition of another role.
        judged: what a person said of exactly this output; None when nobody did.
        error: what that person found wrong, of the README's kinds.
        fired: whether a rule for the item's construct did.
    """

    item: Mapping[str, Any]
    units: Mapping[str, int | None]
    lost: frozenset[str]
    links: tuple[bool, ...]
    role_only: tuple[str, ...]
    judged: bool | None
    error: str | None
    fired: bool

    @property
    def mechanical(self) -> bool:
        """Every unit has its proposition and nothing is lost."""
        return not self.lost and None not in self.units.values()

    @property
    def correct(self) -> bool:
        """The person's judgement where there is one, else the mechanical one."""
        return self.mechanical if self.judged is None else self.judged


def gold() -> list[dict[str, Any]]:
    """The items."""
    items: list[dict[str, Any]] = json.loads((FOLDER / "gold.json").read_text("utf-8"))
    return items


def sentence_of(item: Mapping[str, Any], folder: Path) -> str:
    """The sentence an item is about.

    Raises:
        SystemExit: the file is not the one that was labelled.
    """
    lines = (folder / item["file"]).read_text("utf-8").split("\n")
    line = lines[item["line"] - 1] if item["line"] <= len(lines) else ""
    if _hash(line) != item["sha256"]:
        raise SystemExit(f"{item['file']}: line {item['line']} is not the sentence that was labelled")
    return line


def judge(item: Mapping[str, Any], sentence: str, result: Result) -> Verdict:
    """Compare one result with its item."""
    tokens = [token.lower() for token in _TOKEN.findall(sentence)]
    candidates = [
        [n for n, one in enumerate(result.propositions) if _holds(unit, tokens, one)]
        for unit in item["units"]
    ]
    chosen = _distinct(candidates)
    units = {unit["id"]: number for unit, number in zip(item["units"], chosen, strict=True)}
    wrong_role = tuple(
        unit["id"]
        for unit, number in zip(item["units"], chosen, strict=True)
        if number is None and any(_reads(unit, tokens, one) for one in result.propositions)
    )
    key = (item["construct"], item["line"], item["sha256"], output_hash(result))
    judged, error = _judgements().get(key, (None, None))
    return Verdict(
        item=item,
        units=units,
        lost=frozenset(missing(sentence, result.texts)),
        links=tuple(hit for link in item["links"] if (hit := _linked(link, units, result)) is not None),
        role_only=wrong_role,
        judged=judged,
        error=error,
        fired=fired(item["construct"], result),
    )


def fired(construct: str, result: Result) -> bool:
    """Whether a proposition was made by a rule that stands for the construct."""
    return any(one.rule.startswith(RULES[construct]) for one in result.propositions)


def output_hash(result: Result) -> str:
    """What identifies an output in ``judgements.json``."""
    return _hash("\n".join(result.texts))


def _judgements() -> dict[tuple[str, int, str, str], tuple[bool, str | None]]:
    file = FOLDER / "judgements.json"
    if not file.is_file():
        return {}
    rows = json.loads(file.read_text("utf-8"))
    return {
        (row["construct"], row["line"], row["sha256"], row["output"]): (row["correct"], row["error"])
        for row in rows
    }


def _holds(unit: Mapping[str, Any], tokens: Sequence[str], proposition: Proposition) -> bool:
    return unit["role"] in ("any", proposition.role) and _reads(unit, tokens, proposition)


def _reads(unit: Mapping[str, Any], tokens: Sequence[str], proposition: Proposition) -> bool:
    text = [word.lower() for word in _TOKEN.findall(proposition.text)]
    return any(
        _in_order(reading["words"], tokens, text) and not {tokens[n] for n in reading["without"]} & set(text)
        for reading in unit["readings"]
    )


def _in_order(wanted: Sequence[Sequence[int | str]], tokens: Sequence[str], text: Sequence[str]) -> bool:
    rest = iter(text)
    for alternatives in wanted:
        forms = {tokens[one] if isinstance(one, int) else one.lower() for one in alternatives}
        if not any(word in forms for word in rest):
            return False
    return True


def _distinct(candidates: Sequence[Sequence[int]]) -> list[int | None]:
    """A proposition of its own for as many units as possible (augmenting paths)."""
    owner: dict[int, int] = {}

    def place(unit: int, seen: set[int]) -> bool:
        for number in candidates[unit]:
            if number not in seen:
                seen.add(number)
                if number not in owner or place(owner[number], seen):
                    owner[number] = unit
                    return True
        return False

    for unit in range(len(candidates)):
        place(unit, set())
    found = {unit: number for number, unit in owner.items()}
    return [found.get(unit) for unit in range(len(candidates))]


def _linked(link: Mapping[str, Any], units: Mapping[str, int | None], result: Result) -> bool | None:
    """Whether a link is there; None when the units of a side were not found."""
    first, second = ([units[name] for name in side if units[name] is not None] for side in link["between"])
    if not first or not second:
        return None
    wanted = {_plain(name) for name in link["relation"]}
    return any(
        target == there and _plain(relation) in wanted
        for one, other in itertools.product(first, second)
        for here, there in ((one, other), (other, one))
        if here is not None
        for relation, target in result.propositions[here].links
    )


def _plain(relation: str) -> str:
    relation = relation.removesuffix("_C")
    return _SAME.get(relation, relation)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
