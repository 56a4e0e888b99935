"""The shipped model on pages that nobody trained it on."""

import numpy as np
import pytest

from models import catalog
from models.page_router import predictor
from models.page_router.degrade.document import damaged
from models.page_router.degrade.kinds import Blank, Paper, Scan, Unmapped
from models.page_router.features import NAMES
from models.page_router.pricing import MARGIN
from tests.page_router.documents import page, read, story

PAPER = Paper(dpi=150, blur=0.4, skew=0.2, noise=6.0, fade=0.1, jpeg=70, seed=3)


@pytest.fixture(scope="module")
def model():
    return predictor.open_predictor()


@pytest.fixture(scope="module")
def plain() -> bytes:
    return story(2)


def judged(model, data: bytes, number: int = 0) -> dict[str, float]:
    found = model.predict(read(data))
    return {"cheap": float(found.cheap[number])} | {
        kind: float(values[number]) for kind, values in found.kinds.items()
    }


def test_a_good_page_stays_where_it_is(model, plain):
    found = judged(model, plain)
    assert found["cheap"] > 0.95
    assert max(found.values()) - found["cheap"] < MARGIN


def test_a_picture_without_text_gains_by_recognition(model, plain):
    found = judged(model, damaged(plain, {0: Scan(PAPER)}))
    assert found["cheap"] < 0.1
    assert found["text"] < 0.1
    assert found["ocr"] > 0.7


def test_a_picture_under_a_good_text_stays_where_it_is(model, plain):
    found = judged(model, damaged(plain, {0: Scan(PAPER, errors=0.0)}))
    assert found["ocr"] - found["cheap"] < MARGIN


def test_the_more_mistakes_the_lower_the_quality(model, plain):
    cheap = [
        judged(model, damaged(plain, {0: Scan(PAPER, errors, 1)}))["cheap"] for errors in (0.0, 0.05, 0.15)
    ]
    assert cheap[0] > cheap[1] > cheap[2]


def test_many_mistakes_gain_by_recognition(model, plain):
    found = judged(model, damaged(plain, {0: Scan(PAPER, 0.15, 1)}))
    assert found["ocr"] - found["cheap"] > 0.1


@pytest.mark.parametrize("how", ["permuted", "shifted"])
def test_wrong_maps_gain_by_recognition(model, plain, how):
    found = judged(model, damaged(plain, {0: Unmapped(how, 1.0, 1)}))
    assert found["cheap"] < 0.4
    assert found["ocr"] - found["cheap"] > 0.3


def test_of_an_unknown_program_as_much_is_expected_as_of_the_better_known_reading(model, plain):
    for data in (plain, damaged(plain, {0: Scan(PAPER)})):
        found = judged(model, data)
        assert found["other"] == max(found["cheap"], found["ocr"])


def test_a_page_is_judged_the_same_in_any_company(model, plain):
    pages = [
        *read(plain),
        *read(damaged(plain, {0: Scan(PAPER), 1: Blank()})),
        page("x"),
        page("Ein kurzer Satz auf Deutsch."),
    ]
    together = model.predict(pages)
    for number, one in enumerate(pages):
        alone = model.predict([one])
        assert alone.cheap[0] == together.cheap[number]
        for kind, values in together.kinds.items():
            assert alone.kinds[kind][0] == values[number]


def test_predictions_are_shares_whatever_the_features(model):
    chance = np.random.default_rng(1)
    rows = chance.normal(0, 100, (200, len(NAMES))).astype(np.float32)
    found = model.of_features(rows)
    for values in (found.cheap, *found.kinds.values()):
        assert ((values >= 0) & (values <= 1)).all()


def test_no_pages_no_predictions(model):
    found = model.predict([])
    assert len(found.cheap) == 0
    assert set(found.kinds) == {"text", "tables", "ocr", "other"}


def test_a_page_without_evidence_is_refused(model):
    with pytest.raises(ValueError, match="evidence"):
        model.predict([page("text")._replace(evidence=None)])


def test_the_model_is_the_one_of_the_catalog():
    assert catalog.verify(predictor.MODEL).ok
    assert predictor.model_hashes() == {predictor.MODEL: catalog.entry(predictor.MODEL).sha256}
    predictor.check("cpu")
    assert catalog.entry(predictor.MODEL).size < 1_000_000
