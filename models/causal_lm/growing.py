"""Runs a decoder's graph that takes past keys and values and gives them back one token longer, as optimum exports it.

Graphs that docmill writes itself change their cache in place (``decoder.py``); this one is for all others. What comes
out for a sequence depends on its own tokens alone, as there, because every sum is made to have the same terms at the
same places whatever else runs:

- a prompt runs by itself, in pieces that begin at multiples of ``PIECE``;
- after it tokens run one at a time, never as a table of a single row: kernels for one row sum in another order;
- rows of different lengths run together, each behind unseen places that fill it up to a multiple of ``cache.BUCKET``
  on the left; in longer company there are more such places, whole multiples of it, which add nothing but zeros.

Whether all this holds for a graph the export tries out before it writes it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.cache import BUCKET, Cache
from models.causal_lm.prompted import PIECE, Logits, PromptedDecoder, Tokens
from models.causal_lm.settings import Settings, Sizes
from models.session import OnnxSession

Past = dict[str, NDArray[Any]]


class GrowingDecoder(PromptedDecoder):
    """A decoder-only language model. The interface is that of ``decoder.Decoder``.

    Args:
        session: of the graph: ``input_ids``, ``attention_mask``, perhaps ``position_ids``, and
            ``past_key_values.N.key`` and ``.value`` [rows, kv_heads, width, head_size] in; ``logits`` and
            ``present.N.key`` and ``.value`` out.
        settings: of the model.
    """

    def __init__(self, session: OnnxSession, settings: Settings) -> None:
        super().__init__(settings)
        self._session = session
        self._outputs = ["logits", *(f"present.{name}" for name in _names(settings.sizes))]

    def step(self, tokens: Tokens, cache: Cache, slots: Sequence[int]) -> Logits:
        """Add tokens [n, k] to n slots, one of each at a time; return [n, k, vocabulary], logits after each.

        Raises:
            ValueError: a slot would hold more than its capacity.
        """
        count, width = tokens.shape
        chosen = np.asarray(slots)
        logits = np.empty((count, width, self.sizes.vocabulary), np.float32)
        for place in range(width):
            cache.fit(int(cache.lengths[chosen].max(initial=0)) + 1)
            logits[:, place] = self._append(tokens[:, place], cache, chosen)
        return logits

    def _append(self, tokens: Tokens, cache: Cache, slots: NDArray[np.intp]) -> Logits:
        """Append a token to each of some slots; return [n, vocabulary]."""
        count = len(slots)
        rows = np.concatenate([slots, slots]) if count == 1 else slots
        lengths = cache.lengths[rows]
        width = -(-max(int(lengths.max()), 1) // BUCKET) * BUCKET
        past = {name: _to_the_right(buffer, rows, lengths, width) for name, buffer in cache.buffers.items()}
        fed = np.tile(tokens[:, None], (len(rows) // count, 1))
        logits, present = self._run(fed, past, lengths, width)
        for name, buffer in cache.buffers.items():
            buffer[slots, :, lengths[:count]] = present[name][:count, :, width]
        cache.lengths[slots] += 1
        return logits[:count, 0]

    def _run_prompt(self, prompt: Tokens, shared: int) -> Logits:
        shared = shared // PIECE * PIECE  # only whole pieces: each then always has the same tokens before it
        row = self._scratch
        row.lengths[0] = shared
        logits = np.empty((1, 0, 0), np.float32)
        for begin in range(shared, len(prompt), PIECE):
            piece = prompt[None, begin : begin + PIECE]
            row.fit(begin + piece.shape[1])
            past = {name: buffer[:, :, :begin] for name, buffer in row.buffers.items()}
            logits, present = self._run(piece, past, row.lengths, begin)
            for name, buffer in row.buffers.items():
                buffer[:, :, begin : begin + piece.shape[1]] = present[name][:, :, begin:]
            row.lengths[0] += piece.shape[1]
        found: Logits = logits[0, -1]
        return found

    def _run(self, tokens: Tokens, past: Past, lengths: NDArray[np.int32], width: int) -> tuple[Logits, Past]:
        """Run tokens [rows, k] behind past ones [rows, kv_heads, width, head_size], the last ``lengths`` of which are seen.

        Returns:
            logits [rows, k, vocabulary], and the present keys and values.
        """
        rows, count = tokens.shape
        mask = np.ones((rows, width + count), np.int64)
        mask[:, :width] = np.arange(width) >= width - lengths[:, None]
        feeds: dict[str, NDArray[Any]] = {"input_ids": tokens, "attention_mask": mask}
        feeds |= {f"past_key_values.{name}": values for name, values in past.items()}
        if "position_ids" in self._session.input_types:
            feeds["position_ids"] = lengths[:, None].astype(np.int64) + np.arange(count)
        found = self._session.run_all(feeds, self._outputs)
        return found["logits"].astype(np.float32), {name: found[f"present.{name}"] for name in past}


def _to_the_right(
    buffer: NDArray[Any], rows: NDArray[np.intp], lengths: NDArray[np.int32], width: int
) -> NDArray[Any]:
    """Return rows of a cache [n, kv_heads, width, head_size], each moved to the right end, zeros before it."""
    found = np.zeros((len(rows), buffer.shape[1], width, buffer.shape[3]), buffer.dtype)
    for place, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        found[place, :, width - length :] = buffer[row, :, :length]
    return found


def _names(sizes: Sizes) -> Iterator[str]:
    for number in range(sizes.layers):
        yield f"{number}.key"
        yield f"{number}.value"
