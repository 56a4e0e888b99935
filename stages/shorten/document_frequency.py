"""In how many documents of a corpus each word occurs: counted in one pass, kept as a Parquet table.

The table has two columns, ``word`` (key of the word, see ``keys.word_key``, ascending) and ``df`` (number
of documents), and in its metadata, under ``docmill``, a JSON object with

- ``documents``: documents counted,
- ``undercount``: by how much a ``df`` may be too low, because the count of so rare a word was given up to
  bound memory; 0 when everything was counted.

Words are those of the scanner that have letters and no digit; nothing else is ever removed as rare.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipeline.stage import StageError
from stages.shorten.removal import first_in_text, may_go, word_ids
from stages.shorten.words import WORD, blocks, scan

_SCHEMA: Final = pa.schema(
    [pa.field("word", pa.string(), nullable=False), pa.field("df", pa.int64(), nullable=False)]
)
_META: Final = b"docmill"

MOST_WORDS: Final = 2_000_000  # distinct words held while counting, about 250 MB


class DocumentFrequency:
    """Counts documents per word.

    Memory is bounded: when more than ``most_words`` distinct words are held, those with the lowest counts
    are given up until half as many are left ("lossy counting"), and ``undercount`` grows by the highest
    count given up. The result is then still right for every word up to that error.

    Attributes:
        documents: documents counted so far.
        undercount: by how much any count may be too low.
    """

    def __init__(self, most_words: int = MOST_WORDS) -> None:
        if most_words < 1:
            raise ValueError("most_words must be at least 1")
        self.documents = 0
        self.undercount = 0
        self._most_words = most_words
        self._counts: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._counts)

    def __getitem__(self, word: str) -> int:
        """Return the number of documents with the word, given by its key; 0 for words not seen."""
        return self._counts[word]

    def add(self, texts: pa.Array) -> None:
        """Count documents.

        Args:
            texts: one string per document; nulls are not counted.
        """
        if isinstance(texts, pa.ChunkedArray):
            for chunk in texts.chunks:
                self.add(chunk)
            return
        texts = pc.drop_null(texts)
        if texts.type != pa.string():
            texts = texts.cast(pa.string())
        self.documents += len(texts)
        for first, end in blocks(texts):
            self._add_block(texts.slice(first, end - first))
        self._prune()

    def _add_block(self, texts: pa.StringArray) -> None:
        units = scan(texts)
        words = np.flatnonzero(units.kinds == WORD)
        ids, keys = word_ids(units, words, units.starts)
        documents = np.bincount(ids[first_in_text(units, words, ids)], minlength=len(keys))
        counts = self._counts
        for key, count in zip(keys, documents.tolist(), strict=True):
            if may_go(key):
                counts[key] += count

    def merge(self, other: DocumentFrequency) -> None:
        """Add the counts of another part of the corpus."""
        self._counts.update(other._counts)
        self.documents += other.documents
        self.undercount += other.undercount
        self._prune()

    def _prune(self) -> None:
        if len(self._counts) <= self._most_words:
            return
        values = np.fromiter(self._counts.values(), np.int64, len(self._counts))
        # the count below which half of what may be held is reached
        keep = self._most_words // 2
        highest_given_up = int(np.partition(values, values.size - keep - 1)[values.size - keep - 1])
        self._counts = Counter({w: n for w, n in self._counts.items() if n > highest_given_up})
        self.undercount += highest_given_up

    def save(self, path: str | Path) -> str:
        """Write the table, words in ascending order; the same counts give the same bytes.

        Returns:
            the SHA-256 of the file, in hexadecimal.
        """
        words = sorted(self._counts)
        table = pa.table(
            [pa.array(words, pa.string()), pa.array([self._counts[w] for w in words], pa.int64())],
            schema=_SCHEMA,
        )
        about = {"documents": self.documents, "undercount": self.undercount}
        sink = pa.BufferOutputStream()
        pq.write_table(
            table.replace_schema_metadata({_META: json.dumps(about, sort_keys=True).encode()}),
            sink,
            compression="zstd",
        )
        content = sink.getvalue().to_pybytes()
        path = Path(path)
        aside = path.with_name(path.name + ".part")
        aside.write_bytes(content)
        aside.replace(path)
        return hashlib.sha256(content).hexdigest()

    @classmethod
    def load(cls, path: str | Path, most_words: int = MOST_WORDS) -> DocumentFrequency:
        """Read a table, to look at or to go on counting.

        Raises:
            StageError: the file is missing or no such table.
        """
        table, about = _read(Path(path))
        made = cls(most_words)
        made.documents, made.undercount = about["documents"], about["undercount"]
        made._counts = Counter(dict(zip(table["word"].to_pylist(), table["df"].to_pylist(), strict=True)))
        return made


@dataclass(frozen=True, slots=True)
class FrequentWords:
    """The words of a table that are frequent enough.

    Attributes:
        words: keys of words that occur in at least so many documents as asked for.
    """

    words: frozenset[str]

    def is_rare(self, key: str) -> bool:
        """Say whether a word, given by its key, occurs in fewer documents; unknown words do."""
        return key not in self.words

    @classmethod
    def load(cls, path: Path, rare_below: int) -> FrequentWords:
        """Read the words that occur in at least ``rare_below`` documents.

        Raises:
            StageError: see ``check_table``.
        """
        check_table(path, rare_below)
        table, _ = _read(path)
        return cls(frozenset(table["word"].filter(pc.greater_equal(table["df"], rare_below)).to_pylist()))


def check_table(path: Path, rare_below: int) -> None:
    """Look at the footer of a table.

    Raises:
        StageError: the file is missing, no such table, or too coarse for ``rare_below``.
    """
    about = _about(path, _schema(path))
    if about["undercount"] and rare_below <= about["undercount"]:
        raise StageError(
            f"shorten: counts in {path} may be too low by {about['undercount']}, so rare_below: {rare_below} "
            f"cannot be told from it: set it above {about['undercount']}, or fit with more memory"
        )


def _schema(path: Path) -> pa.Schema:
    try:
        return pq.read_schema(path)
    except OSError as error:
        raise StageError(
            f"shorten: cannot read document_frequency {path}: {error.strerror or 'not a Parquet file'}"
        ) from error
    except pa.ArrowInvalid as error:
        raise StageError(
            f"shorten: document_frequency {path} is no Parquet file: make it with `docmill fit-rare`"
        ) from error


def _about(path: Path, schema: pa.Schema) -> dict[str, int]:
    metadata = schema.metadata or {}
    if _META not in metadata or schema.names != _SCHEMA.names:
        raise StageError(
            f"shorten: {path} is not a table of document frequencies: make it with `docmill fit-rare`"
        )
    about: dict[str, Any] = json.loads(metadata[_META])
    return {"documents": int(about["documents"]), "undercount": int(about["undercount"])}


def _read(path: Path) -> tuple[pa.Table, dict[str, int]]:
    about = _about(path, _schema(path))
    return pq.read_table(path), about
