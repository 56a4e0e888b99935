"""docmill adapt segment: a new last layer out of a few sentences."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from models import catalog
from models.sentence_boundary.adapted.context import WIDTH, context
from models.sentence_boundary.adapted.examples import ExamplesError, joined, read_examples
from models.sentence_boundary.opening import find
from pipeline.cli.app import main
from pipeline.stage import StageError
from tests.segment.tiny import SAT, sentences

WORDS = [
    "river",
    "stone",
    "letter",
    "under",
    "seven",
    "walked",
    "green",
    "because",
    "table",
    "often",
    "rain",
    "a",
    "of",
]


def notes(number: int, seed: int) -> list[str]:
    """Sentences of a style no model has seen: they end with " //", and stops mean nothing."""
    generator = random.Random(seed)
    return [
        " ".join(
            generator.choice(WORDS) + generator.choice(["", "", "."])
            for _ in range(generator.randrange(4, 9))
        )
        + " //"
        for _ in range(number)
    ]


def write(path, made):
    path.write_text("\n".join(made) + "\n", encoding="utf-8")
    return path


def f1(found, wanted) -> float:
    ends, true = (set(np.cumsum([len(one) for one in side])[:-1].tolist()) for side in (found, wanted))
    return 2 * len(ends & true) / (len(ends) + len(true))


@pytest.fixture(scope="module")
def adapted(tmp_path_factory):
    """A model adapted to the style."""
    folder = tmp_path_factory.mktemp("adapted")
    examples = write(folder / "examples.txt", notes(64, seed=1))
    assert (
        main(["adapt", "segment", "--examples", str(examples), "--model", str(SAT), "--output", str(folder)])
        == 0
    )
    return folder


def test_it_learns_a_style_the_base_does_not_know(adapted) -> None:
    fresh = notes(40, seed=2)
    text = " ".join(fresh)
    wanted = [one + " " for one in fresh[:-1]] + fresh[-1:]
    (before,), (after,) = sentences([text]), sentences([text], model=str(adapted), threshold=None)
    assert "".join(after) == text
    assert f1(before, wanted) < 0.5
    assert f1(after, wanted) > 0.95


def test_the_artifact_has_hash_card_and_base_and_no_text(adapted) -> None:
    entry = find(str(adapted))
    assert catalog.verify_entry(entry).ok
    assert entry.settings == {"base": str(SAT), "base_sha256": find(str(SAT)).sha256}
    assert set(entry.thresholds) == {"default", "paragraph"}
    card = (adapted / entry.card).read_text()
    assert "fitted to 64 segmented" in card
    assert (adapted / "head.npz").stat().st_size < 10_000
    for file in ("card.md", "model.toml", "head.npz"):
        assert b"river" not in (adapted / file).read_bytes()


def test_the_same_examples_give_the_same_bytes(adapted, tmp_path) -> None:
    arguments = ["--examples", str(adapted / "examples.txt"), "--model", str(SAT), "--output", str(tmp_path)]
    assert main(["adapt", "segment", *arguments]) == 0
    assert (tmp_path / "head.npz").read_bytes() == (adapted / "head.npz").read_bytes()


def test_neighbours_change_nothing(adapted) -> None:
    texts = [" ".join(notes(number, seed=number)) for number in (3, 30, 1, 300)]
    alone = [sentences([text], model=str(adapted), threshold=None)[0] for text in texts]
    assert sentences(texts, model=str(adapted), threshold=None) == alone


def test_another_base_is_refused(adapted, tmp_path) -> None:
    for file in ("card.md", "head.npz"):
        (tmp_path / file).write_bytes((adapted / file).read_bytes())
    described = (adapted / "model.toml").read_text()
    (tmp_path / "model.toml").write_text(described.replace(find(str(SAT)).sha256, "0" * 64))
    with pytest.raises(StageError, match="run docmill adapt again"):
        sentences(["a"], model=str(tmp_path))


def test_forms_of_examples(tmp_path) -> None:
    lines = write(tmp_path / "a.txt", ["One here.", "Two here.", "", "Three."])
    records = [{"sentences": ["One here.", "Two here."]}, {"text": "Three.", "sentence_ends": [6]}]
    jsonl = write(tmp_path / "a.jsonl", [json.dumps(one) for one in records])
    assert (
        read_examples(lines)
        == read_examples(jsonl)
        == [joined(["One here.", "Two here."]), joined(["Three."])]
    )
    assert joined(["One. ", "两"]).text == "One. 两"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.txt", None, "there is no such file"),
        ("latin.txt", b"caf\xe9\n", "is not UTF-8"),
        ("one.txt", b"only one sentence\n", "no text has two sentences"),
        ("bad.jsonl", b'{"text": "secret", "sentence_ends": [99]}\n', "line 1 is neither"),
        ("few.txt", b"one.\ntwo.\n", "2 sentences are too few"),
    ],
)
def test_unusable_examples_are_one_line_without_text(tmp_path, capsys, name, content, words) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status = main(["adapt", "segment", "--examples", str(tmp_path / name), "--model", str(SAT)])
    said = capsys.readouterr().err.strip()
    assert status == 2
    assert words in said
    assert "secret" not in said
    assert "\n" not in said


def test_an_adapted_model_is_no_base(adapted, capsys) -> None:
    status = main(["adapt", "segment", "--examples", str(adapted / "examples.txt"), "--model", str(adapted)])
    assert status == 2
    assert "adapt its base" in capsys.readouterr().err


def test_context_sees_line_breaks_and_marks() -> None:
    text = "Done.\n\nNext (one)"
    features = context(text, np.array([5, 11, 17]))
    assert features.shape == (3, WIDTH)
    assert len({tuple(row) for row in features.tolist()}) == 3
    assert set(np.unique(features)) <= {0.0, 1.0}


def test_nothing_is_written_without_examples(tmp_path) -> None:
    with pytest.raises(ExamplesError):
        read_examples(tmp_path / "missing.txt")
