"""What is remembered of labelled documents: which lines several of them share, and what stood where.

Lines are remembered as hashes of their text with the digits masked, and only those that two documents share: a
letterhead, a staff list, a legal line. What one document alone says, such as a patient's name, is not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller.cues import unaccented
from models.line_labeller.features import NAMES
from models.line_labeller.labels import LABELS
from models.line_labeller.lines import DocumentLines

Array = NDArray[Any]
Floats = NDArray[np.float32]

_SHORTEST = 3  # characters of a line that is remembered
MOST_PLACES: Final = 1500
_TOGETHER = 512  # lines that are compared with all places in one go
_DOUBT = 0.25  # weight of "nothing known" among what stood nearby
_SCALES: Final = {  # how far apart in each feature two lines are still nearly the same place
    "page_x0": 0.03,
    "page_x1": 0.08,
    "page_y": 0.06,
    "size": 0.12,
    "bold": 0.5,
    "italic": 1.0,
    "rank_top": 4.0,
    "rank_bottom": 4.0,
    "first_page": 0.7,
    "repeated_share": 0.7,
    "all_capitals": 0.7,
    "mates_left": 1.5,
}
_COLUMNS: Final = np.array([NAMES.index(name) for name in _SCALES])
_UNIT: Final = np.array(list(_SCALES.values()), np.float32)
PLACE_WIDTH: Final = len(_SCALES)
WIDTH: Final = 2 * len(LABELS) + 2


@dataclass(frozen=True, slots=True)
class Memory:
    """Attributes:
    texts: uint64[t], ascending, hashes of lines.
    votes: float32[t, labels], how often each had each label, as shares.
    places: float32[p, PLACE_WIDTH], where lines stood.
    labels: int64[p], their labels.
    """

    texts: NDArray[np.uint64]
    votes: Floats
    places: Floats
    labels: NDArray[np.int64]

    def told(self, hashes: NDArray[np.uint64], places: Floats) -> Floats:
        """Return float32[n, WIDTH]: votes by the text, and by the place, each with how much is known."""
        found = np.zeros((len(hashes), WIDTH), np.float32)
        kinds = len(LABELS)
        if len(self.texts):
            at = np.minimum(np.searchsorted(self.texts, hashes), len(self.texts) - 1)
            known = (self.texts[at] == hashes) & (hashes != 0)
            found[known, :kinds] = self.votes[at[known]]
            found[known, kinds] = 1.0
        if len(self.places):
            one_hot = np.eye(kinds, dtype=np.float32)[self.labels]
            known_at = self.places.astype(np.float64)
            square = (known_at**2).sum(1)
            for first in range(0, len(hashes), _TOGETHER):
                part = slice(first, first + _TOGETHER)
                here = places[part].astype(np.float64)
                apart = (here**2).sum(1, keepdims=True) + square - 2 * here @ known_at.T
                near = np.exp(-0.5 * np.maximum(apart, 0))
                total = near.sum(1, keepdims=True)
                found[part, kinds + 1 : -1] = near @ one_hot / (total + _DOUBT)
                found[part, -1:] = total / (total + _DOUBT)
        return found


def remembered(
    hashes: Sequence[NDArray[np.uint64]], places: Sequence[Floats], truth: Sequence[Array], fewest: int
) -> Memory:
    """Remember documents: of each the hashes and the places of its lines and their labels (-1: none).

    Args:
        hashes: of each document.
        places: of each document.
        truth: of each document.
        fewest: documents that a line must be in.
    """
    kinds = len(LABELS)
    every = np.concatenate([*hashes, np.zeros(0, np.uint64)])
    label = np.concatenate([*truth, np.zeros(0, np.int64)]).astype(np.int64)
    owner = np.repeat(np.arange(len(hashes)), [len(one) for one in hashes])
    told = (label >= 0) & (every != 0)
    texts, number = np.unique(every[told], return_inverse=True)
    pairs = np.unique(number * (len(hashes) + 1) + owner[told])
    shared = np.bincount(pairs // (len(hashes) + 1), minlength=len(texts)) >= fewest
    votes = np.zeros((len(texts), kinds), np.float32)
    np.add.at(votes, (number, label[told]), 1.0)
    votes = votes[shared] / np.maximum(votes[shared].sum(1, keepdims=True), 1)
    where = np.concatenate([*places, np.zeros((0, PLACE_WIDTH), np.float32)])[label >= 0]
    label = label[label >= 0]
    if len(where) > MOST_PLACES:
        kept = np.arange(MOST_PLACES) * len(where) // MOST_PLACES
        where, label = where[kept], label[kept]
    return Memory(texts[shared], votes, where, label)


def hashes_of(document: DocumentLines) -> NDArray[np.uint64]:
    """Return a hash of each line's text without digits, accents, case and blanks; 0 for lines too short."""
    table = unaccented()
    found = np.zeros(len(document), np.uint64)
    for number, text in enumerate(document.texts):
        codes = table[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)]
        codes = codes[codes != 32]
        if len(codes) >= _SHORTEST:
            digest = hashlib.blake2b(codes.tobytes(), digest_size=8, person=b"docmill-line").digest()
            found[number] = np.frombuffer(digest, "<u8")[0]
    return found


def places_of(rows: Floats) -> Floats:
    """Return float32[n, PLACE_WIDTH] of the lines' features."""
    found: Floats = rows[:, _COLUMNS] / _UNIT
    return found
