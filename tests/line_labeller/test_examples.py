"""Labels beside a PDF: the smallest box that holds a line's middle names it; what is wrong is told in one line."""

from __future__ import annotations

import json

import pytest

from models.line_labeller.examples import ExamplesError, Region, labels_of, read_regions
from tests.line_labeller.letters import Page, document


def _two_lines():
    page, other = Page(), Page()
    page.add("first", 100, 100, "body")
    page.add("second", 100, 200, "body")
    other.add("third", 100, 100, "body")
    return document([page, other])[0]


def test_a_line_takes_the_label_of_the_smallest_region_around_its_middle():
    regions = [
        Region(1, (90, 95, 200, 115), "title"),
        Region(1, (0, 0, 595, 842), "body"),
        Region(1, (0, 0, 595, 150), "header"),
    ]
    assert labels_of(_two_lines(), regions) == ["title", "body", None]


def test_of_regions_of_the_same_size_the_first_counts():
    regions = [Region(2, (0, 0, 595, 842), "table"), Region(2, (0, 0, 595, 842), "body")]
    assert labels_of(_two_lines(), regions) == [None, None, "table"]


def test_no_regions_no_labels():
    assert labels_of(_two_lines(), []) == [None, None, None]
    assert labels_of(document([Page()])[0], [Region(1, (0, 0, 1, 1), "body")]) == []


def test_a_file_is_read_as_it_was_written(tmp_path):
    file = tmp_path / "letter.json"
    regions = [{"page": 1, "bbox": [1, 2.5, 3, 4], "label": "page_number"}]
    file.write_text(json.dumps({"version": 1, "regions": regions}))
    assert read_regions(file) == [Region(1, (1.0, 2.5, 3.0, 4.0), "page_number")]


_GOOD = {"page": 1, "bbox": [0, 0, 1, 1], "label": "body"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "must hold"),
        ({"version": 1}, "must hold"),
        ({"version": 2, "regions": []}, '"version" must be 1'),
        ({"version": 1, "regions": [[]]}, "region 1"),
        ({"version": 1, "regions": [_GOOD, _GOOD | {"page": 0}]}, "region 2: page"),
        ({"version": 1, "regions": [_GOOD | {"page": "1"}]}, "region 1: page"),
        ({"version": 1, "regions": [_GOOD | {"page": True}]}, "region 1: page"),
        ({"version": 1, "regions": [_GOOD | {"bbox": [1, 2, 3]}]}, "region 1: bbox"),
        ({"version": 1, "regions": [_GOOD | {"bbox": [0, 0, float("nan"), 1]}]}, "region 1: bbox"),
        ({"version": 1, "regions": [_GOOD | {"bbox": [0, 9, 1, 1]}]}, "y0 <= y1"),
        ({"version": 1, "regions": [_GOOD | {"label": "Secret words of a patient"}]}, "one of body, section"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, content, says):
    file = tmp_path / "letter.json"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(content if isinstance(content, str) else json.dumps(content))
    with pytest.raises(ExamplesError) as caught:
        read_regions(file)
    message = str(caught.value)
    assert says in message
    assert "\n" not in message
    assert "Secret" not in message


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(ExamplesError, match="cannot be read"):
        read_regions(tmp_path / "none.json")
