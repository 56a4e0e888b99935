"""Thresholds are chosen where F1 is largest, for each condition of a text by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from models.sentence_boundary import data, tuning
from models.sentence_boundary.prediction import Places

WORDS = ["Wind", "came", "up", "from", "the", "sea", "and", "nobody", "spoke", "again"]


def records(number: int) -> list[data.Record]:
    parts = [" ".join(WORDS[turn % 3 :]).capitalize() + "." for turn in range(30)]
    return [data.joined("tales", "en", parts) for _ in range(number)]


def surer_when_punctuated(texts: Sequence[str]) -> Iterator[Places]:
    """Right about every end: with probability .8 where there are full stops, .3 elsewhere; wrong about every
    "sea": .6 and .2."""
    for text in texts:
        marked = "." in text
        ends, probabilities = [], []
        at = 0
        for word in text.split(" "):
            at += len(word) + 1
            ends.append(min(at, len(text)))
            plain = word.rstrip(".").lower()
            right, wrong = (0.8, 0.6) if marked else (0.3, 0.2)
            probabilities.append(right if plain == "again" else wrong if plain == "sea" else 0.01)
        yield Places(np.array(ends), np.array(probabilities, dtype=np.float32))


def test_each_condition_gets_its_own_threshold() -> None:
    chosen = tuning.choose(surer_when_punctuated, {"tales": records(3)})
    assert 0.6 <= chosen["punctuated"] < 0.8
    assert 0.6 <= chosen["punctuated_lower"] < 0.8
    assert 0.2 <= chosen["unpunctuated"] < 0.3
    assert 0.2 <= chosen["unpunctuated_lower"] < 0.3
    assert chosen["default"] == chosen["punctuated"]


def test_chosen_thresholds_find_every_sentence() -> None:
    some = records(3)
    chosen = tuning.choose(surer_when_punctuated, {"tales": some})
    for variant in ("clean", "lower", "unmarked", "corrupted"):
        changed = [tuning.variants(record)[variant] for record in some]
        assert tuning.scores(surer_when_punctuated, changed, chosen).f1 == 1.0


def test_too_little_text_gives_no_thresholds() -> None:
    with pytest.raises(ValueError, match="at least 50 boundaries"):
        tuning.choose(surer_when_punctuated, {"tales": records(1)})
