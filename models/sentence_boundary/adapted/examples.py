"""Reads segmented examples.

- ``.jsonl``: one document per line, ``{"text": ..., "sentence_ends": [...]}`` with offsets in code points, or
  ``{"sentences": ["...", ...]}``, which are joined with a space where the one before does not end in white
  space already;
- any other file: UTF-8 text with one sentence per line; a blank line ends a document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class ExamplesError(Exception):
    """The examples cannot be used. One line that says how to mend it, without any text of theirs."""


@dataclass(frozen=True, slots=True)
class Example:
    """A segmented text.

    Attributes:
        text: the text.
        ends: where its sentences end, ascending, in code points; the end of the text need not be among them.
    """

    text: str
    ends: tuple[int, ...]


def read_examples(path: Path) -> list[Example]:
    """Read a file of examples.

    Raises:
        ExamplesError: it cannot be read, or holds no sentence end inside a text.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ExamplesError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise ExamplesError(f"{path}: is not UTF-8 text") from None
    except OSError as error:
        raise ExamplesError(f"{path}: cannot be read: {error.strerror or type(error).__name__}") from None
    found = list(_records(content, path) if path.suffix == ".jsonl" else _paragraphs(content))
    if not any(end < len(one.text.rstrip()) for one in found for end in one.ends):
        raise ExamplesError(
            f"{path}: no text has two sentences; put one sentence on a line, and a blank line between documents"
        )
    return found


def number_of_sentences(examples: Sequence[Example]) -> int:
    """Return how many sentences the examples hold."""
    return sum(len(one.ends) for one in examples)


def joined(sentences: Sequence[str]) -> Example:
    """Join sentences to a text."""
    text = ""
    ends = []
    for sentence in sentences:
        if text and not text[-1].isspace():
            text += " "
        text += sentence
        ends.append(len(text.rstrip()))
    return Example(text, tuple(ends))


def _paragraphs(content: str) -> Iterator[Example]:
    held: list[str] = []
    for line in [*content.replace("\r\n", "\n").split("\n"), ""]:
        if line.strip():
            held.append(line.strip())
        elif held:
            yield joined(held)
            held = []


def _records(content: str, path: Path) -> Iterator[Example]:
    for number, line in enumerate(content.split("\n"), 1):
        if line.strip():
            try:
                example = _record(json.loads(line))
            except (ValueError, KeyError, TypeError):
                example = None
            if example is None:
                raise ExamplesError(
                    f"{path}: line {number} is neither "
                    '{"text": ..., "sentence_ends": [...]} nor {"sentences": [...]}'
                )
            yield example


def _record(record: Any) -> Example | None:
    if "sentences" in record:
        sentences = [one for one in record["sentences"] if one.strip()]
        return joined(sentences)
    text, ends = record["text"], [int(end) for end in record["sentence_ends"]]
    if (
        not isinstance(text, str)
        or ends != sorted(ends)
        or (ends and not 0 < ends[0] <= ends[-1] <= len(text))
    ):
        return None
    return Example(text, tuple(ends))
