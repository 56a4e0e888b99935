"""Reads a ``tokenizer.json``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.catalog import CatalogError

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def read_tokenizer(path: Path) -> Tokenizer:
    """Return a tokenizer that neither pads nor cuts.

    Raises:
        CatalogError: the file cannot be read.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises bare Exception
        raise CatalogError(f"{path}: is no tokenizer that can be read: export the model again") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
