"""One HTTP request with one deadline for everything from connecting to the last byte.

``http.client``'s own time-out starts anew with every read, so a server that sends a byte now and then would hold a
worker for ever.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_LARGEST = 64 << 20  # bytes of an answer
_PIECE = 1 << 16


class RequestFailed(Exception):
    """The request may be worth another attempt, or not.

    Attributes:
        code: a word to count by: timeout, connection, status_429, status_500, answer ...
        again: whether the same request may succeed later.
        pause: seconds that the server asks to wait, if it does.
        reached: whether a server answered at all.
    """

    def __init__(self, code: str, *, again: bool, pause: float | None = None, reached: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.again = again
        self.pause = pause
        self.reached = reached


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """A connection to a server, opened when needed and kept for the next request. For one thread."""

    def __init__(self, base_url: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(base_url)
        self._https = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port
        self._path = parts.path.rstrip("/")
        self._headers = dict(headers)
        self._open: http.client.HTTPConnection | None = None

    def post(self, path: str, payload: Mapping[str, Any], timeout: float) -> Any:
        """Send JSON and return the JSON that comes back.

        Args:
            timeout: seconds for everything together.

        Raises:
            RequestFailed: no answer, or none of use.
        """
        body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")
        answer = self._exchange("POST", path, body, timeout)
        if answer.status != 200:
            raise _refusal(answer)
        try:
            return json.loads(answer.body)
        except ValueError:
            raise RequestFailed("answer", again=True) from None

    def get_status(self, path: str, timeout: float) -> int:
        """Return the status of a GET.

        Raises:
            RequestFailed: nobody answers.
        """
        return self._exchange("GET", path, None, timeout).status

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._open is not None:
            with contextlib.suppress(OSError):
                self._open.close()
            self._open = None

    def _exchange(self, method: str, path: str, body: bytes | None, timeout: float) -> _Answer:
        deadline = time.monotonic() + timeout
        kept = self._open is not None
        try:
            return self._once(method, path, body, deadline)
        except RequestFailed as error:
            # servers close idle connections without a word: that says nothing about this request
            if kept and error.code == "connection" and time.monotonic() < deadline:
                return self._once(method, path, body, deadline)
            raise

    def _once(self, method: str, path: str, body: bytes | None, deadline: float) -> _Answer:
        reached = False
        try:
            link = self._connect(deadline)
            headers = dict(self._headers)
            if body is not None:
                headers["Content-Type"] = "application/json"
            link.request(method, f"{self._path}{path}", body, headers)
            reached = True
            wire = link.sock  # the link forgets it when the server says that it will close
            wire.settimeout(_left(deadline))
            response = link.getresponse()
            pieces, size = [], 0
            while True:
                wire.settimeout(_left(deadline))
                piece = response.read1(_PIECE)
                if not piece:
                    break
                pieces.append(piece)
                size += len(piece)
                if size > _LARGEST:
                    raise RequestFailed("answer", again=False)
            if response.length:  # the connection ended before the promised number of bytes
                raise RequestFailed("connection", again=True)
            response.close()  # read1 does not, and the link would refuse the next request
            if response.will_close:
                self.close()
            return _Answer(
                response.status, {k.lower(): v for k, v in response.getheaders()}, b"".join(pieces)
            )
        except TimeoutError:
            self.close()
            raise RequestFailed("timeout", again=True, reached=reached) from None
        except ssl.SSLCertVerificationError:
            self.close()
            raise RequestFailed("certificate", again=False, reached=False) from None
        except (OSError, http.client.HTTPException):
            self.close()
            raise RequestFailed("connection", again=True, reached=reached) from None
        except RequestFailed:
            self.close()
            raise

    def _connect(self, deadline: float) -> http.client.HTTPConnection:
        left = _left(deadline)
        if self._open is None:
            kind = http.client.HTTPSConnection if self._https else http.client.HTTPConnection
            self._open = kind(self._host, self._port, timeout=left)
            self._open.connect()
            with contextlib.suppress(OSError):
                self._open.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._open.sock is None:  # closed by the answer before
            self._open.connect()
        self._open.sock.settimeout(left)
        return self._open


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _refusal(answer: _Answer) -> RequestFailed:
    again = answer.status in (408, 409, 425, 429) or answer.status >= 500
    return RequestFailed(
        f"status_{answer.status}", again=again, pause=_pause(answer.headers.get("retry-after"))
    )


def _pause(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date (RFC 9110, section 10.2.3)."""
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
