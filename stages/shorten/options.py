"""The options of shorten."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pipeline.stage import StageConfig
from stages.language import LanguageSource

Kind = Literal["stopwords", "punctuation", "rare", "recurring"]


class ListFile(StageConfig):
    """One list of the user for all languages."""

    file: Path
    """UTF-8 text, one word per line; lines that begin with "# " are comments."""


class ListFiles(StageConfig):
    """A list of the user for each language."""

    files: dict[str, Path] = Field(min_length=1)
    """Language code to file: UTF-8 text, one word per line."""


class WordBudget(StageConfig):
    """At most so many words."""

    words: int = Field(ge=1, le=100_000_000)
    """Words that the shortened text may have. A word is what white space separates; in scripts written
    without spaces (Chinese, Japanese, Thai ...) every character is one."""


class TokenBudget(StageConfig):
    """At most so many tokens of a tokenizer."""

    tokens: int = Field(ge=16, le=10_000_000)
    """Tokens that the shortened text may have."""
    tokenizer: Path
    """File of the `tokenizers` library (tokenizer.json)."""
    special_tokens: bool = True
    """Count the tokens that the tokenizer adds to every text ([CLS], [SEP], ...) into the budget."""


class ShortenConfig(StageConfig):
    """Options of shorten."""

    remove: tuple[Kind, ...] = ("stopwords",)
    """What to remove: any of stopwords (words of the list), punctuation (but not what belongs to a word or
    number), rare (words in few documents of a corpus, see document_frequency), recurring (all but the first
    occurrence of a word in its document). An empty list removes nothing: the budget alone counts."""
    language: LanguageSource = "detect"
    """Language of the documents: a code such as "en"; "detect"; {column: NAME} or {metadata: KEY} to read
    it from the document. A document whose language is unknown, or has no list, passes as it is."""
    min_confidence: float = Field(default=0.5, ge=0.0, le=1.0)
    """With language: detect, the probability from which on the detected language counts as known."""
    lists: Literal["stopwordsiso", "spacy"] | ListFile | ListFiles = "stopwordsiso"
    """Stop words: stopwordsiso (58 languages, removes about half of an English text), spacy (milder, 70
    languages, needs the extra simplify), {file: PATH} or {files: {en: PATH, ...}}."""
    protect: tuple[Annotated[str, Field(min_length=1, max_length=200)], ...] = ()
    """Words that are never removed."""
    keep_negations: bool = True
    """Never remove words that negate ("not", "don't", "without", "ne", "sans" ...)."""
    document_frequency: Path | None = None
    """Table of the number of documents each word occurs in, made by `docmill fit-rare`. Needed for rare."""
    rare_below: int = Field(default=2, ge=2, le=1_000_000_000)
    """With rare: remove words that occur in fewer documents of the table than this."""
    line_breaks: Literal["keep", "space"] = "keep"
    """Line breaks of the text: keep, or space to make a space of each. Blank lines between paragraphs stay
    in both cases."""
    budget: WordBudget | TokenBudget | None = None
    """Cut the text after removal: {words: N} or {tokens: N, tokenizer: PATH}. The head is kept."""

    @model_validator(mode="after")
    def _rare_needs_a_table(self) -> ShortenConfig:
        if "rare" in self.remove and self.document_frequency is None:
            raise ValueError(
                "remove: rare needs document_frequency: PATH, a table made by `docmill fit-rare`"
            )
        if len(set(self.remove)) < len(self.remove):
            raise ValueError("remove names a kind twice")
        return self
