"""Which language each passage has: given, read from the document, or detected."""

from __future__ import annotations

from typing import Protocol

_HEAD = 1000  # characters of a passage that detection reads


class Detector(Protocol):
    """What detects languages (``models.language_id.detector``)."""

    def detect(self, texts: list[str]) -> list[tuple[str, float]]:
        """Return the most probable language of each text and its probability."""
        ...


def base_code(code: str) -> str:
    """Return a language code without region or script, in lower case: ``en`` of ``en-GB``."""
    return code.strip().lower().replace("_", "-").split("-")[0]


def detected(passages: list[str], detector: Detector, least: float = 0.5) -> list[str | None]:
    """Return the language of each passage; None where it is less sure than ``least``."""
    found = detector.detect([passage[:_HEAD] for passage in passages])
    return [base_code(code) if probability >= least else None for code, probability in found]
