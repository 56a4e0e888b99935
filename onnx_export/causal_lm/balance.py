"""Rewrites weights so that they and the activations between them survive rounding; the network stays the same.

In exact arithmetic nothing changes:

- what RMSNorm multiplies by is folded into the products behind it;
- the residual stream is rotated by an orthogonal matrix: what is written into it is turned, what reads from it
  turns back (QuaRot, arXiv 2404.00456, section 4; SpinQuant, arXiv 2405.16406). Large values of few channels, which
  spoil the scale of a token, are spread over all of them; so are values within each head;
- channels between ``up`` and ``down`` are scaled so that large activations lend some of their range to the
  weights (SmoothQuant, arXiv 2211.10438, equation 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.architecture import Architecture

Matrix = NDArray[np.float32]

_SEED = 7


class Balanced(Mapping[str, Matrix]):
    """Weights, rewritten one at a time when they are asked for. The head is a weight of its own.

    Args:
        weights: by the names of transformers' Llama, [out, in].
        model: sizes.
        peaks: per layer, the largest magnitude of each input channel of ``down`` [intermediate] on some text.
        strength: share of the range that moves from activations to weights, 0 to 1.

    Attributes:
        model: the sizes to write the graph with.
    """

    def __init__(
        self,
        weights: Mapping[str, Matrix],
        model: Architecture,
        peaks: Sequence[Matrix],
        strength: float = 0.5,
    ) -> None:
        self._weights, self._model = weights, model
        self.model = replace(model, tied=False)
        self._turn = rotation(model.hidden)
        self._turn_head = rotation(model.head_size)
        self._scales = [self._scale(number, peak, strength) for number, peak in enumerate(peaks)]

    def __iter__(self) -> Iterator[str]:
        yield from self._weights
        if "lm_head.weight" not in self._weights:
            yield "lm_head.weight"

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, name: str) -> Matrix:
        if name == "model.embed_tokens.weight":
            return _product(self._weights[name], self._turn)
        if name == "lm_head.weight":
            head = name if not self._model.tied else "model.embed_tokens.weight"
            return _product(self._weights[head] * self._weights["model.norm.weight"], self._turn)
        if name.endswith(("q_norm.weight", "k_norm.weight")):
            return self._weights[name]
        if name.endswith("norm.weight"):
            return np.ones_like(self._weights[name])
        number = int(name.split(".")[2])
        part = name.rpartition("_proj.")[0].rpartition(".")[2]
        found: Matrix = self._weights[name]
        if part == "v":
            found = self.by_head(found)
        if name.endswith(".bias"):
            return found
        prefix = f"model.layers.{number}."
        if part in "qkv":
            return _product(found * self._weights[prefix + "input_layernorm.weight"], self._turn)
        if part == "o":
            heads = found.reshape(len(found), self._model.heads, self._model.head_size)
            return _product(self._turn.T, _product(heads, self._turn_head).reshape(found.shape))
        if part == "down":
            return _product(self._turn.T, found * self._scales[number])
        found = _product(found * self._weights[prefix + "post_attention_layernorm.weight"], self._turn)
        if part == "up":
            found /= self._scales[number][:, None]  # a product of its own, not the weight that was given
        return found

    def moments(self, number: int, part: str, found: Matrix) -> Matrix:
        """Turn the second moments of a product's inputs [in, in] into those of the rewritten network.

        Args:
            number: of the layer.
            part: as ``moments.Activations.moments``.
            found: of the network as it was.
        """
        if part == "down":
            return found / np.outer(self._scales[number], self._scales[number])
        if part == "o":
            size, heads = self._model.head_size, self._model.heads
            parted = _product(found.reshape(-1, heads, size), self._turn_head).reshape(found.shape)
            return _product(parted.T.reshape(-1, heads, size), self._turn_head).reshape(found.shape)
        norm = "input" if part == "qkv" else "post_attention"
        gamma = self._weights[f"model.layers.{number}.{norm}_layernorm.weight"]
        # what the norm multiplies by nothing is not seen behind it
        back = np.divide(1, gamma, out=np.zeros_like(gamma), where=np.abs(gamma) > 1e-6)
        return _product(_product(self._turn.T, found * np.outer(back, back)), self._turn)

    def by_head(self, found: Matrix) -> Matrix:
        """Rotate the outputs of ``v`` within each head; weight [out, in], bias [out], or outputs [out, tokens]."""
        heads = found.reshape(self._model.kv_heads, self._model.head_size, -1)
        return _product(self._turn_head.T, heads).reshape(found.shape)

    def _scale(self, number: int, peak: Matrix, strength: float) -> Matrix:
        prefix = f"model.layers.{number}.mlp."
        weights = np.abs(self._weights[prefix + "down_proj.weight"]).max(axis=0)
        scale = np.maximum(peak, 1e-5) ** strength / np.maximum(weights, 1e-5) ** (1 - strength)
        found: Matrix = (scale / np.exp(np.log(scale).mean())).astype(np.float32)
        return found


def rotation(size: int) -> Matrix:
    """Return an orthogonal matrix [size, size] that spreads every channel over all.

    A Hadamard matrix of the largest power of two in ``size``, times a cosine matrix of the rest, with random
    signs from a fixed seed.
    """
    power = size & -size
    hadamard = np.ones((1, 1))
    while len(hadamard) < power:
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]]) / np.sqrt(2)
    rest = size // power
    places = np.arange(rest)
    cosine = np.cos(np.pi / rest * (places[None] + 0.5) * places[:, None]) * np.sqrt(2 / rest)
    cosine[0] /= np.sqrt(2)
    signs = np.random.default_rng(_SEED).choice([-1.0, 1.0], size)
    turned: Matrix = (signs[:, None] * np.kron(hadamard, cosine)).astype(np.float32)
    return turned


def _product(one: Matrix, other: Matrix) -> Matrix:
    found: Matrix = np.matmul(one, other)
    return found
