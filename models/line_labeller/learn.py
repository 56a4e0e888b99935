"""Trains the network. Imported by training only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from models.line_labeller.architecture import Network
from models.line_labeller.corpus import Labelled
from models.line_labeller.features import EM
from models.line_labeller.labels import LABELS
from models.line_labeller.sequences import places, sequences

Array = NDArray[Any]

_LINES = 2048  # of a batch, blanks included
_BLANK = 0.08  # chance that a feature is hidden from a whole sequence
_SMOOTH = 0.03


class Stretch(NamedTuple):
    """One sequence: features, places, truth (-1 where the line is not asked about)."""

    rows: Array
    places: Array
    truth: Array


def sequences_of(documents: Sequence[Labelled], rows: Array) -> list[Stretch]:
    """Cut documents, whose features lie one after the other, into sequences."""
    found, first = [], 0
    for one in documents:
        own = rows[first : first + len(one.truth)]
        first += len(one.truth)
        where = places(one.lines, own[:, EM].astype(np.float64) * 10)
        cut = sequences(one.lines.page)
        asked = np.zeros(cut.rows.size, bool)
        asked[cut.back] = True
        for number, there in enumerate(cut.there.astype(bool)):
            chosen = cut.rows[number][there]
            told = np.where(asked.reshape(cut.rows.shape)[number][there], one.truth[chosen], -1)
            if (told >= 0).any():
                found.append(Stretch(own[chosen], where[chosen], told))
    return found


def fit(parts: Sequence[Stretch], *, epochs: int, seed: int, rate: float = 2e-3) -> Network:
    """Train a network on sequences, in one thread, from a seed."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    network = Network(parts[0].rows.shape[1], len(LABELS))
    sample = np.concatenate([parts[at].rows for at in random.permutation(len(parts))[:3000]])
    network.mean.copy_(torch.from_numpy(sample.mean(0)))
    network.scale.copy_(torch.from_numpy(1 / (sample.std(0) + 0.02)))
    network.blank = _BLANK
    share = np.bincount(np.concatenate([one.truth[one.truth >= 0] for one in parts]), minlength=len(LABELS))
    weight = torch.from_numpy((share.sum() / len(LABELS) / np.maximum(share, 1)) ** 0.3).float()
    wanted = nn.CrossEntropyLoss(weight, ignore_index=-1, label_smoothing=_SMOOTH)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    batches = _batches([len(one.truth) for one in parts], random)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, rate, total_steps=epochs * len(batches), pct_start=0.1
    )
    network.train()
    for _ in range(epochs):
        for batch in random.permutation(len(batches)).tolist():
            rows, where, there, truth = _stacked([parts[at] for at in batches[batch]])
            found = network(rows, where, there)
            loss = wanted(found.reshape(-1, len(LABELS)), truth.reshape(-1))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    network.eval()
    return network


def logits(network: Network, documents: Sequence[Labelled], rows: Array) -> Array:
    """Return float32[lines, labels] of documents whose features lie one after the other."""
    found, first = [], 0
    with torch.no_grad():
        for one in documents:
            own = rows[first : first + len(one.truth)]
            first += len(one.truth)
            where = places(one.lines, own[:, EM].astype(np.float64) * 10)
            cut = sequences(one.lines.page)
            answer = network(
                torch.from_numpy(own[cut.rows]),
                torch.from_numpy(where[cut.rows]),
                torch.from_numpy(cut.there),
            )
            found.append(answer.reshape(-1, len(LABELS))[cut.back].numpy())
    return np.concatenate(found)


def parameters(network: Network) -> dict[str, Array]:
    """Return the parameters as arrays, by name."""
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def _batches(lengths: Sequence[int], random: np.random.Generator) -> list[list[int]]:
    """Sequences of about the same length together."""
    order = np.lexsort((random.random(len(lengths)), np.array(lengths) // 8))
    batches: list[list[int]] = [[]]
    for at in order.tolist():
        if batches[-1] and (len(batches[-1]) + 1) * lengths[at] > _LINES:
            batches.append([])
        batches[-1].append(at)
    return batches


def _stacked(parts: Sequence[Stretch]) -> tuple[torch.Tensor, ...]:
    longest = max(len(one.truth) for one in parts)

    def padded(columns: Sequence[Array], fill: float) -> torch.Tensor:
        found = np.full((len(columns), longest, *columns[0].shape[1:]), fill, columns[0].dtype)
        for number, column in enumerate(columns):
            found[number, : len(column)] = column
        return torch.from_numpy(found)

    there = [np.ones(len(one.truth), np.float32) for one in parts]
    return (
        padded([one.rows for one in parts], 0),
        padded([one.places for one in parts], 0),
        padded(there, 0),
        padded([one.truth for one in parts], -1),
    )
