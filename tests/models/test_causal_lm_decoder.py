"""A sequence's logits are its own: whatever else runs beside it, and however its tokens are cut into calls."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.causal_lm import settings as files_settings
from models.causal_lm.decoder import Decoder
from models.causal_lm.folder import find, open_decoder
from models.session import open_session
from onnx_export.causal_lm import random_model

CONTEXT = 400
PROMPTS = st.lists(st.integers(0, 255), min_size=1, max_size=180).map(lambda one: np.array(one, np.int64))
PATIENT = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module", params=["int8", "8", "4", "none"])
def decoder(request, tmp_path_factory) -> Decoder:
    folder = tmp_path_factory.mktemp(request.param)
    return open_decoder(find(str(random_model.write(folder, request.param, context=CONTEXT))))


def greedy(decoder: Decoder, prompt: np.ndarray, steps: int) -> tuple[list[int], np.ndarray]:
    """Tokens and logits of one sequence in a cache of its own, one token at a time."""
    cache = decoder.cache(1, CONTEXT)
    logits = [decoder.prefill([prompt], cache, [0])[0]]
    tokens = [int(logits[0].argmax())]
    for _ in range(steps):
        logits.append(decoder.step(np.array([tokens[-1:]]), cache, [0])[0, 0])
        tokens.append(int(logits[-1].argmax()))
    return tokens, np.stack(logits)


@given(prompts=st.lists(PROMPTS, min_size=1, max_size=6))
@PATIENT
def test_a_batch_changes_no_bit(decoder: Decoder, prompts: list[np.ndarray]) -> None:
    cache = decoder.cache(len(prompts), CONTEXT)
    slots = range(len(prompts))
    alone = [greedy(decoder, one, 4) for one in prompts]
    logits = decoder.prefill(prompts, cache, slots)
    for step in range(5):
        assert all(np.array_equal(logits[i], alone[i][1][step]) for i in slots)
        tokens = np.array([[alone[i][0][step]] for i in slots])
        logits = decoder.step(tokens, cache, slots)[:, 0]


@given(prompts=st.lists(PROMPTS, min_size=1, max_size=4), wide=st.integers(2, 6))
@PATIENT
def test_several_tokens_at_once_change_no_bit(decoder: Decoder, prompts: list[np.ndarray], wide: int) -> None:
    cache = decoder.cache(len(prompts), CONTEXT)
    slots = range(len(prompts))
    alone = [greedy(decoder, one, wide) for one in prompts]
    decoder.prefill(prompts, cache, slots)
    found = decoder.step(np.array([tokens[:wide] for tokens, _ in alone]), cache, slots)
    assert all(np.array_equal(found[i], alone[i][1][1 : wide + 1]) for i in slots)


@given(prompt=PROMPTS, piece=st.integers(1, 70), shared=st.integers(0, 180))
@PATIENT
def test_pieces_and_memory_of_a_prompt_change_no_bit(
    decoder: Decoder, prompt: np.ndarray, piece: int, shared: int
) -> None:
    whole = decoder.prefill([prompt], decoder.cache(1, CONTEXT), [0])
    other = Decoder(decoder._runner._session, decoder.settings, piece)
    cache = other.cache(2, CONTEXT)
    before = np.concatenate([prompt[:shared], [7, 8, 9]])
    assert np.array_equal(other.prefill([before, prompt], cache, [0, 1])[1], whole[0])


def test_a_refused_guess_leaves_no_trace(decoder: Decoder) -> None:
    prompt = np.arange(50)
    tokens, logits = greedy(decoder, prompt, 3)
    cache = decoder.cache(1, CONTEXT)
    decoder.prefill([prompt], cache, [0])
    decoder.step(np.array([[tokens[0], 1, 2, 3]]), cache, [0])
    decoder.rewind(cache, 0, 51)
    found = decoder.step(np.array([tokens[1:3]]), cache, [0])[0]
    assert np.array_equal(found, logits[2:4])


def test_slots_move_are_freed_and_grow(decoder: Decoder) -> None:
    first, second = np.arange(100), np.arange(3)
    cache = decoder.cache(2, CONTEXT)
    decoder.prefill([first, second], cache, [0, 1])
    wide = cache.width
    cache.move(1, 0)
    assert cache.lengths.tolist() == [3, 0]
    cache.resize(1)
    tokens, logits = greedy(decoder, second, 1)
    assert np.array_equal(decoder.step(np.array([tokens[:1]]), cache, [0])[0, 0], logits[1])
    cache.resize(5)
    assert cache.rows == 5
    assert cache.width <= wide


def test_slots_apart_run_apart(decoder: Decoder) -> None:
    prompts = [np.arange(5), np.arange(30)]
    cache = decoder.cache(4, CONTEXT)
    decoder.prefill(prompts, cache, [3, 0])
    found = decoder.step(np.array([[9], [9]]), cache, [3, 0])
    for prompt, logits in zip(prompts, found, strict=True):
        own = decoder.cache(1, CONTEXT)
        decoder.prefill([prompt], own, [0])
        assert np.array_equal(decoder.step(np.array([[9]]), own, [0])[0], logits)


def test_a_window_forgets_what_is_behind_it(tmp_path: Path) -> None:
    """With one layer's window of 8 and two layers, nothing before the last 15 tokens counts."""
    folder = random_model.write(tmp_path, "none")
    about = files_settings.read(folder / "docmill.json")
    session = open_session(folder / "model.onnx")
    narrow = Decoder(session, replace(about, sizes=replace(about.sizes, window=8)))
    wide = Decoder(session, about)
    one, other = np.arange(100), np.concatenate([np.arange(100, 185), np.arange(85, 100)])
    for decoder, same in ((narrow, True), (wide, False)):
        logits = [decoder.prefill([prompt], decoder.cache(1, 128), [0]) for prompt in (one, other)]
        assert np.allclose(*logits, atol=1e-5) == same


@pytest.mark.parametrize("length", [0, 65])
def test_prompts_that_do_not_fit_are_refused(decoder: Decoder, length: int) -> None:
    with pytest.raises(ValueError, match="1 to 64 tokens"):
        decoder.prefill([np.zeros(length, np.int64)], decoder.cache(1, 64), [0])


def test_a_slot_does_not_overflow(decoder: Decoder) -> None:
    cache = decoder.cache(1, 10)
    decoder.prefill([np.arange(9)], cache, [0])
    decoder.step(np.array([[1]]), cache, [0])
    with pytest.raises(ValueError, match="holds 10 tokens"):
        decoder.step(np.array([[1]]), cache, [0])


def test_caches_beyond_the_context_are_refused(decoder: Decoder) -> None:
    with pytest.raises(ValueError, match=f"1 to {CONTEXT} tokens"):
        decoder.cache(1, CONTEXT + 1)
