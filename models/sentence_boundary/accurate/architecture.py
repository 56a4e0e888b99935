"""The encoder in torch, for training and export: BERT layers whose attention looks only a little ahead."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import LOOKAHEAD

WIDTH = 384
HEADS = 12
LAYERS = 6
FIRST_LAYERS = 2  # what every token goes through; the others only where a sentence might end
POSITIONS = 512
MARKS = 7  # classes of the auxiliary objective: which mark follows in the original text (samples.MARKS)
_EPSILON = 1e-12
HIDDEN = -1e4  # added to attention scores that must not count; finite, so that a row of padding has no NaN


class Layer(nn.Module):  # type: ignore[misc, unused-ignore]
    """One post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.attention_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.up = nn.Linear(WIDTH, 4 * WIDTH)
        self.down = nn.Linear(4 * WIDTH, WIDTH)
        self.output_norm = nn.LayerNorm(WIDTH, eps=_EPSILON)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """float[b, t, WIDTH] to the same; ``bias`` float[b or 1, 1, t, t] is added to the scores."""
        rows, width, _ = x.shape
        q, k, v = self.qkv(x).view(rows, width, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = _attend(q, k, v, bias)
        return self._after(x, seen.transpose(1, 2).reshape(rows, width, WIDTH))

    def of_some(self, x: Tensor, seen: Tensor, going: Going) -> Tensor:
        """What ``forward`` makes of some tokens: float[n, WIDTH] that look at ``seen`` float[b, t, WIDTH]."""
        rows, width, _ = seen.shape
        q = functional.linear(x, self.qkv.weight[:WIDTH], self.qkv.bias[:WIDTH])
        rest = functional.linear(seen, self.qkv.weight[WIDTH:], self.qkv.bias[WIDTH:])
        k, v = rest.view(rows, width, 2, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # Rows have different numbers of tokens that go on; attention wants them in one rectangle.
        most = going.bias.shape[2]
        padded = q.new_zeros(rows * most, WIDTH).index_copy(0, going.slots, q)
        attended = _attend(padded.view(rows, most, HEADS, WIDTH // HEADS).transpose(1, 2), k, v, going.bias)
        back = attended.transpose(1, 2).reshape(rows * most, WIDTH).index_select(0, going.slots)
        return self._after(x, back)

    def _after(self, x: Tensor, attended: Tensor) -> Tensor:
        x = self.attention_norm(x + self.dropout(self.out(attended)))
        normed: Tensor = self.output_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return normed


def _attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """Attention written out: on a CPU the backward pass of torch's fused one takes a quarter of a training step."""
    scores = torch.matmul(q * (1 / math.sqrt(WIDTH // HEADS)), k.transpose(-1, -2))
    return torch.matmul(torch.softmax(scores + bias.to(scores.dtype), dim=-1), v)


@dataclass(frozen=True, slots=True)
class Going:
    """Which of the tokens of some rows go through the later layers.

    Attributes:
        places: int64[n]: their places among all b * t.
        slots: int64[n]: their places among b * most, where ``most`` is how many there are at most in a row.
        bias: float[b, 1, most, t]: what is added to their scores.
    """

    places: Tensor
    slots: Tensor
    bias: Tensor

    @staticmethod
    def of(goes_on: Tensor, bias: Tensor) -> Going:
        """bool[b, t] and float[b or 1, 1, t, t], the bias of all tokens."""
        rows, width = goes_on.shape
        most = max(1, int(goes_on.sum(dim=1).max()))
        places = goes_on.reshape(-1).nonzero()[:, 0]
        slots = places // width * most + (goes_on.cumsum(dim=1) - 1).reshape(-1)[places]
        own = bias.expand(rows, 1, width, width).reshape(rows * width, width)[places]
        padded = torch.zeros(rows * most, width).index_copy(0, slots, own)
        return Going(places, slots, padded.view(rows, 1, most, width))


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """Tokens to hidden states, boundary logits and, for training, logits of the next mark.

    ``early`` reads the boundary off the first layers: where it is sure that no sentence ends, a token goes no
    further. What it had become by then is what the later layers of others see of it.
    """

    def __init__(self, vocabulary: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.words = nn.Embedding(vocabulary, WIDTH, sparse=True)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.early = nn.Linear(WIDTH, 1)
        self.boundary = nn.Linear(WIDTH, 1)
        self.mark = nn.Linear(WIDTH, MARKS)

    def forward(self, ids: Tensor, shift: Tensor | None = None, valid: Tensor | None = None) -> Tensor:
        """What the last layer says of every token; see ``states``."""
        return self.states(ids, -math.inf, shift, valid)[1]

    def states(
        self, ids: Tensor, skip_below: float, shift: Tensor | None = None, valid: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Compute some rows.

        Args:
            ids: int64[b, t].
            skip_below: a logit: tokens of which ``early`` says less stop after the first layers.
            shift: int64[b]: the position of each row's first token; 0 unless given.
            valid: bool[b, t]: which tokens are no padding; all unless given.

        Returns:
            float[b, t, WIDTH] after the first layers, the same after the last layer that each token went
            through, and bool[b, t]: which of them went through all.
        """
        place = torch.arange(ids.shape[1])
        ahead = place[None, :] - place[:, None]
        bias = (ahead > LOOKAHEAD).to(torch.float32)[None, None] * HIDDEN
        if valid is not None:
            bias = bias + (~valid).to(torch.float32)[:, None, None, :] * HIDDEN
        at = place[None, :] if shift is None else place[None, :] + shift[:, None]
        x = self.dropout(self.norm(self.words(ids) + self.positions(at)))
        for layer in self.layers[:FIRST_LAYERS]:
            x = layer(x, bias)
        first = x
        with torch.no_grad():
            goes_on = self.early(x)[..., 0] >= skip_below
            if valid is not None:
                goes_on = goes_on & valid
            going = Going.of(goes_on, bias)
        shape = x.shape
        some = x.reshape(-1, WIDTH).index_select(0, going.places)
        for layer in self.layers[FIRST_LAYERS:]:
            some = layer.of_some(some, x, going).to(x.dtype)
            x = x.reshape(-1, WIDTH).index_copy(0, going.places, some).view(shape)
        return first, x, goes_on

    def logits(self, first: Tensor, last: Tensor, goes_on: Tensor) -> tuple[Tensor, Tensor]:
        """What ``states`` returned to float[b, t] twice: what ``early`` says, and what holds in the end."""
        early, late = (head(x)[..., 0] for head, x in ((self.early, first), (self.boundary, last)))
        return early, torch.where(goes_on, late, early)


def from_start(file: Path, dropout: float = 0.0) -> Encoder:
    """Return the encoder with the weights that ``init`` built; the heads start near zero."""
    with np.load(file) as start:
        weights = {name: torch.from_numpy(start[name]) for name in start.files}
    model = Encoder(len(weights["words.weight"]), dropout)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or {name.split(".")[0] for name in missing} != {"early", "boundary", "mark"}:
        raise ValueError(f"{file} does not fit the architecture")
    for head in (model.early, model.boundary):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.constant_(head.bias, -3.0)  # about one token in twenty ends a sentence
    nn.init.normal_(model.mark.weight, std=0.02)
    nn.init.zeros_(model.mark.bias)
    return model
