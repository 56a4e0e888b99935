"""Runs an adapted model: the base model's last hidden layer and logit, the context, and a new linear layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.catalog import CatalogError, ModelEntry
from models.sentence_boundary.adapted.context import WIDTH, context
from models.sentence_boundary.interface import BoundaryModel, Encoded, Floats, Windowing
from models.session import Profile

_CONTEXT = "adaptation_context"


@dataclass(frozen=True, slots=True)
class Head:
    """The new last layer: logit = base logit * slope + hidden @ hidden_weights + context @ weights + bias.

    Attributes:
        hidden: float32[d]; d is 0 when the base does not show its hidden layer.
        context: float32[WIDTH].
        slope: of the base model's logit.
        bias: added.
    """

    hidden: Floats
    context: Floats
    slope: float
    bias: float

    def save(self, path: Path) -> None:
        """Write a .npz file; the same head gives the same bytes."""
        with path.open("wb") as opened:
            np.savez(
                opened,
                hidden=self.hidden,
                context=self.context,
                rest=np.array([self.slope, self.bias], np.float32),
            )

    @classmethod
    def load(cls, path: Path) -> Head:
        """Read what ``save`` wrote.

        Raises:
            CatalogError: it is of another version of docmill.
        """
        with np.load(path, allow_pickle=False) as held:
            head = cls(held["hidden"], held["context"], *held["rest"].tolist())
        if len(head.context) != WIDTH:
            raise CatalogError(f"{path} was made by another version of docmill: run docmill adapt again")
        return head


class AdaptedModel:
    """A base model with a new last layer."""

    def __init__(self, base: BoundaryModel, head: Head) -> None:
        self._base = base
        self._head = head

    @property
    def windowing(self) -> Windowing:
        return self._base.windowing

    @property
    def batch(self) -> int:
        return self._base.batch

    def encode(self, text: str) -> Encoded:
        """Tokenise as the base does, and note what stands around each token's end."""
        encoded = self._base.encode(text)
        around = context(text, encoded.ends) @ self._head.context
        return Encoded(encoded.ends, {**encoded.inputs, _CONTEXT: around})

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return one logit per token."""
        inputs = dict(inputs)
        around = inputs.pop(_CONTEXT)
        found = self._base.logits(inputs, lengths)
        width = around.shape[1]
        logits: Floats = found[:, :width] * np.float32(self._head.slope) + np.float32(self._head.bias)
        logits += around
        if len(self._head.hidden):
            hidden = self._base.hidden(inputs, lengths)
            if hidden is None:
                raise ValueError("the base model does not show the layer that the adapted one was trained on")
            logits += hidden[:, :width] @ self._head.hidden
        return logits

    def hidden(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats | None:
        """None: an adapted model is not adapted again; adapt its base."""
        return None


def open_adapted(files: Mapping[str, Path], base: ModelEntry, profile: Profile) -> AdaptedModel:
    """Open an adapted model and its base."""
    from models.sentence_boundary.opening import open_model

    return AdaptedModel(open_model(base, profile), Head.load(files["head"]))
