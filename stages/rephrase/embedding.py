"""The embedding model of the gate on similarity."""

from __future__ import annotations

from models.catalog import CatalogError
from models.session import MissingRuntimeError, Profile, SessionError
from models.text_embedding.embedder import Embedder, find
from models.text_embedding.embedder import open_embedder as open_model
from pipeline.stage import MissingExtra, StageError


def open_embedder(folder: str, profile: Profile) -> Embedder:
    """Open the model in a folder.

    Raises:
        StageError: it is missing, is not what it was, or cannot be opened.
    """
    try:
        return open_model(find(folder), profile)
    except MissingRuntimeError as error:
        raise MissingExtra("rephrase", error.extra, error.package) from error
    except (CatalogError, SessionError) as error:
        raise StageError(f"rephrase: gates.similarity: {error}", code="model") from None
