"""Bullets and numbers of lists that a file draws apart from their items, all bullets before all items say.

Programs that print web pages do that, and parse gives such a bullet as a line of its own. Here it is found again, by
what stands to its right at the same height.
"""

from __future__ import annotations

import re

import numpy as np

from stages.layout.geometry import Places
from stages.layout.labelling import Labels, Probabilities
from stages.layout.stack import Ints, Stack

_MARK = re.compile(r"[^\w\s]|\(?\d{1,2}[.)]|\(?[A-Za-z][.)]|o")
_FAR = 3.5  # font sizes between a mark and its item


def items_of_marks(stack: Stack, places: Places, table: Ints) -> Ints:
    """Return for each line the line whose mark it is; -1 for all that are no such mark.

    Args:
        table: number of the table that parse found and the line belongs to; -1: none.
    """
    found = np.full(len(stack), -1, np.int64)
    alone = [number for number, line in enumerate(stack.printed) if len(line) <= 4 and _MARK.fullmatch(line)]
    if not alone:
        return found
    marks = np.array(alone, np.int64)
    item = places.neighbour[marks]
    marks, item = marks[item >= 0], item[item >= 0]
    near = places.x0[item] - places.x1[marks] <= _FAR * places.em[item]
    near &= (table[marks] < 0) & (table[item] < 0) & ~np.isin(item, np.array(alone, np.int64))
    marks, item = marks[near], item[near]
    # of several marks at one item, the nearest
    order = np.lexsort((places.x1[marks], item))
    last = np.append(np.diff(item[order]) != 0, True) if len(order) else np.zeros(0, np.bool_)
    found[marks[order][last]] = item[order][last]
    return found


def label_like_items(
    items: Ints, probabilities: Probabilities, labels: Labels, probability: Probabilities
) -> None:
    """Give each mark the label of its item, in place."""
    marks = np.flatnonzero(items >= 0)
    labels[marks] = labels[items[marks]]
    probability[marks] = probabilities[marks, labels[marks]]


def in_front_of_items(order: Ints, group: Ints, items: Ints) -> Ints:
    """Return the lines in an order in which each mark stands right before its item.

    Args:
        order: int64[k], lines; those of a group together and ascending.
        group: int64[k], ascending. A mark and its item are of one group: they have one label.
    """
    moved = items[order]
    where = np.where(moved >= 0, moved - 0.5, order)
    found: Ints = order[np.lexsort((where, group))]
    return found
