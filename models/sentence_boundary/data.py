"""Corpora for training and measuring sentence boundaries, and the corrupted variant of a record.

Shared by every model of this folder; it reads files and changes text, nothing else. A data folder holds

    sentences/CORPUS/{train,dev,test}.jsonl   records: lang, corpus, text, sentence_ends, paragraph_ends
    text/SOURCE.LANG.txt.gz                   one paragraph, heading or list item per line

Offsets count code points of ``text`` and are exclusive.
"""

from __future__ import annotations

import gzip
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Split = Literal["train", "dev", "test"]

# The nine treebanks whose test splits decide, and what the issue calls them: "the nine".
NINE = (
    "ud_ar_pud",
    "ud_de_gsd",
    "ud_en_ewt",
    "ud_es_gsd",
    "ud_fr_gsd",
    "ud_hi_pud",
    "ud_ja_gsd",
    "ud_ru_gsd",
    "ud_zh_pud",
)

# Languages written without blanks between sentences.
_UNSPACED = frozenset({"zh", "ja", "th", "km"})
_LANGUAGE_NAMES = {"jp": "ja", "kr": "ko", "gj": "gu", "tl": "fil"}  # file names that are no ISO 639 code
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Record:
    """A text with its sentence ends.

    Attributes:
        corpus: name of the corpus.
        language: ISO 639 code.
        text: the text.
        sentence_ends: offset just past the last character of each sentence, ascending; the last one is the
            end of the record.
        paragraph_ends: the sentence ends at which a paragraph ended.
    """

    corpus: str
    language: str
    text: str
    sentence_ends: tuple[int, ...]
    paragraph_ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """A file of running text: paragraphs, headings and list items in their order; no empty ones."""

    source: str
    language: str
    lines: tuple[str, ...]


def separator(language: str) -> str:
    """Return what stands between two sentences of the language: a blank or nothing."""
    return "" if language in _UNSPACED else " "


def held_out(split: Sequence[Record], every: int) -> tuple[Record, ...]:
    """Return the records for measuring where the others of a dev split are trained on: number 1, 1 + every, ..."""
    return tuple(split[1::every])


def not_held_out(split: Sequence[Record], every: int) -> tuple[Record, ...]:
    """Return the records that ``held_out`` leaves for training."""
    return tuple(record for number, record in enumerate(split) if number % every != 1)


def corpora(folder: Path, split: Split) -> tuple[str, ...]:
    """Return the names of the corpora below ``folder/sentences`` that have the split, in order of name.

    Raises:
        FileNotFoundError: there is none.
    """
    names = tuple(sorted(file.parent.name for file in (folder / "sentences").glob(f"*/{split}.jsonl")))
    if not names:
        raise FileNotFoundError(f"no sentences/*/{split}.jsonl in {folder}: give the folder of the corpora")
    return names


def records(folder: Path, corpus: str, split: Split) -> tuple[Record, ...]:
    """Read one split of a corpus.

    Raises:
        FileNotFoundError: the corpus does not have that split.
    """
    with (folder / "sentences" / corpus / f"{split}.jsonl").open(encoding="utf-8") as file:
        return tuple(_record(json.loads(line)) for line in file)


def running_text(folder: Path) -> Iterator[Lines]:
    """Read every file below ``folder/text``, in order of name."""
    for file in sorted((folder / "text").glob("*.txt.gz")):
        source, _, code = file.name.removesuffix(".txt.gz").rpartition(".")
        with gzip.open(file, "rt", encoding="utf-8") as opened:
            stripped = (line.strip() for line in opened)
            yield Lines(source, _LANGUAGE_NAMES.get(code, code), tuple(line for line in stripped if line))


def sentences(record: Record) -> tuple[str, ...]:
    """Return the sentences, without white space around them and without empty ones."""
    starts = (0, *record.sentence_ends)[:-1]
    cut = (record.text[a:b].strip() for a, b in zip(starts, record.sentence_ends, strict=True))
    return tuple(sentence for sentence in cut if sentence)


def joined(corpus: str, language: str, parts: Sequence[str]) -> Record:
    """Return a record of the sentences, joined as the language does it."""
    between = separator(language)
    ends = []
    length = 0
    for part in parts:
        length += len(part)
        ends.append(length)
        length += len(between)
    return Record(corpus, language, between.join(parts), tuple(ends))


def stripped_of_form(sentence: str) -> str:
    """Return the sentence in lower case without punctuation and symbols (categories P and S), blanks
    collapsed."""
    lowered = sentence.lower()
    kept = lowered.translate({ord(c): None for c in set(lowered) if _is_form(c)})
    return _BLANKS.sub(" ", kept).strip()


def corrupted(record: Record) -> Record:
    """Return the record in lower case and without punctuation: what speech recognition gives.

    Each sentence is stripped by itself, those that become empty are dropped, the others are joined again.
    """
    parts = [stripped_of_form(sentence) for sentence in sentences(record)]
    return joined(record.corpus, record.language, [part for part in parts if part])


@cache
def _is_form(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _record(raw: dict[str, object]) -> Record:
    text, ends, paragraphs = raw["text"], raw["sentence_ends"], raw.get("paragraph_ends") or ()
    assert isinstance(text, str)  # noqa: S101 - the files are ours
    assert isinstance(ends, list)  # noqa: S101
    return Record(str(raw["corpus"]), str(raw["lang"]), text, tuple(ends), tuple(paragraphs))  # type: ignore[arg-type]
