"""A model of transformers with the weights of a GGUF file, in single precision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onnx_export.causal_lm.gguf_reading import configuration, header, vocabulary
from onnx_export.causal_lm.gguf_reading.header import Header
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

_FREQUENCIES = "rope_freqs.weight"  # by what each frequency of the positions is divided: Llama 3.1 and later


def read(
    path: Path, tokenizer: PreTrainedTokenizerFast | None
) -> tuple[PreTrainedModel, PreTrainedTokenizerFast]:
    """Read model and tokenizer.

    Every parameter of the model comes from the file, and every tensor of the file goes into the model: nothing is
    left at what it was initialised with.

    Args:
        path: of the file.
        tokenizer: in place of the file's.

    Raises:
        ExportError: the file is broken, or holds a model or a vocabulary that is not read.
    """
    found = header.read(path)
    config = configuration.configuration(found)
    places = _places(found, config)
    tokenizer = tokenizer or vocabulary.tokenizer_of(found)
    return _filled(found, config, places), tokenizer


def _places(found: Header, config: Any) -> Mapping[str, str]:
    """Return which tensor of the file each parameter is; nothing is allocated for it."""
    import torch
    from transformers import AutoModelForCausalLM

    with torch.device("meta"):
        skeleton = AutoModelForCausalLM.from_config(config)
    names = _names(found, config.num_hidden_layers)
    places: dict[str, str] = {}
    for parameter, values in skeleton.named_parameters():
        name = next((one for one in names(parameter) if one in found.tensors), "")
        if not name:
            raise ExportError(f"{found.path}: cannot be read: it has no tensor for {parameter}")
        if prod(found.tensors[name].shape) != values.numel():
            raise ExportError(
                f"{found.path}: cannot be read: tensor {name} has the shape {found.tensors[name].shape}, wanted is "
                f"{tuple(values.shape)}"
            )
        places[parameter] = name
    left = found.tensors.keys() - set(places.values())
    if config.model_type == "llama":
        left -= {_FREQUENCIES}
    if left:
        raise ExportError(
            f"{found.path}: this model is not read from GGUF, for it has a tensor {min(left)[:60]!r}: export from the "
            "folder of transformers that the file was made of"
        )
    return places


def _names(found: Header, layers: int) -> Any:
    """Return a function from a parameter's name to what the file may call it."""
    from gguf import MODEL_ARCH_NAMES, get_tensor_name_map

    kind = found.metadata["general.architecture"]
    table = get_tensor_name_map(next(one for one, name in MODEL_ARCH_NAMES.items() if name == kind), layers)

    def names(parameter: str) -> Iterator[str]:
        stem, _, ending = parameter.rpartition(".")
        while stem:
            if name := table.get_name(stem):
                yield f"{name}.{ending}"
            stem = stem.partition(".")[2]  # some were converted from the network below the head

    return names


def _filled(found: Header, config: Any, places: Mapping[str, str]) -> PreTrainedModel:
    import torch
    from transformers import AutoModelForCausalLM
    from transformers.modeling_utils import no_init_weights

    restore = configuration.family_of(found).restore
    with no_init_weights():
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    model.tie_weights()
    for parameter, values in model.named_parameters():
        name = places[parameter]
        restored = torch.from_numpy(restore(name, header.values_of(found, name), config).copy())
        if restored.shape != values.shape:
            raise ExportError(f"{found.path}: cannot be read: tensor {name} has another shape than its model")
        values.data = restored
    if _FREQUENCIES in found.tensors:
        rotary = model.model.rotary_emb
        rotary.inv_freq = rotary.inv_freq / torch.from_numpy(header.values_of(found, _FREQUENCIES))
        rotary.original_inv_freq = rotary.inv_freq
    return model
