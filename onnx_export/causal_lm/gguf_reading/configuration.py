"""From what a GGUF file says of its model to transformers' configuration."""

from __future__ import annotations

from typing import Any

from onnx_export.causal_lm.gguf_reading.families import FAMILIES, Family
from onnx_export.causal_lm.gguf_reading.header import Header
from onnx_export.causal_lm.gguf_reading.said import Said
from onnx_export.errors import ExportError

EMBEDDING, HEAD = "token_embd.weight", "output.weight"
_INSTEAD = "export from the folder of transformers that the file was made of (config.json, model.safetensors)"
_SCALED = ("llama", "qwen2", "qwen3", "granite", "gemma3")  # positions may be stretched
_NUMBERS = {"bos_token": "bos", "eos_token": "eos", "pad_token": "padding", "unk_token": "unknown"}
_LARGEST = 1 << 24


def family_of(header: Header) -> Family:
    """Return the family of a file's model.

    Raises:
        ExportError: it is none that can be read.
    """
    name = header.metadata.get("general.architecture")
    if name not in FAMILIES:
        known = ", ".join(FAMILIES)
        raise ExportError(
            f"{header.path}: GGUF files of architecture {str(name)[:40]!r} are not read (but {known}): {_INSTEAD}"
        )
    return FAMILIES[str(name)]


def configuration(header: Header) -> Any:
    """Return the configuration, of transformers.

    Raises:
        ExportError: the file says something that is not known here, or lacks what is needed.
    """
    from transformers import CONFIG_MAPPING

    family, name = family_of(header), str(header.metadata["general.architecture"])
    prefix = f"{name}."
    values = {
        key.removeprefix(prefix): value for key, value in header.metadata.items() if key.startswith(prefix)
    }
    said = Said(values, frozenset(header.tensors))
    try:
        _refuse_impossible(header, said)
        # what llama.cpp has a default for may be missing, which is the same as transformers'
        wanted = {key for key in family.names if key in values or key.endswith("epsilon")}
        fields = {family.names[key]: said.number(key) for key in wanted}
        fields |= family.derived(said) | _scaling(said, name in _SCALED)
        _refuse_unknown(header, family, said)
    except KeyError as error:
        raise ExportError(
            f"{header.path}: cannot be read: it has no usable {prefix}{error.args[0]}"
        ) from None
    fields["vocab_size"] = header.tensors[EMBEDDING].shape[0]
    fields["tie_word_embeddings"] = HEAD not in header.tensors
    numbers = special_tokens(header)
    fields |= {f"{one}_id": numbers.get(one) for one in ("bos_token", "eos_token", "pad_token")}
    return CONFIG_MAPPING[family.kind](**fields)


def special_tokens(header: Header) -> dict[str, int]:
    """Return the numbers of special tokens by transformers' names."""
    found = {}
    for field, name in _NUMBERS.items():
        number = header.metadata.get(f"tokenizer.ggml.{name}_token_id")
        if isinstance(number, int) and 0 <= number < header.tensors[EMBEDDING].shape[0]:
            found[field] = number
    return found


def _refuse_impossible(header: Header, said: Said) -> None:
    """Refuse counts that the file's tensors cannot bear out, before a model of that size is made."""
    layers, heads = said.number("block_count"), said.number("attention.head_count")
    if not 0 < layers <= len(header.tensors) or EMBEDDING not in header.tensors:
        raise ExportError(
            f"{header.path}: cannot be read: it has not the tensors of a model of {layers} layers"
        )
    for key in ("context_length", "embedding_length", "feed_forward_length", "attention.head_count"):
        if not 0 < said.number(key) <= _LARGEST:
            raise KeyError(key)
    if said.number("embedding_length") % heads and "attention.key_length" not in said.values:
        raise KeyError("attention.head_count")


def _refuse_unknown(header: Header, family: Family, said: Said) -> None:
    """Refuse what might make the model compute something else than what is read."""
    heads, size = said.number("attention.head_count"), said.head_size
    plain = said.number("embedding_length") // heads
    harmless = {
        "vocab_size": header.tensors[EMBEDDING].shape[0],
        "attention.key_length": plain,
        "attention.value_length": size,
        "attention.head_count_kv": heads,
        "attention.causal": True,
        "rope.dimension_count": size,
        "rope.scaling.type": "none",
        "expert_count": 0,
        "expert_used_count": 0,
    }
    read = family.names.keys() | family.reads
    if said.values.get("rope.scaling.type", "none") != "none":
        read |= {key for key in said.values if key in _SCALING}
    for key, value in said.values.items():
        if key in read or (key in harmless and value == harmless[key]):
            continue
        if isinstance(value, list):
            value = "a list"
        raise ExportError(
            f"{header.path}: this model is not read from GGUF, for its {key} is {str(value)[:40]}: {_INSTEAD}"
        )


_SCALING = ("rope.scaling.type", "rope.scaling.factor", "rope.scaling.original_context_length")


def _scaling(said: Said, possible: bool) -> dict[str, Any]:
    """Return how positions are stretched for long texts."""
    kind = said.values.get("rope.scaling.type", "none")
    if kind == "none":
        return {}
    if not possible or kind not in ("linear", "yarn"):
        raise KeyError("rope.scaling.type")
    found = {"rope_type": kind, "factor": float(said.number("rope.scaling.factor"))}
    if kind == "yarn":
        found["original_max_position_embeddings"] = said.number("rope.scaling.original_context_length")
    return {"rope_scaling": found}
