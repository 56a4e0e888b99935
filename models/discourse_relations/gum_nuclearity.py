"""Reads pairs of units of one sentence from GUM's RST dependencies, with the parse that spaCy gives them.

Expected are the folders ``dep`` (gold tokens and sentences) and ``rsd`` (RST as dependencies between elementary units,
which name whether a relation is multinuclear) of one part of the corpus. The parse is the automatic one, because that
is what is at hand where nuclearity is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.discourse_relations.features import in_lexicon
from models.discourse_relations.nuclearity import Junction

_CLEAR: Final = {
    "ROOT": "root",
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "csubjpass": "subject",
    "expl": "subject",
    "dobj": "object",
    "attr": "predicate",
    "acomp": "predicate",
    "oprd": "predicate",
    "ccomp": "complement_clause",
    "xcomp": "open_complement",
    "advcl": "adverbial_clause",
    "relcl": "relative_clause",
    "acl": "noun_clause",
    "parataxis": "parataxis",
    "advmod": "adverb",
    "npadvmod": "noun_adverb",
    "prep": "preposition",
    "pobj": "preposition_object",
    "pcomp": "preposition_clause",
    "amod": "adjective",
    "appos": "apposition",
    "conj": "conjunct",
}
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_NEVER_HEADS: Final = frozenset({"punct", "cc", "preconj"})
_MARKS: Final = frozenset(',;:()–—-"“”')
_LONGEST: Final = 5  # words of a cue


@dataclass(frozen=True, slots=True)
class Joined:
    """Two units, and whether a multinuclear relation joins them.

    ``attached`` tells that the parse hangs one on the other. Only such units can be cut apart by rules over the parse;
    others are joined by the discourse alone, or the parse is wrong.
    """

    document: str
    junction: Junction
    equal: bool
    attached: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """An elementary unit of RST: its tokens (from 0, exclusive end), and what it depends on."""

    start: int
    end: int
    head: int  # number of the unit it depends on, 0 for none
    relation: str


def joined(part: Path, nlp: Any) -> list[Joined]:
    """All pairs within sentences of one part, by document; ``nlp`` is a spaCy pipeline with tagger and parser.

    Pairs that only the cutting of one unit in two made ("same-unit") are left out.

    Raises:
        FileNotFoundError: a folder is not there.
        ValueError: the two files of a document do not have the same tokens.
    """
    files = sorted((part / "rsd").glob("*.rsd"))
    if not files:
        raise FileNotFoundError(f"{part / 'rsd'}: no .rsd files")
    found: list[Joined] = []
    for file in files:
        words, spaces, starts = _tokens(part / "dep" / f"{file.stem}.conllu")
        doc = _parsed(nlp, words, spaces, starts)
        units = elementary_units(file)
        if max(unit.end for unit in units.values()) != len(words):
            raise ValueError(f"{file.stem}: rsd and dep have different numbers of tokens")
        found.extend(_pairs(file.stem, doc, units))
    return found


def _tokens(path: Path) -> tuple[list[str], list[bool], list[bool | int | None]]:
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool | int | None] = []
    first = True
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        if not line:
            first = True
        elif cells[0].isdigit():
            words.append(cells[1])
            spaces.append("SpaceAfter=No" not in cells[9])
            starts.append(first)
            first = False
    return words, spaces, starts


def _parsed(nlp: Any, words: list[str], spaces: list[bool], starts: list[bool | int | None]) -> Any:
    from spacy.tokens import Doc

    return nlp(Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=starts))


def elementary_units(path: Path) -> dict[int, Unit]:
    """The units of a document by number, from its ``rsd`` file."""
    units: dict[int, Unit] = {}
    at = 0
    for line in path.read_text("utf-8").splitlines():
        cells = line.split("\t")
        length = len(cells[1].split(" "))
        units[int(cells[0])] = Unit(at, at + length, int(cells[6]), cells[7])
        at += length
    return units


def _pairs(document: str, doc: Any, units: dict[int, Unit]) -> Iterator[Joined]:
    for unit in units.values():
        if unit.head == 0 or unit.relation.startswith("same-unit"):
            continue
        other = units[unit.head]
        if doc[unit.start].sent.start != doc[other.start].sent.start:
            continue
        # the parse says which one depends, never RST: there the first of equals is always the head
        first, second = sorted((unit, other), key=lambda one: (_depth(doc, _head(doc, one)), one.start))
        attached = True
        if _hangs_on(doc, unit, other):
            governor, dependent = other, unit
        elif _hangs_on(doc, other, unit):
            governor, dependent = unit, other  # "she said" is the governor, and the satellite
        else:
            governor, dependent, attached = first, second, False
        yield Joined(document, _junction(doc, dependent, governor), unit.relation.endswith("_m"), attached)


def _depth(doc: Any, token: int) -> int:
    return sum(1 for _ in doc[token].ancestors)


def _hangs_on(doc: Any, unit: Unit, other: Unit) -> bool:
    head: int = doc[_head(doc, unit)].head.i
    return other.start <= head < other.end


def _head(doc: Any, unit: Unit) -> int:
    """The token of a unit that stands highest in the tree, the first of equals; its first token without one."""
    best, highest = unit.start, len(doc)
    for token in doc[unit.start : unit.end]:
        inside = unit.start <= token.head.i < unit.end and token.head.i != token.i
        if not inside and token.dep_ not in _NEVER_HEADS:
            depth = _depth(doc, token.i)
            if depth < highest:
                best, highest = token.i, depth
    return best


def _junction(doc: Any, dependent: Unit, governor: Unit) -> Junction:
    head = doc[_head(doc, dependent)]
    words = [token.text for token in doc[dependent.start : dependent.end] if token.text not in _MARKS]
    cue = _cue(words)
    before = doc[dependent.start - 1].text if dependent.start else ""
    return Junction(
        link=_CLEAR.get(head.dep_, "other"),
        governor_link=_CLEAR.get(doc[_head(doc, governor)].dep_, "other"),
        tag=head.tag_,
        has_subject=any(
            child.dep_ in _SUBJECTS and dependent.start <= child.i < dependent.end for child in head.children
        ),
        mark=before if before in _MARKS else "",
        cue=" ".join(words[:cue]).lower(),
        position="initial" if dependent.start < governor.start else "medial",
        governor=[token.text for token in doc[governor.start : governor.end]],
        dependent=words[cue:],
    )


def _cue(words: Sequence[str]) -> int:
    """Length of the longest cue that the words begin with, in words."""
    longest = range(min(_LONGEST, len(words)), 0, -1)
    return next((n for n in longest if in_lexicon(" ".join(words[:n]).lower())), 0)
