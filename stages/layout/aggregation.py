"""Texts made of lines: one of the kept lines of each document, and one per label."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from models.line_labeller.labels import LABELS
from stages.divided_words import Vocabulary
from stages.layout.joining import DIVIDED, WORD, WRAP, Evidence, Joins, joins, separators
from stages.layout.list_marks import in_front_of_items
from stages.layout.options import JoinOptions
from stages.layout.stack import Ints


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts below each other; t texts of k lines together.

    Attributes:
        texts: t texts, NFC.
        group: int64[t], which group each text is of, ascending.
        first: int64[t + 1]: text i has the lines ``order[first[i]:first[i + 1]]``.
        order: int64[k], the lines by number in the batch.
        join: int8[k], what stands after each line; see ``joining``.
        start, end: int64[k], the line's span of its text.
        hyphen: k strings; ``text[start:end] + hyphen`` is the line as printed.
    """

    texts: list[str]
    group: Ints
    first: Ints
    order: Ints
    join: Joins
    start: Ints
    end: Ints
    hyphen: list[str]


def of_lines(evidence: Evidence, order: Ints, group: Ints, options: JoinOptions) -> Texts:
    """Make a text of each group of lines.

    Args:
        order: int64[k], lines, those of a group together and in reading order.
        group: int64[k], ascending.
    """
    order = in_front_of_items(order, group, evidence.items)
    join = joins(evidence, order, group, options.across)
    stack, printed = evidence.stack, evidence.stack.printed
    lines = [printed[number] for number in order.tolist()]
    hyphen = [""] * len(lines)
    for place in np.flatnonzero(join == WORD).tolist():
        mark = stack.hyphen[order[place]]
        if mark:
            lines[place], hyphen[place] = lines[place][: -len(mark)], mark
    words: dict[int, Vocabulary] = {}  # by document
    for place in np.flatnonzero(join == DIVIDED).tolist():
        document = int(stack.document[order[place]])
        if document not in words:
            words[document] = Vocabulary(stack.texts[document])
        drop = words[document].is_divided(lines[place], lines[place + 1])
        if drop is None:
            join[place] = WRAP
        elif drop:
            lines[place], hyphen[place] = lines[place][:-1], lines[place][-1]
    between = separators(options)
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    gaps = np.array([len(mark) for mark in between], np.int64)[join]
    groups, begin = np.unique(group, return_index=True)
    first = np.append(begin, len(order))
    after = np.cumsum(lengths + gaps)
    start = after - gaps - lengths
    start -= np.repeat(start[begin], np.diff(first))
    parts = [""] * (2 * len(lines))
    parts[0::2] = lines
    parts[1::2] = [between[code] for code in join.tolist()]
    bounds = (2 * first).tolist()
    texts = ["".join(parts[a:b]) for a, b in itertools.pairwise(bounds)]
    return Texts(texts, groups, first, order, join, start, start + lengths, hyphen)


def by_label(evidence: Evidence, options: JoinOptions) -> Texts:
    """Make a text of all lines of each label of each document. A text's group is document x labels + label."""
    group = evidence.stack.document * len(LABELS) + evidence.labels
    order = np.argsort(group, kind="stable")
    return of_lines(evidence, order, group[order], options)
