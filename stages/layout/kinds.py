"""What a section is about, where its heading says so plainly."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

_NUMBER = re.compile(r"^(?:\(?(?:\d+(?:\.\d+)*|[ivxIVX]+|[a-zA-Z])[.)\]:-]|\d+(?:\.\d+)*)(?:\s+|$)")
_LONGEST = 6  # words of a phrase


@lru_cache(maxsize=4096)
def kind_of(heading: str) -> str | None:
    """Return the kind of a section, one of the tables of ``section_kinds.toml``; None where it is not plain.

    The heading is one of the phrases there, or begins with one; the longest decides.
    """
    words = normalised(heading).split()
    phrases = _phrases()
    for count in range(min(len(words), _LONGEST), 0, -1):
        kind = phrases.get(" ".join(words[:count]))
        if kind is not None:
            return kind
    return None


def normalised(heading: str) -> str:
    """Small letters and digits without accents, words parted by single spaces, without a number in front."""
    plain = unicodedata.normalize("NFD", _NUMBER.sub("", heading.strip()).casefold())
    kept = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(kept.split())


@cache
def _phrases() -> Mapping[str, str]:
    data = (resources.files("stages.layout") / "section_kinds.toml").read_text(encoding="utf-8")
    kinds = tomllib.loads(data)
    return {normalised(phrase): kind for kind, phrases in kinds.items() for phrase in phrases["phrases"]}
