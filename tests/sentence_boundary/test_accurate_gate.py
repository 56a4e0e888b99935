"""The gate of the accurate model's export refuses a spoilt graph. No torch needed: the graphs are the bundled one
and what damage makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.sentence_boundary import data
from models.sentence_boundary.accurate.gate import FEWEST_ENDS, Cost, costs, gate_records
from models.sentence_boundary.fast.model import FastModel
from models.sentence_boundary.interface import Floats, Session
from models.sentence_boundary.opening import find, open_model

SUBJECTS = ("The old ferry", "My neighbour", "A grey cat", "The night train", "Her brother", "The baker")
VERBS = ("waited", "slept", "came home", "sang quietly", "lost the key", "went away", "ate the soup")
PLACES = ("near the river", "in the kitchen", "on Monday", "before the rain", "without a word")


def corpus(name: str, shift: int) -> list[data.Record]:
    """Two records of many plain sentences."""
    written = [
        f"{SUBJECTS[(i + shift) % 6]} {VERBS[i % 7]} {PLACES[(i * 3 + shift) % 5]}{'?' if i % 9 == 8 else '.'}"
        for i in range(240)
    ]
    return [data.joined(name, "en", written[:120]), data.joined(name, "en", written[120:])]


RECORDS = {name: corpus(name, shift) for shift, name in enumerate(("one", "two"))}
THRESHOLDS = {"default": 0.5, "unpunctuated_lower": 0.2}


class Damaged:
    """The session of a graph whose logits are not what they were."""

    def __init__(self, session: Session, noise: float, bias: float, factor: float) -> None:
        self._session = session
        self._noise, self._bias, self._factor = noise, bias, factor
        self._random = np.random.default_rng(1)
        self.input_types, self.output_names = session.input_types, session.output_names

    def run(self, feeds: Mapping[str, NDArray[Any]], output: str) -> Floats:
        found = self._session.run(feeds, output)
        noise = self._random.normal(0, self._noise, found.shape) if self._noise else 0.0
        return (found * self._factor + self._bias + noise).astype(np.float32)


@pytest.fixture(scope="module")
def original() -> FastModel:
    model = open_model(find("fast"))
    assert isinstance(model, FastModel)
    return model


def judged(
    original: FastModel, noise: float = 0.0, bias: float = 0.0, factor: float = 1.0
) -> dict[str, Cost]:
    artifact = FastModel(Damaged(original._session, noise, bias, factor))
    return {cost.variant: cost for cost in costs(original, artifact, RECORDS, THRESHOLDS)}


def test_the_original_itself_passes(original: FastModel) -> None:
    found = judged(original)
    assert list(found) == ["clean", "corrupted"]
    for cost in found.values():
        assert cost.decisions.ends >= FEWEST_ENDS
        assert (cost.decisions.changed, cost.after) == (0, cost.before)
        assert list(cost.refusals()) == []


def test_the_rounding_of_eight_bits_passes(original: FastModel) -> None:
    found = judged(original, noise=0.02)
    assert found["corrupted"].decisions.largest > 0
    assert [list(cost.refusals()) for cost in found.values()] == [[], []]


def test_noise_is_refused_on_both_counts(original: FastModel) -> None:
    for cost in judged(original, noise=4.0).values():
        changed, lost = cost.refusals()
        assert "of the sentence ends changed" in changed
        assert "F1 fell by" in lost


def test_a_shift_is_refused_although_another_threshold_would_mend_it(original: FastModel) -> None:
    """F1 at the best threshold does not see that every probability moved; the decisions do."""
    refused = [message for cost in judged(original, bias=2.0).values() for message in cost.refusals()]
    assert refused
    assert all("of the sentence ends changed" in message for message in refused)


def test_a_constant_and_a_broken_graph_are_refused(original: FastModel) -> None:
    for damage in ({"factor": 0.0}, {"factor": -1.0}, {"bias": float("nan")}):
        for cost in judged(original, **damage).values():
            assert list(cost.refusals()), damage


def test_too_few_ends_prove_nothing(original: FastModel) -> None:
    few = {"one": RECORDS["one"][:1]}
    for cost in costs(original, original, few, THRESHOLDS):
        assert [message.partition("are ")[2] for message in cost.refusals()] == ["too few to judge by"]


def test_the_figures_are_told(original: FastModel) -> None:
    line = str(judged(original)["clean"])
    assert line.startswith("clean: 0.00 % of ")
    assert "(allowed 2 %); F1 " in line


def test_records_that_were_trained_on_are_left_out(tmp_path) -> None:
    import json

    folder = tmp_path / "sentences" / "half"
    folder.mkdir(parents=True)
    lines = [
        json.dumps({"lang": "en", "corpus": "half", "text": f"Text {i}.", "sentence_ends": [7]})
        for i in range(6)
    ]
    (folder / "dev.jsonl").write_text("\n".join(lines) + "\n")
    assert [r.text for r in gate_records(tmp_path, {"half": 2})["half"]] == ["Text 1.", "Text 3.", "Text 5."]
    assert len(gate_records(tmp_path, {})["half"]) == 6
