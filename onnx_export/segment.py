"""Exports one sentence model: read, merge, write, quantise, gate, describe."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from models.catalog import HUB, ModelEntry, Source, digest_of
from models.sentence_boundary import published
from models.sentence_boundary.interface import BoundaryModel
from models.sentence_boundary.opening import TASK, open_model
from models.sentence_boundary.parity import Comparison, compare
from models.toml import file_of, write_entry
from onnx_export import checkpoint, gate, graph
from onnx_export.errors import ExportError

_GPU_BATCH = 16
_GRAPH, _TOKENIZER, _CARD = "model.onnx", "tokenizer.json", "card.md"


def export(
    source: str,
    output: Path,
    *,
    precision: str = "fp32",
    lora: Path | None = None,
    tokenizer: Path | None = None,
    data: Path | None = None,
    name: str | None = None,
    licence: str = "unknown",
    bound: float | None = None,
) -> str:
    """Export a checkpoint into a folder that segment's option ``model`` takes.

    Nothing is written unless the gate lets it pass.

    Args:
        source: folder, or ``hub:ORGANISATION/NAME``.
        output: folder; files of an earlier export in it are replaced.
        precision: ``fp32`` or ``int8``.
        lora: folder of an adapter to merge.
        tokenizer: ``tokenizer.json`` or its folder, when the checkpoint has none.
        data: texts for the gate.
        name: of the model.
        licence: SPDX identifier.
        bound: see ``onnx_export.gate``.

    Returns:
        lines for a person.

    Raises:
        ExportError: something is missing or does not fit.
        GateError: the artifact is refused.
    """
    texts = gate.texts_of(data)
    folder = _fetch(source.removeprefix(HUB)) if source.startswith(HUB) else Path(source)
    if not folder.is_dir():
        raise ExportError(
            f"{source}: there is no such folder (a checkpoint of a hub is called hub:ORGANISATION/NAME)"
        )
    config = checkpoint.read_config(folder)
    family = published.family_of(config)
    label = name or (source if source.startswith(HUB) else str(folder.resolve())).rpartition("/")[2]
    module = checkpoint.load(folder, lora)
    with tempfile.TemporaryDirectory(prefix="docmill-export-") as made:
        draft = Path(made)
        full = draft / "full.onnx"
        graph.write(module, full, characters=family == "wtp")
        if precision == "int8":
            graph.quantise(full, draft / _GRAPH)
            full.unlink()
        else:
            full.rename(draft / _GRAPH)
        roles = {"graph": _GRAPH}
        if family == "sat":
            _bring_tokenizer(folder, tokenizer, draft / _TOKENIZER)
            roles["tokenizer"] = _TOKENIZER
        settings = published.settings_of(config)
        if precision == "fp32":
            settings["gpu_batch"] = _GPU_BATCH  # dynamic quantisation would let rows influence each other
        thresholds = published.thresholds_of(label, lora=lora is not None, characters=family == "wtp")
        files = tuple(file_of(draft, role, file) for role, file in roles.items())
        entry = ModelEntry(
            name=label,
            version=f"{precision}-{digest_of(files)[:8]}",
            task=TASK,
            source=Source("directory"),
            sha256=digest_of(files),
            size=sum(file.size for file in files),
            licence=licence,
            card=_CARD,
            files=files,
            family=family,
            settings=settings,
            thresholds=thresholds,
            root=draft,
        )
        compared = compare(_original(module, entry, draft), open_model(entry), texts, entry.thresholds)
        gate.check(compared, precision, bound)
        (draft / _CARD).write_text(
            _card(entry, source, precision, lora, compared, len(texts)), encoding="utf-8"
        )
        write_entry(draft, entry, "Written by python -m onnx_export segment.")
        output.mkdir(parents=True, exist_ok=True)
        for file in sorted(draft.iterdir()):
            shutil.copyfile(file, output / file.name)
    entry = replace(entry, root=output)
    return (
        f"{output}: {family} model {label}, {precision}, {entry.size / 1e6:.1f} MB, sha256 {entry.sha256[:16]}\n"
        f"gate: passed on {len(texts)} texts, {compared.places} places; largest difference of a probability "
        f"{compared.largest:.2g}, {100 * compared.changed:.2f} % of sentence ends changed\n"
        f"use it in a configuration: segment: {{model: {output}}}"
    )


def _original(module: Any, entry: ModelEntry, folder: Path) -> BoundaryModel:
    """Return the torch module behind the interface of a model."""
    import importlib

    from models.sentence_boundary.opening import FAMILIES

    input_name = "hashed_ids" if entry.family == "wtp" else "input_ids"
    files: Mapping[str, Path] = {part.role: folder / part.file for part in entry.files}
    session = gate.TorchSession(module, input_name)
    family: Any = importlib.import_module(FAMILIES[entry.family])
    model: BoundaryModel = family.open_model(files, lambda _: session, entry.settings)
    return model


def _bring_tokenizer(folder: Path, named: Path | None, target: Path) -> None:
    """Copy the tokenizer, or make its file out of what the checkpoint has."""
    for place in (named, folder):
        if place is not None:
            file = place / _TOKENIZER if place.is_dir() else place
            if file.is_file():
                shutil.copyfile(file, target)
                return
            if named is not None:
                raise ExportError(f"{named}: holds no {_TOKENIZER}")
    if not any(folder.glob("*.model")):
        raise ExportError(
            f"{folder}: holds no tokenizer; give that of xlm-roberta-base with --tokenizer PATH"
        )
    from transformers import AutoTokenizer

    AutoTokenizer.from_pretrained(folder).backend_tokenizer.save(str(target))


def _fetch(repository: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(
            snapshot_download(
                repository,
                allow_patterns=[
                    "config.json",
                    "model.safetensors",
                    "pytorch_model.bin",
                    "tokenizer*",
                    "*.model",
                ],
            )
        )
    except Exception as error:  # many kinds; they name addresses only
        reason = " ".join(str(error).split())[:200]
        raise ExportError(f"{repository} cannot be fetched: {type(error).__name__}: {reason}") from error


def _card(
    entry: ModelEntry, source: str, precision: str, lora: Path | None, compared: Comparison, texts: int
) -> str:
    adapter = f", with the LoRA adapter `{lora.name}` merged" if lora is not None else ""
    origin = source if source.startswith(HUB) else Path(source).name
    return f"""# {entry.name}

`{origin}`{adapter}, exported to ONNX in {precision} by `python -m onnx_export segment`.

- Licence of the weights: {entry.licence}.
- Gate: {texts} texts, {compared.places} places; largest difference of a probability to the original
  {compared.largest:.2g}, {100 * compared.changed:.2f} % of sentence ends changed.
- Thresholds: the peer's defaults for a checkpoint of this name ({entry.thresholds}).
- Graph: `input_ids` or `hashed_ids`, and `attention_mask`; gives `logits` (label 0: a line break follows) and
  `hidden`, which `docmill adapt` uses.
"""
