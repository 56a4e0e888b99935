"""The gate: an artifact is compared with its original on real text and refused when they differ.

Both run through the same tokeniser, windows and places, so that only the graph differs. Bounds:

- fp32: no probability differs by more than 0.0001;
- int8: of the places where original or artifact sees a sentence end, at most 2 % are seen by one of them only,
  and probabilities differ by at most 0.02 on average.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import thresholds_at
from models.sentence_boundary.interface import BoundaryModel
from models.sentence_boundary.prediction import Predictor
from onnx_export.errors import ExportError, GateError

if TYPE_CHECKING:
    import torch

BOUNDS = {"fp32": 1e-4, "int8": 0.02}
_SAMPLE = Path(__file__).with_name("gate_sample.txt")


class TorchSession:
    """Runs the original behind the interface that models see of an ONNX graph."""

    output_names: Sequence[str] = ("logits", "hidden")

    def __init__(self, module: torch.nn.Module, input_name: str) -> None:
        self._module = module
        self.input_types: Mapping[str, np.dtype[Any]] = {
            input_name: np.dtype(np.int64),
            "attention_mask": np.dtype(np.float32),
        }

    def run(self, feeds: Mapping[str, NDArray[Any]], output: str) -> NDArray[Any]:
        """Compute one output."""
        import torch

        with torch.inference_mode():
            tensors = {
                name: torch.from_numpy(np.ascontiguousarray(feeds[name], kind))
                for name, kind in self.input_types.items()
            }
            found: NDArray[Any] = self._module(**tensors)[output].numpy()
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an artifact differs from its original.

    Attributes:
        places: compared.
        ends: places that original or artifact takes for sentence ends.
        largest: largest difference of a probability.
        mean: mean difference of a probability, as an amount.
        changed: share of ``ends`` that only one of them sees.
    """

    places: int
    ends: int
    largest: float
    mean: float
    changed: float

    def check(self, precision: str, bound: float | None = None) -> None:
        """Raise GateError unless the difference is within the bound of the precision."""
        bound = BOUNDS[precision] if bound is None else bound
        measured = {"a probability differs by": self.largest}
        if precision != "fp32":
            measured = {
                "the share of changed sentence ends is": self.changed,
                "probabilities differ on average by": self.mean,
            }
        for what, found in measured.items():
            if not found <= bound:  # so written, NaN is refused
                raise GateError(
                    f"refused: {what} {found:.2g}, allowed is {bound:.2g} ({self.places} places compared); "
                    "nothing was written"
                )


def compare(
    original: BoundaryModel, artifact: BoundaryModel, texts: Sequence[str], thresholds: Mapping[str, float]
) -> Comparison:
    """Compare two models of one tokenisation on texts."""
    number = ends = changed = 0
    largest = summed = 0.0
    pairs = zip(texts, Predictor(original).places(texts), Predictor(artifact).places(texts), strict=True)
    for text, wanted, found in pairs:
        limits = thresholds_at(text, wanted.ends, thresholds)
        difference = np.abs(wanted.probabilities - found.probabilities)
        largest = float(np.max(difference, initial=largest))
        summed += float(difference.sum())
        one, other = wanted.probabilities > limits, found.probabilities > limits
        number += len(limits)
        ends += int((one | other).sum())
        changed += int((one != other).sum())
    return Comparison(number, ends, largest, summed / max(number, 1), changed / max(ends, 1))


def texts_of(path: Path | None) -> list[str]:
    """Read the texts for the gate; without a file, the sample that comes along (12 languages).

    Raises:
        ExportError: the file cannot be used.
    """
    path = path or _SAMPLE
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        texts = [str(json.loads(line)["text"]) for line in lines] if path.suffix == ".jsonl" else lines
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExportError(f"{path}: cannot be used as texts for the gate: {type(error).__name__}") from None
    if not texts:
        raise ExportError(f"{path}: holds no text for the gate")
    return texts
