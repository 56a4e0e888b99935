"""The encoder as the graph computes it: one row, and the later layers only where a sentence might end.

After the first layers ``early`` is sure about most tokens: no sentence ends there. Those go no further, as in early
exit by confidence (DeeBERT, arXiv 2004.12993, section 3), but each token by itself: those that go on see the
others as the first layers left them, which is how the encoder was trained. Where ``early`` is below ``skip_below``
the logit is that of ``early``; with -inf all tokens go through all layers.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from .architecture import FIRST_LAYERS, HIDDEN, WIDTH, Encoder, Layer
from .architecture import HEADS as ATTENTION_HEADS
from .features import LOOKAHEAD

HEADS = ("early", "boundary")  # of one column each: in eight bits there is nothing to gain


class OneRow(nn.Module):  # type: ignore[misc, unused-ignore]
    """The encoder for one row without padding.

    Args:
        encoder: trained; not changed.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.words = encoder.words
        self.positions = encoder.positions
        self.norm = encoder.norm
        self.layers = nn.ModuleList(_Layer(layer) for layer in encoder.layers[:FIRST_LAYERS])
        self.later = nn.ModuleList(_LaterLayer(layer) for layer in encoder.layers[FIRST_LAYERS:])
        self.early = encoder.early
        self.boundary = encoder.boundary

    def forward(self, input_ids: Tensor, skip_below: Tensor) -> tuple[Tensor, Tensor]:
        """Compute one row.

        Args:
            input_ids: int64[1, t].
            skip_below: float[]: a logit.

        Returns:
            logits float[1, t], and hidden float[1, t, WIDTH] of the last layer that a token went through.
        """
        place = torch.arange(input_ids.shape[1])
        bias = (place[None, :] - place[:, None] > LOOKAHEAD).to(torch.float32) * HIDDEN
        x = self.norm(self.words(input_ids) + self.positions(place))
        for layer in self.layers:
            x = layer(x, bias)
        sure = self.early(x)[0, :, 0]
        # The last token goes on in any case: matrices of no rows are nothing a kernel should have to bear.
        goes_on = (sure >= skip_below) | (place == input_ids.shape[1] - 1)
        at = goes_on.nonzero()[:, 0]
        row = torch.zeros_like(at)
        for layer in self.later:
            x = x.index_put((row, at), layer(x[:, at], x, bias[at])[0])
        logits = sure.index_put((at,), self.boundary(x[:, at])[0, :, 0])
        return logits[None], x


class _Layer(nn.Module):  # type: ignore[misc, unused-ignore]
    """A layer in which every token looks at every other that it may see."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.qkv = _scaled(layer.qkv)
        self.after = _After(layer)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """float[1, t, WIDTH], ``bias`` float[t, t], to the same.

        There is a first axis because matrices of two axes are exported with their bias as one node, which
        the quantisation handles worse.
        """
        q, k, v = self.qkv(x).split(WIDTH, dim=-1)
        result: Tensor = self.after(x, _attention(q, k, v, bias))
        return result


class _LaterLayer(nn.Module):  # type: ignore[misc, unused-ignore]
    """A layer in which some tokens look at all."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        qkv = _scaled(layer.qkv)
        self.queries = _rows(qkv, 0, WIDTH)
        self.rest = _rows(qkv, WIDTH, 3 * WIDTH)
        self.after = _After(layer)

    def forward(self, x: Tensor, seen: Tensor, bias: Tensor) -> Tensor:
        """float[1, n, WIDTH] that look at ``seen`` float[1, t, WIDTH], ``bias`` float[n, t], to the same."""
        k, v = self.rest(seen).split(WIDTH, dim=-1)
        result: Tensor = self.after(x, _attention(self.queries(x), k, v, bias))
        return result


class _After(nn.Module):  # type: ignore[misc, unused-ignore]
    """What follows the attention of a layer."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.out = _rows(layer.out, 0, WIDTH)
        self.attention_norm = layer.attention_norm
        self.up = _rows(layer.up, 0, 4 * WIDTH)
        self.down = _rows(layer.down, 0, WIDTH)
        self.output_norm = layer.output_norm

    def forward(self, x: Tensor, attended: Tensor) -> Tensor:
        x = self.attention_norm(x + self.out(attended))
        normed: Tensor = self.output_norm(x + self.down(functional.gelu(self.up(x))))
        return normed


def _attention(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """float[1, n, WIDTH], float[1, t, WIDTH] twice and float[n, t] to float[1, n, WIDTH]."""
    q, k, v = (
        each[0].view(-1, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).transpose(0, 1) for each in (q, k, v)
    )
    weights = torch.softmax(torch.matmul(q, k.transpose(1, 2)) + bias, dim=-1)
    return torch.matmul(weights, v).transpose(0, 1).reshape(1, -1, WIDTH)


def _scaled(qkv: nn.Linear) -> nn.Linear:
    """Return the matrix with the scale of the scores in its queries."""
    copied = _rows(qkv, 0, 3 * WIDTH)
    with torch.no_grad():
        for parameter in (copied.weight, copied.bias):
            parameter[:WIDTH] /= math.sqrt(WIDTH // ATTENTION_HEADS)
    return copied


def _rows(matrix: nn.Linear, start: int, stop: int) -> nn.Linear:
    """Return a copy of what computes some of the outputs."""
    copied = nn.Linear(matrix.in_features, stop - start)
    with torch.no_grad():
        copied.weight.copy_(matrix.weight[start:stop])
        copied.bias.copy_(matrix.bias[start:stop])
    return copied
