"""Asks a server by ``POST base_url/chat/completions``, the interface that OpenAI made common.

Several requests are under way at a time, one connection each. A request that failed for a passing reason is sent
again after a pause that doubles, with a part that depends on the request so that workers do not return all at once,
or after the pause that the server asks for. When request after request fails for want of a server, the job stops
instead of filling the result with errors: what is answered is in the cache, and the same command goes on later.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from pipeline.stage import StageError, Unavailable
from stages.rephrase.backends.backend import Completion, Request
from stages.rephrase.backends.http_post import Connection, RequestFailed
from stages.rephrase.backends.openai_logprobs import logprobs_of
from stages.rephrase.generation.request import Finish
from stages.rephrase.options import Endpoint
from stages.rephrase.token_counts import EstimatedTokens, TokenCounter, TokenizerTokens

_CHAT = "/chat/completions"
_FIRST_PAUSE_S = 0.5
_PROBE_S = 10.0
# what these say is true of every request: the wrong URL, key, account or model
_HOPELESS = frozenset(f"status_{n}" for n in (301, 302, 303, 307, 308, 401, 402, 403, 404, 405))
_FINISHES: dict[str, Finish] = {"stop": "stop", "eos": "stop", "length": "length"}


class OpenAIBackend:
    """A server. Cheap to make; connections open when the first request comes."""

    def __init__(self, options: Endpoint) -> None:
        self._options = options
        self._local = threading.local()
        self._connections: list[Connection] = []
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._stopping = threading.Event()
        self._counter: TokenCounter | None = None

    def identity(self) -> str:
        """The model's name, and what is sent with every request."""
        extra = ",".join(f"{k}={v!r}" for k, v in sorted(self._options.extra.items()))
        return f"endpoint:{self._options.model}:{extra}"

    def counter(self) -> TokenCounter:
        """The tokenizer of the options, or an estimate."""
        if self._options.tokenizer is None:
            return EstimatedTokens()
        return TokenizerTokens.from_file(self._options.tokenizer)

    def check(self) -> None:
        """Raise StageError when the key is missing or nobody answers at the URL."""
        connection = self._connect()
        try:
            status = connection.get_status("/models", min(_PROBE_S, self._options.timeout_s))
        except RequestFailed as error:
            raise StageError(_unreachable(self._options.base_url, error), code="endpoint") from None
        finally:
            connection.close()
        if status in (401, 403):
            named = self._options.api_key_env
            told = f"the key in {named} is refused" if named else "a key is needed: set endpoint.api_key_env"
            raise StageError(
                f"rephrase: endpoint {self._options.base_url}: {told} ({status})", code="endpoint"
            )

    def complete(self, requests: Sequence[Request]) -> Iterator[tuple[int, Completion]]:
        """As ``Backend.complete``."""
        try:
            self._headers()
        except StageError as error:
            raise Unavailable(str(error), code=error.code) from None
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._options.concurrency, thread_name_prefix="endpoint")
        self._stopping.clear()
        waiting = iter(enumerate(requests))
        under_way: dict[Future[Completion | RequestFailed], int] = {}
        failed_in_a_row = 0
        try:
            while True:
                # twice as many as threads: a thread never waits for the consumer, and little is queued
                while len(under_way) < 2 * self._options.concurrency:
                    index, request = next(waiting, (-1, None))
                    if request is None:
                        break
                    under_way[self._pool.submit(self._answer, request)] = index
                if not under_way:
                    return
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    index, found = under_way.pop(future), future.result()
                    if isinstance(found, RequestFailed):
                        failed_in_a_row = failed_in_a_row + 1 if found.again else 0
                        if found.code in _HOPELESS or failed_in_a_row > self._options.concurrency:
                            raise Unavailable(_unreachable(self._options.base_url, found), code="endpoint")
                        found = Completion("", error=f"endpoint_{found.code}")
                    elif found.error is None:
                        failed_in_a_row = 0
                    yield index, found
        finally:
            self._stopping.set()
            for future in under_way:
                future.cancel()

    def close(self) -> None:
        """Close connections and threads."""
        self._stopping.set()
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    # -- within a thread

    def _answer(self, request: Request) -> Completion | RequestFailed:
        """Ask until there is an answer or no further attempt is left; the failure is what the last one said."""
        options = self._options
        if options.context is not None and self._tokens(request) > options.context:
            return Completion("", error="prompt_too_long")
        payload = self._payload(request)
        for attempt in range(options.retries + 1):
            try:
                return _completion(self._connection().post(_CHAT, payload, options.timeout_s))
            except RequestFailed as error:
                if not error.again or attempt == options.retries:
                    return error
                pause = _FIRST_PAUSE_S * 2**attempt * (1 + request.sampling.seed % 1000 / 1000)
                if error.pause is not None:
                    pause = error.pause
                if self._stopping.wait(min(pause, options.longest_pause_s)):
                    return error
        raise AssertionError  # the last attempt returns

    def _tokens(self, request: Request) -> int:
        """Tokens of the prompt and of the longest answer. Templates add a few, which a server counts itself."""
        if self._counter is None:
            self._counter = self.counter()
        prompt = sum(self._counter.count([content for _, content in request.messages]))
        return prompt + request.sampling.max_new_tokens

    def _payload(self, request: Request) -> dict[str, Any]:
        sampling = request.sampling
        payload: dict[str, Any] = {
            "model": self._options.model,
            "messages": [{"role": role, "content": content} for role, content in request.messages],
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            "max_tokens": sampling.max_new_tokens,
            "seed": sampling.seed,
            "stream": False,
        }
        if sampling.top_k:  # no field of OpenAI's own, whose server refuses strangers
            payload["top_k"] = sampling.top_k
        return payload | self._options.extra

    def _connection(self) -> Connection:
        found: Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
            with self._lock:
                self._connections.append(found)
        return found

    def _connect(self) -> Connection:
        return Connection(self._options.base_url, self._headers())

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "application/json", "User-Agent": "docmill"}
        name = self._options.api_key_env
        if name:
            key = os.environ.get(name, "").strip()
            if not key:
                raise StageError(
                    f"rephrase: endpoint.api_key_env: the environment variable {name} is not set",
                    code="endpoint",
                )
            if not key.isascii() or not key.isprintable():
                raise StageError(
                    f"rephrase: the key in {name} holds characters that no key has", code="endpoint"
                )
            headers["Authorization"] = f"Bearer {key}"
        return headers


