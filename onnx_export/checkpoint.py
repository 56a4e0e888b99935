"""Reads SaT and WtP checkpoints into torch modules that docmill can export and compare with.

The architectures are put together from transformers' own layers; what SaT adds is a mask: with a lookahead of k
tokens shared by n layers, a layer lets each token see k // n tokens to its right (arXiv 2406.16678).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.catalog import CatalogError
from models.sentence_boundary import published
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    import torch

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_NOT_NEEDED = ("pooler", "position_ids")


def read_config(folder: Path) -> dict[str, Any]:
    """Return a checkpoint's configuration.

    Raises:
        ExportError: it is no checkpoint that docmill can export.
    """
    try:
        config = published.read_config(folder)
        family = published.family_of(config)
    except (CatalogError, ValueError) as error:
        raise ExportError(f"{folder}: {error}") from None
    if family == "wtp" and config.get("model_type") != "bert-char":
        raise ExportError(
            f"{folder}: bodies of type {config['model_type']} are not exported; use the published ONNX file "
            "of such a model (docmill models fetch)"
        )
    return config


def load(folder: Path, lora: Path | None = None) -> torch.nn.Module:
    """Return the checkpoint as a module in evaluation mode.

    Its ``forward`` takes ``input_ids`` (SaT) or ``hashed_ids`` (WtP) and ``attention_mask``, and returns
    ``logits`` and ``hidden`` by name.

    Raises:
        ExportError: weights are missing or do not fit.
    """
    from onnx_export import architecture

    config = read_config(folder)
    state = _read_state(folder)
    head = _merge(state, lora) if lora is not None else {}
    state |= head
    labels = state.get("classifier.weight")
    if labels is None:
        raise ExportError(f"{folder}: the checkpoint has no token classification head")
    config["num_labels"] = int(labels.shape[0])
    module = architecture.build(config)
    try:
        missing, unexpected = module.load_state_dict(state, strict=False)
    except RuntimeError:  # torch's word for shapes that differ
        raise ExportError(f"{folder}: weights have other shapes than config.json says") from None
    lost = [name for name in missing if not any(part in name for part in _NOT_NEEDED)]
    left = [name for name in unexpected if not any(part in name for part in _NOT_NEEDED)]
    if lost or left:
        raise ExportError(
            f"{folder}: weights do not fit: {len(lost)} missing ({', '.join(lost[:2])}), {len(left)} unknown"
        )
    return module.eval()


def _read_state(folder: Path) -> dict[str, torch.Tensor]:
    import torch

    for name in _WEIGHTS:
        path = folder / name
        if not path.is_file():
            continue
        if path.suffix == ".safetensors":
            from safetensors.torch import load_file

            state = load_file(path)
        else:
            state = torch.load(path, map_location="cpu", weights_only=True)
        return {key: value.float() if value.is_floating_point() else value for key, value in state.items()}
    raise ExportError(f"{folder}: holds no weights ({' or '.join(_WEIGHTS)})")


def _merge(state: dict[str, torch.Tensor], folder: Path) -> dict[str, torch.Tensor]:
    """Add a LoRA adapter of the ``adapters`` library to the weights; return the adapter's head.

    Each adapted weight W becomes W + alpha / r * B A (arXiv 2106.09685).
    """
    import torch

    try:
        about = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))["config"]
        scale = float(about["alpha"]) / float(about["r"])
        adapter = torch.load(folder / "pytorch_adapter.bin", map_location="cpu", weights_only=True)
        head = torch.load(folder / "pytorch_model_head.bin", map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ExportError(
            f"{folder}: is no LoRA adapter: {Path(str(error.filename)).name} is missing"
        ) from None
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise ExportError(f"{folder}: adapter_config.json names no usable r and alpha") from None
    if about.get("use_gating"):
        raise ExportError(f"{folder}: gated LoRA cannot be merged into the weights")
    merged = 0
    for key, down in adapter.items():
        if not key.endswith(".lora_A"):
            continue
        target = key.split(".loras.")[0] + ".weight"
        up = adapter.get(key.removesuffix("A") + "B")
        if up is None or target not in state:
            raise ExportError(f"{folder}: the adapter does not fit the checkpoint at {target}")
        state[target] = state[target] + scale * (up.float() @ down.float())
        merged += 1
    if not merged:
        raise ExportError(f"{folder}: the adapter holds no LoRA weights")
    return {key: value.float() for key, value in head.items() if key.startswith("classifier.")}
