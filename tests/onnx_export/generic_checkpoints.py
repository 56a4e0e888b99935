"""Small random checkpoints of families whose graph docmill does not write itself. Import needs the extra export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    BertConfig,
    BertLMHeadModel,
    BloomConfig,
    Gemma2Config,
    GemmaConfig,
    GPT2Config,
    GPTNeoXConfig,
    MambaConfig,
    MptConfig,
    OPTConfig,
    Phi3Config,
    PhiConfig,
    PreTrainedModel,
    T5Config,
    T5ForConditionalGeneration,
)

from tests.onnx_export.causal_lm_checkpoints import tokenizer

_ENDS = {"vocab_size": 260, "bos_token_id": 257, "eos_token_id": 256, "pad_token_id": 256}
_SIZES: dict[str, Any] = _ENDS | {
    "hidden_size": 64,
    "intermediate_size": 160,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "max_position_embeddings": 512,
}
_GROUPED = _SIZES | {"num_key_value_heads": 2}

# positions: learned (gpt2, opt), rotary (gpt_neox, phi, gemma), biases by distance (bloom, mpt); a window (gemma2)
CONFIGS = {
    "gpt2": GPT2Config(**_ENDS, n_layer=2, n_head=4, n_embd=64, n_positions=512),
    "gpt_neox": GPTNeoXConfig(**_SIZES),
    "phi": PhiConfig(**_SIZES),
    "phi3": Phi3Config(**_GROUPED, original_max_position_embeddings=512),
    "gemma": GemmaConfig(**(_SIZES | {"num_key_value_heads": 1}), head_dim=32),
    "gemma2": Gemma2Config(**_GROUPED, head_dim=32, sliding_window=32),
    "opt": OPTConfig(
        **_ENDS,
        hidden_size=64,
        ffn_dim=160,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=512,
        word_embed_proj_dim=64,
    ),
    "bloom": BloomConfig(**_ENDS, hidden_size=64, n_layer=2, n_head=4),
    "mpt": MptConfig(**_ENDS, d_model=64, n_layers=2, n_heads=4, max_seq_len=512),
}


def make(folder: Path, name: str) -> Path:
    """Write one checkpoint with a tokenizer; return its folder."""
    torch.manual_seed(2)
    return _write(folder, _spread(AutoModelForCausalLM.from_config(CONFIGS[name])))


def make_encoder_decoder(folder: Path) -> Path:
    """Write a checkpoint with an encoder."""
    config = T5Config(vocab_size=260, d_model=32, d_kv=16, d_ff=64, num_layers=1, num_heads=2)
    return _write(folder, T5ForConditionalGeneration(config))


def make_encoder(folder: Path) -> Path:
    """Write a checkpoint that transformers reads as a decoder, although its tokens see later ones."""
    config = BertConfig(
        vocab_size=260, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    return _write(folder, _spread(BertLMHeadModel(config)))


def make_recurrent(folder: Path) -> Path:
    """Write a checkpoint of a family without keys and values."""
    config = MambaConfig(vocab_size=260, hidden_size=32, num_hidden_layers=1, eos_token_id=256)
    return _write(folder, AutoModelForCausalLM.from_config(config))


def _spread(model: PreTrainedModel) -> PreTrainedModel:
    """Draw weights so far apart that tokens are not near ties."""
    with torch.no_grad():
        for name, values in model.named_parameters():
            if values.dim() == 2:
                values.normal_(0, 1.5 * values.shape[-1] ** -0.5)
            elif name.endswith("bias"):
                values.normal_(0, 0.2)
    return model


def _write(folder: Path, model: PreTrainedModel) -> Path:
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder
