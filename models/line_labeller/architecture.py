"""The labeller's network in torch: a small Transformer over the lines of a page, told where they stand to each other.

A sequence is a page with a few lines of the pages beside it. Attention is softened or sharpened by the geometry of
each pair of lines (distances in em of the document, same page or not), so nothing depends on absolute places except
what the features say. Imported by training only.
"""

from __future__ import annotations

import torch
from torch import nn

from models.line_labeller.sequences import PLACES

DEPTH = 2
WIDTH = 48
HEADS = 4
INNER = 96
PAIR = 16


class Layer(nn.Module):  # type: ignore[misc]
    """Attention with a bias for each pair, then a feed-forward network; both after a layer norm."""

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.LayerNorm(WIDTH)
        self.query = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.pair = nn.Linear(PAIR, HEADS, bias=False)  # a constant would not change a softmax
        self.between = nn.LayerNorm(WIDTH)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.dropout = nn.Dropout(0.1)

    def forward(self, rows: torch.Tensor, pairs: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """rows: [s, l, WIDTH]; pairs: [s, PAIR, l, l]; hidden: [s, 1, 1, l], 0 or very low."""
        sequences, length, _ = rows.shape
        taken = self.query(self.before(rows)).reshape(sequences, length, 3, HEADS, WIDTH // HEADS)
        query, key, value = taken.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5
        told = (self.pair.weight @ pairs.flatten(2)).reshape(scores.shape)
        scores = scores + told + hidden
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(sequences, length, WIDTH)
        rows = rows + self.dropout(self.out(mixed))
        return rows + self.dropout(self.down(torch.relu(self.up(self.between(rows)))))


class Network(nn.Module):  # type: ignore[misc]
    """From features and places of sequences to logits of the labels."""

    def __init__(self, features: int, labels: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("scale", torch.ones(features))
        self.enter = nn.Linear(features, WIDTH)
        self.deep = nn.Linear(WIDTH, WIDTH)
        self.pairs = nn.Linear(PLACES, PAIR)
        self.layers = nn.ModuleList(Layer() for _ in range(DEPTH))
        self.last = nn.LayerNorm(WIDTH)
        self.leave = nn.Linear(WIDTH, labels)
        self.dropout = nn.Dropout(0.1)
        self.blank = 0.0

    def forward(self, features: torch.Tensor, places: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """features: [s, l, features]; places: [s, l, PLACES]; there: [s, l], 1 for a line, 0 for none."""
        rows = ((features - self.mean) * self.scale).clamp(-4, 4)
        if self.training and self.blank:
            kept = torch.rand(rows.shape[0], 1, rows.shape[2]) > self.blank
            rows = rows * kept
        rows = self.deep(torch.relu(self.enter(rows)))
        # hinges of how far two lines stand apart in some directions: relu(w (p - q) + b)
        beside = (places - places[:, :1]).clamp(-20, 20)
        ahead = self.pairs(beside).transpose(1, 2)
        pairs = torch.relu(ahead[..., None] - (ahead - self.pairs.bias[:, None])[:, :, None])
        hidden = ((there - 1) * 1e9)[:, None, None]
        for layer in self.layers:
            rows = layer(rows, pairs, hidden)
        found: torch.Tensor = self.leave(self.last(rows))
        return found
