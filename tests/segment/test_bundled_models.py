"""The models that come along keep what the stage promises."""

from __future__ import annotations

import pytest

from models import catalog
from models.sentence_boundary.opening import TASK
from stages.segment.stage import Segment
from tests.segment.tiny import sentences, spans

NAMES = [name for name, entry in catalog.load_catalog().items() if entry.task == TASK]
TEXTS = [
    "Rain fell all day. We stayed in and read! Did anybody call? Nobody did.",
    "",
    "it rained all day so we stayed at home my sister baked bread then the lights went out",
    "今天下雨。我们在家喝茶。你呢？",
    "A longer text. " * 150,
    "\n\n",
    "Der Zug hielt. Niemand stieg aus.",
]


@pytest.mark.parametrize("name", NAMES)
def test_neighbours_in_the_batch_change_nothing(name) -> None:
    segment = Segment(model=name)
    alone = [spans([text], segment)[0] for text in TEXTS]
    assert spans(TEXTS, segment) == alone
    assert spans(TEXTS[::-1], segment) == alone[::-1]


@pytest.mark.parametrize("name", NAMES)
def test_texts_come_back_and_are_cut(name) -> None:
    found = sentences(TEXTS, Segment(model=name))
    assert ["".join(one) for one in found] == TEXTS
    assert found[0] == ["Rain fell all day. ", "We stayed in and read! ", "Did anybody call? ", "Nobody did."]
    assert found[6] == ["Der Zug hielt. ", "Niemand stieg aus."]
    assert len(found[2]) > 1  # without any mark or capital


@pytest.mark.parametrize("name", NAMES)
def test_short_and_long_names_mean_the_same(name) -> None:
    assert Segment(model=name).models() == Segment(model=name.removeprefix("sentences-")).models()
