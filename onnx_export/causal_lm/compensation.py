"""Rounds a weight so that what its output loses by rounding one input is made up for by the inputs that follow.

GPTQ (arXiv 2210.17323, algorithm 1), on the activations that the network has on some text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_DAMPING = 0.01  # of the mean of the diagonal
_BLOCK = 64  # inputs that are rounded before the rest hears of it


def compensated(weight: Matrix, moments: Matrix, scales: Matrix, lowest: Matrix, highest: Matrix) -> Matrix:
    """Round a weight, input by input.

    Args:
        weight: [out, in].
        moments: [in, in], sum over tokens of products of inputs.
        scales: what one step of a code is worth; [out, in] or what broadcasts to it, as all that follow.
        lowest, highest: codes.

    Returns:
        codes as floats [out, in].
    """
    size = weight.shape[1]
    # inputs with much weight in the sums first: what they lose finds most others still open
    order = np.argsort(-np.diag(moments), kind="stable")
    upper = _inverse_root(moments[np.ix_(order, order)])
    left = weight[:, order]
    steps, lowest, highest = (
        np.broadcast_to(one, weight.shape)[:, order] for one in (scales, lowest, highest)
    )
    codes = np.empty_like(left)
    for begin in range(0, size, _BLOCK):
        end = min(begin + _BLOCK, size)
        losses = np.empty((len(left), end - begin), np.float32)
        for place in range(begin, end):
            code = np.clip(np.rint(left[:, place] / steps[:, place]), lowest[:, place], highest[:, place])
            loss = (left[:, place] - code * steps[:, place]) / upper[place, place]
            left[:, place:end] -= np.outer(loss, upper[place, place:end])
            codes[:, place], losses[:, place - begin] = code, loss
        left[:, end:] -= losses @ upper[begin:end, end:]
    found = np.empty_like(codes)
    found[:, order] = codes
    return found


def _inverse_root(moments: Matrix) -> Matrix:
    """Return the upper triangular U with U^T U = inverse of the damped moments."""
    wide = moments.astype(np.float64)
    diagonal = np.einsum("ii->i", wide)
    diagonal[diagonal == 0] = 1.0  # an input that was never seen decides nothing
    diagonal += _DAMPING * diagonal.mean()
    inverse = np.linalg.inv(wide)
    root: Matrix = np.linalg.cholesky((inverse + inverse.T) / 2).T.astype(np.float32)
    return root
