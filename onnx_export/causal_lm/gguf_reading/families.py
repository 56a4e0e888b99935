"""Which families a GGUF file may hold, and what its keys are called in transformers' configurations.

Every key of a file must be known here. One that is not might change what the model computes, and the gate could not
tell: it compares with what was read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onnx_export.causal_lm.gguf_reading import layout
from onnx_export.causal_lm.gguf_reading.layout import Restore
from onnx_export.causal_lm.gguf_reading.said import Said

_SIZES = {
    "embedding_length": "hidden_size",
    "block_count": "num_hidden_layers",
    "attention.head_count": "num_attention_heads",
}
_COMMON = _SIZES | {
    "context_length": "max_position_embeddings",
    "feed_forward_length": "intermediate_size",
    "attention.head_count_kv": "num_key_value_heads",
    "rope.freq_base": "rope_theta",
}
_RMS = _COMMON | {"attention.layer_norm_rms_epsilon": "rms_norm_eps"}
_RMS_SIZED = _RMS | {"attention.key_length": "head_dim"}
_GEMMA = _RMS_SIZED | {"attention.sliding_window": "sliding_window"}
_LAYERS_OF_27B = {"gemma2": 46, "gemma3": 62}  # these two scale scores by another size than that of a head


Derived = Callable[[Said], dict[str, Any]]


def _nothing(_said: Said) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Family:
    """One family.

    Attributes:
        kind: transformers' name of it.
        names: keys of the file by fields of the configuration.
        derived: fields that follow from more than one key; ``reads`` are the keys.
        reads: see there.
        restore: undoes what the conversion to GGUF did to a weight.
    """

    kind: str
    names: Mapping[str, str]
    derived: Derived = _nothing
    reads: frozenset[str] = field(default_factory=frozenset)
    restore: Restore = layout.same


def _rotary_part(field_name: str) -> Derived:
    """Return what derives the share of a head that is rotated."""

    def derived(said: Said) -> dict[str, Any]:
        size, rotated = said.head_size, said.number("rope.dimension_count", said.head_size)
        share = rotated / max(size, 1)
        # transformers multiplies and cuts off: the product must not fall short
        return {field_name: math.nextafter(share, 2) if int(size * share) < rotated else share}

    return derived


def _biases(said: Said) -> dict[str, Any]:
    return {"attention_bias": said.has("attn_q.bias"), "mlp_bias": said.has("ffn_up.bias")}


def _gemma(name: str) -> Derived:
    def derived(said: Said) -> dict[str, Any]:
        widest = said.number("block_count") == _LAYERS_OF_27B.get(name)
        size = said.number("embedding_length") // said.number("attention.head_count")
        return {"query_pre_attn_scalar": size if widest else said.head_size}

    return derived


def _gpt_neox(said: Said) -> dict[str, Any]:
    parallel = {"use_parallel_residual": bool(said.values.get("use_parallel_residual", True))}
    return parallel | _rotary_part("rotary_pct")(said)


def _stablelm(said: Said) -> dict[str, Any]:
    found = {
        "use_parallel_residual": not said.has("ffn_norm.weight"),
        "use_qkv_bias": said.has("attn_q.bias"),
    }
    return found | _rotary_part("partial_rotary_factor")(said)


def _falcon(said: Said) -> dict[str, Any]:
    grouped = said.number("attention.head_count_kv") > 1
    found = {"new_decoder_architecture": grouped, "multi_query": not grouped, "parallel_attn": True}
    return found | {
        "num_kv_heads": said.number("attention.head_count_kv"),
        "num_ln_in_parallel_attn": 2 if said.has("attn_norm_2.weight") else 1,
        "bias": said.has("attn_qkv.bias"),
        "alibi": False,
    }


def _starcoder2(said: Said) -> dict[str, Any]:
    return {"use_bias": said.has("attn_q.bias"), "sliding_window": None}


def _mpt(said: Said) -> dict[str, Any]:
    bias = said.number("attention.max_alibi_bias")
    attention = {"alibi": bias > 0, "alibi_bias_max": int(bias), "clip_qkv": None}
    return {"attn_config": attention, "no_bias": not said.has("attn_qkv.bias")}


_PARTLY_ROTATED = frozenset({"rope.dimension_count"})
FAMILIES: Mapping[str, Family] = {
    "llama": Family("llama", _RMS_SIZED, _biases, restore=layout.halves),
    "qwen2": Family("qwen2", _RMS),
    "qwen3": Family("qwen3", _RMS_SIZED),
    "granite": Family(
        "granite",
        _RMS
        | {
            "logit_scale": "logits_scaling",
            "residual_scale": "residual_multiplier",
            "embedding_scale": "embedding_multiplier",
            "attention.scale": "attention_multiplier",
        },
        _biases,
        restore=layout.halves,
    ),
    "olmo2": Family("olmo2", _RMS),
    "gemma": Family("gemma", _RMS_SIZED, restore=layout.norms_from_one),
    "gemma2": Family(
        "gemma2",
        _GEMMA
        | {
            "attn_logit_softcapping": "attn_logit_softcapping",
            "final_logit_softcapping": "final_logit_softcapping",
        },
        _gemma("gemma2"),
        restore=layout.norms_from_one,
    ),
    "gemma3": Family(
        "gemma3_text",
        _GEMMA | {"rope.freq_base_swa": "rope_local_base_freq"},
        _gemma("gemma3"),
        restore=layout.norms_from_one,
    ),
    "phi2": Family(
        "phi",
        _COMMON | {"attention.layer_norm_epsilon": "layer_norm_eps"},
        _rotary_part("partial_rotary_factor"),
        _PARTLY_ROTATED,
    ),
    "phi3": Family(
        "phi3",
        _RMS
        | {
            "attention.sliding_window": "sliding_window",
            "rope.scaling.original_context_length": "original_max_position_embeddings",
        },
        _rotary_part("partial_rotary_factor"),
        _PARTLY_ROTATED,
    ),
    "stablelm": Family(
        "stablelm",
        _COMMON | {"attention.layer_norm_epsilon": "layer_norm_eps"},
        _stablelm,
        _PARTLY_ROTATED | {"use_parallel_residual"},
    ),
    "nemotron": Family(
        "nemotron",
        _COMMON | {"attention.layer_norm_epsilon": "norm_eps"},
        _rotary_part("partial_rotary_factor"),
        _PARTLY_ROTATED,
        layout.norms_from_one,
    ),
    "gptneox": Family(
        "gpt_neox",
        _COMMON | {"rope.freq_base": "rotary_emb_base", "attention.layer_norm_epsilon": "layer_norm_eps"},
        _gpt_neox,
        _PARTLY_ROTATED | {"use_parallel_residual"},
        layout.heads_first,
    ),
    "starcoder2": Family(
        "starcoder2", _COMMON | {"attention.layer_norm_epsilon": "norm_epsilon"}, _starcoder2
    ),
    "falcon": Family(
        "falcon",
        _SIZES
        | {
            "context_length": "max_position_embeddings",
            "rope.freq_base": "rope_theta",
            "feed_forward_length": "ffn_hidden_size",
            "attention.layer_norm_epsilon": "layer_norm_epsilon",
        },
        _falcon,
        frozenset({"attention.head_count_kv"}),
        layout.groups_first,
    ),
    "gpt2": Family(
        "gpt2",
        {
            "embedding_length": "n_embd",
            "block_count": "n_layer",
            "attention.head_count": "n_head",
            "context_length": "n_positions",
            "feed_forward_length": "n_inner",
            "attention.layer_norm_epsilon": "layer_norm_epsilon",
        },
        restore=layout.turned,
    ),
    "bloom": Family(
        "bloom",
        {
            "embedding_length": "hidden_size",
            "block_count": "n_layer",
            "attention.head_count": "n_head",
            "context_length": "seq_length",
            "feed_forward_length": "n_inner",
            "attention.layer_norm_epsilon": "layer_norm_epsilon",
        },
        restore=layout.heads_first,
    ),
    "mpt": Family(
        "mpt",
        {
            "embedding_length": "d_model",
            "block_count": "n_layers",
            "attention.head_count": "n_heads",
            "context_length": "max_seq_len",
            "attention.layer_norm_epsilon": "layer_norm_epsilon",
        },
        _mpt,
        frozenset({"attention.max_alibi_bias", "feed_forward_length"}),
    ),
}
