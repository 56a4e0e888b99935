"""Feeds a decoder's graph: what it reads and writes is bound to the memory of the cache, not copied."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.cache import Cache
from models.causal_lm.settings import Settings
from models.session import OnnxSession

_UNSEEN = -1e4  # added to a score; e to it is exactly 0 in single and in half precision


class Runner:
    """Runs one graph over slices of caches."""

    def __init__(self, session: OnnxSession, settings: Settings) -> None:
        self._session = session
        self._sizes = settings.sizes
        self._element = np.dtype(settings.cache_element)
        self._mask_element = np.dtype(np.float16 if self._element == np.float16 else np.float32)
        self._bound: tuple[object, ...] = ()
        self._binding: Any = None

    def run(self, tokens: NDArray[np.int64], cache: Cache, first: int, logits: NDArray[np.float32]) -> None:
        """Run tokens [rows, k] over the slots from ``first`` on.

        Args:
            tokens: the next tokens of each slot.
            cache: wide enough.
            first: slot.
            logits: [rows, k, vocabulary], or [rows, 1, vocabulary] for the last token of each; written.
        """
        rows, count = tokens.shape
        binding = self._bind(cache, first, rows)
        past = cache.lengths[first : first + rows].astype(np.int64)
        positions = past[:, None] + np.arange(count)
        wanted = np.arange(rows * count).reshape(rows, count)[:, -logits.shape[1] :]
        feeds = {
            "input_ids": np.ascontiguousarray(tokens, np.int64),
            "positions": positions,
            "places": self._places(positions),
            "mask": self._mask(positions, cache.width),
            "logit_rows": wanted.reshape(-1),
        }
        if self._element == np.int8:
            feeds["key_places"] = self._key_places(feeds["places"])
        for name, array in feeds.items():
            binding.bind_cpu_input(name, np.ascontiguousarray(array))
        found = logits if logits.flags.c_contiguous else np.empty_like(logits)
        shape = (found.shape[0] * found.shape[1], found.shape[2])
        binding.bind_output("logits", "cpu", 0, np.float32, shape, found.ctypes.data)
        self._session.run_bound(binding)
        if found is not logits:
            logits[:] = found

    def _bind(self, cache: Cache, first: int, rows: int) -> Any:
        """Return a binding whose past and present are rows of the cache."""
        wanted = (cache, cache.generation, first, rows)
        if self._bound == wanted:
            return self._binding
        binding = self._session.new_binding()
        for name, buffer in cache.buffers.items():
            part = buffer[first : first + rows]
            place = ("cpu", 0, self._element.type, part.shape, part.ctypes.data)
            binding.bind_input(f"past.{name}", *place)
            binding.bind_output(f"present.{name}", *place)
        self._bound, self._binding = wanted, binding
        return binding

    def _places(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return [rows, kv_heads, k, 3]: where in the cache each new key and value goes."""
        rows, count = positions.shape
        places = np.empty((rows, self._sizes.kv_heads, count, 3), np.int64)
        places[..., 0] = np.arange(rows)[:, None, None]
        places[..., 1] = np.arange(self._sizes.kv_heads)[:, None]
        places[..., 2] = positions[:, None]
        return places

    def _key_places(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return [rows, kv_heads, head_size, k, 4]: the same for keys, which lie transposed."""
        rows, heads, count, _ = places.shape
        found = np.empty((rows, heads, self._sizes.head_size, count, 4), np.int64)
        found[..., :2] = places[:, :, None, :, :2]
        found[..., 2] = np.arange(self._sizes.head_size)[:, None]
        found[..., 3] = places[:, :, None, :, 2]
        return found

    def _mask(self, positions: NDArray[np.int64], width: int) -> NDArray[Any]:
        """Return [rows, 1, group * k, width], what is added to scores."""
        keys = np.arange(width)
        seen = keys <= positions[..., None]
        if self._sizes.window:
            seen &= keys > positions[..., None] - self._sizes.window
        mask = np.where(seen, self._mask_element.type(0), self._mask_element.type(_UNSEEN))
        return np.tile(mask[:, None], (1, 1, self._sizes.heads // self._sizes.kv_heads, 1))
