"""The options of segment."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from pipeline.stage import StageConfig
from stages.language import LanguageSource


class Lengths(StageConfig):
    """Bounds and preferences for the length of a sentence, trailing white space included."""

    min: int = Field(default=1, ge=1, le=100_000)
    """Characters a sentence has at least, wherever the text can be cut so."""
    max: int | None = Field(default=None, ge=1, le=100_000)
    """Characters a sentence has at most. Always kept: a stretch without any sentence end is cut at its most
    probable place, at white space if there is any."""
    aim: Literal["sentences", "chunks"] = "sentences"
    """What the bounds are reconciled with. sentences: cut where the model is surest, in relation to the
    threshold. chunks: the product of length preference and probability alone, without a threshold (what
    wtpsplit does): with a uniform prior, as few pieces as fit max."""
    prior: Literal["uniform", "gaussian", "lognormal", "clipped_polynomial"] = "uniform"
    """Preference among lengths. All but uniform need max."""
    target: int | None = Field(default=None, ge=1, le=100_000)
    """Preferred length in characters; by default that of the language hint, else 70."""
    spread: int | None = Field(default=None, ge=1, le=100_000)
    """How far from target lengths still are welcome, in characters; by default that of the language hint,
    else 25."""

    @model_validator(mode="after")
    def _bounds_fit(self) -> Lengths:
        if self.max is not None and self.min > self.max:
            raise ValueError(f"lengths: min ({self.min}) is larger than max ({self.max})")
        if self.prior != "uniform" and self.max is None:
            raise ValueError(f"lengths: prior: {self.prior} needs max")
        if self.aim == "chunks" and self.max is None:
            raise ValueError("lengths: aim: chunks needs max")
        return self


class SegmentConfig(StageConfig):
    """Options of segment."""

    model: str = Field(default="fast", min_length=1)
    """fast or accurate (both come with docmill; accurate is slower, and better where punctuation is missing),
    a folder with an exported, adapted or published SaT or WtP model, or hub:ORGANISATION/NAME after
    `docmill models fetch` of it."""
    threshold: float | None = Field(default=None, gt=0.0, lt=1.0)
    """Probability from which on a sentence ends. By default the model's own, chosen for each place by whether
    the text around it has punctuation and capitals."""
    newlines: Literal["blank_line", "every", "space"] = "blank_line"
    """Which line breaks end a sentence whatever the model says: blank_line (right for PDFs, which break lines
    anywhere), every, or none (space)."""
    paragraphs: Literal["none", "blank_line", "model"] = "none"
    """Add the column paragraphs: parted by blank lines, or where the model is very sure (SaT and WtP see line
    breaks as paragraph ends). A paragraph's end is a sentence's end."""
    paragraph_threshold: float | None = Field(default=None, gt=0.0, lt=1.0)
    """With paragraphs: model, the probability from which on a paragraph ends; by default the model's own."""
    language: LanguageSource | None = None
    """Hint: a code such as "en", or {column: NAME} or {metadata: KEY} to read it from the document. Decides the
    threshold where a model has one for the language, and the default of lengths.target. Not needed."""
    lengths: Lengths | None = None
    """Shortest and longest sentence, and preferences in between."""
    stride: int | None = Field(default=None, ge=1, le=8192)
    """For models that look at blocks of tokens: tokens from one block to the next. Smaller is slower and a
    little better; by default the model's own. As large as a block: no overlap."""
    weighting: Literal["uniform", "hat"] = "uniform"
    """How overlapping blocks are averaged: alike, or with less weight towards their ends."""

    @model_validator(mode="after")
    def _paragraphs_fit(self) -> SegmentConfig:
        if self.paragraph_threshold is not None and self.paragraphs != "model":
            raise ValueError("paragraph_threshold needs paragraphs: model")
        if self.threshold is not None and self.lengths is not None and self.lengths.aim == "chunks":
            raise ValueError("lengths: aim: chunks uses no threshold: leave threshold out")
        return self
