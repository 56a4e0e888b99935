"""Writes a module as an ONNX graph through optimum, and quantises graphs."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

_OPSET = 18


def write(module: torch.nn.Module, path: Path, *, characters: bool) -> None:
    """Export a module of ``onnx_export.checkpoint``.

    Args:
        module: in evaluation mode.
        path: the file to write.
        characters: whether its input is ``hashed_ids`` (WtP) and not ``input_ids``.
    """
    from optimum.exporters.onnx import export
    from optimum.exporters.onnx.model_configs import XLMRobertaOnnxConfig
    from optimum.utils import DummyInputGenerator

    class Hashes(DummyInputGenerator):  # type: ignore[misc]
        """Example input of a character model."""

        SUPPORTED_INPUT_NAMES = ("hashed_ids", "attention_mask")

        def __init__(self, task: str, normalized_config: Any, **rest: Any) -> None:
            self.shape = (2, 16)
            self.config = module.config

        def generate(self, input_name: str, **rest: Any) -> Any:
            if input_name == "attention_mask":
                return self.constant_tensor(list(self.shape), value=1.0, framework="pt")
            shape = [*self.shape, self.config.num_hash_functions]
            return self.random_int_tensor(shape, max_value=self.config.num_hash_buckets, framework="pt")

    class BoundaryOnnxConfig(XLMRobertaOnnxConfig):  # type: ignore[misc]
        """Inputs and outputs of a sentence model."""

        @property
        def inputs(self) -> dict[str, dict[int, str]]:
            axes = {0: "batch_size", 1: "sequence_length"}
            return {("hashed_ids" if characters else "input_ids"): axes, "attention_mask": axes}

        @property
        def outputs(self) -> dict[str, dict[int, str]]:
            axes = {0: "batch_size", 1: "sequence_length"}
            return {"logits": axes, "hidden": axes}

    if characters:
        BoundaryOnnxConfig.DUMMY_INPUT_GENERATOR_CLASSES = (Hashes,)
    with _quiet():
        export(module, BoundaryOnnxConfig(module.config, task="token-classification"), path, opset=_OPSET)


def quantise(source: Path, target: Path) -> None:
    """Quantise weights of matrix products and embeddings to int8, activations dynamically.

    Weights use 7 bits: on CPUs without VNNI sums of 8-bit products saturate, silently.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with _quiet():
        quantize_dynamic(
            source,
            target,
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
        )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Exporters write much that is of no use to the person who waits."""
    level = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
