"""Rounds weights to integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.compensation import compensated

Matrix = NDArray[np.float32]

_SHARES = (1.0, 0.96, 0.92, 0.88, 0.84, 0.8, 0.75, 0.7)  # of a block's own range


@dataclass(frozen=True)
class Blocks:
    """A weight [out, in] in blocks along the input, as MatMulNBits stores it.

    Attributes:
        codes: uint8 [out, blocks, bytes of a block]; 4-bit codes two to a byte, the first in the low half.
        scales: float32 [out * blocks].
        zeros: packed zero points [out, bytes of a row of blocks]; None: the middle code.
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]
    zeros: NDArray[np.uint8] | None = None


def per_row(
    weight: NDArray[np.float32], largest: int, moments: Matrix | None = None
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round a matrix with one scale per row.

    Args:
        weight: [rows, width].
        largest: of the codes, which run from -largest to largest.
        moments: of the inputs [width, width], to make up for losses (``compensation.py``); None: not known.

    Returns:
        codes int8 [rows, width] and scales [rows].
    """
    scales = np.maximum(np.abs(weight).max(axis=1) / largest, 1e-12).astype(np.float32)
    if moments is None:
        codes = np.clip(np.rint(weight / scales[:, None]), -largest, largest)
    else:
        bound = np.full((1, 1), largest, np.float32)
        codes = compensated(weight, moments, scales[:, None], -bound, bound)
    return codes.astype(np.int8), scales


def blocks(weight: Matrix, bits: int, block: int, moments: Matrix | None = None) -> Blocks:
    """Round a matrix in blocks along its second axis: 8 bits around zero, 4 bits with a zero point per block.

    Args:
        weight: [out, in].
        bits: 8 or 4.
        block: inputs that share a scale.
        moments: as ``per_row``; used for 4 bits.
    """
    out, into = weight.shape
    count = -(-into // block)
    padded = np.zeros((out, count * block), np.float32)
    padded[:, :into] = weight
    table = padded.reshape(out, count, block)
    if bits == 8:
        return _around_zero(table)
    codes, scales, zeros = _searched(table)
    if moments is not None:
        steps, middles = (
            np.repeat(one, block, axis=1)[:, :into] for one in (scales, zeros.astype(np.float32))
        )
        kept = compensated(weight, moments, steps, -middles, 15 - middles) + middles
        codes.reshape(out, -1)[:, :into] = kept.astype(np.uint8)
    even = np.zeros((out, count + count % 2), np.uint8)
    even[:, :count] = zeros
    return Blocks(_pairs(codes), scales.reshape(-1), _pairs(even))


def _around_zero(table: NDArray[np.float32]) -> Blocks:
    scales = np.maximum(np.abs(table).max(axis=2, keepdims=True) / 127, 1e-12)
    codes = (np.rint(table / scales) + 128).astype(np.uint8)
    return Blocks(codes, scales.reshape(-1).astype(np.float32))


def _searched(
    table: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.uint8]]:
    """Round each block to 16 levels; of several ranges, take the one with the least squared error.

    A range a little narrower than the block's own cuts off its extremes and rounds all others more finely.
    """
    lowest, highest = (np.minimum(table.min(axis=2), 0), np.maximum(table.max(axis=2), 0))
    best = np.full(lowest.shape, np.inf, np.float32)
    codes: NDArray[np.uint8] = np.zeros(table.shape, np.uint8)
    scales, zeros = np.ones_like(lowest), np.zeros_like(lowest)
    for share in _SHARES:
        step = np.maximum((highest - lowest) * (share / 15), 1e-12)
        zero = np.clip(np.rint(-lowest * share / step), 0, 15)
        found = np.clip(np.rint(table / step[..., None]) + zero[..., None], 0, 15)
        error = np.square((found - zero[..., None]) * step[..., None] - table).sum(axis=2)
        better = error < best
        best[better], scales[better], zeros[better] = error[better], step[better], zero[better]
        codes[better] = found[better]
    return codes, scales, zeros.astype(np.uint8)


def _pairs(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Put two 4-bit codes into a byte, the first in the low half."""
    packed: NDArray[np.uint8] = (codes[..., 0::2] | (codes[..., 1::2] << 4)).astype(np.uint8)
    return packed
