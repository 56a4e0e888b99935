"""Running text cut into pieces whose ends are known, by high-precision rules: the self-supervised corpus.

A line of the corpus ends where its author ended a paragraph: that is the supervision. Inside a paragraph an
end is taken as known only where punctuation and what follows leave little doubt; doubtful places are marked
as such and never count, neither for nor against. Once the text is corrupted (no punctuation, lower case) the
known ends are what a model has to find without that help.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.sentence_boundary import data

# Languages whose script has no capitals: punctuation and a blank have to do.
_CASELESS = frozenset(
    (
        *("ar", "fa", "ur", "he", "hi", "mr", "ne", "sa", "bn", "gu", "ta", "te", "kn", "ml", "pa"),
        *("si", "my", "km", "ka", "ko", "am"),
    )
)
_END = re.compile(r"([.!?…。！？｡।॥؟۔።។။]+)([\"'”’»)\]」』）]*)(\s*)")
_AFTER_DOT = re.compile(r"(\w+)\.\s+(\w)")
_OPENING = "\"'“‘«([「『（¿¡–—-"
_FULL_STOPS = frozenset("。！？｡।॥؟۔።។။")
_KEEP_UNPUNCTUATED = 0.15
_LONGEST_FILE = 3_000_000  # characters of one file that are used


class Piece(NamedTuple):
    """A stretch of text and what is known about its end.

    Attributes:
        text: without white space around it.
        ends: whether a sentence ends here; None where that is in doubt.
        gap: what stood between it and the next piece.
    """

    text: str
    ends: bool | None
    gap: str


Sentence = tuple[Piece, ...]  # the last one ends; the others are in doubt


def from_running_text(files: Iterable[data.Lines], seed: int) -> dict[str, list[list[Sentence]]]:
    """Return the sentences of each file by language, in their order, lines seen before left out."""
    chosen = random.Random(seed)  # noqa: S311
    by_language: dict[str, list[data.Lines]] = defaultdict(list)
    for file in files:
        by_language[file.language].append(file)
    seen: set[int] = set()
    pools: dict[str, list[list[Sentence]]] = {}
    for language, group in sorted(by_language.items()):
        abbreviations = _abbreviations(line for file in group for line in file.lines)
        documents = []
        for file in group:
            sentences: list[Sentence] = []
            size = 0
            for line in file.lines:
                if hash(line) in seen or size > _LONGEST_FILE:
                    continue
                seen.add(hash(line))
                size += len(line)
                sentences.extend(_cut(line, language, abbreviations, chosen))
            if sentences:
                documents.append(sentences)
        if documents:
            pools[language] = documents
    return pools


def from_record(record: data.Record) -> list[Sentence]:
    """Return the sentences of an annotated record; line ends inside and between them are kept."""
    pieces: list[Sentence] = []
    start = 0
    for end, following in zip(record.sentence_ends, (*record.sentence_ends[1:], None), strict=True):
        text = record.text[start:end].strip()
        rest = record.text[end:following] if following is not None else ""
        space = rest[: len(rest) - len(rest.lstrip())]
        newlines = space.count("\n")
        gap = "\n\n" if newlines > 1 else "\n" if newlines else data.separator(record.language)
        if text:
            pieces.append((Piece(text, True, gap),))
        start = end
    return pieces


def _abbreviations(lines: Iterable[str]) -> frozenset[str]:
    """Words that stand before a full stop and a small letter too often for an end of sentence."""
    before_small: Counter[str] = Counter()
    before_any: Counter[str] = Counter()
    for line in lines:
        for word, following in _AFTER_DOT.findall(line):
            before_any[word.lower()] += 1
            if following.islower():
                before_small[word.lower()] += 1
    return frozenset(word for word, n in before_small.items() if n >= 2 and n > 0.08 * before_any[word])


def _cut(
    line: str, language: str, abbreviations: frozenset[str], chosen: random.Random
) -> Iterator[Sentence]:
    between = data.separator(language)
    pending: list[Piece] = []
    start = 0
    for match in _END.finditer(line):
        end = match.start(3)
        if match.end() >= len(line):
            break
        verdict = _verdict(line, match, language, abbreviations)
        if verdict is False:
            continue
        text = line[start:end].strip()
        start = match.end()
        if not text:
            continue
        pending.append(Piece(text, verdict, match[3] or between))
        if verdict:
            yield tuple(pending)
            pending = []
    text = line[start:].strip()
    if not text:
        return
    if language in ("th", "lo"):  # sentences are divided by blanks, but not every blank divides sentences
        *parts, text = text.split(" ")
        pending.extend(Piece(part, None, " ") for part in parts if part)
    stops = _END.search(text[-3:]) is not None or language in ("th", "lo")
    if stops or (len(text) > 15 and chosen.random() < _KEEP_UNPUNCTUATED):
        yield (*pending, Piece(text, True, "\n"))


def _verdict(line: str, match: re.Match[str], language: str, abbreviations: frozenset[str]) -> bool | None:
    marks, closing, space = match[1], match[2], match[3]
    if marks[-1] in _FULL_STOPS:
        if space or language in ("zh", "ja"):
            return None if closing else True
        return False
    if not space:
        return False
    rest = line[match.end() :].lstrip(_OPENING)
    following = rest[:1]
    if following.islower():
        return False if marks == "." else None
    word = re.search(r"(\w*)$", line[: match.start()])
    before = word[1] if word else ""
    if marks == "." and (len(before) < 2 or before.isdigit() or before.lower() in abbreviations):
        return None
    if marks.endswith(("…", "..")) or not following.isalpha():
        return None
    capital = following.isupper()
    short = marks == "." and len(before) <= 3
    return True if (capital or language in _CASELESS) and not (short and capital) else None
