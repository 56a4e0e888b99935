"""Exports one decoder-only model: read, write the graph, gate, describe."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from models.catalog import ModelEntry, ModelFile, Source, digest_of
from models.causal_lm import folder
from models.causal_lm import settings as description
from models.causal_lm.settings import Settings, Sizes
from models.sentence_boundary.published import described
from models.toml import write_entry
from onnx_export.causal_lm import graph, linear, source
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.source import Original
from onnx_export.causal_lm.writer import DATA, GRAPH, GraphWriter
from onnx_export.errors import ExportError

_TOKENIZER, _SETTINGS, _CARD = "tokenizer.json", "docmill.json", "card.md"
_ROLES = {folder.GRAPH: GRAPH, folder.WEIGHTS: DATA, folder.TOKENIZER: _TOKENIZER, folder.SETTINGS: _SETTINGS}


def export(
    named: str,
    output: Path,
    *,
    precision: str = "int8",
    name: str | None = None,
    licence: str = "unknown",
) -> str:
    """Export a model into a folder that rephrase's option ``model`` takes."""
    original = source.load(named)
    model = source.architecture_of(original.model)
    if model is None:
        raise ExportError(f"{named}: models of type {original.model.config.model_type} ...")
    label = name or original.name
    with tempfile.TemporaryDirectory(prefix="docmill-export-") as made:
        draft = Path(made)
        method = linear.of_precision(precision)
        with GraphWriter(draft) as writer:
            graph.write(writer, model, source.weights_of(original.model), method)
        original.tokenizer.backend_tokenizer.save(str(draft / _TOKENIZER))
        description.write(_settings(original, model, precision, method), draft / _SETTINGS)
        entry = _entry(draft, label, precision, licence)
        write_entry(draft, entry, "Written by python -m onnx_export causal-lm.")
        output.mkdir(parents=True, exist_ok=True)
        for file in sorted(draft.iterdir()):
            shutil.copyfile(file, output / file.name)
    entry = replace(entry, root=output)
    return f"{output}: {label}, {precision}, {entry.size / 1e6:.1f} MB, sha256 {entry.sha256[:16]}"


def _settings(original: Original, model: Architecture, precision: str, method: linear.Linear) -> Settings:
    sizes = Sizes(
        layers=model.layers,
        heads=model.heads,
        kv_heads=model.kv_heads,
        head_size=model.head_size,
        hidden=model.hidden,
        intermediate=model.intermediate,
        vocabulary=model.vocabulary,
        context=model.context,
        window=model.window or 0,
    )
    special = {key: str(value) for key, value in original.tokenizer.special_tokens_map.items() if isinstance(value, str)}
    return Settings(
        sizes=sizes,
        precision=precision,
        end_tokens=source.end_tokens_of(original),
        chat_template=source.chat_template_of(original.tokenizer),
        special_tokens=special,
        cache_element="float16" if precision == "fp16" else "float32",
    )


def _entry(draft: Path, label: str, precision: str, licence: str) -> ModelEntry:
    files: tuple[ModelFile, ...] = tuple(described(draft, role, file) for role, file in _ROLES.items())
    return ModelEntry(
        name=label,
        version=f"{precision}-{digest_of(files)[:8]}",
        task=folder.TASK,
        source=Source("directory"),
        sha256=digest_of(files),
        size=sum(file.size for file in files),
        licence=licence,
        card=_CARD,
        files=files,
        family="decoder",
        root=draft,
    )
