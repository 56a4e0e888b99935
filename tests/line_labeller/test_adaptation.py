"""A few labelled documents of a house teach the labeller its pages; they never make it worse by much."""

from __future__ import annotations

import numpy as np
import pytest

from models.catalog import CatalogError
from models.line_labeller.adapted.artifact import adapt, entry_of
from models.line_labeller.adapted.fit import Example, fit
from models.line_labeller.examples import ExamplesError
from models.line_labeller.labels import NUMBER_OF
from models.line_labeller.predictor import check, model_hashes, open_labeller
from models.line_labeller.scoring import score
from tests.line_labeller.letters import letter, odd_letter


def _examples(make, numbers):
    return [Example(*make(number)) for number in numbers]


def _score(labeller, examples):
    found = np.concatenate(labeller.probabilities([one.lines for one in examples])).argmax(axis=1)
    truth = np.array([NUMBER_OF[label] for one in examples for label in one.labels])
    return score(truth, found)


def test_five_documents_teach_the_pages_of_their_house(tmp_path):
    held_out = _examples(odd_letter, range(20, 26))
    before = _score(open_labeller("edge"), held_out)
    entry, fitted = adapt(_examples(odd_letter, range(5)), tmp_path / "house", "edge")
    after = _score(open_labeller("edge", tmp_path / "house"), held_out)
    assert before.macro < 0.7
    assert after.macro > 0.95
    assert fitted.after > fitted.before
    assert entry.name == "line-labeller-house"


def test_documents_that_are_labelled_well_already_stay_so(tmp_path):
    adapt(_examples(letter, range(3)), tmp_path / "house", "edge")
    held_out = _examples(letter, range(10, 14))
    before = _score(open_labeller("edge"), held_out)
    after = _score(open_labeller("edge", tmp_path / "house"), held_out)
    assert after.macro >= before.macro - 0.01


def test_an_adapted_labeller_labels_a_document_alike_in_any_company(tmp_path):
    adapt(_examples(odd_letter, range(3)), tmp_path / "house", "edge")
    labeller = open_labeller("edge", tmp_path / "house")
    documents = [odd_letter(7)[0], letter(1)[0], odd_letter(8)[0]]
    together = labeller.probabilities(documents)
    for one, found in zip(documents, together, strict=True):
        assert np.array_equal(labeller.probabilities([one])[0], found)


def test_the_same_examples_give_the_same_file(tmp_path):
    hashes = [
        adapt(_examples(odd_letter, range(3)), tmp_path / name, "edge")[0].sha256 for name in ("a", "b")
    ]
    assert hashes[0] == hashes[1]


def test_one_document_is_enough_to_try():
    fitted = fit(open_labeller("edge"), _examples(odd_letter, [1]))
    assert fitted.after >= fitted.before


def test_no_text_of_the_examples_is_kept(tmp_path):
    adapt(_examples(odd_letter, range(3)), tmp_path / "house", "edge")
    for file in (tmp_path / "house").iterdir():
        assert b"valley" not in file.read_bytes()


def test_the_hashes_of_an_adapted_labeller_name_both_models(tmp_path):
    entry, _ = adapt(_examples(odd_letter, range(3)), tmp_path / "house", "edge")
    assert dict(model_hashes(tmp_path / "house"))["line-labeller-house"] == entry.sha256
    assert len(model_hashes(tmp_path / "house")) == 2
    check("edge", tmp_path / "house")


def test_too_few_labels_are_told_in_one_line(tmp_path):
    lines, labels = letter()
    with pytest.raises(ExamplesError, match="too few") as caught:
        adapt([Example(lines, [None] * len(labels))], tmp_path / "house", "edge")
    assert "\n" not in str(caught.value)
    with pytest.raises(ExamplesError, match="same label"):
        adapt([Example(lines, ["body"] * len(labels))], tmp_path / "house", "edge")
    assert not (tmp_path / "house").exists()


def test_a_changed_or_foreign_folder_is_refused(tmp_path):
    with pytest.raises(CatalogError, match="no adapted model"):
        entry_of(tmp_path)
    folder = tmp_path / "house"
    adapt(_examples(odd_letter, range(3)), folder, "edge")
    (folder / "head.npz").write_bytes(b"something else")
    with pytest.raises(CatalogError, match="not the file"):
        open_labeller("edge", folder)
    described = folder / "model.toml"
    described.write_text(described.read_text().replace("base_sha256", "other"))
    with pytest.raises(CatalogError, match="another version"):
        open_labeller("edge", folder)
