"""The network in torch, for training. ``graph.py`` writes the same as an ONNX graph.

Embeddings of a token's ids are put side by side; a first window layer looks at neighbours, further ones at
ever wider distances, each adding to what it got. Every logit therefore depends on ``LEFT`` tokens before and
``RIGHT`` tokens after its own and on nothing else. What lies outside a text is zero in every layer.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor, nn

from models.sentence_boundary.fast.features import PIECE_BITS, SHAPES, WORD_BITS

WORD_WIDTH: Final = 48
PIECE_WIDTH: Final = 32
SHAPE_WIDTH: Final = 16
WIDTH: Final = 128
OFFSETS: Final = ((-1, 0, 1, 2), (-3, 0, 3), (-7, 0, 7), (-14, 0, 10))
LEFT: Final = -sum(offsets[0] for offsets in OFFSETS)
RIGHT: Final = sum(offsets[-1] for offsets in OFFSETS)
_INPUT = WORD_WIDTH + 2 * PIECE_WIDTH + SHAPE_WIDTH


class Network(nn.Module):  # type: ignore[misc, unused-ignore]
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(1 << WORD_BITS, WORD_WIDTH, sparse=True)
        self.pieces = nn.Embedding(1 << PIECE_BITS, PIECE_WIDTH, sparse=True)
        self.shapes = nn.Embedding(SHAPES, SHAPE_WIDTH)
        for table in (self.words, self.pieces, self.shapes):
            nn.init.normal_(table.weight, std=0.3 if table is self.shapes else 0.1)
        widths = (_INPUT, *(WIDTH for _ in OFFSETS[1:]))
        self.windows = nn.ModuleList(
            nn.Linear(width * len(offsets), WIDTH) for width, offsets in zip(widths, OFFSETS, strict=True)
        )
        for window in list(self.windows)[1:]:
            assert isinstance(window, nn.Linear)  # noqa: S101
            window.weight.data.mul_(0.7)
        self.head = nn.Linear(WIDTH, 1)

    def forward(self, words: Tensor, pieces: Tensor, shapes: Tensor, dropout: float = 0.0) -> Tensor:
        """Return float[rows, width]: one logit per token."""
        real = (shapes != 0).unsqueeze(-1).to(self.head.weight.dtype)
        state = torch.cat((self.words(words), self.pieces(pieces).flatten(-2), self.shapes(shapes)), dim=-1)
        state = state * real
        if dropout and self.training:
            # Whole words are hidden from time to time, so that pieces and neighbours learn to do without.
            hidden = torch.rand(state.shape[:2]) < dropout
            state[..., :WORD_WIDTH] = state[..., :WORD_WIDTH].masked_fill(hidden.unsqueeze(-1), 0.0)
        for depth, (window, offsets) in enumerate(zip(self.windows, OFFSETS, strict=True)):
            new = torch.relu(window(_neighbours(state, offsets))) * real
            state = state + new if depth else new
        logits: Tensor = self.head(state).squeeze(-1)
        return logits


def _neighbours(state: Tensor, offsets: tuple[int, ...]) -> Tensor:
    """Put the rows at each offset side by side; zeros beyond the edges."""
    before, after, width = -offsets[0], offsets[-1], state.shape[1]
    padded = nn.functional.pad(state, (0, 0, before, after))
    return torch.cat([padded[:, before + at : before + at + width] for at in offsets], dim=-1)
