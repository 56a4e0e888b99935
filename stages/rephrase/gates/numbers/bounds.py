"""Numbers that are bounds: "more than ten", "up to ten"."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

from stages.rephrase.gates.numbers.mention import Mention

_FILE = Path(__file__).with_name("bounds.toml")
_LONGEST = 24  # characters of such words with what stands between


def bounded(text: str, mention: Mention, language: str | None) -> Mention:
    """Return a mention that also says whether it is a bound, in languages that have a table.

    Args:
        text: in which the mention was found.
        mention: of a number.
        language: of the text.
    """
    for bound, pattern in _patterns().get(language or "", {}).items():
        if not mention.soft and pattern.search(text, max(0, mention.start - _LONGEST), mention.start):
            return replace(mention, bound=bound)
    return mention


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    with _FILE.open("rb") as opened:
        read: dict[str, dict[str, list[str]]] = tomllib.load(opened)
    return {
        language: {
            bound: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})[ \u00a0](?:[$€£])?$", re.IGNORECASE)
            for bound, words in table.items()
        }
        for language, table in read.items()
    }
