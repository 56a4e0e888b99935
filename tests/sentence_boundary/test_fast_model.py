"""The bundled fast model: what it finds, and that a logit is the same for any cutting."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from models import catalog
from models.sentence_boundary.condition import thresholds_at
from models.sentence_boundary.fast.model import LEFT, RIGHT, FastModel
from models.sentence_boundary.interface import BoundaryModel, Halo
from models.sentence_boundary.opening import find, open_model
from models.sentence_boundary.prediction import Predictor

TALE = (
    "The ferry left at noon. Was anyone still on the pier? Only Dr. Brown waved, and nobody waved back! "
    "He went home at 3.30 p.m. and wrote a letter. "
)


@pytest.fixture(scope="module")
def model() -> BoundaryModel:
    return open_model(find("fast"), "edge")


def split(model: BoundaryModel, text: str) -> list[str]:
    (places,) = Predictor(model).places([text])
    chosen = places.ends[places.probabilities > thresholds_at(text, places.ends, find("fast").thresholds)]
    edges = [0, *[end for end in chosen.tolist() if end < len(text)], len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(edges)]


@pytest.mark.parametrize(
    ("between", "sentences"),
    [
        (" ", ["The ferry left at noon.", "Was anyone still on the pier?", "Nobody waved back!"]),
        (" ", ["Die Fähre fuhr mittags ab.", "War noch jemand auf dem Steg?", "Niemand winkte zurück!"]),
        (" ", ["Le bateau est parti à midi.", "Qui était encore sur le quai ?", "Personne ne répondit."]),
        (" ", ["El barco salió al mediodía.", "¿Quién estaba todavía en el muelle?", "Nadie respondió."]),
        (" ", ["Паром ушёл в полдень.", "Кто ещё стоял на пристани?", "Никто не ответил."]),
        (" ", ["नाव दोपहर को चली गई।", "घाट पर और कौन था?", "किसी ने जवाब नहीं दिया।"]),
        (" ", ["هل تريد المساعدة؟", "يمكنك الاتصال بنا في أي وقت.", "نحن هنا."]),
        ("", ["船は正午に出ました。", "桟橋に誰かいましたか。", "誰も答えませんでした。"]),
        ("", ["渡轮中午开走了。", "码头上还有人吗？", "没有人回答。"]),
    ],
)
def test_plain_sentences_in_many_scripts(model: BoundaryModel, between: str, sentences: list[str]) -> None:
    assert split(model, between.join(sentences)) == sentences


def test_numbers_and_addresses_are_not_divided(model: BoundaryModel) -> None:
    sentences = ["Version 2.5 costs 3.50 dollars at www.example.org today.", "It is worth that."]
    assert split(model, " ".join(sentences)) == sentences


def test_speech_without_punctuation_is_divided(model: BoundaryModel) -> None:
    found = split(model, "how are you today i am fine thank you what did you do yesterday i went to the park")
    assert {"i went to the park"} <= set(found)
    assert 3 <= len(found) <= 6


def test_the_file_keeps_its_promise() -> None:
    entry = find("fast")
    assert entry.size <= 6_000_000
    assert catalog.verify_entry(entry).ok
    assert (entry.root / entry.card).is_file()


def outputs(model: BoundaryModel, inputs: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    rows = {name: array[None] for name, array in inputs.items()}
    length = len(inputs["words"])
    return model.logits(rows, np.array([length]))[0]


def test_a_logit_depends_on_its_neighbourhood_only(model: BoundaryModel) -> None:
    encoded = model.encode(TALE * 4)
    at = 60
    plain = outputs(model, encoded.inputs)[at]
    effects = {}
    for distance in (-LEFT - 1, -LEFT, RIGHT, RIGHT + 1):
        changed = {name: array.copy() for name, array in encoded.inputs.items()}
        changed["words"][at + distance] ^= 12_345
        effects[distance] = outputs(model, changed)[at] != plain
    assert effects == {-LEFT - 1: False, -LEFT: True, RIGHT: True, RIGHT + 1: False}


@settings(max_examples=20, deadline=None)
@given(st.integers(LEFT + RIGHT + 1, 120), st.integers(1, 12))
def test_any_window_gives_the_same_logits(model: BoundaryModel, window: int, times: int) -> None:
    class Narrow(FastModel):
        windowing = Halo(LEFT, RIGHT, window)

    assert isinstance(model, FastModel)
    texts = [TALE * times, "Short.", TALE]
    narrow = list(Predictor(Narrow(model._session)).logits(texts))
    for (ends, logits), (same_ends, same_logits) in zip(narrow, Predictor(model).logits(texts), strict=True):
        assert (ends == same_ends).all()
        np.testing.assert_allclose(logits, same_logits, atol=2e-4)


def test_texts_do_not_see_each_other(model: BoundaryModel) -> None:
    texts = [TALE, "Hello there.", TALE * 30, "", "雨です。"]
    together = [logits for _, logits in Predictor(model).logits(texts)]
    alone = [next(iter(Predictor(model).logits([text])))[1] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert (one == other).all()


def test_hidden_is_what_the_last_layer_sees(model: BoundaryModel) -> None:
    encoded = model.encode(TALE)
    rows = {name: array[None] for name, array in encoded.inputs.items()}
    hidden = model.hidden(rows, np.array([len(encoded)]))
    assert hidden is not None
    assert hidden.shape[:2] == (1, len(encoded))
    logits = outputs(model, encoded.inputs)
    ones = np.ones((len(encoded), 1))
    weights, *_ = np.linalg.lstsq(np.hstack((hidden[0], ones)), logits, rcond=None)
    np.testing.assert_allclose(np.hstack((hidden[0], ones)) @ weights, logits, atol=1e-2)


def test_the_halo_is_the_networks() -> None:
    pytest.importorskip("torch")
    from models.sentence_boundary.fast import network

    assert (network.LEFT, network.RIGHT) == (LEFT, RIGHT)
