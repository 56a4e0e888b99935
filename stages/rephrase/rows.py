"""Entries of the column ``rephrasings``, and what of them counts as an error of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pipeline import document
from stages.rephrase.backends.backend import Completion
from stages.rephrase.gates.pair import Verdict
from stages.rephrase.planning import Passage
from stages.rephrase.styles import Style

TOO_SHORT = "passage_too_short"

_NO_SCORES: dict[str, float | None] = {field.name: None for field in document.REPHRASING_SCORES}
_LIMITS = frozenset(["prompt_too_long", "endpoint_timeout"])
_MEANINGS = {
    "prompt_too_long": "the passage with its prompt is longer than the model's context; lower chunks.tokens",
    "endpoint_timeout": "the server took longer than endpoint.timeout_s",
    "endpoint_connection": "the connection to the server was lost",
    "endpoint_answer": "the server answered with something else than a chat completion",
    "endpoint_content_filter": "the server's filter held the answer back",
    "endpoint_status_400": "the server refused the request (400): is it longer than the server's context?",
}


def entry(passage: Passage, style: Style) -> dict[str, Any]:
    """Return an entry with what is known before the model was asked."""
    return {
        "chunk": passage.number,
        "start": passage.chunk.start,
        "end": passage.chunk.end,
        "style": style.name,
        "status": "rejected",
        "text": None,
        "reasons": [],
        "finish": None,
        "lead_in": None,
        "source_tokens": passage.chunk.tokens,
        "prompt_tokens": None,
        "tokens": None,
        "scores": _NO_SCORES,
    }


def too_short(passage: Passage, style: Style) -> dict[str, Any]:
    """Return the entry of a passage that is not sent to the model."""
    return entry(passage, style) | {"reasons": [TOO_SHORT]}


def failed(passage: Passage, style: Style, answer: Completion) -> dict[str, Any]:
    """Return the entry of a request without an answer."""
    return entry(passage, style) | {
        "status": "error",
        "reasons": [answer.error],
        "prompt_tokens": answer.prompt_tokens,
    }


def judged(
    passage: Passage,
    style: Style,
    answer: Completion,
    text: str,
    lead_in: str,
    verdict: Verdict,
    *,
    keep: bool,
) -> dict[str, Any]:
    """Return the entry of an answer.

    Args:
        text: the answer without lead-in.
        keep: keep the text of a rejected one.
    """
    return entry(passage, style) | {
        "status": "rejected" if verdict.reasons else "ok",
        "text": text if keep or not verdict.reasons else None,
        "reasons": list(verdict.reasons),
        "finish": answer.finish,
        "lead_in": lead_in or None,
        "prompt_tokens": answer.prompt_tokens,
        "tokens": answer.new_tokens,
        "scores": {**_NO_SCORES, **verdict.scores},
    }


def errors_of(entries: Sequence[dict[str, Any]]) -> list[document.Error]:
    """Return one error per code for a document with entries of status error."""
    codes = Counter(one["reasons"][0] for one in entries if one["status"] == "error")
    return [
        {
            "stage": "rephrase",
            "kind": "limit" if code in _LIMITS else "stage",
            "code": code,
            "message": f"{count} of {len(entries)} rephrasings: {_MEANINGS.get(code, 'the model gave no answer')}",
        }
        for code, count in sorted(codes.items())
    ]
