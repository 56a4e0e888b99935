"""What the gate lets pass. No torch needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.sentence_boundary.interface import Floats
from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.parity import compare
from models.sentence_boundary.sat.model import SatModel
from onnx_export.cli import main
from onnx_export.errors import ExportError, GateError
from onnx_export.gate import check, texts_of
from tests.segment.tiny import SAT


class Disturbed:
    """A model that deviates from another by a little."""

    def __init__(self, model: SatModel, by: float) -> None:
        self._model = model
        self._by = by
        self.windowing = model.windowing
        self.batch = model.batch
        self.encode = model.encode

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        return self._model.logits(inputs, lengths) + np.float32(self._by)


def compared(by: float, threshold: float = 0.3):
    model = open_model(find(str(SAT)))
    return compare(model, Disturbed(model, by), texts_of(None), {"default": threshold})


def test_the_original_itself_passes() -> None:
    found = compared(0.0)
    assert (found.largest, found.changed) == (0.0, 0.0)
    assert found.places > 1000
    check(found, "fp32")


def test_bounds_of_each_precision() -> None:
    small = compared(0.0005)
    with pytest.raises(GateError, match=r"a probability differs by .* nothing was written"):
        check(small, "fp32")
    check(small, "int8")
    with pytest.raises(GateError, match="differ on average"):
        check(compared(0.2), "int8")
    # every probability of the small model lies near one half: there, little changes much
    with pytest.raises(GateError, match="share of changed sentence ends"):
        check(compared(0.01, threshold=0.5), "int8")


def test_a_text_without_sentence_ends_proves_nothing() -> None:
    model = open_model(find(str(SAT)))
    found = compare(model, model, ["One word after the other."], {"default": 0.3})
    assert found.changed == 0
    check(found, "fp32")
    with pytest.raises(GateError, match=r"too few to judge by, .* give more text with --data"):
        check(found, "int8")


def test_nonsense_is_refused() -> None:
    with pytest.raises(GateError):
        check(compared(float("nan")), "fp32")


def test_the_bound_can_be_set() -> None:
    check(compared(0.001), "fp32", bound=0.01)
    with pytest.raises(GateError):
        check(compared(0.001), "fp32", bound=1e-6)


def test_texts_of_a_person(tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One. Two."}\n\n{"text": "Three."}\n')
    assert texts_of(tmp_path / "a.jsonl") == ["One. Two.", "Three."]
    (tmp_path / "b.txt").write_text("\n")
    with pytest.raises(ExportError, match="holds no text"):
        texts_of(tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["segment", "no-such-folder", "out"], 3, "there is no such folder"),
        (["segment", "."], 2, "OUTPUT"),
        (["segment", str(SAT.parent), "out"], 3, "config.json"),
    ],
)
def test_errors_are_one_line(arguments, status, words, capsys) -> None:
    assert main(arguments) == status
    said = capsys.readouterr().err.strip()
    assert words in said
    assert "\n" not in said
