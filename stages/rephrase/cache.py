"""Answers kept on disk, so that none is generated twice after an interruption.

A folder of append-only files, one per process that ever wrote there. A record is written whole in one go when an
answer arrives and carries a checksum: a process killed at any moment leaves at most a torn last record, which readers
pass over. No file has two writers and nothing is ever renamed or locked, so the folder may lie on a network file
system and serve the workers of several machines. A reader keeps 16 bytes of memory per record.

Keys are hashes of the model, the messages and the sampling; the text of documents is not in the folder, the answers
are.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import struct
import uuid
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

import numpy as np

from pipeline.stage import Unavailable
from stages.rephrase.backends.backend import Completion, Request

_SUFFIX = ".answers"
_HEAD = struct.Struct("<4s16sII")  # magic, key, bytes of the payload, its CRC-32
_MAGIC = b"dmR2"  # with log probabilities
_LARGEST = 64 << 20

Key = bytes  # 16 bytes


def key_of(identity: str, request: Request) -> Key:
    """Return the key of a request to a model: equal when, and only when, everything that decides the answer is."""
    told = {"model": identity, "messages": request.messages, "sampling": asdict(request.sampling)}
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(canonical.encode(), digest_size=16).digest()


class Cache:
    """Answers by key.

    Args:
        folder: where they lie; made when missing.

    Raises:
        Unavailable: the folder cannot be made or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._files: list[_File] = []
            self._own: BinaryIO | None = None
            self.refresh()
        except OSError as error:
            raise _unusable(folder, error) from None

    def refresh(self) -> None:
        """Take note of what other processes have written since."""
        known = {file.path for file in self._files}
        new = sorted(path for path in self._folder.glob(f"*{_SUFFIX}") if path not in known)
        self._files += [_File(path) for path in new]
        for file in self._files:
            file.scan()

    def get(self, key: Key) -> Completion | None:
        """Return the answer of a key, if there is one."""
        for file in self._files:
            found = file.get(key)
            if found is not None:
                return found
        return None

    def put(self, key: Key, answer: Completion) -> None:
        """Keep an answer. When this returns, the death of this process no longer loses it.

        Raises:
            Unavailable: the disk is full or gone.
        """
        payload = zlib.compress(json.dumps(asdict(answer), ensure_ascii=True).encode(), 1)
        record = _HEAD.pack(_MAGIC, key, len(payload), zlib.crc32(payload)) + payload
        try:
            if self._own is None:
                # a name of its own per process and opening: appends never meet
                name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:12]}{_SUFFIX}"
                self._own = (self._folder / name).open("xb", buffering=0)
            written = self._own.write(record)
            if written != len(record):  # what follows a torn record would be lost: go on in a new file
                self._own.close()
                self._own = None
                raise OSError(28, "No space left on device")
        except OSError as error:
            raise _unusable(self._folder, error) from None

    def close(self) -> None:
        """Close the files."""
        if self._own is not None:
            self._own.close()
            self._own = None
        for file in self._files:
            file.close()
        self._files = []


class _File:
    """One file, read as far as it held whole records at the last scan."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._end = 0
        self._fresh: dict[int, int] = {}  # the key's first 8 bytes to the record's offset
        self._keys = np.empty(0, np.uint64)
        self._offsets = np.empty(0, np.uint64)
        self._open: BinaryIO | None = None

    def scan(self) -> None:
        """Index the records that were added."""
        try:
            if self.path.stat().st_size <= self._end:
                return
            stream = self._stream()
            stream.seek(self._end)
            while True:
                head = stream.read(_HEAD.size)
                if len(head) < _HEAD.size:
                    break
                magic, key, size, _ = _HEAD.unpack(head)
                if magic != _MAGIC or size > _LARGEST:
                    break
                if stream.seek(size, os.SEEK_CUR) > os.fstat(stream.fileno()).st_size:
                    break
                self._fresh.setdefault(_short(key), self._end)
                self._end += _HEAD.size + size
        except FileNotFoundError:
            return
        if len(self._fresh) > 4096:
            self._settle()

    def get(self, key: Key) -> Completion | None:
        short = _short(key)
        offset = self._fresh.get(short)
        if offset is None:
            at = int(np.searchsorted(self._keys, np.uint64(short)))
            if at >= len(self._keys) or int(self._keys[at]) != short:
                return None
            offset = int(self._offsets[at])
        return self._read(key, offset)

    def _read(self, key: Key, offset: int) -> Completion | None:
        try:
            stream = self._stream()
            stream.seek(offset)
            _, found, size, checksum = _HEAD.unpack(stream.read(_HEAD.size))
            payload = stream.read(size)
            if found != key or zlib.crc32(payload) != checksum:
                return None
            return Completion(**json.loads(zlib.decompress(payload)))
        except (OSError, struct.error, zlib.error, ValueError, TypeError):  # damaged: as if it were not there
            return None

    def _settle(self) -> None:
        """Move the index from a dict into sorted arrays, a tenth of the memory."""
        keys = np.concatenate([self._keys, np.fromiter(self._fresh.keys(), np.uint64, len(self._fresh))])
        offsets = np.concatenate(
            [self._offsets, np.fromiter(self._fresh.values(), np.uint64, len(self._fresh))]
        )
        order = np.argsort(keys, kind="stable")
        self._keys, self._offsets = keys[order], offsets[order]
        self._fresh = {}

    def _stream(self) -> BinaryIO:
        if self._open is None:
            self._open = self.path.open("rb")
        return self._open

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _short(key: Key) -> int:
    return int.from_bytes(key[:8], "little")


def _unusable(folder: Path, error: OSError) -> Unavailable:
    reason = error.strerror or type(error).__name__
    return Unavailable(
        f"rephrase: the cache {folder} cannot be used: {reason}; name another folder with cache: or use cache: off",
        code="cache",
    )
