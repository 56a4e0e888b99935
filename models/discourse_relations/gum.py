"""Reads pairs of units and their relation from GUM (Zeldes 2017; PDTB-style relations in DISRPT's format).

Expected are the folders ``rels`` (one row per relation) and ``dep`` (gold UD, where the tokens of each connective stand
in the last column) of one part of the corpus. A pair keeps all relations that its row or rows name,
because one connective may carry two ("by": manner and purpose).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.discourse_relations.features import Position
from models.discourse_relations.gum_connectives import Connective, connectives, numbers
from models.discourse_relations.labels import Relation

_SENSES: Final = {
    "comparison.concession": Relation.CONTRAST,
    "comparison.contrast": Relation.CONTRAST,
    "contingency.cause.reason": Relation.CAUSE,
    "contingency.cause+belief.reason+belief": Relation.CAUSE,
    "contingency.cause.result": Relation.RESULT,
    "contingency.cause+belief.result+belief": Relation.RESULT,
    "contingency.condition": Relation.CONDITION,
    "contingency.negative-condition": Relation.CONDITION,
    "contingency.purpose": Relation.PURPOSE,
    "expansion.conjunction": Relation.LIST,
    "expansion.disjunction": Relation.DISJUNCTION,
    "temporal.asynchronous.precedence": Relation.TEMPORAL_AFTER,
    "temporal.asynchronous.succession": Relation.TEMPORAL_BEFORE,
    "temporal.synchronous": Relation.BACKGROUND,
}
"""PDTB 3 senses, whose second argument carries the connective, as what that argument is to the first. Senses that
are not here (manner, detail, instance, substitution, exception, similarity) are elaborations."""
_BEFORE_THEN: Final = frozenset({"and", "but", "or"})
_ALIKE: Final = 1.0  # of 2: both arguments the same as both units
_SUBORDINATORS: Final = frozenset({"mark", "case", "fixed"})


@dataclass(frozen=True, slots=True)
class Word:
    """One token of a gold UD tree; ``head`` is a token number of the document (from 1), 0 for a root."""

    form: str
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units of one sentence (``same_sentence``) or of two, joined by a cue; fields as ``features.features``."""

    document: str
    cue: str  # empty where the annotation points at none
    position: Position
    subordinate: bool
    left: tuple[str, ...]
    right: tuple[str, ...]
    same_sentence: bool
    relations: tuple[Relation, ...]  # one for each row


def pairs(part: Path) -> list[Pair]:
    """Explicit relations of one part (``train`` or ``dev``) with a cue that could be found, by document.

    Raises ``FileNotFoundError`` when a folder is not there.
    """
    found: list[Pair] = []
    for table in _files(part / "rels", ".rels"):
        trees = part / "dep" / f"{table.stem}.conllu"
        words, marked = tree(trees), connectives(trees)
        found.extend(_pair(table.stem, words, marked, rows) for rows in explicit_rows(table))
    return found


def explicit_rows(table: Path) -> list[list[dict[str, str]]]:
    """The rows of explicit relations of a ``rels`` file, those of the same two units together."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in _rows(table):
        if row["rel_type"] == "explicit":
            rows.setdefault((row["unit1_toks"], row["unit2_toks"]), []).append(row)
    return list(rows.values())


def unit_numbers(row: Mapping[str, str]) -> tuple[list[int], list[int]]:
    """Token numbers (from 1) of the two units of a row."""
    return numbers(row["unit1_toks"]), numbers(row["unit2_toks"])


def relations_of(rows: Iterable[Mapping[str, str]]) -> tuple[Relation, ...]:
    """The public name of each row's sense."""
    return tuple(_relation(row["orig_label"]) for row in rows)


def tree(path: Path) -> list[Word]:
    """The words of a document, all sentences after each other; heads count through the document."""
    words: list[Word] = []
    before = 0
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if not line:
            before = len(words)
        elif cells[0].isdigit():
            head = int(cells[6])
            words.append(Word(cells[1], cells[4], head and head + before, cells[7].partition(":")[0]))
    return words


def _files(folder: Path, ending: str) -> list[Path]:
    files = sorted(folder.glob(f"*{ending}"))
    if not files:
        raise FileNotFoundError(f"{folder}: no {ending} files")
    return files


def _rows(table: Path) -> Iterator[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _pair(
    document: str, words: Sequence[Word], found: Iterable[Connective], rows: Sequence[dict[str, str]]
) -> Pair:
    units = unit_numbers(rows[0])
    cue, carrier = _cue(units, [row["orig_label"] for row in rows], found)
    cue = _joined(words, cue)
    first = cue[0] if cue else 0
    at_start = bool(cue) and first - min(units[carrier]) <= 1
    position: Position = "final" if not at_start else "medial" if carrier else "initial"
    without = [tuple(words[n - 1].form for n in unit if n not in cue) for unit in units]
    return Pair(
        document=document,
        cue=" ".join(words[n - 1].form.lower() for n in cue),
        position=position,
        subordinate=bool(cue) and _subordinates(words, cue),
        left=without[1 - carrier],
        right=without[carrier],
        same_sentence=rows[0]["s1_toks"] == rows[0]["s2_toks"],
        relations=relations_of(rows),
    )


def _cue(
    units: tuple[Sequence[int], Sequence[int]], senses: Sequence[str], found: Iterable[Connective]
) -> tuple[tuple[int, ...], int]:
    """The connective of one of these senses whose arguments are most like the units, and the unit it stands in; none
    where no arguments are like them."""
    one, two = (frozenset(unit) for unit in units)
    best: tuple[tuple[int, ...], int] = ((), 1)
    highest = _ALIKE
    for connective in found:
        if connective.sense in senses:
            other, own = connective.first, connective.second.union(connective.tokens)
            for carrier, likeness in (
                (1, _likeness(other, one) + _likeness(own, two)),
                (0, _likeness(other, two) + _likeness(own, one)),
            ):
                if likeness > highest:
                    best, highest = (connective.tokens, carrier), likeness
    return best


def _joined(words: Sequence[Word], cue: tuple[int, ...]) -> tuple[int, ...]:
    """ "And then" as one cue, as simplify reads it; annotated are two connectives."""
    forms = [word.form.lower() for word in words[cue[0] - 1 : cue[0] + 1]] if len(cue) == 1 else []
    if len(forms) == 2 and forms[0] in _BEFORE_THEN and forms[1] == "then":
        return (cue[0], cue[0] + 1)
    return cue


def _likeness(some: frozenset[int], others: frozenset[int]) -> float:
    """Share of tokens in common (Jaccard)."""
    return len(some & others) / len(some | others)


def _subordinates(words: Sequence[Word], cue: Sequence[int]) -> bool:
    for number in cue:
        word = words[number - 1]
        if word.relation in _SUBORDINATORS or word.tag in ("WRB", "IN", "TO"):
            return True
    return False


def _relation(sense: str) -> Relation:
    while sense:
        if sense in _SENSES:
            return _SENSES[sense]
        sense = sense.rpartition(".")[0]
    return Relation.ELABORATION
