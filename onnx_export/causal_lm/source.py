"""Reads a decoder-only model: from the hub, a folder of transformers, or a GGUF file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from models.catalog import HUB
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

FAMILIES = ("llama", "mistral", "qwen2", "qwen3")

# what chat models close a turn or a text with; configurations often name only one of them
_ENDS = ("<|im_end|>", "<|endoftext|>", "<|end|>", "<|eot_id|>", "<|end_of_text|>", "</s>", "<end_of_turn>")


@dataclass(frozen=True)
class Original:
    """A model as it was published.

    Attributes:
        model: in single precision, in evaluation mode.
        tokenizer: of transformers.
        name: of the model.
        origin: what it was read from: ``format``, ``name``, and of one file its ``sha256``.
    """

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerFast
    name: str
    origin: Mapping[str, str]


def load(source: str, tokenizer: Path | None = None, sha256: str | None = None) -> Original:
    """Read a model.

    Args:
        source: ``hub:ORGANISATION/NAME``, a folder, or a GGUF file. Only a hub's model is fetched.
        tokenizer: folder with another tokenizer of the model than the one that comes with it.
        sha256: what the file must have, in hexadecimal; of a GGUF file only.

    Raises:
        ExportError: there is none, it cannot be read, or is another file.
    """
    path = Path(source)
    is_file = path.suffix == ".gguf" and path.is_file()
    if sha256 and not is_file:
        raise ExportError(f"{source}: --sha256 is for a GGUF file")
    if not is_file and not source.startswith(HUB) and not (path / "config.json").is_file():
        raise ExportError(
            f"{source}: is neither a GGUF file nor a folder with config.json "
            "(a model of the hub is called hub:ORGANISATION/NAME)"
        )
    try:
        other = _tokenizer(str(tokenizer)) if tokenizer else None
        found = _of_file(path, other, sha256) if is_file else _of_transformers(source, other)
        _refuse_other_tokenizer(source, found)
    except ExportError:
        raise
    except ImportError as error:
        raise ExportError(
            f"{source}: reading it needs {error.name or 'a package'} (pip install 'docmill[export]')"
        ) from error
    except Exception as error:  # transformers raises many kinds
        reason = " ".join(str(error).split())[:200]
        raise ExportError(f"{source}: cannot be read: {type(error).__name__}: {reason}") from error
    return found


def _of_transformers(source: str, other: PreTrainedTokenizerFast | None) -> Original:
    """Read what transformers wrote: a folder, or a repository of the hub."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    place, name = source, Path(source).resolve().name
    if source.startswith(HUB):
        place, name = source.removeprefix(HUB), source.rpartition("/")[2]
    # remote code stays off: a checkpoint is data
    _refuse_encoders(source, AutoConfig.from_pretrained(place, trust_remote_code=False))
    tokenizer = other or _tokenizer(place)
    model = AutoModelForCausalLM.from_pretrained(place, dtype=torch.float32, trust_remote_code=False)
    return Original(model.eval(), tokenizer, name, {"format": "transformers", "name": _public(source)})


def _of_file(path: Path, other: PreTrainedTokenizerFast | None, sha256: str | None) -> Original:
    """Read a GGUF file."""
    from onnx_export.causal_lm.gguf_reading import model as gguf_model

    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    if sha256 and digest != sha256.lower():
        raise ExportError(f"{path}: has the SHA-256 {digest}, not {sha256[:64]}: it is another file")
    model, tokenizer = gguf_model.read(path, other)
    return Original(
        model.eval(), tokenizer, path.stem, {"format": "gguf", "name": path.name, "sha256": digest}
    )


def _tokenizer(place: str) -> PreTrainedTokenizerFast:
    from transformers import AutoTokenizer

    found: PreTrainedTokenizerFast = AutoTokenizer.from_pretrained(place, trust_remote_code=False)
    return found


def _public(source: str) -> str:
    """Return what a source is called, without where it lies on this machine."""
    return source if source.startswith(HUB) else Path(source).resolve().name


