"""Traces a model with optimum into a graph with past and present keys and values."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.causal_lm.settings import Sizes
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    import onnx
    from transformers import PreTrainedModel

_TASK = "text-generation"
_FILE = "model.onnx"  # as optimum calls it
_INPUTS = {"input_ids", "attention_mask", "position_ids"}
# by which names configurations call these
_CONTEXT = ("max_position_embeddings", "n_positions", "max_seq_len", "seq_length")
_INTERMEDIATE = ("intermediate_size", "ffn_dim", "ffn_hidden_size", "n_inner")
_UNBOUNDED = 2048  # tokens, for models that say nothing of a longest text


def trace(model: PreTrainedModel, folder: Path) -> onnx.ModelProto:
    """Export a model into a folder that is not kept; return the graph with all its weights.

    Raises:
        ExportError: it is no decoder-only model with keys and values, or optimum cannot trace it.
    """
    import onnx

    kind = model.config.model_type
    _refuse_foresight(model, kind)
    try:
        with _quiet():
            from optimum.exporters.onnx import onnx_export_from_model

            onnx_export_from_model(
                model,
                folder,
                task=f"{_TASK}-with-past",
                custom_onnx_configs={"model": _config(model)},
                do_validation=False,  # docmill's own gate does that
            )
        found = onnx.load(str(folder / _FILE))
    except ImportError:
        raise
    except Exception as error:  # torch and optimum raise many kinds
        reason = " ".join(str(error).split())[:200]
        raise ExportError(
            f"optimum cannot trace this model of type {kind} ({type(error).__name__}: {reason}): serve it and give "
            "rephrase its address (base_url)"
        ) from error
    _check_inputs(found, kind)
    return found


def sizes_of(graph: onnx.GraphProto, model: PreTrainedModel) -> Sizes:
    """Return the counts that the runtime needs: those of the graph, and what its configuration says."""
    config = model.config
    keys = [one for one in graph.input if one.name.endswith(".key")]
    _, kv_heads, _, head_size = _shape(keys[0])
    hidden = int(config.hidden_size)
    return Sizes(
        layers=len(keys),
        heads=int(config.num_attention_heads),
        kv_heads=kv_heads,
        head_size=head_size,
        hidden=hidden,
        intermediate=_first(config, _INTERMEDIATE) or 4 * hidden,
        vocabulary=int(model.get_output_embeddings().weight.shape[0]),
        context=_first(config, _CONTEXT) or _UNBOUNDED,
    )


def _config(model: PreTrainedModel) -> Any:
    """Return how optimum is to trace a model.

    What it adds to optimum's own description of a family: positions as an input wherever the model takes them, so
    that rows of a batch may differ in length. A family that optimum does not know is described as Llama is; whether
    that is right the gate finds out.
    """
    from optimum.exporters.onnx.model_configs import LlamaOnnxConfig
    from optimum.exporters.tasks import TasksManager

    kind = model.config.model_type.replace("_", "-")
    known: Any = LlamaOnnxConfig
    if (
        kind in TasksManager._SUPPORTED_MODEL_TYPE
        or model.config.model_type in TasksManager._SUPPORTED_MODEL_TYPE
    ):
        known = TasksManager.get_exporter_config_constructor(
            model=model, exporter="onnx", task=f"{_TASK}-with-past", library_name="transformers"
        )
        known = getattr(known, "func", known)
    takes_positions = "position_ids" in signature(model.forward).parameters

    class Described(known):  # type: ignore[misc]
        @property
        def inputs(self) -> dict[str, dict[int, str]]:
            found: dict[str, dict[int, str]] = dict(super().inputs)
            if takes_positions:
                found.setdefault("position_ids", {0: "batch_size", 1: "sequence_length"})
            return found

    return Described(model.config, task=_TASK, use_past=True, use_past_in_inputs=True)


def _refuse_foresight(model: PreTrainedModel, kind: str) -> None:
    """Refuse a model whose tokens see later ones: transformers reads some encoders as if they were decoders."""
    import torch

    tokens = torch.tensor([[3, 4, 5, 6], [3, 4, 5, 7]])
    with torch.inference_mode():
        logits = model(tokens).logits[:, :3].float()
    if (logits[0] - logits[1]).abs().max() > 1e-4 * logits.abs().max():
        raise ExportError(f"this model of type {kind} sees later tokens: only decoder-only ones are exported")


def _check_inputs(model: onnx.ModelProto, kind: str) -> None:
    graph = model.graph
    past = [one for one in graph.input if one.name.startswith("past_key_values.")]
    shapes = {tuple(_shape(one)) for one in past}
    other = {one.name for one in graph.input} - {one.name for one in past}
    if not past:
        raise ExportError(
            f"this model of type {kind} keeps no keys and values: serve it and give rephrase its address (base_url)"
        )
    if len(shapes) != 1 or len(next(iter(shapes))) != 4 or not other <= _INPUTS:
        raise ExportError(
            f"the graph of this model of type {kind} has inputs that docmill does not feed "
            f"({', '.join(sorted(other - _INPUTS)) or 'keys and values of several shapes'}): serve it and give rephrase "
            "its address (base_url)"
        )


def _shape(value: onnx.ValueInfoProto) -> list[int]:
    return [one.dim_value for one in value.type.tensor_type.shape.dim]


def _first(config: Any, names: tuple[str, ...]) -> int:
    found = (getattr(config, name, None) for name in names)
    return next((int(one) for one in found if isinstance(one, int) and one > 0), 0)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what tracers warn of to themselves: the gate judges what came of it."""
    level = logging.root.manager.disable
    logging.disable(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
