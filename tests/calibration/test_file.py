"""The calibration file: what is written is read, and what is none is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.page_router import calibration as files
from models.page_router.calibration import Calibration, CalibrationError, load, save
from stages.parse.rungs.rung import Rung
from tests.calibration.samples import calibration, sample

OCR = Rung("ocr", "some.module:Ocr", "ocr", {"dpi": 150})
TABLES = Rung("tables", "some.module:Tables", "tables")


@pytest.fixture
def made() -> Calibration:
    of = sample([0.2, 0.91234567, 0.9], blank=2, ocr=[0.7, 0.0, 0.05], tables=[0.0, 0.05, 0.0])
    return calibration(of, {"ocr": OCR, "tables": TABLES}, {"ocr": 6.25, "tables": 0.1})


def test_it_is_read_as_it_was_written(made: Calibration, tmp_path: Path) -> None:
    digest = save(made, tmp_path / "new" / "c.json")
    assert files.file_sha256(tmp_path / "new" / "c.json") == digest
    again = load(tmp_path / "new" / "c.json")
    assert (again.router, again.margin, again.base_price, dict(again.rungs)) == (
        made.router,
        made.margin,
        made.base_price,
        dict(made.rungs),
    )
    assert (again.sample.documents, again.sample.blank, len(again.sample)) == (3, 2, 3)
    assert again.sample.cheap == pytest.approx(made.sample.cheap, abs=1e-5)
    assert again.sample.features == pytest.approx(made.sample.features)
    for kind in files.KINDS:
        assert again.sample.qualities[kind] == pytest.approx(made.sample.qualities[kind], abs=1e-5)


def test_the_same_calibration_gives_the_same_file(made: Calibration, tmp_path: Path) -> None:
    assert save(made, tmp_path / "a.json") == save(load_of(made, tmp_path), tmp_path / "b.json")


def load_of(made: Calibration, tmp_path: Path) -> Calibration:
    save(made, tmp_path / "c.json")
    return load(tmp_path / "c.json")


def test_it_offers_what_any_choice_of_rungs_gains_and_costs(made: Calibration) -> None:
    both = made.offers({"tables": "tables", "ocr": "ocr"})
    assert both.gains == pytest.approx(np.array([[0.0, 0.7], [0.05, 0.0], [0.0, 0.05]]))
    assert both.costs == pytest.approx(np.array([[0.1, 6.25]] * 3))
    assert both.pages == 5
    assert made.offers({"ocr": "ocr"}).gains.shape == (3, 1)
    assert made.offers({}).gains.shape == (3, 0)


def damage(*path: str, value: Any) -> Any:
    def change(data: dict[str, Any]) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        damage("rungs", value=[]),
        damage("rungs", "ocr", "kind", value="magic"),
        damage("rungs", "ocr", "cpu_seconds_per", "page", value=-1),
        damage("rungs", "ocr", "cpu_seconds_per", "page", value="1"),
        damage("rungs", "ocr", "cpu_seconds_per", value={}),
        damage("sample", "cheap", value=[0.1]),
        damage("sample", "cheap", value=[0.1, 0.2, 1.5]),
        damage("sample", "cheap", value=[0.1, 0.2, float("nan")]),
        damage("sample", "quality", "ocr", value=[0.5, 0.5]),
        damage("sample", "pages", "objects", value=[1, 2]),
        damage("sample", "blank_pages", value=-1),
        damage("sample", value=None),
        damage("margin", value=True),
        damage("router", value=7),
    ],
)
def test_a_damaged_file_is_refused(made: Calibration, tmp_path: Path, change: Any) -> None:
    save(made, tmp_path / "c.json")
    data = json.loads((tmp_path / "c.json").read_text())
    change(data)
    (tmp_path / "c.json").write_text(json.dumps(data))
    with pytest.raises(
        CalibrationError, match="is a damaged calibration; make one with 'docmill calibrate parse"
    ):
        load(tmp_path / "c.json")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "is no calibration of the parse stage"),
        (b'{"format": "something else"}', "is no calibration of the parse stage"),
        (b'{"format": "docmill parse calibration 99"}', "another version of docmill"),
    ],
)
def test_what_is_none_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "c.json").write_bytes(content)
    with pytest.raises(CalibrationError, match=words) as caught:
        load(tmp_path / "c.json")
    assert "\n" not in str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CalibrationError, match=r"No such file or directory; make one with"):
        load(tmp_path / "c.json")
    with pytest.raises(CalibrationError, match=r"No such file or directory"):
        files.file_sha256(tmp_path / "c.json")


def test_other_settings_have_another_digest() -> None:
    assert files.settings_digest("a:B", {"dpi": 150}) != files.settings_digest("a:B", {"dpi": 300})
    assert files.settings_digest("a:B", {"x": 1, "profile": "edge"}) == files.settings_digest("a:B", {"x": 1})
    assert files.settings_digest("a:B", {"x": 1, "y": 2}) == files.settings_digest("a:B", {"y": 2, "x": 1})
