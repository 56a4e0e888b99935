"""Training rows say of each token what is known: a sentence ends here, none does, nobody knows."""

from __future__ import annotations

import numpy as np

from models.sentence_boundary.fast.features import encode
from models.sentence_boundary.fast.pools import Piece
from models.sentence_boundary.fast.sampling import Batch, Form, Sampler

CLEAN = Form(corrupted=0, uncased=0, unpunctuated=0, sloppy=0)
CORRUPTED = Form(corrupted=1, uncased=0, unpunctuated=0, sloppy=0)
POOLS = {
    "en": [
        [
            (Piece("The door was open.", True, " "),),
            (Piece("He met Dr.", None, " "), Piece("Brown there.", True, "\n")),
            (Piece("Nobody answered.", True, " "),),
        ]
    ],
    "zh": [[(Piece("门开着。", True, ""),), (Piece("没有人回答。", True, "\n"),)]],
}


def rows(form: Form, pool: str, seed: int = 3) -> Batch:
    return Sampler(POOLS, {pool: 1.0}, seed).batch(4, 128, form)


def ids(text: str) -> set[int]:
    return {int(encode(word).inputs["words"][0]) for word in text.split()}


def test_the_same_seed_gives_the_same_rows() -> None:
    one, other = rows(CORRUPTED, "en"), rows(CORRUPTED, "en")
    assert all((getattr(one, name) == getattr(other, name)).all() for name in Batch.__slots__)
    assert (rows(CORRUPTED, "en", seed=4).words != one.words).any()


def test_clean_rows_end_sentences_at_full_stops_only() -> None:
    batch = rows(CLEAN, "en")
    full_stop = ids(".")
    assert set(batch.words[batch.labels == 1].tolist()) == full_stop
    assert set(batch.words[batch.labels < 0].tolist()) - {0} <= full_stop
    assert not full_stop & set(batch.words[batch.labels == 0].tolist())


def test_corrupted_rows_end_sentences_at_their_last_words() -> None:
    batch = rows(CORRUPTED, "en")
    assert set(batch.words[batch.labels == 1].tolist()) == ids("open there answered")
    assert not ids(". Dr") & set(batch.words[batch.labels == 1].tolist())
    assert set(batch.words[(batch.labels < 0) & (batch.shapes > 0)].tolist()) <= ids("dr open there answered")


def test_rows_are_filled() -> None:
    for pool in POOLS:
        batch = rows(CLEAN, pool)
        assert batch.words.shape == (4, 128)
        assert (batch.shapes > 0).all()
        assert np.isin(batch.labels, (-1, 0, 1)).all()


def test_languages_without_blanks_are_joined_without_blanks() -> None:
    alone = int(encode("门").inputs["shapes"][0])  # nothing before it
    batch = Sampler(POOLS, {"zh": 1.0}, 3).batch(40, 64, CLEAN)
    behind_an_end = np.argwhere(batch.labels[:, :-1] == 1) + np.array([0, 1])
    assert len(behind_an_end)
    gaps = batch.shapes[behind_an_end[:, 0], behind_an_end[:, 1]] == alone
    assert gaps.mean() > 0.8  # some rows keep line ends
