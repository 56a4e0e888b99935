"""Options of the stage ``simplify``."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.stage import StageConfig
from stages.language import LanguageSource

Family = Literal[
    "coordination",
    "noun_lists",
    "adverbial",
    "relatives",
    "participials",
    "purpose",
    "attribution",
    "appositions",
    "prepositions",
    "phrases",
    "lead_nouns",
    "references",
]


class SimplifyConfig(StageConfig):
    """What to split, and in which language."""

    language: LanguageSource = "en"
    """Language of the documents: a code, {column: NAME} or {metadata: KEY} to read it from the document, or detect.
    Sentences of a language without rules pass as they are, with the status language. Rules exist for en and fr."""
    languages: tuple[Literal["en", "fr"], ...] = Field(default=("en",), min_length=1)
    """Where the language comes from the document: those to split, each with its parser. A code in language stands for
    itself."""
    min_confidence: float = Field(default=0.5, ge=0, le=1)
    """With language: detect, the probability from which on the detected language counts as known."""
    rules: tuple[Family, ...] | None = None
    """Families of rules to use; all by default. Without prepositions and phrases, propositions are clauses."""
    max_tokens: int = Field(default=150, ge=1, le=500)
    """A longer sentence passes as it is, with the status too_long."""
    model: str | None = Field(default=None, min_length=1)
    """Installed spaCy package that parses English; by default en_core_web_sm, under the name it has on PyPI."""
    model_fr: str | None = Field(default=None, min_length=1)
    """Installed spaCy package that parses French; by default fr_core_news_md."""
