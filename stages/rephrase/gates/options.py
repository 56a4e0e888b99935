"""Thresholds of the gates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.stage import StageConfig

_Off = Literal[False]


class FinishedGate(StageConfig):
    """The model must have ended by itself."""

    punctuation: bool = True
    """Also refuse an answer whose last sentence has no end."""


class LoopGate(StageConfig):
    """The answer must go on instead of repeating itself."""

    max_repeated: float = Field(default=0.15, ge=0.0, le=1.0)
    """Share of 4-grams of words that may have occurred before; a loop as the generator defines it is always refused."""


class LeadInGate(StageConfig):
    """The answer must not talk about the task."""

    max_sentences: int = Field(default=0, ge=0, le=1000)
    """Sentences that may announce, comment or offer help instead of saying what the passage says."""


class LengthGate(StageConfig):
    """The answer's tokens per token of the passage; by default within the bounds of the style."""

    min_ratio: float | None = Field(default=None, ge=0.0, le=1000.0)
    """Lower bound for all styles."""
    max_ratio: float | None = Field(default=None, gt=0.0, le=1000.0)
    """Upper bound for all styles."""


class LanguageGate(StageConfig):
    """The answer must be in the language of the passage."""

    min_probability: float = Field(default=0.5, ge=0.0, le=1.0)
    """Probability of that language, as lid.176 gives it."""


class CopiedGate(StageConfig):
    """The answer must not be the passage again."""

    max_copied: float | None = Field(default=None, gt=0.0, le=1.0)
    """Share of words in copied runs, for all styles; by default the style's."""


class GroundingGate(StageConfig):
    """Every sentence must share words with the passage (Latin, Greek and Cyrillic script)."""

    min_share: float = Field(default=0.25, ge=0.0, le=1.0)
    """Share of a sentence's words of three letters and more that the passage has, by their first five letters."""


class NumbersGate(StageConfig):
    """Numbers, dates and quantities must be those of the passage (digits, and words of English and French)."""

    min_kept: float = Field(default=0.6, ge=0.0, le=1.0)
    """Share of the passage's numbers that the answer must hold."""
    max_new: int = Field(default=0, ge=0, le=1000)
    """Numbers that the answer may hold and the passage does not."""


class ConfidenceGate(StageConfig):
    """The model must have been sure of the numbers that it wrote. A server tells probabilities only when it is asked for
    them (`endpoint: {extra: {logprobs: true}}`); without them the gate does not run."""

    min_number: float = Field(default=0.15, ge=0.0, le=1.0)
    """Probability of each number, date and quantity: the product over its tokens."""
    min_soft: float = Field(default=0.02, ge=0.0, le=1.0)
    """Likewise of words that need not be a number: one, both, single."""
    min_context: float = Field(default=0.35, ge=0.0, le=1.0)
    """Geometric mean of the probabilities of the tokens from three before a number to three after it."""


class EntitiesGate(StageConfig):
    """Names of persons, places and organisations must be those of the passage. Needs spaCy with a small model of the
    language; without it the gate does not run, and `docmill check` says so."""

    min_kept: float = Field(default=0.5, ge=0.0, le=1.0)
    """Share of the passage's names that the answer must hold."""
    max_new: int = Field(default=0, ge=0, le=1000)
    """Names that the answer may hold and the passage does not."""


class NegationGate(StageConfig):
    """What the passage denies must be denied, and nothing else (en, fr, de, es)."""

    max_lost: int = Field(default=0, ge=0, le=1000)
    """Denials that the answer may drop, in sentences that speak of the same."""
    max_new: int | None = Field(default=None, ge=0, le=1000)
    """Denials that it may add there; by default any number, since faithful rephrasings deny opposites (closed: not open)."""


class QuestionsGate(StageConfig):
    """In format qa the answer must be pairs of a question and its answer, and nothing else."""

    min_pairs: int = Field(default=2, ge=1, le=1000)
    """Pairs at least."""


class SimilarityGate(StageConfig):
    """The embeddings of passage and answer must be close. Needs a model (docs/rephrase.md says how to get it)."""

    model: str = Field(min_length=1)
    """Folder of the embedding model."""
    min_cosine: float = Field(default=0.6, ge=-1.0, le=1.0)
    """Cosine at least."""


class GateOptions(StageConfig):
    """What an answer must pass."""

    finished: FinishedGate | _Off = FinishedGate()
    """The model ended by itself."""
    loop: LoopGate | _Off = LoopGate()
    """No loops."""
    lead_in: LeadInGate | _Off = LeadInGate()
    """No talk about the task."""
    length: LengthGate | _Off = LengthGate()
    """Neither much shorter nor much longer than the passage."""
    language: LanguageGate | _Off = LanguageGate()
    """The same language."""
    copied: CopiedGate | _Off = CopiedGate()
    """Not a copy."""
    grounding: GroundingGate | _Off = GroundingGate()
    """No sentences about something else."""
    numbers: NumbersGate | _Off = NumbersGate()
    """Numbers kept, and none invented."""
    confidence: ConfidenceGate | _Off = ConfidenceGate()
    """The model was sure of its numbers."""
    entities: EntitiesGate | _Off = EntitiesGate()
    """Names kept, and none invented."""
    negation: NegationGate | _Off = NegationGate()
    """No denial dropped or added."""
    questions: QuestionsGate | _Off = QuestionsGate()
    """Questions and answers that can be told apart."""
    similarity: SimilarityGate | _Off = False
    """Close in meaning; off unless a model is named."""
