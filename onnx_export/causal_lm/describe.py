"""Writes what lies beside a graph: tokenizer, settings, card; and the entry that names them all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.catalog import ModelEntry, Source, digest_of
from models.causal_lm import folder
from models.causal_lm import settings as files_settings
from models.causal_lm.settings import Settings, Sizes
from models.toml import file_of
from onnx_export.causal_lm import source
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.gate import Compared
from onnx_export.causal_lm.source import Original
from onnx_export.causal_lm.writer import DATA, GRAPH

TOKENIZER_FILE, SETTINGS_FILE, CARD_FILE = "tokenizer.json", "docmill.json", "card.md"
_ROLES = {
    folder.GRAPH: GRAPH,
    folder.WEIGHTS: DATA,
    folder.TOKENIZER: TOKENIZER_FILE,
    folder.SETTINGS: SETTINGS_FILE,
}

CACHE_ELEMENTS = {"int8": "int8", "fp16": "float16"}  # by precision; the others have float32

_SAID = {
    "int8": "weights in 7 bits per output, activations in 8 bits per token, rotated and scaled before rounding; keys and "
    "values in 8 bits",
    "8": "weights in 8 bits in blocks of 32",
    "4": "feed-forward weights in 4 bits in blocks of 32, the others in 8 bits",
    "fp16": "half precision, for GPUs",
    "none": "single precision",
}


def settings_of(original: Original, sizes: Sizes, precision: str) -> Settings:
    """Return what the runtime has to know."""
    special = original.tokenizer.special_tokens_map.items()
    return Settings(
        sizes=sizes,
        precision=precision,
        end_tokens=source.end_tokens_of(original),
        chat_template=source.chat_template_of(original.tokenizer),
        special_tokens={key: str(value) for key, value in special if isinstance(value, str)},
        cache_element=CACHE_ELEMENTS.get(precision, "float32"),
    )


def sizes_of(model: Architecture) -> Sizes:
    """Return the counts that the runtime needs."""
    return Sizes(
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


def write_files(draft: Path, original: Original, settings: Settings, label: str, licence: str) -> ModelEntry:
    """Write tokenizer and settings beside the graph; return the entry of all files."""
    original.tokenizer.backend_tokenizer.save(str(draft / TOKENIZER_FILE))
    files_settings.write(settings, draft / SETTINGS_FILE)
    return entry_of(draft, settings, label, licence, original.origin)


def entry_of(
    draft: Path, settings: Settings, label: str, licence: str, origin: Mapping[str, str]
) -> ModelEntry:
    """Return the entry of the files in a folder."""
    files = tuple(file_of(draft, role, file) for role, file in _ROLES.items())
    return ModelEntry(
        name=label,
        version=f"{settings.precision}-{digest_of(files)[:8]}",
        task=folder.TASK,
        source=Source("directory"),
        sha256=digest_of(files),
        size=sum(file.size for file in files),
        licence=licence,
        card=CARD_FILE,
        files=files,
        family=folder.FAMILY,
        origin=origin,
        root=draft,
    )


def write_card(path: Path, entry: ModelEntry, precision: str, compared: Compared) -> None:
    """Write the card: what it is, from where, and what the gate measured."""
    origin = entry.origin
    digest = f", SHA-256 `{origin['sha256']}`" if "sha256" in origin else ""
    path.write_text(
        f"""# {entry.name}

`{origin["name"]}`, exported to ONNX by `python -m onnx_export causal-lm --quantise {precision}`: {_SAID[precision]}.

- Source: `{origin["name"]}` ({origin["format"]}{digest}).
- Licence of the weights: {entry.licence}.
- Gate: {compared.tokens} tokens; mean divergence from the original {compared.divergence:.2g} nats a token; perplexity
  {compared.perplexity:.2f} times {compared.factor:.4f}; same next token for {100 * compared.agreed:.1f} % of tokens.
- Files: graph, weights (memory-mapped), tokenizer, and `docmill.json` with sizes, end tokens and chat template.
""",
        encoding="utf-8",
    )
