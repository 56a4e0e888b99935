"""Small GGUF files with random weights, as llama.cpp's conversion writes them. Import needs the extra export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import torch
from tokenizers import pre_tokenizers
from transformers import (
    AutoModelForCausalLM,
    BloomConfig,
    FalconConfig,
    Gemma2Config,
    Gemma3TextConfig,
    GemmaConfig,
    GPT2Config,
    GPTNeoXConfig,
    GraniteConfig,
    LlamaConfig,
    MptConfig,
    NemotronConfig,
    Olmo2Config,
    Phi3Config,
    PhiConfig,
    PreTrainedModel,
    Qwen2Config,
    Qwen3Config,
    StableLmConfig,
    Starcoder2Config,
)

BEGIN, END, USER = "<|begin|>", "<|end|>", "<|note|>"
_MERGED = (
    "th",
    "the",
    "in",
    "an",
    "Ġt",
    "Ġthe",
    "Ġa",
    "er",
    "on",
    "Ġw",
    "12",
    "ĠĠ",
    "Ċ",
    ".Ċ",
    "ing",
    "Ġan",
    "and",
    "'t",
)
TEMPLATE = "{% for m in messages %}{{ bos_token }}{{ m['content'] }}{{ eos_token }}{% endfor %}"

_ENDS = {"vocab_size": 320, "bos_token_id": 1, "eos_token_id": 0, "pad_token_id": 0}
_SIZES: dict[str, Any] = _ENDS | {
    "hidden_size": 64,
    "intermediate_size": 160,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 512,
}
_GROUPED = _SIZES | {"num_key_value_heads": 2}
_HEADS = {"hidden_size": 64, "n_layer": 2, "n_head": 4}

# what differs from the defaults of a configuration is there to be lost
CONFIGS = {
    "gpt2": GPT2Config(**_ENDS, n_layer=2, n_head=4, n_embd=64, n_inner=160, n_positions=512),
    "gptneox": GPTNeoXConfig(**_SIZES, rotary_pct=0.5, rotary_emb_base=5000, hidden_act="gelu"),
    "phi2": PhiConfig(**_SIZES, partial_rotary_factor=0.25),
    "phi3": Phi3Config(**_GROUPED, original_max_position_embeddings=512, sliding_window=48),
    "gemma": GemmaConfig(**(_SIZES | {"num_key_value_heads": 1}), head_dim=32),
    "gemma2": Gemma2Config(
        **_GROUPED, head_dim=32, sliding_window=32, query_pre_attn_scalar=32, final_logit_softcapping=20.0
    ),
    "gemma3": Gemma3TextConfig(
        **(_GROUPED | {"num_hidden_layers": 7}),
        head_dim=32,
        sliding_window=32,
        query_pre_attn_scalar=32,
        rope_scaling={"rope_type": "linear", "factor": 4.0},
    ),
    "stablelm": StableLmConfig(**_GROUPED, partial_rotary_factor=0.5, use_qkv_bias=True, rope_theta=20000),
    "starcoder2": Starcoder2Config(**_GROUPED, rope_theta=100000, sliding_window=None),
    "nemotron": NemotronConfig(**_GROUPED, partial_rotary_factor=0.5, head_dim=16),
    "falcon": FalconConfig(
        **_ENDS, hidden_size=64, num_hidden_layers=2, num_attention_heads=4, ffn_hidden_size=256, bias=False
    ),
    "falcon-grouped": FalconConfig(
        **_ENDS,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_kv_heads=2,
        ffn_hidden_size=256,
        bias=False,
        new_decoder_architecture=True,
    ),
    "bloom": BloomConfig(**_ENDS, **_HEADS),
    "mpt": MptConfig(**_ENDS, d_model=64, n_layers=2, n_heads=4, max_seq_len=512),
    "granite": GraniteConfig(
        **_GROUPED,
        logits_scaling=2.0,
        residual_multiplier=0.5,
        embedding_multiplier=3.0,
        attention_multiplier=0.125,
    ),
    "olmo2": Olmo2Config(**_GROUPED),
    "llama": LlamaConfig(**_GROUPED, rope_theta=20000.0, tie_word_embeddings=True),
    "llama-long": LlamaConfig(
        **_GROUPED,
        rope_scaling={
            "rope_type": "llama3",
            "factor": 4.0,
            "low_freq_factor": 1.0,
            "high_freq_factor": 4.0,
            "original_max_position_embeddings": 128,
        },
    ),
    "llama-linear": LlamaConfig(**_GROUPED, rope_scaling={"rope_type": "linear", "factor": 2.0}),
    "llama-yarn": LlamaConfig(
        **_GROUPED,
        rope_scaling={"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128},
    ),
    "qwen2": Qwen2Config(**_GROUPED, rope_theta=1000000.0),
    "qwen3": Qwen3Config(**_GROUPED, head_dim=32),
}


def model_of(name: str) -> PreTrainedModel:
    """Return a model with random weights, far enough apart that tokens are not near ties."""
    torch.manual_seed(2)
    model = AutoModelForCausalLM.from_config(CONFIGS[name]).eval()
    with torch.no_grad():
        for key, values in model.named_parameters():
            if values.dim() == 2:
                values.normal_(0, 1.5 * values.shape[-1] ** -0.5)
            elif key.endswith("bias"):
                values.normal_(0, 0.2)
            elif "norm" in key:
                values.add_(torch.randn_like(values) * 0.2)
    return model


def write(
    path: Path, name: str, *, kind: str = "F32", cut: str = "gpt-2", spm: bool = False
) -> PreTrainedModel:
    """Write one file; return the model that is in it.

    Args:
        path: of the file.
        name: of ``CONFIGS``.
        kind: in what matrices are stored, such as ``Q8_0``.
        cut: name of how text is cut.
        spm: with a vocabulary as SentencePiece makes it, not one of bytes.
    """
    model = model_of(name)
    architecture = name.partition("-")[0]
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name("random")
    for key, value in _metadata(architecture, model).items():
        add = {
            bool: writer.add_bool,
            int: writer.add_uint32,
            float: writer.add_float32,
            str: writer.add_string,
        }
        add[type(value)](f"{architecture}.{key}", value)
    (_characters if spm else _bytes)(writer, cut)
    stored = gguf.GGMLQuantizationType[kind]
    for key, values in _tensors(architecture, model).items():
        if values.ndim == 1 or stored == gguf.GGMLQuantizationType.F32:
            writer.add_tensor(key, np.ascontiguousarray(values))
        else:
            packed = gguf.quants.quantize(np.ascontiguousarray(values), stored)
            writer.add_tensor(key, packed, raw_dtype=stored)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return model


def _metadata(architecture: str, model: PreTrainedModel) -> Mapping[str, Any]:
    config = model.config
    heads, hidden = config.num_attention_heads, config.hidden_size
    groups = getattr(config, "num_key_value_heads", None) or heads
    if architecture == "falcon":
        groups = config.num_kv_heads if config.new_decoder_architecture else 1
    inner = getattr(config, "intermediate_size", None) or getattr(config, "n_inner", None)
    found: dict[str, Any] = {
        "context_length": getattr(config, "max_position_embeddings", None) or 512,
        "embedding_length": hidden,
        "block_count": config.num_hidden_layers,
        "feed_forward_length": inner or 4 * hidden,
        "attention.head_count": heads,
        "attention.head_count_kv": groups,
    }
    for field in ("layer_norm_eps", "layer_norm_epsilon", "norm_epsilon", "norm_eps"):
        if (value := getattr(config, field, None)) is not None:
            found["attention.layer_norm_epsilon"] = float(value)
    if (value := getattr(config, "rms_norm_eps", None)) is not None:
        found["attention.layer_norm_rms_epsilon"] = float(value)
    theta = getattr(config, "rope_theta", None) or getattr(config, "rotary_emb_base", None)
    if theta is not None and architecture not in ("gpt2", "bloom", "mpt"):
        found["rope.freq_base"] = float(theta)
    size = getattr(config, "head_dim", None) or hidden // heads
    if architecture in ("gemma", "gemma2", "gemma3", "qwen3"):
        found |= {"attention.key_length": size, "attention.value_length": size}
    share = getattr(config, "partial_rotary_factor", None) or getattr(config, "rotary_pct", None)
    if share is not None and architecture != "phi3":
        found["rope.dimension_count"] = int(size * share)
    elif architecture in ("llama", "phi3", "granite", "falcon"):
        found["rope.dimension_count"] = size
    own: dict[str, Callable[[], dict[str, Any]]] = {
        "gptneox": lambda: {"use_parallel_residual": config.use_parallel_residual},
        "stablelm": lambda: {"use_parallel_residual": config.use_parallel_residual},
        "phi3": lambda: {
            "attention.sliding_window": config.sliding_window,
            "rope.scaling.original_context_length": 512,
        },
        "gemma2": lambda: {
            "attention.sliding_window": config.sliding_window,
            "attn_logit_softcapping": config.attn_logit_softcapping,
            "final_logit_softcapping": config.final_logit_softcapping,
        },
        "gemma3": lambda: {"attention.sliding_window": config.sliding_window},
        "mpt": lambda: {"attention.max_alibi_bias": float(config.attn_config.alibi_bias_max)},
        "nemotron": lambda: {"rope.scaling.type": "none"},
        "granite": lambda: {
            "logit_scale": config.logits_scaling,
            "residual_scale": config.residual_multiplier,
            "embedding_scale": config.embedding_multiplier,
            "attention.scale": config.attention_multiplier,
        },
    }
    found |= own.get(architecture, dict)()
    scaling = getattr(config, "rope_scaling", None) or {}
    if scaling.get("rope_type") in ("linear", "yarn"):
        found |= {"rope.scaling.type": scaling["rope_type"], "rope.scaling.factor": scaling["factor"]}
    if scaling.get("rope_type") == "yarn":
        found["rope.scaling.original_context_length"] = scaling["original_max_position_embeddings"]
    return found


def _tensors(architecture: str, model: PreTrainedModel) -> dict[str, np.ndarray]:
    """Return the weights as the conversion leaves them, by the file's names."""
    config = model.config
    heads = config.num_attention_heads
    kind = next(one for one, name in gguf.MODEL_ARCH_NAMES.items() if name == architecture)
    table = gguf.get_tensor_name_map(kind, config.num_hidden_layers)
    found = {}
    for key, parameter in model.named_parameters():
        values = parameter.detach().numpy()
        stem, _, ending = key.rpartition(".")
        name = table.get_name(stem) or table.get_name(stem.partition(".")[2])
        rest = values.shape[1:]
        if architecture == "gpt2" and values.ndim == 2 and name.startswith("blk."):
            values = values.T
        elif architecture in ("gptneox", "bloom") and "attn_qkv" in name:
            values = values.reshape(heads, 3, -1, *rest).swapaxes(0, 1).reshape(values.shape)
        elif architecture == "falcon" and "attn_qkv" in name and config.new_decoder_architecture:
            grouped = values.reshape(config.num_kv_heads, -1, 64 // heads, *rest)
            parts = grouped[:, :-2], grouped[:, -2], grouped[:, -1]
            values = np.concatenate([part.reshape(-1, *rest) for part in parts])
        elif architecture in ("llama", "granite") and (".attn_q" in name or ".attn_k" in name):
            rows = heads if ".attn_q" in name else config.num_key_value_heads
            values = values.reshape(rows, 2, -1, *rest).swapaxes(1, 2).reshape(values.shape)
        elif architecture in ("gemma", "gemma2", "gemma3", "nemotron") and key.endswith("norm.weight"):
            values = values + 1
        found[f"{name}.{ending}"] = values
    if (getattr(config, "rope_scaling", None) or {}).get("rope_type") == "llama3":
        size = config.hidden_size // heads
        plain = config.rope_theta ** -(np.arange(0, size, 2) / size)
        found["rope_freqs.weight"] = (plain / model.model.rotary_emb.inv_freq.numpy()).astype(np.float32)
    return found


def _bytes(writer: gguf.GGUFWriter, cut: str) -> None:
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [END, BEGIN, USER, *alphabet, *(one for one in _MERGED if len(one) > 1)]
    kinds = [3, 3, 4] + [1] * (len(tokens) - 3)
    filled = [f"[PAD{number}]" for number in range(len(tokens), 320)]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre(cut)
    writer.add_token_list(tokens + filled)
    writer.add_token_types(kinds + [5] * len(filled))
    merges = ["t h", "th e", "i n", "a n", "Ġ t", "Ġ the", "Ġ a", "e r", "o n", "Ġ w", "1 2", "Ġ Ġ", ". Ċ"]
    writer.add_token_merges([*merges, "in g", "Ġa n", "an d", "' t"])
    _ends(writer)


def _characters(writer: gguf.GGUFWriter, _cut: str) -> None:
    words = (
        "▁",
        "e",
        "t",
        "a",
        "o",
        "n",
        "i",
        "h",
        "r",
        "s",
        "th",
        "▁th",
        "the",
        "▁the",
        "in",
        "an",
        "▁a",
        "▁an",
    )
    words += ("▁w", "er", "on", "ing", "▁▁", ".", ",", "1", "2", "12", "é", "w", "g", "d", "and", "▁and")
    tokens = [END, BEGIN, USER, *(f"<0x{byte:02X}>" for byte in range(256)), *words]
    filled = [f"[PAD{number}]" for number in range(len(tokens), 320)]
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens + filled)
    writer.add_token_scores(
        [0.0] * 259 + [-float(place) for place in range(len(words))] + [-1000.0] * len(filled)
    )
    writer.add_token_types([3, 3, 4] + [6] * 256 + [1] * len(words) + [5] * len(filled))
    writer.add_add_bos_token(True)
    _ends(writer)


def _ends(writer: gguf.GGUFWriter) -> None:
    writer.add_eos_token_id(0)
    writer.add_bos_token_id(1)
    writer.add_unk_token_id(0)
    writer.add_chat_template(TEMPLATE)
