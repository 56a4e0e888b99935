"""What conversion to GGUF does to weights, undone: how llama.cpp wants them is not how transformers has them.

Each function takes the tensor's name in the file, its values and the model's configuration.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]
Restore = Callable[[str, Values, Any], Values]


def same(_name: str, values: Values, _config: Any) -> Values:
    """Weights that are as they were."""
    return values


def halves(name: str, values: Values, config: Any) -> Values:
    """Queries and keys whose rotated pairs are neighbours: pairs lie half a head apart again."""
    if ".attn_q." not in name and ".attn_k." not in name:
        return values
    heads = config.num_attention_heads if ".attn_q." in name else config.num_key_value_heads
    return values.reshape(heads, -1, 2, *values.shape[1:]).swapaxes(1, 2).reshape(values.shape)


def turned(name: str, values: Values, _config: Any) -> Values:
    """Products of a layer that transformers keeps as [in, out]."""
    return values.T if name.startswith("blk.") and values.ndim == 2 else values


def norms_from_one(name: str, values: Values, _config: Any) -> Values:
    """Norms that multiply by one more than their weight."""
    return values - 1 if name.endswith("norm.weight") else values


def heads_first(name: str, values: Values, config: Any) -> Values:
    """Query, key and value one behind the other: each head has its own three together again."""
    if ".attn_qkv." not in name:
        return values
    return values.reshape(3, config.num_attention_heads, -1).swapaxes(0, 1).reshape(values.shape)


def groups_first(name: str, values: Values, config: Any) -> Values:
    """Queries, keys and values one behind the other: each key's queries, it and its value together again (Falcon)."""
    if ".attn_qkv." not in name or not config.new_decoder_architecture:
        return values
    heads, groups = config.num_attention_heads, config.num_kv_heads
    size = values.shape[0] // (heads + 2 * groups)
    ends = [heads * size, (heads + groups) * size]
    parts = [part.reshape(groups, -1, *values.shape[1:]) for part in np.split(values, ends)]
    return np.concatenate(parts, axis=1).reshape(values.shape)
