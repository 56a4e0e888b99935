"""What a model must offer that says where sentences end: the one interface the stage sees.

A model turns a text into tokens and gives each token one logit: does a sentence end after this token?
The stage cuts the tokens of all documents into windows, packs windows into batches, puts the logits
together again, and lets a boundary extend over trailing white space. A model therefore knows nothing of
documents, batches, thresholds or lengths, and the stage nothing of tokens.

A package under ``models/sentence_boundary/`` implements a family of models: a class that satisfies
``BoundaryModel`` and a function

    def open_model(files: Mapping[str, Path], session: SessionFactory, settings: Mapping[str, Any])

that the loader (``models/sentence_boundary/opening.py``) calls with the verified files of the catalog entry
by their names, a function that opens an ONNX file as the profile wants it, and the entry's ``settings``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Offsets = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of one text.

    Attributes:
        ends: int32[n], never descending: the offset in code points just after the last character of each
            token. Of several tokens that end at one place the last one's logit counts. n is 0 for a text
            without any character a token could hold.
        inputs: name to array[n, ...]: what the graph wants for each token, without special tokens. Every
            array has n rows and may be cut into windows by rows.
    """

    ends: Offsets
    inputs: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.ends)


@dataclass(frozen=True, slots=True)
class Halo:
    """A finite receptive field: a logit depends on so many tokens to its left and right, and no others.

    The stage cuts windows of at most ``window`` tokens, each with ``left`` and ``right`` tokens of context
    that are computed and thrown away, so any cutting gives the same logits.
    """

    left: int
    right: int
    window: int = 8192


@dataclass(frozen=True, slots=True)
class Blocks:
    """A transformer: every logit depends on its whole block.

    The stage cuts overlapping blocks and averages the logits of a token over the blocks that hold it.

    Attributes:
        size: most tokens in a block, special tokens not counted.
        stride: tokens from one block's start to the next, by default.
    """

    size: int
    stride: int


Windowing = Halo | Blocks


class Session(Protocol):
    """An open ONNX graph (``models.session.open_session``)."""

    @property
    def input_types(self) -> Mapping[str, np.dtype[Any]]:
        """Name and element type of every input."""

    @property
    def output_names(self) -> Sequence[str]:
        """Names of the outputs."""

    def run(self, feeds: Mapping[str, NDArray[Any]], output: str) -> NDArray[Any]:
        """Compute one output."""


SessionFactory = Callable[[Path], Session]


@runtime_checkable
class BoundaryModel(Protocol):
    """Says for each token of a text whether a sentence ends after it.

    Attributes:
        windowing: how a text longer than one window is cut.
        batch: rows of a call of ``logits``. More than 1 only where rows do not influence each other: not
            in graphs that quantise activations dynamically, whose scale is taken over the whole batch. On
            the CPU 1 is also the fastest for most graphs.
    """

    @property
    def windowing(self) -> Windowing: ...

    @property
    def batch(self) -> int: ...

    def encode(self, text: str) -> Encoded:
        """Return the tokens of a text of any length and script, the empty one included.

        Line breaks are white space like any other: texts out of PDFs break lines anywhere. What line breaks
        mean is decided by the stage's options, so a model of our own reads them as it reads a space.
        """

    def logits(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats:
        """Return float32[rows, width]: one logit per token; what stands beyond a row's length is ignored.

        Args:
            inputs: name to array[rows, width, ...]: windows of ``Encoded.inputs``, filled up with zeros.
                With a ``batch`` of 1 a row has no filling at all. With a larger one ``rows`` always is
                ``batch`` and ``width`` depends on the length of the row only, so that a row is computed by
                the same kernels whatever stands beside it.
            lengths: int64[rows]: tokens of each row, 0 to width; 0: the row is filling.
        """

    def hidden(self, inputs: Mapping[str, NDArray[Any]], lengths: NDArray[np.int64]) -> Floats | None:
        """Return float32[rows, width, d]: what the last layer, a linear one, sees; for adaptation.

        The graph's second output, ``hidden``. None when the graph does not have it.
        """
