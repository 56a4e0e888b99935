"""The fast model as the stage sees it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.fast import features
from models.sentence_boundary.interface import Encoded, Floats, Halo, Session, SessionFactory
from models.sentence_boundary.unbroken import NEVER, inside

LEFT: Final = 25
RIGHT: Final = 22
_WINDOW: Final = 1024  # what a window's layers hold fits the second cache of a core
_BATCH: Final = 1


class FastModel:
    """Hashed features into window layers; see ``network``. Implements ``interface.BoundaryModel``."""

    windowing = Halo(LEFT, RIGHT, _WINDOW)
    batch = _BATCH

    def __init__(self, session: Session) -> None:
        self._session = session

    def encode(self, text: str) -> Encoded:
        """Return the tokens of a text of any length and script; beside the ids of ``features`` the input
        ``inside``, bool[n], which the graph does not take: see ``unbroken``."""
        encoded = features.encode(text)
        return Encoded(encoded.ends, {**encoded.inputs, "inside": inside(text, encoded.ends)})

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return float32[1, width]: the graph takes one row at a time, without padding."""
        found: Floats = np.where(inputs["inside"], np.float32(NEVER), self._session.run(inputs, "logits"))
        return found

    def hidden(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return float32[1, width, d]: what the last, linear layer sees."""
        return self._session.run(inputs, "hidden")


def open_model(files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any]) -> FastModel:
    """Open the model of a catalog entry.

    Args:
        files: ``graph``, the ONNX file.
        session: opens an ONNX file as the profile wants it.
        settings: none change what is computed.
    """
    return FastModel(session(files["graph"]))
