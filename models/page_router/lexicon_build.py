"""Makes ``lexicon.npz``:

    python -m models.page_router.lexicon_build TEXTS

TEXTS is a folder of running text, ``SOURCE.LANGUAGE.txt.gz``. Words are counted by language, so that a small
language is not drowned by a large one; trigrams are those of the mean over languages, English and the six
largest Western languages counting more, as they do among papers and reports.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import stopwordsiso

from models.page_router.lexicon import (
    FILE,
    STEPS_PER_BIT,
    STOP_BITS,
    TRIGRAM_BITS,
    UNSEEN,
    WORD_BITS,
    filter_bits,
    mixed_trigrams,
    trigram_buckets,
    word_hashes,
)
from models.sentence_boundary.fast.characters import KIND_BITS, LETTER, MARK, characters

_MAIN = ("en", "fr", "de", "es", "it", "pt", "nl")
_WORDS = {"en": 60_000} | dict.fromkeys(_MAIN[1:], 16_000)
_OTHER_WORDS = 6_000
_LEAST = 2  # times that a word or trigram occurs in its language; once is enough for an English word
_WEIGHTS = {"en": 4.0} | dict.fromkeys(_MAIN[1:], 2.0)
_LONGEST_FILE = 3_000_000  # characters
_SPACE = ord(" ")


def main() -> None:
    """Count, write the tables, say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path, help="folder of SOURCE.LANGUAGE.txt.gz")
    texts = parser.parse_args().texts
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(texts.glob("*.txt.gz")):
        files[path.name.split(".")[-3]].append(path)
    words: set[str] = set()
    costs = np.zeros(2**TRIGRAM_BITS)
    contexts: dict[int, float] = defaultdict(float)
    pairs: dict[tuple[int, int], float] = defaultdict(float)
    for language, paths in sorted(files.items()):
        counted, trigrams = _counted(paths)
        frequent = counted.most_common(_WORDS.get(language, _OTHER_WORDS))
        words |= {word for word, count in frequent if len(word) > 2 and (count >= _LEAST or language == "en")}
        total = sum(trigrams.values())
        weight = _WEIGHTS.get(language, 1.0)
        for (one, two, three), count in trigrams.items():
            if count < _LEAST or not total:
                continue
            key = one << 21 | two
            contexts[key] += weight * count / total
            pairs[key, three] += weight * count / total
    keys = np.array([(key >> 21, key & 2**21 - 1, three) for key, three in pairs], np.uint32)
    likely = np.array([share / contexts[key] for (key, _), share in pairs.items()])
    buckets = trigram_buckets(mixed_trigrams(keys.ravel())[::3])
    np.maximum.at(costs, buckets, likely)
    with np.errstate(divide="ignore"):
        steps = np.where(costs > 0, np.minimum(np.round(-np.log2(costs) * STEPS_PER_BIT), UNSEEN - 1), UNSEEN)
    stops = {word for language in stopwordsiso.langs() for word in stopwordsiso.stopwords(language)}
    words |= {word for word in stops if word.isalpha() and 2 < len(word) < 13}
    np.savez_compressed(
        FILE,
        words=np.packbits(_filter(words, WORD_BITS)),
        # Only the short ones are function words; the longer lists hold many others.
        stops=np.packbits(
            _filter({word for word in stops if word.isalpha() and 1 < len(word) < 6}, STOP_BITS)
        ),
        trigrams=steps.astype(np.uint8),
    )
    print(f"{len(words)} words, {len(pairs)} trigrams of {len(files)} languages, {FILE.stat().st_size} bytes")


def _counted(paths: Iterable[Path]) -> tuple[Counter[str], Counter[tuple[int, int, int]]]:
    table = characters()
    words: Counter[str] = Counter()
    trigrams: Counter[tuple[int, int, int]] = Counter()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as opened:
            codes = np.frombuffer(opened.read(_LONGEST_FILE).encode("utf-32-le"), np.uint32)
        kinds = table.traits[codes] & KIND_BITS
        folded = np.where((kinds == LETTER) | (kinds == MARK), table.folded[codes], _SPACE).astype(np.uint32)
        words.update(folded.tobytes().decode("utf-32-le").split())
        once = folded[np.r_[True, (folded[1:] != _SPACE) | (folded[:-1] != _SPACE)]]
        rows, counts = np.unique(
            once[:-2].astype(np.uint64) << np.uint64(42)
            | once[1:-1].astype(np.uint64) << np.uint64(21)
            | once[2:].astype(np.uint64),
            return_counts=True,
        )
        for row, count in zip(rows.tolist(), counts.tolist(), strict=True):
            trigrams[row >> 42, row >> 21 & 2**21 - 1, row & 2**21 - 1] += count
    return words, trigrams


def _filter(words: set[str], bits: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    held = sorted(words)
    row = np.frombuffer(f"  {' '.join(held)} ".encode("utf-32-le"), np.uint32)
    spaced = np.array([len(word) + 1 for word in held])
    first = np.cumsum(spaced) - spaced
    edges = np.stack((first + 1, first + spaced), axis=1).ravel()
    table = np.zeros(2**bits, np.uint8)
    for found in filter_bits(word_hashes(mixed_trigrams(row), edges), bits):
        table[found] = 1
    return table


if __name__ == "__main__":
    main()
