"""Propositions of documents as Arrow columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import pyarrow as pa

from pipeline import document
from stages.simplify.crossings import Crossing
from stages.simplify.writing import Proposition


@dataclass(frozen=True, slots=True)
class Simplified:
    """What became of one document: for each sentence its propositions and its status."""

    propositions: Sequence[Sequence[Proposition]]
    statuses: Sequence[str]
    crossings: Sequence[Crossing] = ()  # links between sentences


def propositions(documents: Sequence[Simplified]) -> pa.ListArray:
    """The column ``propositions``; numbers become those of the document."""
    offsets = [0]
    ids: list[int] = []
    sentences: list[int] = []
    texts: list[str] = []
    layers: list[int] = []
    roles: list[str] = []
    rules: list[str] = []
    parents: list[int | None] = []
    span_offsets = [0]
    starts: list[int] = []
    ends: list[int] = []
    link_offsets = [0]
    relations: list[str] = []
    targets: list[int] = []
    cues: list[str | None] = []
    for one in documents:
        firsts = [0, *accumulate(len(found) for found in one.propositions)]
        across: dict[tuple[int, int], list[tuple[str, int, str]]] = {}
        for crossing in one.crossings:
            target = firsts[crossing.target_sentence] + crossing.target
            across.setdefault((crossing.sentence, crossing.proposition), []).append(
                (crossing.relation, target, crossing.cue)
            )
        for sentence, found in enumerate(one.propositions):
            first_of = firsts[sentence]
            for number, proposition in enumerate(found):
                ids.append(first_of + number)
                sentences.append(sentence)
                texts.append(proposition.text)
                layers.append(proposition.layer)
                roles.append(proposition.role)
                rules.append(proposition.rule)
                parents.append(None if proposition.parent is None else first_of + proposition.parent)
                for start, end in proposition.spans:
                    starts.append(start)
                    ends.append(end)
                span_offsets.append(len(starts))
                for relation, target, cue in proposition.links:
                    relations.append(relation)
                    targets.append(first_of + target)
                    cues.append(cue)
                for relation, target, cue in across.get((sentence, number), ()):
                    relations.append(relation)
                    targets.append(target)
                    cues.append(cue)
                link_offsets.append(len(relations))
        offsets.append(len(ids))
    spans = pa.StructArray.from_arrays(
        [pa.array(starts, pa.int32()), pa.array(ends, pa.int32())], fields=list(document.SPAN)
    )
    links = pa.StructArray.from_arrays(
        [pa.array(relations, pa.string()), pa.array(targets, pa.int32()), pa.array(cues, pa.string())],
        fields=list(document.LINK),
    )
    values = pa.StructArray.from_arrays(
        [
            pa.array(ids, pa.int32()),
            pa.array(sentences, pa.int32()),
            pa.array(texts, pa.string()),
            pa.array(layers, pa.int32()),
            pa.array(roles, pa.string()),
            pa.array(rules, pa.string()),
            pa.array(parents, pa.int32()),
            pa.ListArray.from_arrays(pa.array(span_offsets, pa.int32()), spans, type=pa.list_(document.SPAN)),
            pa.ListArray.from_arrays(pa.array(link_offsets, pa.int32()), links, type=pa.list_(document.LINK)),
        ],
        fields=list(document.PROPOSITION),
    )
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), values, type=document.PROPOSITIONS_FIELD.type
    )


def statuses(documents: Sequence[Simplified]) -> pa.ListArray:
    """The column ``simplify_statuses``."""
    return pa.array([list(one.statuses) for one in documents], document.SIMPLIFY_STATUSES_FIELD.type)
