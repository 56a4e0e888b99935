"""What the libraries that open files raise when a file is damaged, missing or not what its name says."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

import pyarrow as pa

DAMAGE = (
    OSError,  # bzip2 data and Parquet pages among them
    EOFError,
    KeyError,  # a member that is gone from its archive
    RuntimeError,  # an encrypted member, an unknown compression
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    pa.ArrowException,
)


def reason(error: Exception) -> str:
    """A few words on such an error, without the content of the file."""
    if isinstance(error, EOFError):
        return "it ends too early"
    return getattr(error, "strerror", None) or type(error).__name__
