"""Which passages and rephrasings to train on: real and synthetic text in a fixed proportion.

"Rephrasing the Web" (arXiv 2401.16380, section 3.2) trains on real and synthetic text 1:1, because synthetic text
alone lacks the noise of real one. Here each passage is real once, and the debt of synthetic text grows with every
passage by synthetic/real; it is paid with rephrasings of that passage that passed their gates, in an order of styles
that the seed, the document and the passage decide. What a passage cannot pay, since too few of its rephrasings passed,
later passages of the document do. So the proportion holds over a document, and nothing is taken twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict


class Entry(TypedDict):
    """One entry of the column ``mixture``."""

    kind: str
    chunk: int
    rephrasing: int | None
    style: str | None
    start: int
    end: int
    order: float


def mixture_of(
    doc_id: str, rephrasings: Sequence[Mapping[str, Any]], real: float, synthetic: float, seed: int
) -> list[Entry]:
    """Return the entries of a document, by passage.

    Args:
        rephrasings: its column ``rephrasings``.
        real, synthetic: parts; with real 0 every rephrasing that passed is in.
    """
    by_chunk: dict[int, list[int]] = {}
    for index, one in enumerate(rephrasings):
        by_chunk.setdefault(one["chunk"], []).append(index)
    rate = synthetic / real if real else float("inf")
    # where in the first period the first one falls is a matter of the document, or short documents never had any
    debt = _even(seed, doc_id, "debt") if real else 0.0
    entries: list[Entry] = []
    for chunk, indices in by_chunk.items():
        if real:
            entries.append(_entry("real", rephrasings[indices[0]], None, doc_id, seed))
        passed = [i for i in indices if rephrasings[i]["status"] == "ok"]
        passed.sort(key=lambda i: _even(seed, doc_id, f"style {chunk} {rephrasings[i]['style']}"))
        debt += rate
        taken = passed[: int(min(debt, len(passed)))]
        debt -= len(taken)
        entries += [_entry("synthetic", rephrasings[i], i, doc_id, seed) for i in sorted(taken)]
    return entries


def _entry(kind: str, one: Mapping[str, Any], index: int | None, doc_id: str, seed: int) -> Entry:
    return {
        "kind": kind,
        "chunk": one["chunk"],
        "rephrasing": index,
        "style": None if index is None else one["style"],
        "start": one["start"],
        "end": one["end"],
        "order": _even(seed, doc_id, f"order {kind} {one['chunk']} {index}"),
    }


def _even(seed: int, doc_id: str, what: str) -> float:
    """A number that looks random, even over [0, 1)."""
    told = f"{seed}\0{what}\0{doc_id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest()) / 2**64
