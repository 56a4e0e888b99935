"""From the probabilities of a text's places to its sentences: thresholds, line breaks, paragraphs, lengths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.condition import thresholds_at
from models.sentence_boundary.prediction import Places
from stages.segment.lengths import Limits
from stages.segment.line_breaks import breaks
from stages.segment.options import SegmentConfig

Offsets = NDArray[np.int64]
PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one text; each begins where the one before it ends.

    Attributes:
        ends: int64[m], ascending; the last is the length of the text. Empty for an empty text.
        probabilities: float32[m]: of a sentence end there, by the model; NaN where it has no place (an end
            forced by a bound of length inside a token, say).
        paragraph_ends: int64[p]: a part of ``ends``.
    """

    ends: Offsets
    probabilities: NDArray[np.float32]
    paragraph_ends: Offsets


def sentences_of(
    text: str,
    places: Places,
    config: SegmentConfig,
    thresholds: Mapping[str, float],
    language: str | None = None,
) -> Sentences:
    """Cut one text.

    Args:
        text: the text.
        places: where the model says that sentences may end.
        config: the stage's options.
        thresholds: the model's, see ``models.sentence_boundary.condition``.
        language: hint.
    """
    if not text:
        none = np.zeros(0, np.int64)
        return Sentences(none, np.zeros(0, np.float32), none)
    limits = thresholds_at(text, places.ends, thresholds, language)
    paragraphs = _paragraph_ends(text, places, config, thresholds)
    forced = paragraphs
    if config.newlines != "space":
        forced = np.union1d(forced, breaks(text, config.newlines))
    if config.lengths is None:
        ends = np.union1d(forced, places.ends[places.probabilities > limits])
    else:
        ends = _bounded(text, places, limits, forced, Limits.of(config.lengths, language))
    ends = _up_to_the_end(ends, len(text))
    return Sentences(ends, _probabilities(ends, places), _up_to_the_end(paragraphs, len(text)))


def _paragraph_ends(
    text: str, places: Places, config: SegmentConfig, thresholds: Mapping[str, float]
) -> Offsets:
    if config.paragraphs == "blank_line":
        return breaks(text, "blank_line")
    if config.paragraphs == "model":
        limit = config.paragraph_threshold or thresholds.get(PARAGRAPH, 0.5)
        return places.ends[places.probabilities > limit]
    return np.zeros(0, np.int64)


def _bounded(
    text: str, places: Places, thresholds: NDArray[np.float32], forced: Offsets, limits: Limits
) -> Offsets:
    """Cut each stretch between forced ends by itself."""
    gains = limits.gains(places.probabilities, thresholds)
    edges = _up_to_the_end(forced, len(text)).tolist()
    firsts = [0, *np.searchsorted(places.ends, edges, side="right").tolist()]
    found = []
    start = 0
    for number, edge in enumerate(edges):
        mine = slice(firsts[number], firsts[number + 1])
        found.append(limits.cut(text[start:edge], places.ends[mine] - start, gains[mine]) + start)
        start = edge
    return np.concatenate(found)


def _up_to_the_end(ends: Offsets, length: int) -> Offsets:
    return np.append(ends[ends < length], length)


def _probabilities(ends: Offsets, places: Places) -> NDArray[np.float32]:
    found = np.full(len(ends), np.nan, np.float32)
    if len(places.ends):
        at = np.minimum(np.searchsorted(places.ends, ends), len(places.ends) - 1)
        same = places.ends[at] == ends
        found[same] = places.probabilities[at[same]]
    return found
