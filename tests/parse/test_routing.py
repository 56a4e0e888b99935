"""Which rung a page goes to: by gain less price, whatever the other pages."""

from __future__ import annotations

import hashlib
import math
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.page_router import calibration as files
from models.page_router.predictor import Prediction, model_hashes
from models.page_router.pricing import Price
from pipeline.stage import StageError
from stages.parse.calibration import Calibrator
from stages.parse.choice import Choice
from stages.parse.options import ParseConfig
from stages.parse.routing import Plan, Routing
from stages.parse.rungs.catalogue import rungs_of
from stages.parse.rungs.rung import Rung
from stages.parse.stage import Parse
from tests.calibration.samples import calibration, page, sample
from tests.parse.parsing import batch_of, parse, started
from tests.parse.pdfs import drawn, lines_at

OCR = Rung("ocr", "some.module:Ocr", "ocr")
TABLES = Rung("tables", "some.module:Tables", "tables")
MORE = (1e-5, 1e-7, 1e-6)  # CPU seconds per square inch, character, object
KINDS = {"tables": "tables", "ocr": "ocr"}


def plan(price: Price, *, ocr_seconds: float = 5.0, tables_seconds: float = 0.1) -> Plan:
    made = calibration(
        sample([0.9]), {"ocr": OCR, "tables": TABLES}, {"ocr": ocr_seconds, "tables": tables_seconds}
    )
    rungs = {name: replace(rung, constants=(rung.constants[0], *MORE)) for name, rung in made.rungs.items()}
    return Plan(replace(made, rungs=rungs), KINDS, price)


def prediction(cheap: Sequence[float], **kinds: Sequence[float]) -> Prediction:
    before = np.array(cheap, np.float32)
    return Prediction(before, {kind: np.array(kinds.get(kind, cheap), np.float32) for kind in files.KINDS})


def test_a_page_goes_where_gain_less_price_is_largest() -> None:
    found = plan(Price(0.0, 0.01)).decide(
        prediction([0.95, 0.2, 0.6], ocr=[0.95, 0.9, 0.7], tables=[0.95, 0.3, 0.69]),
        [page(i) for i in range(3)],
    )
    assert [choice.rung for choice in found] == [None, "ocr", "tables"]
    assert (found[0].cheap_quality, found[0].quality) == pytest.approx((0.95, 0.95))
    assert (found[1].cheap_quality, found[1].quality) == pytest.approx((0.2, 0.9))


def test_at_an_infinite_price_every_page_stays() -> None:
    found = plan(Price(math.inf, 0.005)).decide(prediction([0.0], ocr=[1.0]), [page()])
    assert found == [Choice(None, 0.0, 0.0)]


def test_a_blank_page_is_judged_by_nobody() -> None:
    found = plan(Price(0.0, 0.0)).decide(
        prediction([0.0, 0.0], ocr=[1.0, 1.0]), [page(0, "", objects=0.0), page(1, "", objects=1.0)]
    )
    assert found[0] == Choice(None, None, None)
    assert found[1].rung == "ocr"


QUALITY = st.floats(0, 1, width=32)


@given(
    st.lists(st.tuples(QUALITY, QUALITY, QUALITY, st.integers(0, 5000)), min_size=1, max_size=20),
    st.floats(0, 1),
    st.floats(0, 0.2),
    st.randoms(use_true_random=False),
)
def test_a_page_goes_the_same_way_in_any_company(
    rows: list[tuple[float, float, float, int]], per_page: float, per_second: float, order: random.Random
) -> None:
    """Alone, with all others, or among them in another order."""
    chosen = plan(Price(per_page, per_second))

    def decided(some: Sequence[tuple[float, float, float, int]]) -> list[Choice]:
        cheap, ocr, tables, sizes = zip(*some, strict=True)
        pages = [page(number, "x" * size + "y") for number, size in enumerate(sizes)]
        return chosen.decide(prediction(cheap, ocr=ocr, tables=tables), pages)

    together = decided(rows)
    assert [decided([row])[0] for row in rows] == together
    places = list(range(len(rows)))
    order.shuffle(places)
    assert decided([rows[place] for place in places]) == [together[place] for place in places]


# --- with the model, and a program as a rung ----------------------------------------------------------


