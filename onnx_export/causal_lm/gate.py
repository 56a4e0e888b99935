"""The gate: an exported graph reads the same text as its original, and is refused when it expects other words.

Measured over every token of the text: the mean Kullback-Leibler divergence of the next token's distribution
from the original's, in nats, and by which factor perplexity grows. Bounds by precision:

========  ==========  =================
precision divergence  perplexity factor
========  ==========  =================
none      0.0001      1.001
fp16      0.005       1.01
8         0.02        1.02
int8      0.03        1.03
4         0.25        1.2
========  ==========  =================
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onnx_export.causal_lm.source import tokens_of
from onnx_export.errors import GateError

if TYPE_CHECKING:
    from models.causal_lm.decoder import Decoder
    from models.causal_lm.growing import GrowingDecoder
    from onnx_export.causal_lm.source import Original

BOUNDS = {
    "none": (1e-4, 1.001),
    "fp16": (0.005, 1.01),
    "8": (0.02, 1.02),
    "int8": (0.03, 1.03),
    "4": (0.25, 1.2),
}
FEWEST_TOKENS = 500
_LONGEST = 256  # tokens of one text; logits of more would fill memory
_SAMPLE = Path(__file__).with_name("gate_text.txt")


@dataclass(frozen=True)
class Compared:
    """What the gate measured.

    Attributes:
        tokens: compared.
        divergence: mean Kullback-Leibler divergence from the original, in nats per token.
        perplexity: of the original.
        factor: perplexity of the graph, divided by it.
        agreed: share of tokens for which both expect the same next token most.
    """

    tokens: int
    divergence: float
    perplexity: float
    factor: float
    agreed: float


def compare(original: Original, decoder: Decoder | GrowingDecoder, texts: Sequence[str]) -> Compared:
    """Let both read the texts.

    Raises:
        GateError: the texts are too short to judge by.
    """
    import torch

    divergences, first, second, agreed = [], [], [], []
    for tokens in _tokens(original, texts, decoder.sizes.context):
        with torch.inference_mode():
            wanted = _logarithms(original.model(torch.from_numpy(tokens)[None]).logits[0].float().numpy())
        cache = decoder.cache(1, len(tokens))
        found = _logarithms(decoder.step(tokens[None], cache, [0])[0])
        divergences.append((np.exp(wanted) * (wanted - found)).sum(axis=1))
        follows = np.arange(len(tokens) - 1), tokens[1:]
        first.append(-wanted[follows])
        second.append(-found[follows])
        agreed.append(wanted.argmax(axis=1) == found.argmax(axis=1))
    count = sum(map(len, divergences))
    if count < FEWEST_TOKENS:
        raise GateError(
            f"refused: {count} tokens in the texts of the gate are too few to judge by, {FEWEST_TOKENS} are "
            "needed: give more text with --data; nothing was written"
        )
    losses = [float(np.concatenate(one).mean()) for one in (first, second)]
    return Compared(
        tokens=count,
        divergence=float(np.concatenate(divergences).mean()),
        perplexity=float(np.exp(losses[0])),
        factor=float(np.exp(losses[1] - losses[0])),
        agreed=float(np.concatenate(agreed).mean()),
    )


def check(found: Compared, precision: str, bound: float | None = None) -> None:
    """Raise GateError unless what was measured is within the bounds of the precision.

    Args:
        found: of graph and original.
        precision: as the exporter calls it.
        bound: on the divergence, in place of that of the precision.
    """
    divergence, factor = BOUNDS[precision]
    measured = (
        (
            "the mean divergence from the original is",
            found.divergence,
            divergence if bound is None else bound,
        ),
        ("perplexity grows by the factor", found.factor, factor),
    )
    for what, amount, allowed in measured:
        if not amount <= allowed:  # so written, NaN is refused
            raise GateError(
                f"refused: {what} {amount:.4g}, allowed is {allowed:.4g} ({found.tokens} tokens compared): choose "
                "another --quantise, or --bound if you accept the loss; nothing was written"
            )


def texts_of(path: Path | None) -> list[str]:
    """Read texts for the gate, a paragraph per line; without a file, the sample that comes along.

    Raises:
        ExportError: the file cannot be used.
    """
    from onnx_export.gate import texts_of as read

    return read(path or _SAMPLE)


def _tokens(original: Original, texts: Sequence[str], context: int) -> Iterator[NDArray[np.int64]]:
    longest = min(_LONGEST, context)
    for text in texts:
        tokens = tokens_of(original, text)
        pieces = [tokens[begin : begin + longest] for begin in range(0, len(tokens), longest)]
        yield from (piece for piece in pieces if len(piece) > 1)


def _logarithms(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    wide = logits.astype(np.float64)
    wide -= wide.max(axis=1, keepdims=True)
    wide -= np.log(np.exp(wide).sum(axis=1, keepdims=True))
    return wide
