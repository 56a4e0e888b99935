"""The gate: an artifact is compared with its original on real text and refused when they differ.

Both run through the same tokeniser, windows and places, so that only the graph differs. Bounds:

- fp32: no probability differs by more than 0.0001;
- int8: of the places where original or artifact sees a sentence end, at most 2 % are seen by one of them only,
  and probabilities differ by at most 0.02 on average; and there are at least 50 such places, since a share of
  nothing says nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.parity import Comparison
from onnx_export.errors import ExportError, GateError

if TYPE_CHECKING:
    import torch

BOUNDS = {"fp32": 1e-4, "int8": 0.02}
FEWEST_ENDS = 50
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


def check(found: Comparison, precision: str, bound: float | None = None) -> None:
    """Raise GateError unless the difference is within the bound of the precision.

    Args:
        found: of artifact and original.
        precision: ``fp32`` or ``int8``.
        bound: in place of that of the precision.
    """
    bound = BOUNDS[precision] if bound is None else bound
    measured = {"a probability differs by": found.largest}
    if precision != "fp32":
        if found.ends < FEWEST_ENDS:
            raise GateError(
                f"refused: {found.ends} sentence ends in the texts of the gate are too few to judge by, "
                f"{FEWEST_ENDS} are needed: give more text with --data; nothing was written"
            )
        measured = {
            "the share of changed sentence ends is": found.changed,
            "probabilities differ on average by": found.mean,
        }
    for what, amount in measured.items():
        if not amount <= bound:  # so written, NaN is refused
            raise GateError(
                f"refused: {what} {amount:.2g}, allowed is {bound:.2g} ({found.places} places compared); "
                "nothing was written"
            )


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
