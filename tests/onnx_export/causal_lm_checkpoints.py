"""Small random checkpoints of the three families, written by transformers. Import needs the extra export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
)

SIZES: dict[str, Any] = {
    "vocab_size": 260,
    "hidden_size": 96,
    "intermediate_size": 160,
    "num_hidden_layers": 3,
    "num_attention_heads": 6,
    "num_key_value_heads": 2,
    "max_position_embeddings": 512,
    "bos_token_id": 257,
    "eos_token_id": 256,
    "pad_token_id": 256,
}
LLAMA3_ROPE = {
    "rope_type": "llama3",
    "factor": 4.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 128,
}

CONFIGS = {
    "llama": LlamaConfig(**SIZES, tie_word_embeddings=True),
    "llama-long": LlamaConfig(
        **SIZES, rope_theta=500000.0, rope_scaling=LLAMA3_ROPE, tie_word_embeddings=False
    ),
    "llama-one-head-each": LlamaConfig(**(SIZES | {"num_key_value_heads": 6})),
    "llama-yarn": LlamaConfig(
        **SIZES,
        rope_scaling={"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 128},
    ),
    "qwen2": Qwen2Config(**SIZES, tie_word_embeddings=True),
    "qwen3": Qwen3Config(**SIZES, head_dim=32, tie_word_embeddings=True),
    "mistral": MistralConfig(**SIZES, sliding_window=24, head_dim=32),
    "mistral-no-window": MistralConfig(**SIZES, sliding_window=None),
}
CLASSES = {
    "llama": LlamaForCausalLM,
    "qwen2": Qwen2ForCausalLM,
    "mistral": MistralForCausalLM,
    "qwen3": Qwen3ForCausalLM,
}


def make(folder: Path, name: str) -> Path:
    """Write one checkpoint with a tokenizer; return its folder."""
    torch.manual_seed(1)
    config = CONFIGS[name]
    model = CLASSES[config.model_type](config)
    with torch.no_grad():
        for key, values in model.named_parameters():
            if key.endswith("bias"):
                values.normal_(0, 0.5)
            elif "norm" in key:
                values.normal_(1, 0.2)
            else:
                values.normal_(0, 1.5 * values.shape[-1] ** -0.5)
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


def tokenizer() -> PreTrainedTokenizerFast:
    """Bytes, and three special tokens."""
    names = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE({name: number for number, name in enumerate(names)}, []))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.add_special_tokens(["<|end|>", "<|begin|>"])
    wrapped = PreTrainedTokenizerFast(tokenizer_object=made, eos_token="<|end|>", bos_token="<|begin|>")
    wrapped.chat_template = (
        "{% for m in messages %}{{ bos_token }}{{ m['content'] }}{{ eos_token }}{% endfor %}"
    )
    return wrapped
