"""Documents are changed for training so that they stay documents; labels are counted as by hand."""

from __future__ import annotations

import numpy as np
import pytest

from models.line_labeller.augment import Augmenter
from models.line_labeller.corpus import Labelled
from models.line_labeller.features import features
from models.line_labeller.labels import LABELS, NUMBER_OF
from models.line_labeller.scoring import score, table
from tests.line_labeller.letters import letter


def _documents():
    made = []
    for number in range(4):
        lines, labels = letter(number, pages=3, french=number % 2 == 0)
        made.append(
            Labelled(f"letter-{number}", "letter", lines, np.array([NUMBER_OF[one] for one in labels]))
        )
    return made


def test_changed_documents_are_documents_with_a_label_for_each_line():
    documents = _documents()
    change = Augmenter(documents, 7)
    for _ in range(60):
        for one in documents:
            changed = change(one)
            assert len(changed.truth) == len(changed.lines) > 0
            assert set(changed.truth.tolist()) <= set(range(len(LABELS)))
            assert np.isfinite(features([changed.lines])).all()


def test_the_same_seed_changes_alike_and_another_one_otherwise():
    documents = _documents()
    made = [[Augmenter(documents, seed)(one).lines.texts for one in documents] for seed in (1, 1, 2)]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_the_documents_themselves_stay_as_they_are():
    documents = _documents()
    before = features([one.lines for one in documents])
    change = Augmenter(documents, 3)
    for _ in range(20):
        for one in documents:
            change(one)
    assert np.array_equal(features([one.lines for one in documents]), before)


def test_scores_are_those_of_counting():
    body, header = NUMBER_OF["body"], NUMBER_OF["header"]
    result = score(np.array([body, body, body, header, -1]), np.array([body, body, header, header, body]))
    assert result.precision[body] == 1
    assert result.recall[body] == pytest.approx(2 / 3)
    assert result.f1[header] == pytest.approx(2 / 3)
    assert result.macro == pytest.approx((0.8 + 2 / 3) / 2)
    assert "| macro | | | 73.3 | 4 |" in table(result)
