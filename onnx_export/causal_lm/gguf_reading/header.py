"""Walks through the header of a GGUF file (version 2 or 3, little-endian) and checks every length against the file.

A file is data of a stranger: its header may name any count. Nothing is allocated, and no loop runs longer, than what
the bytes that are really there allow. The format: github.com/ggml-org/ggml/blob/master/docs/gguf.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onnx_export.errors import ExportError

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_ITEMS = 1 << 16  # tensors, and entries of metadata
_LONGEST_NAME = 1 << 12
_MOST_DIMENSIONS = 4
_ALIGNMENT = 32  # unless general.alignment names another
_BOOL, _STRING, _ARRAY = 7, 8, 9
_SCALARS = {0: "<u1", 1: "<i1", 2: "<u2", 3: "<i2", 4: "<u4", 5: "<i4", 6: "<f4", 7: "<u1"}
_SCALARS |= {10: "<u8", 11: "<i8", 12: "<f8"}


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor lies.

    Attributes:
        shape: as numpy has it, the longest stride first.
        kind: number of its element type, a ``gguf.GGMLQuantizationType``.
        offset, size: of its bytes in the file.
    """

    shape: tuple[int, ...]
    kind: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself.

    Attributes:
        path: of the file.
        metadata: numbers, truth values, texts, and lists of these by key.
        tensors: by name.
    """

    path: Path
    metadata: Mapping[str, Any]
    tensors: Mapping[str, Tensor]


def read(path: Path) -> Header:
    """Read the header.

    Raises:
        ExportError: the file is none of this format, is cut off, or contradicts itself.
    """
    if path.stat().st_size < len(_MAGIC):
        raise ExportError(f"{path}: cannot be read: it is no GGUF file")
    try:
        return _Walk(path).header()
    except _Refused as reason:
        raise ExportError(f"{path}: cannot be read: {reason}") from None
    except UnicodeDecodeError:
        raise ExportError(f"{path}: cannot be read: a text in it is not UTF-8") from None


class _Refused(Exception):
    """What is wrong with the file."""


class _Walk:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._bytes = np.memmap(path, np.uint8, "r")
        self._place = 0

    def header(self) -> Header:
        if self._take(len(_MAGIC)) != _MAGIC:
            raise _Refused("it is no GGUF file")
        version = self._number("<u4")
        if version not in _VERSIONS:
            raise _Refused(
                f"it has version {version} of the format, or another byte order; known are 2 and 3"
            )
        tensors, entries = self._count("tensors"), self._count("entries of metadata")
        metadata: dict[str, Any] = {}
        for _ in range(entries):
            key = self._text(_LONGEST_NAME)
            if key in metadata:
                raise _Refused(f"it has {key[:60]!r} twice")
            metadata[key] = self._value(self._number("<u4"))
        return Header(self._path, metadata, self._tensors(tensors, metadata))

    def _tensors(self, count: int, metadata: Mapping[str, Any]) -> dict[str, Tensor]:
        stated = {}
        for _ in range(count):
            name = self._text(_LONGEST_NAME)
            dimensions = self._number("<u4")
            if dimensions > _MOST_DIMENSIONS or name in stated:
                raise _Refused(f"tensor {name[:60]!r} is there twice or has {dimensions} dimensions")
            shape = tuple(self._number("<u8") for _ in range(dimensions))
            stated[name] = (shape[::-1], self._number("<u4"), self._number("<u8"))
        alignment = metadata.get("general.alignment", _ALIGNMENT)
        if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20:
            raise _Refused("its alignment cannot be")
        begin = -(-self._place // alignment) * alignment
        found = {}
        for name, (shape, kind, offset) in stated.items():
            size = _size(name, shape, kind)
            if begin + offset + size > len(self._bytes):
                raise _Refused(f"it is cut off: tensor {name[:60]!r} ends behind the end of the file")
            found[name] = Tensor(shape, kind, begin + offset, size)
        if sum(one.size for one in found.values()) > len(self._bytes):
            raise _Refused("its tensors overlap")
        return found

    def _value(self, kind: int) -> Any:
        if kind == _STRING:
            return self._text()
        if kind in _SCALARS:
            value = self._number(_SCALARS[kind])
            return bool(value) if kind == _BOOL else value
        if kind != _ARRAY:
            raise _Refused(f"an entry of its metadata is of the unknown type {kind}")
        inner, count = self._number("<u4"), self._number("<u8")
        if inner == _STRING:
            self._expect(8 * count)  # a length each, at least
            return [self._text() for _ in range(count)]
        if inner not in _SCALARS:
            raise _Refused(f"a list in its metadata is of the unknown type {inner}")
        element = np.dtype(_SCALARS[inner])
        found: list[Any] = np.frombuffer(self._take(count * element.itemsize), element).tolist()
        return [bool(one) for one in found] if inner == _BOOL else found

    def _text(self, longest: int | None = None) -> str:
        length = self._number("<u8")
        if longest is not None and length > longest:
            raise _Refused(f"a name of {length} bytes is too long")
        return self._take(length).decode()

    def _count(self, what: str) -> int:
        count = self._number("<u8")
        if count > _MOST_ITEMS:
            raise _Refused(f"{count} {what} are too many")
        return int(count)

    def _number(self, kind: str) -> Any:
        element = np.dtype(kind)
        return np.frombuffer(self._take(element.itemsize), element)[0].item()

    def _expect(self, size: int) -> None:
        if self._place + size > len(self._bytes):
            raise _Refused("it is cut off within its header")

    def _take(self, size: int) -> bytes:
        self._expect(size)
        begin, self._place = self._place, self._place + size
        return self._bytes[begin : self._place].tobytes()


def _size(name: str, shape: tuple[int, ...], kind: int) -> int:
    """Return the bytes of a tensor."""
    from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

    try:
        block, size = GGML_QUANT_SIZES[GGMLQuantizationType(kind)]
    except (ValueError, KeyError):
        raise _Refused(f"tensor {name[:60]!r} is of the unknown type {kind}") from None
    if not shape or 0 in shape or shape[-1] % block:
        raise _Refused(f"tensor {name[:60]!r} cannot have the shape {shape}")
    return int(prod(shape) // block * size)


def values_of(header: Header, name: str) -> NDArray[np.float32]:
    """Return a tensor in single precision, whatever it is stored in.

    Raises:
        ExportError: its element type cannot be read.
    """
    from gguf import GGMLQuantizationType, quants

    one = header.tensors[name]
    stored = np.memmap(header.path, np.uint8, "r", one.offset, (one.size,))
    kind = GGMLQuantizationType(one.kind)
    plain = {
        GGMLQuantizationType.F32: "<f4",
        GGMLQuantizationType.F16: "<f2",
        GGMLQuantizationType.F64: "<f8",
    }
    if kind in plain:
        values = np.frombuffer(stored, plain[kind])
    else:
        try:
            values = quants.dequantize(stored.reshape(prod(one.shape[:-1]), -1), kind)
        except NotImplementedError:
            raise ExportError(
                f"{header.path}: cannot be read: tensor {name!r} is of type {kind.name}, which is no type of weights"
            ) from None
    found: NDArray[np.float32] = np.array(values, np.float32).reshape(one.shape)
    return found
