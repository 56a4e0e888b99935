"""What is to be asked for a batch of documents, and what each entry of the result is about."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.stage import StageError
from stages.rephrase.backends.backend import Request
from stages.rephrase.chunking import Chunk, Span, chunks_of
from stages.rephrase.generation.request import Sampling
from stages.rephrase.options import RephraseConfig
from stages.rephrase.styles import Style
from stages.rephrase.token_counts import TokenCounter

_SLACK = 1.25  # tokens are counted alike on both sides, but an answer must be seen to be too long
_SPARE = 32


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a document.

    Attributes:
        row: of the document in the batch.
        number: of the passage in the document, from 0.
        text: as it stands in the document.
        chunk: its span and tokens.
    """

    row: int
    number: int
    text: str
    chunk: Chunk


def passages_of(
    texts: Sequence[str], sentences: Sequence[Sequence[Span]], counter: TokenCounter, limit: int
) -> list[Passage]:
    """Cut documents into passages.

    Raises:
        StageError: the sentences of a document are not those of its text.
    """
    found = []
    for row, (text, spans) in enumerate(zip(texts, sentences, strict=True)):
        if (spans[-1][1] if spans else 0) != len(text):
            raise StageError(
                "the column sentences belongs to another text: put segment after the stages that change the text",
                code="sentences",
                kind="document",
            )
        chunks = chunks_of(text, spans, counter, limit)
        found += [Passage(row, number, text[c.start : c.end], c) for number, c in enumerate(chunks)]
    return found


def request_of(passage: Passage, style: Style, config: RephraseConfig) -> Request:
    """Return what is asked of the model. It depends on the passage's text and the options alone."""
    generation = config.generation
    messages = style.messages(passage.text)
    told = json.dumps([generation.seed, messages], ensure_ascii=True)
    seed = int.from_bytes(hashlib.blake2b(told.encode(), digest_size=4).digest()) >> 1
    return Request(
        messages,
        Sampling(
            temperature=generation.temperature,
            top_p=generation.top_p,
            top_k=generation.top_k,
            seed=seed,
            max_new_tokens=_most_tokens(passage, style, config),
        ),
    )


def _most_tokens(passage: Passage, style: Style, config: RephraseConfig) -> int:
    """No more than the length gate lets pass, with some to spare so that it sees what is too long."""
    most = config.generation.max_new_tokens
    if style.max_new_tokens is not None:
        return min(most, style.max_new_tokens)
    gate = config.gates.length
    if not gate or "length" in style.without:
        return most
    ratio = style.length_ratio[1] if gate.max_ratio is None else gate.max_ratio
    return min(most, math.ceil(_SLACK * ratio * passage.chunk.tokens) + _SPARE)
