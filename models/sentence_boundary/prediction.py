"""From texts to the probability of a sentence end at each place: the path that the stage, the export gate,
adaptation and the evaluation share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import code_points
from models.sentence_boundary.interface import Blocks, BoundaryModel, Encoded, Floats, Offsets
from models.sentence_boundary.windows import Weighting, Window, cut, most_tokens, pack, weights, width_of

_TOKENS_AT_ONCE = 1 << 18  # texts are encoded until so many tokens are held

Compute = Callable[[Mapping[str, NDArray[Any]], NDArray[np.int64]], Floats]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a sentence of one text may end.

    Attributes:
        ends: int64[k], ascending: offsets after trailing white space; more than white space lies before each.
        probabilities: float32[k]: that a sentence ends there.
    """

    ends: NDArray[np.int64]
    probabilities: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Predictor:
    """Runs a model over texts.

    Attributes:
        model: any family.
        stride: tokens from block to block for models that look at blocks; None: the model's own.
        weighting: of the tokens of overlapping blocks.
    """

    model: BoundaryModel
    stride: int | None = None
    weighting: Weighting = "uniform"

    def places(self, texts: Sequence[str]) -> Iterator[Places]:
        """Yield for each text where its sentences may end and how probable each place is."""
        for text, (ends, logits) in zip(texts, self.logits(texts), strict=True):
            yield places(text, ends, logits)

    def logits(self, texts: Sequence[str]) -> Iterator[tuple[Offsets, Floats]]:
        """Yield for each text the ends of its tokens, int32[n], and their logits, float32[n].

        The result of a text does not depend on the others.
        """
        for encoded, merged in self._merged(texts, self.model.logits):
            yield encoded.ends, merged

    def hidden(self, texts: Sequence[str]) -> Iterator[tuple[Offsets, Floats]]:
        """Yield for each text the ends of its tokens and what the model's last layer sees, float32[n, d].

        Raises:
            ValueError: the model does not show it.
        """

        def compute(inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
            found = self.model.hidden(inputs, lengths)
            if found is None:
                raise ValueError("the model does not show what its last layer sees")
            return found

        for encoded, merged in self._merged(texts, compute):
            yield encoded.ends, merged

    def _merged(self, texts: Sequence[str], compute: Compute) -> Iterator[tuple[Encoded, Floats]]:
        group: list[Encoded] = []
        held = 0
        for text in texts:
            encoded = self.model.encode(text)
            group.append(encoded)
            held += len(encoded)
            if held >= _TOKENS_AT_ONCE:
                yield from zip(group, self._run(group, compute), strict=True)
                group, held = [], 0
        yield from zip(group, self._run(group, compute), strict=True)

    def _run(self, group: Sequence[Encoded], compute: Compute) -> list[Floats]:
        """Return float32[n, ...] for each text of the group."""
        windowing = self.model.windowing
        windows = [w for i, one in enumerate(group) for w in cut(i, len(one), windowing, self.stride)]
        found: dict[Window, Floats] = {}
        rows = self.model.batch
        for batch in pack(windows, rows):
            lengths = np.zeros(rows, np.int64)
            lengths[: len(batch)] = [len(window) for window in batch]
            width = min(width_of(len(batch[0])), most_tokens(windowing)) if rows > 1 else len(batch[0])
            inputs = {
                name: _stack([group[w.text].inputs[name][w.start : w.stop] for w in batch], rows, width)
                for name in group[batch[0].text].inputs
            }
            computed = compute(inputs, lengths)
            # copied, so that the batch's filling does not live as long as its rows
            found |= {w: np.array(row[: len(w)]) for w, row in zip(batch, computed, strict=False)}
        per_text: list[list[Window]] = [[] for _ in group]
        for window in windows:
            per_text[window.text].append(window)
        blocks = isinstance(windowing, Blocks)
        return [
            self._average(len(one), mine, found) if blocks else _concatenate(mine, found)
            for one, mine in zip(group, per_text, strict=True)
        ]

    def _average(self, tokens: int, windows: Sequence[Window], found: Mapping[Window, Floats]) -> Floats:
        if len(windows) <= 1:
            return _concatenate(windows, found)
        shares = weights(len(windows[0]), self.weighting)
        first = found[windows[0]]
        total = np.zeros((tokens, *first.shape[1:]), np.float64)
        counted = np.zeros(tokens, np.float64)
        column = (slice(None), *[np.newaxis] * (first.ndim - 1))
        for window in windows:
            total[window.start : window.stop] += shares[column] * found[window]
            counted[window.start : window.stop] += shares
        merged: Floats = (total / counted[column]).astype(np.float32)
        return merged


def places(text: str, ends: Offsets, logits: Floats) -> Places:
    """Turn token logits into places.

    A boundary extends over the white space behind it. Of tokens that end at one offset the last one counts;
    of offsets that only white space parts, the most probable one.
    """
    ends, logits = _last_of_equal(ends, logits)
    solid = np.flatnonzero(~is_space(code_points(text)))
    usable = ends > (solid[0] if len(solid) else len(text))
    ends, logits = ends[usable], logits[usable]
    if not len(ends):
        return Places(np.zeros(0, np.int64), np.zeros(0, np.float32))
    moved = _behind_space(ends, solid, len(text))
    firsts = np.flatnonzero(np.append(True, moved[1:] != moved[:-1]))
    best = np.maximum.reduceat(logits, firsts)
    return Places(moved[firsts], sigmoid(best))


def extended(text: str, ends: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return offsets moved right over white space, int64[n]."""
    return _behind_space(ends, np.flatnonzero(~is_space(code_points(text))), len(text))


def sigmoid(logits: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), without overflow."""
    small = np.exp(-np.abs(logits.astype(np.float32)))
    found: Floats = np.where(logits >= 0, 1 / (1 + small), small / (1 + small)).astype(np.float32)
    return found


def is_space(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Return which code points are white space, as ``str.isspace`` has it."""
    found: NDArray[np.bool_] = _SPACES[np.minimum(codes, len(_SPACES) - 1)]
    return found


# the last white space of Unicode is U+3000; the entry after it stands for everything beyond
_SPACES: NDArray[np.bool_] = np.array([chr(code).isspace() for code in range(0x3002)])


def _last_of_equal(ends: Offsets, logits: Floats) -> tuple[Offsets, Floats]:
    last = np.append(ends[1:] != ends[:-1], True)[: len(ends)]
    return ends[last], logits[last]


def _behind_space(ends: NDArray[np.integer], solid: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    behind: NDArray[np.int64] = np.append(solid, length)[np.searchsorted(solid, ends)]
    return behind


def _concatenate(windows: Sequence[Window], found: Mapping[Window, Floats]) -> Floats:
    if not windows:
        return np.zeros(0, np.float32)
    parts = [found[w][w.first - w.start : w.last - w.start] for w in windows]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _stack(rows: Sequence[NDArray[Any]], number: int, width: int) -> NDArray[Any]:
    if number == 1:
        return rows[0][np.newaxis]
    stacked = np.zeros((number, width, *rows[0].shape[1:]), rows[0].dtype)
    for place, row in zip(stacked, rows, strict=False):
        place[: len(row)] = row
    return stacked
