"""Makes graph and settings of a model that docmill's own graph does not fit."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.causal_lm.cache import BUCKET
from models.causal_lm.growing import GrowingDecoder
from models.causal_lm.settings import GROWING, Settings
from models.session import open_session
from onnx_export.causal_lm import describe
from onnx_export.causal_lm.generic import products, trace
from onnx_export.causal_lm.source import Original
from onnx_export.causal_lm.writer import DATA, GRAPH
from onnx_export.errors import ExportError

if TYPE_CHECKING:
    import onnx

PRECISIONS = ("8", "4", "fp16", "none")
_PROBED = (37, 3 * BUCKET + 5)  # tokens of a short and a long text that run side by side
_INLINE = 1024  # bytes up to which a constant stays in the graph's file


def write(target: Path, original: Original, precision: str) -> Settings:
    """Write graph and weights into a folder; return what the runtime has to know.

    Raises:
        ExportError: the model cannot be exported, or not in this precision.
    """
    with tempfile.TemporaryDirectory(prefix="docmill-trace-") as made:
        model = trace.trace(original.model, Path(made))
    sizes = trace.sizes_of(model.graph, original.model)
    if precision in ("8", "4"):
        products.round_weights(model, int(precision), sizes.intermediate)
    elif precision == "fp16":
        model = _halved(model)
    save(model, target)
    settings = replace(describe.settings_of(original, sizes, precision), past=GROWING)
    _refuse_dependent_rows(target, settings)
    return settings


def save(model: onnx.ModelProto, target: Path) -> None:
    """Write a graph, and its weights into a file beside it."""
    import onnx

    onnx.save_model(
        model,
        str(target / GRAPH),
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=DATA,
        size_threshold=_INLINE,
    )


def _halved(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the graph in half precision; logits stay in single precision."""
    from onnxruntime.transformers.float16 import convert_float_to_float16

    return convert_float_to_float16(model, keep_io_types=["logits"], disable_shape_infer=True)


def _refuse_dependent_rows(folder: Path, settings: Settings) -> None:
    """Let a short row run alone and beside a longer one.

    Raises:
        ExportError: it does not give the same, or the graph does not run.
    """
    random = np.random.default_rng(0)
    rows = [random.integers(0, settings.sizes.vocabulary, size) for size in _PROBED]
    try:
        decoder = GrowingDecoder(open_session(folder / GRAPH), settings)
        alone, together = _following(decoder, rows[:1]), _following(decoder, rows)
    except Exception as error:  # ONNX Runtime raises classes of its own
        reason = " ".join(str(error).split())[:200]
        raise ExportError(f"the traced graph does not run ({type(error).__name__}: {reason})") from error
    if not np.array_equal(alone[0], together[0]):
        most = np.abs(alone[0] - together[0]).max()
        raise ExportError(
            f"in the traced graph a text depends on what else is in its batch (logits differ by {most:.2g}): serve this "
            "model and give rephrase its address (base_url)"
        )


def _following(decoder: GrowingDecoder, rows: Sequence[NDArray[np.int64]]) -> NDArray[np.float32]:
    """Return logits [rows, 3, vocabulary] after three more tokens."""
    cache = decoder.cache(len(rows), decoder.sizes.context)
    decoder.prefill(rows, cache, range(len(rows)))
    return decoder.step(np.array([[1, 2, 3]] * len(rows)), cache, range(len(rows)))
