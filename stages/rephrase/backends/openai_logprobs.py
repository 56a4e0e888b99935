"""Reads the log probabilities of a chat completion, as OpenAI's field ``choices[].logprobs.content`` has them."""

from __future__ import annotations

import codecs
import math
from collections.abc import Sequence
from typing import Any


def logprobs_of(choice: Any, text: str) -> tuple[Sequence[int], Sequence[float]] | None:
    """Return where in the text each token ends and its log probability; None unless the server told both, and its tokens
    are those of the text.

    Args:
        choice: an entry of ``choices``.
        text: the content of its message.
    """
    told = choice.get("logprobs")
    entries = told.get("content") if isinstance(told, dict) else None
    if not isinstance(entries, list):
        return None
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    read, ends, found = "", [], []
    for entry in entries:
        content, value = _bytes_of(entry), entry.get("logprob") if isinstance(entry, dict) else None
        if content is None or not isinstance(value, int | float) or not math.isfinite(value):
            return None
        read += decoder.decode(content)
        ends.append(len(read))
        found.append(min(float(value), 0.0))
    # the token that ended the answer may be told, too; it is no part of the text
    if not text or not read.startswith(text):
        return None
    return [min(end, len(text)) for end in ends], found


def _bytes_of(entry: Any) -> bytes | None:
    """The bytes of a token: those of one that is no whole character can be told as numbers only."""
    if not isinstance(entry, dict):
        return None
    numbers, token = entry.get("bytes"), entry.get("token")
    if isinstance(numbers, list):
        fit = all(isinstance(n, int) and 0 <= n < 256 for n in numbers)
        return bytes(numbers) if fit else None
    return token.encode("utf-8", "surrogatepass") if isinstance(token, str) else None
