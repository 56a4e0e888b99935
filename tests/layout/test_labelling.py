"""Which label a line gets."""

from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from models.line_labeller.labels import LABELS, NUMBER_OF
from stages.layout.labelling import choose, unite_tables
from stages.layout.options import KEPT, Label, LayoutConfig

FOOTER, BODY, TABLE, NOTE = (NUMBER_OF[name] for name in ("footer", "body", "table", "left_note"))


def line(**given: float) -> np.ndarray:
    row = np.full(len(LABELS), 0.001, np.float32)
    for name, probability in given.items():
        row[NUMBER_OF[name]] = probability
    return row


def names(labels: np.ndarray) -> list[str]:
    return [LABELS[number] for number in labels]


def test_the_most_probable_label_is_taken():
    labels, probability = choose(np.stack([line(footer=0.7, body=0.2)]), KEPT, {})
    assert names(labels) == ["footer"]
    assert probability.tolist() == pytest.approx([0.7])


def test_below_its_threshold_a_line_gets_the_best_of_the_kept_labels():
    given = np.stack([line(footer=0.6, header=0.3, body=0.05, table=0.02), line(footer=0.9)])
    labels, probability = choose(given, KEPT, {"footer": 0.8})
    assert names(labels) == ["body", "footer"]
    assert probability.tolist() == pytest.approx([0.05, 0.9])


def test_of_the_kept_labels_one_that_reaches_its_own_threshold_goes_first():
    given = np.stack([line(footer=0.5, table=0.3, body=0.2)])
    assert names(choose(given, KEPT, {"footer": 0.8, "table": 0.4})[0]) == ["body"]
    assert names(choose(given, ("table",), {"footer": 0.8, "table": 0.4})[0]) == ["table"]


def test_a_table_that_parse_found_has_one_label():
    given = np.stack([line(body=0.6, table=0.3), line(table=0.9), line(footer=0.8), line(body=0.9)])
    labels, probability = choose(given, KEPT, {})
    unite_tables(given, labels, probability, [(0, 3)])
    assert names(labels) == ["table", "table", "table", "body"]
    assert len(set(probability[:3].tolist())) == 1


def test_a_letterhead_that_is_a_table_stays_a_letterhead():
    given = np.stack([line(header=0.9, table=0.05), line(header=0.8, body=0.1)])
    labels, probability = choose(given, KEPT, {})
    unite_tables(given, labels, probability, [(0, 2)])
    assert names(labels) == ["header", "header"]


def test_no_lines_no_labels():
    labels, probability = choose(np.zeros((0, len(LABELS)), np.float32), KEPT, {})
    assert len(labels) == len(probability) == 0


def test_the_options_know_the_labels_of_the_model_and_no_others():
    from typing import get_args

    assert get_args(Label) == LABELS
    assert set(LABELS) - set(KEPT) == {"header", "footer", "page_number", "left_note"}
    for wrong in (
        {"keep": []},
        {"keep": ["heading"]},
        {"keep": ["body", "body"]},
        {"thresholds": {"body": 1.5}},
    ):
        with pytest.raises(ValidationError):
            LayoutConfig.model_validate(wrong)