def _refuse_other_tokenizer(source: str, found: Original) -> None:
    """Refuse a tokenizer with tokens that the model does not know."""
    numbers = found.tokenizer.get_vocab().values()
    known = int(found.model.get_input_embeddings().weight.shape[0])
    if max(numbers, default=0) >= known:
        raise ExportError(
            f"{source}: its tokenizer has {max(numbers) + 1} tokens, the model {known}: it is another model's"
        )


def architecture_of(model: PreTrainedModel) -> Architecture:
    """Return sizes and variants of a model that docmill writes the graph of: ``not_written`` names no reason."""
    config = model.config
    window = getattr(config, "sliding_window", None)
    if config.model_type in ("qwen2", "qwen3") and "sliding_attention" not in (
        getattr(config, "layer_types", None) or ()
    ):
        window = None
    if config.model_type == "llama":
        window = None
    rotary = model.model.rotary_emb
    return Architecture(
        layers=config.num_hidden_layers,
        hidden=config.hidden_size,
        intermediate=config.intermediate_size,
        heads=config.num_attention_heads,
        kv_heads=config.num_key_value_heads,
        head_size=getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads,
        vocabulary=config.vocab_size,
        context=config.max_position_embeddings,
        epsilon=config.rms_norm_eps,
        window=window,
        tied=bool(config.tie_word_embeddings),
        frequencies=rotary.inv_freq.float().numpy(),
        rotary_scale=float(getattr(rotary, "attention_scaling", 1.0)),
    )


def weights_of(model: PreTrainedModel) -> dict[str, NDArray[np.float32]]:
    """Return the weights by transformers' names; they share memory with the model."""
    return {name: values.detach().float().numpy() for name, values in model.state_dict().items()}


def tokens_of(original: Original, text: str) -> NDArray[np.int64]:
    """Return the tokens of a text as the model is used: behind the token that begins texts, if it has one.

    Models park large values at the first token of all. Tokenizers of chat models often leave the first one to the chat
    template, with which every prompt begins.
    """
    tokens = list(original.tokenizer(text)["input_ids"])
    begin = original.tokenizer.bos_token_id
    if begin is not None and tokens[:1] != [begin]:
        tokens.insert(0, begin)
    return np.array(tokens, np.int64)


def end_tokens_of(original: Original) -> tuple[int, ...]:
    """Return the tokens that end an answer: those of the model's configuration, and known ones it has."""
    found: set[int] = set()
    for one in (original.model.generation_config, original.model.config):
        ends = getattr(one, "eos_token_id", None)
        found |= set(ends) if isinstance(ends, list) else ({ends} if ends is not None else set())
    special = original.tokenizer.get_added_vocab()
    found |= {special[name] for name in _ENDS if name in special}
    if not found:
        raise ExportError(f"{original.name}: no token ends an answer (eos_token_id is not set)")
    return tuple(sorted(int(one) for one in found))


def chat_template_of(tokenizer: PreTrainedTokenizerFast) -> str:
    """Return the Jinja text that renders messages; empty when there is none."""
    template = tokenizer.chat_template
    if isinstance(template, dict):  # one for tools, one for talk
        template = template.get("default")
    return template or ""


def not_written(model: PreTrainedModel) -> str:
    """Return why docmill does not write a model's graph itself; empty: it does."""
    config = model.config
    if config.model_type not in FAMILIES:
        return f"models of type {config.model_type}"
    rotary = str(getattr(model.model.rotary_emb, "rope_type", "default"))
    reasons = {
        f"activation {config.hidden_act}": config.hidden_act != "silu",
        f"rotary positions of type {rotary}": rotary in ("dynamic", "longrope"),
        "biases in the feed-forward part": bool(getattr(config, "mlp_bias", False)),
        "windows in some layers only": len(set(getattr(config, "layer_types", None) or ())) > 1,
        "a bias of the attention's output": "model.layers.0.self_attn.o_proj.bias" in model.state_dict(),
    }
    found = next((reason for reason, applies in reasons.items() if applies), "")
    return f"{config.model_type} models with {found}" if found else ""


def _refuse_encoders(source: str, config: Any) -> None:
    """Refuse what is no decoder-only model, before its weights are read."""
    if getattr(config, "is_encoder_decoder", False):
        raise ExportError(
            f"{source}: models of type {config.model_type} have an encoder and a decoder: only decoder-only ones are "
            "exported"
        )
