"""A chat server on a real socket. It rewords by a rule, and misbehaves when told to."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# a rule that changes most words of the tests' sentences and keeps numbers and names
_WORDS = {
    "the": "this",
    "and": "while",
    "patient": "sick person",
    "was": "has been",
    "came": "arrived",
    "house": "building",
    "small": "little",
    "quick": "fast",
    "slept": "rested",
    "near": "close to",
    "over": "across",
    "in": "within",
    "with": "alongside",
    "a": "one",
    "of": "belonging to",
    "walked": "went on foot",
    "ago": "before now",
}
Behaviour = str | Callable[[str], str]


def reword(passage: str) -> str:
    """What the server says of a passage: every word that it knows in other words."""
    return re.sub(r"[A-Za-z]+", lambda m: _WORDS.get(m[0].lower(), m[0]), passage)


def passage_of(payload: dict[str, Any]) -> str:
    """The passage in a request of one of docmill's styles."""
    return str(payload["messages"][-1]["content"].partition("Passage:\n")[2])


class ChatServer:
    """Answers ``/v1/chat/completions``.

    Attributes:
        requests: payloads in the order they came.
        times: when they came, in seconds of a clock that only goes on.
        retry_after: what a 429 asks for.
        answered: how often each request was answered in full, by hash.
        behaviours: what to do with the next requests: ok, 429, 500, 400, 404, hang, garbage, shape, cut, drip, or a
            function from passage to text; ok when none is left.
        delay: seconds before an answer.
        logprob: of a word, for requests that ask for them.
    """

    def __init__(self, behaviours: Sequence[Behaviour] = (), *, rule: Callable[[str], str] = reword) -> None:
        self.requests: list[dict[str, Any]] = []
        self.times: list[float] = []
        self.keys: list[str | None] = []
        self.retry_after = "0"
        self.answered: Counter[str] = Counter()
        self.behaviours: list[Behaviour] = list(behaviours)
        self.rule = rule
        self.delay = 0.0
        self.logprob: Callable[[str], float] = lambda word: 0.0
        self.models_status = 200
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self.stopping = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._reply(outer.models_status, b'{"data": []}')

            def do_POST(self) -> None:
                raw = self.rfile.read(size := int(self.headers["Content-Length"]))
                if len(raw) < size:  # the client was killed
                    return
                body = json.loads(raw)
                with outer._lock:
                    outer.requests.append(body)
                    outer.times.append(time.monotonic())
                    outer.keys.append(self.headers.get("Authorization"))
                    what = outer.behaviours.pop(0) if outer.behaviours else "ok"
                    outer._at_once += 1
                    outer.most_at_once = max(outer.most_at_once, outer._at_once)
                outer.stopping.wait(outer.delay)
                with outer._lock:
                    outer._at_once -= 1
                with contextlib.suppress(OSError):  # the client went away
                    self._behave(what, body)

            def _behave(self, what: Behaviour, body: dict[str, Any]) -> None:
                if what in ("429", "500", "400", "404", "401"):
                    extra = {"Retry-After": outer.retry_after} if what == "429" else {}
                    self._reply(int(str(what)), b'{"error": {"message": "no: The patient"}}', extra)
                elif what == "hang":
                    outer.stopping.wait(60)
                elif what == "garbage":
                    self._reply(200, b"\xff<html>not JSON")
                elif what == "shape":
                    self._reply(200, b'{"choices": []}')
                elif what == "cut":
                    answer = outer._answer(body, None)
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer[: len(answer) // 2])
                    self.wfile.flush()
                    self.connection.shutdown(socket.SHUT_RDWR)
                elif what == "drip":
                    self.send_response(200)
                    self.send_header("Content-Length", "100000")
                    self.end_headers()
                    while not outer.stopping.wait(0.05):
                        self.wfile.write(b" ")
                        self.wfile.flush()
                else:
                    reply = outer._answer(body, what if callable(what) else None)
                    with outer._lock:
                        outer.answered[digest(body)] += 1
                    self._reply(200, reply)

            def _reply(self, status: int, body: bytes, extra: dict[str, str] | None = None) -> None:
                self.send_response(status)
                for name, value in (extra or {}).items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *given: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *given: Any) -> None:
                return  # clients are killed in some tests

        self._http = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}/v1"
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def _answer(self, body: dict[str, Any], rule: Callable[[str], str] | None) -> bytes:
        text = (rule or self.rule)(passage_of(body))
        finish = "length" if text.endswith("<length>") else "stop"
        text = text.removesuffix("<length>")
        message = {"role": "assistant", "content": text}
        usage = {"prompt_tokens": 50, "completion_tokens": len(text.split())}
        choice: dict[str, Any] = {"message": message, "finish_reason": finish}
        if body.get("logprobs"):
            words = re.findall(r"\s*\S+", text)
            choice["logprobs"] = {"content": [{"token": w, "logprob": self.logprob(w)} for w in words]}
        return json.dumps({"choices": [choice], "usage": usage}).encode()

    def stop(self) -> None:
        """Close the port, so that nobody answers any more."""
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()

    def wait_for(self, count: int, seconds: float = 30) -> bool:
        """Whether so many requests came in time."""
        end = time.monotonic() + seconds
        while len(self.requests) < count and time.monotonic() < end:
            time.sleep(0.005)
        return len(self.requests) >= count


def digest(body: dict[str, Any]) -> str:
    """What tells requests apart."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


@contextmanager
def serving(*behaviours: Behaviour, rule: Callable[[str], str] = reword) -> Iterator[ChatServer]:
    """A server for the time of a block."""
    server = ChatServer(behaviours, rule=rule)
    try:
        yield server
    finally:
        server.stop()
