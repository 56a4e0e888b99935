"""Exports one decoder-only model: read, write the graph, gate, describe."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from models.causal_lm.folder import decoder_of
from models.causal_lm.settings import Settings
from models.session import open_session
from models.toml import write_entry
from onnx_export import gate as segment_gate
from onnx_export.causal_lm import cache_peaks, describe, gate, graph, linear, source
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.balance import Balanced
from onnx_export.causal_lm.generic import draft as generic
from onnx_export.causal_lm.moments import Activations, Matrix
from onnx_export.causal_lm.source import Original
from onnx_export.causal_lm.writer import GRAPH, GraphWriter
from onnx_export.errors import ExportError

# what rounding sees of activations: answers of SmolLM2-135M-Instruct (Apache-2.0) to twenty requests of ours
_CALIBRATION = Path(__file__).with_name("calibration.txt")
_SHARED = {"gate": "gate_up", "up": "gate_up"}  # products of the same inputs


def export(
    named: str,
    output: Path,
    *,
    precision: str | None = None,
    data: Path | None = None,
    name: str | None = None,
    licence: str = "unknown",
    bound: float | None = None,
    tokenizer: Path | None = None,
    sha256: str | None = None,
) -> str:
    """Export a model into a folder that rephrase's option ``model`` takes.

    Nothing is written unless the gate lets it pass.

    Args:
        named: ``hub:ORGANISATION/NAME``, a folder of transformers, or a GGUF file.
        output: folder; files of an earlier export in it are replaced.
        precision: one of ``linear.PRECISIONS``; by default ``int8`` where docmill writes the graph itself, else ``8``.
        data: texts for the gate, a paragraph per line.
        name: of the model.
        licence: SPDX identifier.
        bound: see ``gate.check``.
        tokenizer, sha256: see ``source.load``.

    Returns:
        lines for a person.

    Raises:
        ExportError: the model cannot be read, or is none that is exported.
        GateError: the graph is refused.
    """
    texts = gate.texts_of(data)
    original = source.load(named, tokenizer, sha256)
    label = name or original.name
    with tempfile.TemporaryDirectory(prefix="docmill-export-") as made:
        draft = Path(made)
        settings = _write(draft, original, precision)
        precision = settings.precision
        compared = gate.compare(original, decoder_of(open_session(draft / GRAPH), settings), texts)
        gate.check(compared, precision, bound)
        entry = describe.write_files(draft, original, settings, label, licence)
        describe.write_card(draft / entry.card, entry, precision, compared)
        write_entry(draft, entry, "Written by python -m onnx_export causal-lm.")
        output.mkdir(parents=True, exist_ok=True)
        for file in sorted(draft.iterdir()):
            shutil.move(file, output / file.name)
    entry = replace(entry, root=output)
    return (
        f"{output}: {label}, {precision}, {entry.size / 1e6:.1f} MB, sha256 {entry.sha256[:16]}\n"
        f"gate: passed on {compared.tokens} tokens; mean divergence {compared.divergence:.2g} nats, perplexity "
        f"times {compared.factor:.4f}, same next token for {100 * compared.agreed:.1f} %\n"
        f"use it in a configuration: rephrase: {{model: {output}}}"
    )


def _write(draft: Path, original: Original, precision: str | None) -> Settings:
    """Write graph and weights into a folder, by docmill's own writer or by optimum; return the settings."""
    reason = source.not_written(original.model)
    if not reason:
        model, precision = source.architecture_of(original.model), precision or "int8"
        write_graph(draft, original, model, precision)
        return describe.settings_of(original, describe.sizes_of(model), precision)
    precision = precision or "8"
    if precision not in generic.PRECISIONS:
        raise ExportError(
            f"{reason} are not exported in {precision}: choose another --quantise: {', '.join(generic.PRECISIONS)}"
        )
    return generic.write(draft, original, precision)


def write_graph(target: Path, original: Original, model: Architecture, precision: str) -> None:
    """Write graph and weights into a folder."""
    weights: graph.Weights = source.weights_of(original.model)
    # another text than the gate's, which is to judge what comes of it
    activations = Activations(original, segment_gate.texts_of(_CALIBRATION))
    moments = activations.moments
    peaks = None
    if precision == "int8":
        balanced = Balanced(weights, model, activations.peaks())
        weights, model = balanced, balanced.model
        peaks = cache_peaks.measured(original, model, activations, balanced.by_head)

        def moments(number: int, part: str) -> Matrix:
            return balanced.moments(number, part, activations.moments(number, part))

    def of_product(name: str) -> Matrix | None:
        number, _, part = name.partition(".")
        return moments(int(number), _SHARED.get(part, part)) if part else None

    with GraphWriter(target) as writer:
        graph.write(writer, model, weights, linear.of_precision(precision, of_product), peaks)
