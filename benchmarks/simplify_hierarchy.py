"""What the stage itself makes of the sentences of GUM: which unit carries which, and by what relation.

Not gold units but the stage's own: two units that RST joins within a sentence are compared where the stage put them
into different propositions. Of a nucleus and its satellite the satellite must be deeper; of two nuclei neither.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import simplify_systems
from benchmarks.simplify_systems import Result

_LEAST = 0.5  # of a unit's characters that must be in the proposition that stands for it
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Counts over a part of the corpus.

    Attributes:
        pairs: pairs of units that RST joins within a sentence.
        apart: of these, in propositions of their own.
        right: of those apart, with the right one deeper, or none.
        explicit: of the pairs with an explicit connective, those apart and linked by a relation that is known.
        told: of these, with one of the annotated relations, in nine classes.
    """

    pairs: int
    apart: int
    right: int
    explicit: int
    told: int


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    sentence: int


def hierarchy(stage: Any, part: Path) -> Hierarchy:
    """Run the stage over a part of GUM (``gum/dev``) and compare."""
    from models.discourse_relations.gum_nuclearity import elementary_units

    pairs = apart = right = explicit = told = 0
    for file in sorted((part / "rsd").glob("*.rsd")):
        tokens, sentences = _text(part / "dep" / f"{file.stem}.conllu")
        results = simplify_systems.run(stage, sentences)
        units = elementary_units(file)
        for unit in units.values():
            if unit.head == 0 or unit.relation.startswith("same-unit"):
                continue
            other = units[unit.head]
            sentence = tokens[unit.start].sentence
            if tokens[other.start].sentence != sentence:
                continue
            pairs += 1
            ours, theirs = (
                _proposition(results[sentence], tokens, range(one.start, one.end)) for one in (unit, other)
            )
            if ours is None or theirs is None or ours == theirs:
                continue
            apart += 1
            layers = [results[sentence].propositions[number].layer for number in (ours, theirs)]
            right += layers[0] == layers[1] if unit.relation.endswith("_m") else layers[0] > layers[1]
        for same in _explicit(part, file.stem, tokens, results):
            explicit += 1
            told += same
    return Hierarchy(pairs, apart, right, explicit, told)


def _explicit(
    part: Path, document: str, tokens: Sequence[_Token], results: Sequence[Result]
) -> Iterator[bool]:
    from models.discourse_relations.gum import explicit_rows, relations_of, unit_numbers
    from models.discourse_relations.labels import COARSE, Relation

    for rows in explicit_rows(part / "rels" / f"{document}.rels"):
        first, second = ([number - 1 for number in unit] for unit in unit_numbers(rows[0]))
        sentence = tokens[first[0]].sentence
        if rows[0]["s1_toks"] != rows[0]["s2_toks"]:
            continue
        ours, theirs = (_proposition(results[sentence], tokens, unit) for unit in (first, second))
        if ours is None or theirs is None or ours == theirs:
            continue
        gold = {COARSE[name] for name in relations_of(rows)}
        linked = {
            COARSE[Relation(relation)]
            for here, there in ((ours, theirs), (theirs, ours))
            for relation, target in results[sentence].propositions[here].links
            if target == there and Relation(relation) in COARSE
        }
        if linked:
            yield bool(linked & gold)


def _proposition(result: Result, tokens: Sequence[_Token], unit: Sequence[int]) -> int | None:
    """The proposition that has most of a unit's characters, if it has half of them."""
    places = [(tokens[number].start, tokens[number].end) for number in unit]
    total = sum(end - start for start, end in places)
    shares = [
        sum(_common(place, span) for place, span in itertools.product(places, one.spans)) / total
        for one in result.propositions
    ]
    best = max(range(len(shares)), key=lambda number: shares[number], default=None)
    return best if best is not None and shares[best] >= _LEAST else None


def _common(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _text(path: Path) -> tuple[list[_Token], list[str]]:
    """Tokens with their place in their sentence, and the sentences as running text."""
    tokens: list[_Token] = []
    sentences: list[str] = []
    text = ""
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if not line and text:
            sentences.append(text.rstrip())
            text = ""
        elif cells[0].isdigit():
            tokens.append(_Token(len(text), len(text) + len(cells[1]), len(sentences)))
            text += cells[1] + ("" if "SpaceAfter=No" in cells[9] else " ")
    return tokens, [*sentences, text.rstrip()] if text else sentences
