"""Reads pairs of units and their relation from GUM (Zeldes 2017; PDTB-style relations in DISRPT's format).

Expected are the folders ``rels`` (one row per relation), ``dep`` (gold UD) and ``rst`` (eRST, where the tokens of
each discourse marker stand) of one part of the corpus. A pair keeps all relations that its row or rows name,
because one connective may carry two ("by": manner and purpose).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models.discourse_relations.features import Position, in_lexicon
from models.discourse_relations.gum_markers import Marker, markers
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
_PUNCTUATION: Final = frozenset({",", "-LRB-", "(", ":", "``", "''"})
_LONGEST: Final = 5  # words of a cue
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
        words = tree(part / "dep" / f"{table.stem}.conllu")
        marked = markers(part / "rst" / f"{table.stem}.rs4")
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
    return _numbers(row["unit1_toks"]), _numbers(row["unit2_toks"])


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
    document: str, words: Sequence[Word], found: Iterable[Marker], rows: Sequence[dict[str, str]]
) -> Pair:
    units = unit_numbers(rows[0])
    cue, carrier = _cue(units, found)
    if not cue:
        cue, carrier = _unmarked_cue(words, units)
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


def _cue(units: tuple[Sequence[int], Sequence[int]], found: Iterable[Marker]) -> tuple[tuple[int, ...], int]:
    """The marker whose node is most like one of the units, and of equal ones that which stands nearest to the start of
    the second unit or, less likely, of the first; and the unit it stands in."""
    sets = [frozenset(unit) for unit in units]
    best: tuple[tuple[int, ...], int] = ((), 1)
    worst = (0.0, 10_000)
    for marker in found:
        tokens = set(marker.tokens)
        likeness = max(_likeness(node, unit) for node in (marker.node, marker.whole) for unit in sets)
        for number, unit in enumerate(units):
            inside = tokens <= sets[number]
            across = number and tokens <= sets[0] | sets[1]
            if inside or across:
                distance = marker.tokens[0] - min(unit) + 2 * (1 - number) if inside else 30
                cost = (-round(likeness, 1), distance)
                if cost < worst:
                    best, worst = (marker.tokens, number), cost
    return best


def _likeness(some: frozenset[int], others: frozenset[int]) -> float:
    """Share of tokens in common (Jaccard)."""
    return len(some & others) / len(some | others)


def _unmarked_cue(
    words: Sequence[Word], units: tuple[Sequence[int], Sequence[int]]
) -> tuple[tuple[int, ...], int]:
    """The longest cue of the lexicon that opens the second unit, else the first one."""
    for carrier in (1, 0):
        unit = [n for n in units[carrier] if words[n - 1].tag not in _PUNCTUATION]
        for length in range(min(_LONGEST, len(unit)), 0, -1):
            if in_lexicon(" ".join(words[n - 1].form.lower() for n in unit[:length])):
                return tuple(unit[:length]), carrier
    return (), 1


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


def _numbers(spans: str) -> list[int]:
    numbers: list[int] = []
    for span in spans.split(","):
        first, _, last = span.partition("-")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers
