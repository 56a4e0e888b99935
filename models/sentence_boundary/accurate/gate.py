"""The gate of the export: what eight bits may cost.

On dev records that were not trained on, clean and corrupted (lower case, no punctuation), the int8 graph is
compared with the fp32 graph it was made of; both leave the later layers out for the same bound (``inference``), and
what that may cost is bounded where it is chosen (``skipping``). It is refused when

- more sentence ends change than ``MOST_CHANGED`` allows: of the places where one of the two sees an end, at
  the thresholds that are shipped, the share that only one of them sees;
- or macro F1 falls by more than ``MOST_LOST``, each graph at its own best threshold;
- or there were fewer than ``FEWEST_ENDS`` ends to judge by.

Without punctuation most probabilities lie near the thresholds, so the rounding of activations to eight bits
changes more decisions there: in a first training, of three layers, 6.3 %, against 0.8 % on clean text, while F1
stayed where it was. So F1 is bounded alike for both. Tried on that training, by CPU time: the matrix after the first layer's
activation function in eight bits without rounding its activations, 4.2 % for 12 % more; all three such matrices,
2.8 % for 40 % more; a corrected bias of the head, no fewer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.sentence_boundary.data import Record, corpora, corrupted, held_out, records
from models.sentence_boundary.interface import BoundaryModel
from models.sentence_boundary.parity import Comparison, compare
from models.sentence_boundary.prediction import Predictor
from models.sentence_boundary.scoring import compare as compare_ends
from models.sentence_boundary.scoring import macro_f1, total

MOST_CHANGED = {"clean": 0.02, "corrupted": 0.1}
MOST_LOST = 0.005
FEWEST_ENDS = 200

_GRID = np.arange(0.04, 0.8, 0.04)
_CHARACTERS = 3500  # of each corpus


@dataclass(frozen=True, slots=True)
class Cost:
    """What the int8 graph costs on one variant of the records.

    Attributes:
        variant: ``clean`` or ``corrupted``.
        decisions: at the shipped thresholds.
        before: macro F1 of the fp32 graph at its best threshold, 0 to 1.
        after: that of the int8 graph.
    """

    variant: str
    decisions: Comparison
    before: float
    after: float

    def __str__(self) -> str:
        return (
            f"{self.variant}: {100 * self.decisions.changed:.2f} % of {self.decisions.ends} sentence ends changed "
            f"(allowed {100 * MOST_CHANGED[self.variant]:g} %); F1 {100 * self.before:.2f} in fp32, "
            f"{100 * self.after:.2f} in int8 (allowed loss {100 * MOST_LOST:g})"
        )

    def refusals(self) -> Iterator[str]:
        """Yield what is wrong; nothing for a graph that may be shipped."""
        if self.decisions.ends < FEWEST_ENDS:
            yield f"{self.variant}: {self.decisions.ends} sentence ends are too few to judge by"
        # so written, NaN is refused
        if not self.decisions.changed <= MOST_CHANGED[self.variant]:
            yield f"{self.variant}: {100 * self.decisions.changed:.2f} % of the sentence ends changed"
        if not self.before - self.after <= MOST_LOST:
            yield f"{self.variant}: F1 fell by {100 * (self.before - self.after):.2f} points"


def costs(
    original: BoundaryModel,
    artifact: BoundaryModel,
    clean: Mapping[str, Sequence[Record]],
    thresholds: Mapping[str, float],
) -> Iterator[Cost]:
    """Yield the cost of the artifact on clean and on corrupted records.

    Args:
        original: in fp32.
        artifact: in int8.
        clean: records by corpus.
        thresholds: those that are shipped, chosen on the artifact.
    """
    stripped = {name: [corrupted(record) for record in some] for name, some in clean.items()}
    for variant, by_corpus in (("clean", clean), ("corrupted", stripped)):
        texts = [record.text for some in by_corpus.values() for record in some]
        yield Cost(
            variant,
            compare(original, artifact, texts, thresholds),
            best_f1(original, by_corpus),
            best_f1(artifact, by_corpus),
        )


def best_f1(model: BoundaryModel, by_corpus: Mapping[str, Sequence[Record]]) -> float:
    """Return the macro F1 over corpora at the one threshold that is best for it."""
    predict = Predictor(model).places
    found = [
        list(zip(some, predict([record.text for record in some]), strict=True)) for some in by_corpus.values()
    ]
    return max(
        macro_f1(
            [
                total(
                    compare_ends(
                        record.text,
                        record.sentence_ends,
                        places.ends[places.probabilities > threshold].tolist(),
                    )
                    for record, places in pairs
                )
                for pairs in found
            ]
        )
        for threshold in _GRID
    )


def gate_records(folder: Path, partly: Mapping[str, int]) -> dict[str, list[Record]]:
    """Return some dev records of every corpus that were not trained on.

    Args:
        folder: of the corpora.
        partly: corpora of whose dev records only one in so many was held out from training.
    """
    chosen: dict[str, list[Record]] = {}
    for name in corpora(folder, "dev"):
        size = 0
        chosen[name] = []
        split = records(folder, name, "dev")
        for record in held_out(split, partly[name]) if name in partly else split:
            if size < _CHARACTERS:
                chosen[name].append(record)
                size += len(record.text)
    return chosen
