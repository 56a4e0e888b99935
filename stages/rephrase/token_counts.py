"""How many tokens a stretch of text has: by the model's tokenizer, or estimated."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from pipeline.stage import StageError

# Small vocabularies split long words, and numbers into digits. Measured on English and French prose: see
# docs/rephrase.md. Scripts without spaces have about a token per character.
_PARTS = re.compile(
    r"(?P<cjk>[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|(?P<digit>\d)|(?P<word>[^\W\d_]+)|(?P<other>[^\w\s]|_)"
)
_LETTERS_PER_TOKEN = 7


class TokenCounter(Protocol):
    """Counts tokens."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text, without those a template adds."""
        ...


class EstimatedTokens:
    """Counts by a rule, for models whose tokenizer is elsewhere."""

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return an estimate for each text; the same text always has the same."""
        return [sum(_tokens(part) for part in _PARTS.finditer(text)) for text in texts]


def _tokens(part: re.Match[str]) -> int:
    if part.lastgroup != "word":
        return 1
    letters = part[0]
    per_token = _LETTERS_PER_TOKEN if letters.isascii() else 3
    return 1 + (len(letters) - 1) // per_token


class TokenizerTokens:
    """Counts with a tokenizer of the `tokenizers` library."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer

    @classmethod
    def from_file(cls, path: Path) -> TokenizerTokens:
        """Open a tokenizer.json.

        Raises:
            StageError: there is no such file, or it is none.
        """
        from tokenizers import Tokenizer

        if not path.is_file():
            raise StageError(f"rephrase: endpoint.tokenizer: {path}: no such file", code="tokenizer")
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception:  # the library raises nothing more specific
            raise StageError(
                f"rephrase: endpoint.tokenizer: {path} is not a tokenizer.json", code="tokenizer"
            ) from None
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return cls(tokenizer)

    def count(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text."""
        encoded = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]