def _completion(answer: Any) -> Completion:
    """Read what the server sent; other shapes than the agreed one are refused, not guessed at."""
    try:
        choice = answer["choices"][0]
        text = choice["message"]["content"]
        usage = answer.get("usage") or {}
        counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
        finish = choice.get("finish_reason")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise RequestFailed("answer", again=True) from None
    if finish == "content_filter":
        return Completion("", error="endpoint_content_filter")
    if not isinstance(text, str):
        raise RequestFailed("answer", again=True)
    prompt, new = (c if isinstance(c, int) and c >= 0 else None for c in counts)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    ends, logprobs = logprobs_of(choice, text) or (None, None)
    return Completion(text, _FINISHES.get(str(finish)), prompt, new, None, ends, logprobs)


_STATUSES = {
    "401": "the key is missing or wrong (endpoint.api_key_env)",
    "403": "the key may not do this (endpoint.api_key_env)",
    "402": "the account has no credit",
    "404": "no such path or model; check endpoint.base_url, which often ends in /v1, and endpoint.model",
    "405": "no such path; check endpoint.base_url, which often ends in /v1",
    "429": "too many requests; lower endpoint.concurrency",
}


def _unreachable(url: str, error: RequestFailed) -> str:
    reasons = {
        "timeout": "does not answer in time (endpoint.timeout_s)",
        "connection": "cannot be reached, or drops connections; is the server running?",
        "certificate": "has a certificate that is not trusted",
        "answer": "answers with something else than a chat completion; does base_url end in /v1?",
    }
    status = error.code.removeprefix("status_")
    reason = reasons.get(error.code, f"answers {status}: {_STATUSES.get(status, 'see its log')}")
    return f"rephrase: endpoint {url} {reason}"
