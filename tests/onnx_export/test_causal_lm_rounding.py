"""What rounding keeps of a weight. No torch needed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onnx_export.causal_lm import rounding
from onnx_export.causal_lm.balance import rotation
from onnx_export.causal_lm.compensation import compensated
from onnx_export.causal_lm.gate import Compared, check, texts_of
from onnx_export.errors import GateError


def weight(out: int, into: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(out, into)).astype(np.float32)


def inputs(tokens: int, width: int) -> np.ndarray:
    """Activations that depend on each other, as those of networks do."""
    random = np.random.default_rng(9)
    mixture = random.normal(size=(8, width))
    mixed = random.normal(size=(tokens, 8)) @ mixture
    return (mixed + 0.3 * random.normal(size=(tokens, width))).astype(np.float32)


def unpacked(stored: rounding.Blocks, shape: tuple[int, int], bits: int, block: int) -> np.ndarray:
    """What MatMulNBits makes of the codes."""
    out, into = shape
    codes = stored.codes.reshape(out, -1)
    zeros = np.full((out, codes.shape[1] * 8 // bits // block), 1 << (bits - 1))
    if bits == 4:
        codes = np.stack([codes & 15, codes >> 4], axis=-1).reshape(out, -1)
        if stored.zeros is not None:
            zeros = np.stack([stored.zeros & 15, stored.zeros >> 4], axis=-1).reshape(out, -1)[
                :, : zeros.shape[1]
            ]
    scales = stored.scales.reshape(out, -1).repeat(block, axis=1)
    return ((codes.astype(int) - zeros.repeat(block, axis=1)) * scales)[:, :into]


@given(out=st.integers(1, 9), into=st.integers(1, 130), bits=st.sampled_from([4, 8]), shift=st.floats(-3, 3))
@settings(deadline=None)
def test_blocks_come_back_within_half_a_step(out: int, into: int, bits: int, shift: float) -> None:
    original = weight(out, into) + np.float32(shift)
    found = unpacked(rounding.blocks(original, bits, 32), original.shape, bits, 32)
    span = np.maximum(original.max(), 0) - np.minimum(original.min(), 0)
    # 4 bits may cut off extremes to be finer elsewhere
    assert np.abs(found - original).max() <= (span / 127 if bits == 8 else 0.35 * span)


def test_rows_of_zeros_stay_zero() -> None:
    zeros = np.zeros((2, 64), np.float32)
    codes, scales = rounding.per_row(zeros, 63)
    assert not codes.any()
    assert (scales > 0).all()
    for bits in (4, 8):
        assert not unpacked(rounding.blocks(zeros, bits, 32), (2, 64), bits, 32).any()


def test_searched_ranges_beat_those_of_the_block_itself(monkeypatch) -> None:
    original = weight(64, 256)

    def loss() -> float:
        found = unpacked(rounding.blocks(original, 4, 32), original.shape, 4, 32)
        return float(np.square(found - original).mean())

    searched = loss()
    monkeypatch.setattr(rounding, "_SHARES", (1.0,))
    assert searched < 0.97 * loss()


@pytest.mark.parametrize("kind", ["rows", "blocks"])
def test_compensation_halves_the_loss_of_the_output(kind: str) -> None:
    original, seen = weight(96, 128), inputs(2000, 128)
    moments = seen.T @ seen

    def loss(given: np.ndarray | None) -> float:
        if kind == "rows":
            codes, scales = rounding.per_row(original, 7, given)
            found = codes * scales[:, None]
        else:
            found = unpacked(rounding.blocks(original, 4, 32, given), original.shape, 4, 32)
        return float(np.square(inputs(500, 128) @ (found - original).T).mean())

    assert loss(moments) < 0.5 * loss(None)


def test_compensated_codes_keep_their_bounds() -> None:
    seen = inputs(200, 64)
    lowest, highest = np.full((1, 1), -3, np.float32), np.full((1, 1), 2, np.float32)
    codes = compensated(weight(8, 64), seen.T @ seen, np.full((8, 1), 0.1, np.float32), lowest, highest)
    assert codes.min() == -3
    assert codes.max() == 2
    assert np.array_equal(codes, np.rint(codes))


def test_inputs_that_were_never_seen_are_rounded_plainly() -> None:
    original = weight(8, 32)
    plain, _ = rounding.per_row(original, 63)
    codes, _ = rounding.per_row(original, 63, np.zeros((32, 32), np.float32))
    assert np.array_equal(codes, plain)


@pytest.mark.parametrize("size", [1, 16, 64, 96, 576, 35])
def test_rotations_are_orthogonal_and_spread(size: int) -> None:
    turn = rotation(size)
    assert np.allclose(turn @ turn.T, np.eye(size), atol=1e-5)
    if size >= 16:
        assert np.abs(turn).max() < 1.5 * size**-0.5


@pytest.mark.parametrize(
    ("divergence", "factor", "words"),
    [(0.031, 1.0, "mean divergence"), (0.0, 1.04, "perplexity"), (float("nan"), 1.0, "mean divergence")],
)
def test_the_gate_refuses(divergence: float, factor: float, words: str) -> None:
    with pytest.raises(GateError, match=rf"refused: .*{words}.*nothing was written"):
        check(Compared(1000, divergence, 20.0, factor, 1.0), "int8")


def test_the_gate_passes_what_is_within_bounds() -> None:
    check(Compared(1000, 0.029, 20.0, 1.02, 0.9), "int8")
    check(Compared(1000, 0.2, 20.0, 1.02, 0.9), "int8", bound=0.3)


def test_the_gates_text_is_not_the_one_that_rounding_saw() -> None:
    from onnx_export.causal_lm.export import _CALIBRATION

    sentences = {one.strip() for text in texts_of(_CALIBRATION) for one in text.split(".") if len(one) > 20}
    assert not sentences & {one.strip() for text in texts_of(None) for one in text.split(".")}
