"""Rounds weights to integers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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


def per_row(weight: NDArray[np.float32], largest: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round a matrix with one scale per row.

    Args:
        weight: [rows, width].
        largest: of the codes, which run from -largest to largest.

    Returns:
        codes int8 [rows, width] and scales [rows].
    """
    scales = np.maximum(np.abs(weight).max(axis=1) / largest, 1e-12).astype(np.float32)
    codes = np.clip(np.rint(weight / scales[:, None]), -largest, largest).astype(np.int8)
    return codes, scales


def blocks(weight: NDArray[np.float32], bits: int, block: int) -> Blocks:
    """Round a matrix in blocks along its second axis, the middle code meaning zero."""
    out, into = weight.shape
    count = -(-into // block)
    padded = np.zeros((out, count * block), np.float32)
    padded[:, :into] = weight
    table = padded.reshape(out, count, block)
    middle = 1 << (bits - 1)
    # the value of largest magnitude gets the lowest code, which has no positive counterpart
    peak = np.take_along_axis(table, np.abs(table).argmax(axis=2)[..., None], axis=2)
    scales = peak / -middle
    scales[scales == 0] = 1.0
    codes = np.clip(np.rint(table / scales) + middle, 0, 2 * middle - 1).astype(np.uint8)
    if bits == 4:
        codes = codes[..., 0::2] | (codes[..., 1::2] << 4)
    return Blocks(codes, scales.reshape(-1).astype(np.float32))
