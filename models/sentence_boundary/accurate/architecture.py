"""The encoder in torch, for training and export: BERT layers whose attention looks only a little ahead."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import LOOKAHEAD

WIDTH = 384
HEADS = 12
LAYERS = 3
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
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        attended = self.out(seen.transpose(1, 2).reshape(rows, width, WIDTH))
        x = self.attention_norm(x + self.dropout(attended))
        normed: Tensor = self.output_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))
        return normed


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """Tokens to hidden states, boundary logits and, for training, logits of the next mark.

    ``early`` reads the boundary off the layer before the last: where it is sure that no sentence ends, the last
    layer need not be computed.
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
        """What the last layer says; see ``both``."""
        return self.both(ids, shift, valid)[1]

    def both(
        self, ids: Tensor, shift: Tensor | None = None, valid: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """int64[b, t] to float[b, t, WIDTH] after the layer before the last, and after the last.

        Args:
            ids: tokens.
            shift: int64[b]: the position of each row's first token; 0 unless given.
            valid: bool[b, t]: which tokens are no padding; all unless given.
        """
        place = torch.arange(ids.shape[1])
        ahead = place[None, :] - place[:, None]
        bias = (ahead > LOOKAHEAD).to(torch.float32)[None, None] * HIDDEN
        if valid is not None:
            bias = bias + (~valid).to(torch.float32)[:, None, None, :] * HIDDEN
        at = place[None, :] if shift is None else place[None, :] + shift[:, None]
        x = self.dropout(self.norm(self.words(ids) + self.positions(at)))
        before = x
        for layer in self.layers:
            before, x = x, layer(x, bias)
        return before, x


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
