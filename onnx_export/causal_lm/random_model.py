"""Writes small models with random weights, for tests of everything around a model: no torch, no download.

They answer nonsense, but all that can be wrong with shapes, caches, precision and files is as in large ones.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.causal_lm import settings as files_settings
from models.causal_lm.settings import Settings
from models.toml import write_entry
from onnx_export.causal_lm import describe, graph, linear
from onnx_export.causal_lm.architecture import Architecture
from onnx_export.causal_lm.integer_attention import CachePeaks
from onnx_export.causal_lm.writer import GraphWriter

SPECIAL = ("<|end|>", "<|system|>", "<|user|>", "<|assistant|>")

# one turn per message, each closed by <|end|>
TEMPLATE = (
    "{% for message in messages %}<|{{ message['role'] }}|>{{ message['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def architecture(context: int = 1024, window: int | None = None) -> Architecture:
    """Return the sizes of the small model."""
    head = 16
    return Architecture(
        layers=2,
        hidden=96,
        intermediate=160,
        heads=6,
        kv_heads=2,
        head_size=head,
        vocabulary=256 + len(SPECIAL),
        context=context,
        epsilon=1e-5,
        window=window,
        tied=True,
        frequencies=(10000.0 ** (-np.arange(0, head, 2) / head)).astype(np.float32),
    )


def weights(model: Architecture, seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """Return random weights by transformers' names."""
    random = np.random.default_rng(seed)
    query, shared = model.heads * model.head_size, model.kv_heads * model.head_size
    shapes = {"model.embed_tokens.weight": (model.vocabulary, model.hidden)}
    found: dict[str, NDArray[np.float32]] = {"model.norm.weight": np.ones(model.hidden, np.float32)}
    for number in range(model.layers):
        layer = f"model.layers.{number}."
        shapes |= {
            f"{layer}self_attn.q_proj.weight": (query, model.hidden),
            f"{layer}self_attn.k_proj.weight": (shared, model.hidden),
            f"{layer}self_attn.v_proj.weight": (shared, model.hidden),
            f"{layer}self_attn.o_proj.weight": (model.hidden, query),
            f"{layer}mlp.gate_proj.weight": (model.intermediate, model.hidden),
            f"{layer}mlp.up_proj.weight": (model.intermediate, model.hidden),
            f"{layer}mlp.down_proj.weight": (model.hidden, model.intermediate),
        }
        for part in ("input", "post_attention"):
            found[f"{layer}{part}_layernorm.weight"] = np.ones(model.hidden, np.float32)
    for name, shape in shapes.items():
        found[name] = random.normal(0, shape[1] ** -0.5, shape).astype(np.float32)
    return found


def write(folder: Path, precision: str = "int8", *, context: int = 1024, seed: int = 0) -> Path:
    """Write a whole model folder, which ``models.causal_lm.folder.find`` takes; return it.

    Args:
        folder: made if it is not there.
        precision: one of ``linear.PRECISIONS``.
        context: tokens of prompt and answer.
        seed: of the weights.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model = architecture(context)
    with GraphWriter(folder) as writer:
        peaks = [_peaks(model)] * model.layers if precision == "int8" else None
        graph.write(writer, model, weights(model, seed), linear.of_precision(precision), peaks)
    _tokenizer(folder)
    settings = Settings(
        sizes=describe.sizes_of(model),
        precision=precision,
        end_tokens=(256,),
        chat_template=TEMPLATE,
        cache_element=describe.CACHE_ELEMENTS.get(precision, "float32"),
    )
    files_settings.write(settings, folder / describe.SETTINGS_FILE)
    (folder / describe.CARD_FILE).write_text("# random\n\nRandom weights, for tests.\n", encoding="utf-8")
    write_entry(folder, describe.entry_of(folder, settings, "random", "CC0-1.0", {}))
    return folder


def _peaks(model: Architecture) -> CachePeaks:
    """What queries, keys and values of such weights, which are about normally distributed, come to."""
    pairs = np.full((model.kv_heads, model.head_size // 2), 5, np.float32)
    return CachePeaks(pairs, pairs, np.full((model.kv_heads, model.head_size), 4, np.float32))


def _tokenizer(folder: Path) -> None:
    """Write a tokenizer whose tokens are bytes."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    # ByteLevel names bytes by printable characters; a byte's number is its place among their sorted names
    names = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE({name: number for number, name in enumerate(names)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(one, special=True) for one in SPECIAL])
    tokenizer.save(str(folder / describe.TOKENIZER_FILE))