WORDS = [
    *[
        "the",
        "patient",
        "was",
        "seen",
        "in",
        "the",
        "outpatient",
        "department",
        "with",
        "a",
        "cough",
        "of",
        "three",
    ],
    *[
        "weeks",
        "and",
        "no",
        "fever",
        "an",
        "x",
        "ray",
        "of",
        "the",
        "chest",
        "was",
        "normal",
        "and",
        "treatment",
    ],
    *[
        "with",
        "an",
        "inhaled",
        "drug",
        "was",
        "begun",
        "she",
        "returned",
        "after",
        "a",
        "month",
        "and",
        "felt",
        "well",
    ],
]


def clean(seed: int) -> Any:
    draw = random.Random(seed)
    return lines_at(72, 760, [" ".join(draw.choices(WORDS, k=11)).capitalize() for _ in range(45)])


def garbled(seed: int) -> Any:
    """A text layer such as a broken map to Unicode gives."""
    draw = random.Random(seed)
    letters = "qxzjkvw#~|}{]["
    lines = [
        " ".join("".join(draw.choices(letters, k=draw.randint(2, 9))) for _ in range(11)) for _ in range(45)
    ]
    return lines_at(72, 760, lines)


def nothing(paper: Any) -> None:
    return


CORPUS = [
    drawn(clean(1), clean(2), garbled(3)),
    drawn(clean(4), nothing, clean(5)),
    drawn(garbled(6), clean(7)),
    drawn(clean(8)),
]
GARBLED = [(0, 3), (2, 1)]  # document and page, from 0 and 1


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Options of a rung: a program that reads each page as the same words."""
    script = tmp_path_factory.mktemp("reader") / "reader.py"
    script.write_text("import sys; open(sys.argv[1], 'rb').read(); print('read again')")
    command = {"argv": [sys.executable, str(script), "{input}"], "kind": "ocr"}
    return {"rungs": ["pdfium", "reader"], "commands": {"reader": command}}


@pytest.fixture(scope="module")
def calibrated(reader: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The options, and a calibration made over the corpus."""
    calibrator = Calibrator(ParseConfig(**reader), pages_per_rung=4)
    try:
        calibrator.open()
        for place, data in enumerate(CORPUS):
            calibrator.look(place, f"document-{place}", memoryview(data))
        for place in sorted(calibrator.select()):
            calibrator.measure(place, memoryview(CORPUS[place]))
        made = calibrator.result()
    finally:
        calibrator.close()
    path = tmp_path_factory.mktemp("calibration") / "calibration.json"
    calibrator.save(made, str(path))
    return {**reader, "calibration": str(path)}


def read_again(rows: Sequence[dict[str, Any]]) -> list[tuple[int, int]]:
    return [
        (i, p["number"]) for i, row in enumerate(rows) for p in row["pages"] if p["rung_status"] is not None
    ]


def judged(rows: Sequence[dict[str, Any]]) -> list[Any]:
    keys = ("number", "parser", "rung_status", "cheap_quality", "predicted_quality", "start", "end")
    return [(row["text"], [[p[key] for key in keys] for p in row["pages"]]) for row in rows]


def test_damaged_pages_are_read_again_and_no_others(calibrated: dict[str, Any]) -> None:
    rows = parse(*CORPUS, **calibrated)
    assert read_again(rows) == GARBLED
    for number, row in enumerate(rows):
        for one in row["pages"]:
            sent = (number, one["number"]) in GARBLED
            assert one["parser"] == ("reader" if sent else "pdfium")
            assert (row["text"][one["start"] : one["end"]] == "read again") == sent
            if sent:
                assert one["rung_status"] == "used"
                assert one["predicted_quality"] > one["cheap_quality"]
                assert 0 < one["rung_cost_cpu_s"] < one["cost_cpu_s"]
            else:
                assert one["rung_cost_cpu_s"] is None
                assert one["predicted_quality"] == one["cheap_quality"]


def test_a_blank_page_stays_where_it_is(calibrated: dict[str, Any]) -> None:
    (row,) = parse(CORPUS[1], **calibrated)
    blank = row["pages"][1]
    assert (blank["status"], blank["rung_status"], blank["predicted_quality"]) == ("empty", None, None)


