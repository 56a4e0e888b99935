"""The accurate sentence model: what its tokens, its training samples and its answers must be like."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import catalog
from models.sentence_boundary.accurate import features
from models.sentence_boundary.accurate.features import open_tokenizer, tokenise
from models.sentence_boundary.accurate.init import SOURCE_SHA256, read_source
from models.sentence_boundary.accurate.model import AccurateModel, open_model
from models.sentence_boundary.accurate.samples import (
    IGNORED,
    MARKS,
    Documents,
    Mix,
    Sampler,
    Unit,
    split_carefully,
)
from models.sentence_boundary.prediction import Predictor
from models.session import opener

FOLDER = Path(features.__file__).parent
TOKENIZER = FOLDER / "tokenizer.json"
GRAPH = FOLDER / "graph.onnx"


@pytest.fixture(scope="module")
def model() -> AccurateModel:
    return open_model({"graph": GRAPH, "tokenizer": TOKENIZER}, opener("cpu"), {})


@pytest.fixture(scope="module")
def predictor(model: AccurateModel) -> Predictor:
    return Predictor(model)


def sentences_of(predictor: Predictor, text: str) -> list[str]:
    (found,) = predictor.places([text])
    ends = [int(end) for end in found.ends[found.probabilities >= 0.4] if end < len(text)]
    return [text[a:b].strip() for a, b in zip([0, *ends], [*ends, len(text)], strict=True)]


# tokens


def test_a_token_ends_just_past_its_last_character() -> None:
    text = "Rain fell…  The match (2nd half)\nwent on."
    _, ends = tokenise(open_tokenizer(TOKENIZER), text)
    for word in ("Rain", "fell…", "The", "match", "half)", "went", "on."):
        assert text.index(word) + len(word) in ends


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_ends_rise_strictly_within_any_text(text: str) -> None:
    ids, ends = tokenise(open_tokenizer(TOKENIZER), text)
    assert len(ids) == len(ends)
    assert (np.diff(ends) > 0).all()
    assert not len(ends) or 0 < ends[0] <= ends[-1] <= len(text)


def test_a_text_without_characters_has_no_token() -> None:
    ids, ends = tokenise(open_tokenizer(TOKENIZER), "")
    assert len(ids) == len(ends) == 0


def test_a_long_text_has_the_tokens_of_its_parts() -> None:
    part = "The ferry leaves at nine, and the last one comes back before midnight. "
    one, _ = tokenise(open_tokenizer(TOKENIZER), part.strip())
    many, ends = tokenise(open_tokenizer(TOKENIZER), (part * 900).strip())
    assert many.tolist() == one.tolist() * 900
    assert ends[-1] == len((part * 900).strip())


def test_a_long_text_without_blanks_keeps_its_offsets() -> None:
    text = "船は九時に出ます。" * 3000
    _, ends = tokenise(open_tokenizer(TOKENIZER), text)
    assert set(range(9, len(text) + 1, 9)) <= set(ends.tolist())


def test_no_piece_hides_a_sentence_end_inside() -> None:
    pieces = open_tokenizer(TOKENIZER).get_vocab()
    hiding = [
        piece
        for piece in pieces
        if not piece.startswith("<")
        and any(
            a in ".!?。！？।؟" and not unicodedata.category(b).startswith(("P", "S"))
            for a, b in pairwise(piece)
        )
    ]
    assert hiding == []


# training samples


def test_the_cautious_rule_cuts_only_where_an_end_is_certain() -> None:
    text = "The harbour was closed. Nobody, e.g. Dr. Ito, knew why! was it the fog? We waited."
    assert split_carefully(text) == (
        "The harbour was closed.",
        "Nobody, e.g. Dr. Ito, knew why! was it the fog?",
        "We waited.",
    )
    assert split_carefully("霧が出た。船は出ない。") == ("霧が出た。", "船は出ない。")
    assert split_carefully("नाव चली गई। हम रुके।") == ("नाव चली गई।", "हम रुके।")


def sampler(sentence_groups: list[tuple[str, ...]], length: int = 48) -> Sampler:
    units = tuple(Unit(group, given=False) for group in sentence_groups)
    treebank = Documents("tree", "en", (Unit(("The dog barked.", "The cat did not."), given=True),))
    return Sampler(open_tokenizer(TOKENIZER), [Documents("text", "en", units)], {"tree": treebank}, 3, length)


GROUPS = [("Rain fell all day.", "The river rose, slowly."), ("We moved the cars.",), ("Was it enough?",)]


def test_a_stripped_sample_has_neither_marks_nor_capitals_and_every_end_counts() -> None:
    drawn = sampler(GROUPS)
    tokenizer = open_tokenizer(TOKENIZER)
    for _ in range(20):
        ids, ends, marks = drawn.sample(Mix(0, 0, clean=0, stripped=1, thinned=0))
        pieces = [tokenizer.id_to_token(int(i)) for i in ids if i != features.PAD]
        text = "".join(pieces).replace("▁", " ")
        assert text == text.lower()
        assert not any(unicodedata.category(c)[0] == "P" for c in text)
        closed = ["".join(pieces[: i + 1]) for i in range(len(pieces)) if ends[i] == 1]
        assert len(closed) >= 4
        assert all(one.endswith(("day", "slowly", "cars", "enough")) for one in closed)
        assert {MARKS[m] for m, e in zip(marks, ends, strict=True) if e == 1} <= {"stop", "question"}


def test_in_a_clean_sample_ends_that_only_the_rule_knows_count_neither_way() -> None:
    drawn = sampler(GROUPS)
    tokenizer = open_tokenizer(TOKENIZER)
    seen = set()
    for _ in range(20):
        ids, ends, _ = drawn.sample(Mix(0, 0, clean=1, stripped=0, thinned=0))
        pieces = [tokenizer.id_to_token(int(i)) for i in ids]
        for i in range(len(ids) - 6):  # the last tokens of a sample never count
            if pieces[i] == "." and pieces[i + 1] == "▁The":
                seen.add(float(ends[i]))
    assert seen == {float(IGNORED)}


def test_the_same_seed_draws_the_same_samples() -> None:
    mix = Mix(0.3, 0.5, 0.4, 0.4, 0.2)
    one, other = sampler(GROUPS), sampler(GROUPS)
    for _ in range(10):
        for a, b in zip(one.sample(mix), other.sample(mix), strict=True):
            assert (a == b).all()


def test_another_file_is_no_start(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1" + bytes(100))
    with pytest.raises(ValueError, match="SHA-256 differs"):
        read_source(other)
    assert len(SOURCE_SHA256) == 64


# answers


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ferry to the island leaves at nine.", "Nobody knows when it will come back."],
        ["Die Fähre zur Insel fährt um neun Uhr ab.", "Niemand weiß, wann sie zurückkommt."],
        ["Паром на остров отходит в девять часов.", "Никто не знает, когда он вернётся."],
        ["नाव सुबह नौ बजे निकलती है।", "कोई नहीं जानता कि वह कब लौटेगी।"],
    ],
)
def test_it_finds_the_end_between_two_sentences(predictor: Predictor, sentences: list[str]) -> None:
    assert sentences_of(predictor, " ".join(sentences)) == sentences


def test_it_finds_the_end_between_chinese_sentences(predictor: Predictor) -> None:
    assert sentences_of(predictor, "渡轮九点开往岛上。没有人知道它什么时候回来。") == [
        "渡轮九点开往岛上。",
        "没有人知道它什么时候回来。",
    ]


def test_it_finds_ends_without_marks_and_capitals(predictor: Predictor) -> None:
    text = "the ferry leaves at nine in the morning nobody knows when it will come back do you have a ticket"
    (found,) = predictor.places([text])
    best = set(found.ends[np.argsort(-found.probabilities[:-1])[:2]].tolist())
    assert best == {text.index("nobody"), text.index("do you")}


def test_a_text_has_the_same_logits_whatever_it_is_batched_with(predictor: Predictor) -> None:
    texts = [
        "One text. It is short.",
        "",
        "船は九時に出ます。" * 60,
        " ".join(["A longer one follows."] * 150),
    ]
    together = [logits for _, logits in predictor.logits(texts)]
    for text, logits in zip(texts, together, strict=True):
        ((_, alone),) = predictor.logits([text])
        assert np.array_equal(alone, logits)


def test_what_the_later_layers_are_left_out_for_never_ends_a_sentence(model: AccurateModel) -> None:
    """The first layers alone are only asked where they are sure: all that goes no further stays unlikely, and those
    that go on are ends, or not, as with all layers for all."""
    text = (
        "The ferry leaves at nine. Nobody knows when it will come back. " * 20
        + "do you have a ticket i lost mine"
    )
    skipping = open_model({"graph": GRAPH, "tokenizer": TOKENIZER}, opener("cpu"), {"skip_below": 0.02})
    ((_, whole),) = Predictor(model).logits([text])
    ((_, quick),) = Predictor(skipping).logits([text])
    likely = whole > -3
    assert np.array_equal(whole > 0, quick > 0)
    assert (quick[likely] > -3).all()
    assert (quick[~likely] < -2).all()
    assert (np.abs(whole - quick) > 1e-6).mean() > 0.5


def test_adaptation_sees_the_last_layer_of_every_token(model: AccurateModel) -> None:
    text = "The ferry leaves at nine. Nobody knows when it will come back."
    skipping = open_model({"graph": GRAPH, "tokenizer": TOKENIZER}, opener("cpu"), {"skip_below": 0.2})
    ((_, whole),) = Predictor(model).hidden([text])
    ((_, quick),) = Predictor(skipping).hidden([text])
    assert whole.shape == (len(model.encode(text)), 384)
    assert np.array_equal(whole, quick)


def test_all_its_files_take_no_more_than_forty_megabytes() -> None:
    entry = catalog.load_catalog()["sentences-accurate"]
    assert sum(part.size for part in entry.parts()) == GRAPH.stat().st_size + TOKENIZER.stat().st_size
    assert entry.size <= 40_000_000
