"""Corrects the base model's answers: a linear layer over them, some features and what was remembered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.catalog import CatalogError
from models.line_labeller.adapted.memory import PLACE_WIDTH, Memory, hashes_of, places_of
from models.line_labeller.adapted.memory import WIDTH as MEMORY_WIDTH
from models.line_labeller.features import NAMES
from models.line_labeller.labels import LABELS
from models.line_labeller.lines import DocumentLines

Floats = NDArray[np.float32]

_SELECTED: Final = (
    "page_x0",
    "page_x1",
    "page_y",
    "page_width_share",
    "doc_left",
    "doc_right",
    "own_inside",
    "rank_top",
    "rank_bottom",
    "height_rank",
    "size",
    "size_on_page",
    "bold",
    "italic",
    "bold_rare",
    "gap_above",
    "gap_below",
    "mates_left",
    "mates_right",
    "same_left_share",
    "first_page",
    "last_page",
    "repeated_share",
    "repeated_in_place_share",
    "log_characters",
    "digit_share",
    "upper_share",
    "all_capitals",
    "ends_colon",
    "ends_full_stop",
    "begins_bullet",
    "begins_lower",
    "function_words",
    "section_words",
    "title_words",
    "staff_words",
    "name_title_words",
    "identity_words",
    "institution_words",
    "contact_words",
    "street_words",
    "closing_words",
    "grid_words",
    "unit_words",
    "since_closing",
    "since_salutation",
)
_COLUMNS: Final = np.array([NAMES.index(name) for name in _SELECTED])
_LOWEST = -8.0  # what a base log-probability counts for at least
INPUTS: Final = len(LABELS) + len(_SELECTED) + MEMORY_WIDTH + 1


@dataclass(frozen=True, slots=True)
class Head:
    """The new last layer: logits = base log-probabilities + inputs @ weights.

    Attributes:
        weights: float32[INPUTS, labels].
        mean, scale: float32[selected features], what the features are moved and multiplied by.
        memory: of the examples.
    """

    weights: Floats
    mean: Floats
    scale: Floats
    memory: Memory

    def corrected(self, logits: Floats, document: DocumentLines, rows: Floats) -> Floats:
        """Return the logits after correction.

        Args:
            logits: float32[n, labels], of the base model.
            document: the n lines.
            rows: their features.
        """
        told = self.memory.told(hashes_of(document), places_of(rows))
        base = log_probabilities(logits)
        found: Floats = base + inputs(base, (rows[:, _COLUMNS] - self.mean) * self.scale, told) @ self.weights
        return found

    def save(self, path: Path) -> None:
        """Write a .npz file; the same head gives the same bytes."""
        with path.open("wb") as opened:
            np.savez(
                opened,
                weights=self.weights,
                mean=self.mean,
                scale=self.scale,
                texts=self.memory.texts,
                votes=self.memory.votes,
                places=self.memory.places,
                labels=self.memory.labels,
            )

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what ``save`` wrote.

        Raises:
            CatalogError: it is of another version of docmill.
        """
        with np.load(path, allow_pickle=False) as held:
            memory = Memory(held["texts"], held["votes"], held["places"], held["labels"])
            head = cls(held["weights"], held["mean"], held["scale"], memory)
        if head.weights.shape != (INPUTS, len(LABELS)) or memory.places.shape[1:] != (PLACE_WIDTH,):
            raise CatalogError(
                f"{path} was made by another version of docmill: run docmill adapt layout again"
            )
        return head


def selected(rows: Floats) -> Floats:
    """Return the features that the correction looks at."""
    found: Floats = rows[:, _COLUMNS]
    return found


def log_probabilities(logits: Floats) -> Floats:
    """Return the logarithms of the probabilities, none below a bound."""
    high = logits - logits.max(axis=1, keepdims=True)
    found: Floats = high - np.log(np.exp(high).sum(axis=1, keepdims=True))
    return np.maximum(found, np.float32(_LOWEST))


def inputs(base: Floats, chosen: Floats, told: Floats) -> Floats:
    """Return float32[n, INPUTS]: base log-probabilities, features, memory, and a one."""
    ones = np.ones((len(base), 1), np.float32)
    return np.concatenate((base / 4, np.clip(chosen, -4, 4), told, ones), axis=1).astype(np.float32)