def test_routes_are_the_same_for_any_batch(calibrated: dict[str, Any]) -> None:
    together = parse(*CORPUS, **calibrated)
    with started(Parse(**calibrated)) as stage:
        alone = [stage.process(batch_of([data])).to_pylist()[0] for data in CORPUS]
        backwards = stage.process(batch_of(CORPUS[::-1])).to_pylist()[::-1]
    assert judged(alone) == judged(together)
    assert judged(backwards) == judged(together)


@pytest.mark.parametrize(
    ("budget", "sent"),
    [
        ({"budget_fraction": 0.0}, []),
        ({"budget_cpu_s_per_page": 0.0}, []),
        ({"budget_fraction": 2 / 9}, GARBLED),
        ({"budget_fraction": 1.0}, GARBLED),
        ({"budget_cpu_s_per_page": 1000.0}, GARBLED),
    ],
    ids=str,
)
def test_a_budget_bounds_what_is_read_again(
    calibrated: dict[str, Any], budget: dict[str, float], sent: list[tuple[int, int]]
) -> None:
    assert read_again(parse(*CORPUS, **calibrated, **budget)) == sent


def test_a_small_corpus_neither_starves_nor_overspends(calibrated: dict[str, Any]) -> None:
    """With a cap per batch, a fifth of one page would be none."""
    alone = parse(drawn(garbled(3)), **calibrated, budget_fraction=0.23)
    assert read_again(alone) == [(0, 1)]


def test_the_calibration_and_the_model_are_part_of_what_decides(calibrated: dict[str, Any]) -> None:
    stage = Parse(**calibrated)
    content = Path(calibrated["calibration"]).read_bytes()
    assert stage.dependencies()["calibration"] == hashlib.sha256(content).hexdigest()
    assert model_hashes().items() <= stage.models().items()


def test_check_tells_the_budget_and_the_calibration(calibrated: dict[str, Any]) -> None:
    stage = Parse(**calibrated, budget_fraction=0.25)
    stage.check()
    told = "\n".join(stage.remarks())
    assert "parsers: pdfium, reader" in told
    assert "budget: 25 % of the pages" in told
    assert f"{calibrated['calibration']}, 9 pages of 4 documents, sha256 " in told
    assert "22.2 % go to another rung" in told


def test_one_rung_alone_has_nothing_to_tell() -> None:
    assert Parse().remarks() == []


def refused(**options: Any) -> str:
    with pytest.raises(StageError) as caught:
        Parse(**options).check()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_rung_of_unknown_cost_is_refused(reader: dict[str, Any]) -> None:
    assert "does not tell what reader costs: run 'docmill calibrate parse'" in refused(**reader)


def test_a_rung_with_other_options_than_were_measured_is_refused(calibrated: dict[str, Any]) -> None:
    command = calibrated["commands"]["reader"]
    other = {**command, "argv": [*command["argv"], "--fast"]}
    assert "was made with other options of reader" in refused(**{**calibrated, "commands": {"reader": other}})


def test_a_calibration_of_another_model_is_refused(calibrated: dict[str, Any], tmp_path: Path) -> None:
    words = Path(calibrated["calibration"]).read_text()
    (sha256,) = model_hashes().values()
    (tmp_path / "old.json").write_text(words.replace(sha256, "0" * 64))
    assert "another version of the page router" in refused(
        **{**calibrated, "calibration": str(tmp_path / "old.json")}
    )


def test_a_calibration_that_is_missing_or_none_is_refused(calibrated: dict[str, Any], tmp_path: Path) -> None:
    assert "No such file" in refused(**{**calibrated, "calibration": str(tmp_path / "none.json")})
    (tmp_path / "text.json").write_text("hello")
    assert "is no calibration" in refused(**{**calibrated, "calibration": str(tmp_path / "text.json")})


def test_the_default_calibration_knows_the_parsers_that_docmill_brings() -> None:
    rungs = ["pdfium", "geometric", "tables", "rapidocr", "tesseract"]
    config = ParseConfig(rungs=rungs, budget_fraction=0.05)
    for profile in ("cpu", "edge"):
        told = Routing(config, rungs_of(config, profile), profile).remarks()
        assert "the default one" in "\n".join(told)
