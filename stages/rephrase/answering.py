"""Answers to requests: from the cache where they are, else from the model, each different one once."""

from __future__ import annotations

from collections.abc import Sequence

from stages.rephrase.backends.backend import Backend, Completion, Request
from stages.rephrase.cache import Cache, Key, key_of


def answers_to(
    requests: Sequence[Request], backend: Backend, cache: Cache | None, recent: dict[Key, Completion]
) -> list[Completion]:
    """Return the answer to each request, in order.

    Args:
        recent: answers that are known already; new ones are put in. The caller empties it when they are used: a
            batch that is done again in halves, because one of its rows fails, then asks for nothing twice.

    An answer is in the cache before the next one is waited for. Failures are not kept: another run asks again.

    Raises:
        Unavailable: no answers can be had any more.
    """
    identity = backend.identity()
    keys = [key_of(identity, request) for request in requests]
    known = recent
    if cache is not None:
        cache.refresh()
        for key in set(keys) - known.keys():
            found = cache.get(key)
            if found is not None:
                known[key] = found
    asked: dict[Key, Request] = {
        key: request for key, request in zip(keys, requests, strict=True) if key not in known
    }
    todo = list(asked.items())
    for index, answer in backend.complete([request for _, request in todo]):
        key = todo[index][0]
        known[key] = answer
        if cache is not None and answer.error is None:
            cache.put(key, answer)
    return [known[key] for key in keys]
