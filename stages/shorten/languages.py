"""Which language each document has: given, read from the document, or detected."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from stages.language import LanguageSource, codes_of
from stages.shorten.stop_lists import language_code

# As much of a text as detection reads, in code points. More does not change the answer for running text.
DETECTED_HEAD = 200


class Detector(Protocol):
    """What detects languages (``models.language_id.detector``)."""

    def detect(self, texts: list[str]) -> list[tuple[str, float]]:
        """Return the most probable language of each text and its probability."""
        ...


def languages_of(
    batch: pa.RecordBatch,
    source: LanguageSource,
    detector: Detector | None,
    min_confidence: float,
) -> list[str | None]:
    """Return the language code of each row of a batch; None where it is not known."""
    if detector is None:
        return [code and language_code(code) for code in codes_of(batch, source)]
    heads = pc.utf8_slice_codeunits(batch.column("text"), 0, DETECTED_HEAD).to_pylist()
    return [
        language_code(code) if probability >= min_confidence else None
        for code, probability in detector.detect(heads)
    ]
