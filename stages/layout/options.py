"""The options of the layout stage."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from models.line_labeller.labels import LABELS, Label
from pipeline.stage import StageConfig

KEPT: tuple[Label, ...] = ("body", "section", "title", "address", "table", "signature")
Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class JoinOptions(StageConfig):
    """What stands between two lines of the new text."""

    lines: Literal["space", "newline"] = "space"
    """Between the lines of a paragraph: a space, or the line feed of the print. Paragraphs, headings, items of a
    list and rows of a table stand on lines of their own either way."""

    cells: Literal["tab", "space", "newline"] = "tab"
    """Between lines labelled table that stand side by side, which are cells of one row."""

    across: bool = True
    """Whether a sentence goes on across the end of a page or column, or across lines that were dropped, and a
    word divided there becomes one. If not, a paragraph ends there."""


class LayoutConfig(StageConfig):
    """Which lines make the text, and how they are joined."""

    keep: tuple[Label, ...] = Field(default=KEPT, min_length=1, max_length=len(LABELS))
    """Labels whose lines make the new text. All others are dropped from it, and stand in label_texts."""

    thresholds: dict[Label, Probability] = Field(default={})
    """Per label, the probability from which on a line gets it; below that the line gets the best of the kept
    labels. What is not named here is the model's own choice."""

    model: str = Field(default="line-labeller", min_length=1)
    """line-labeller, which comes with docmill, or a folder that docmill adapt layout wrote."""

    join: JoinOptions = JoinOptions()
    """What stands between two lines of the new text."""

    @field_validator("keep")
    @classmethod
    def _each_once(cls, value: tuple[Label, ...]) -> tuple[Label, ...]:
        if len(set(value)) != len(value):
            raise ValueError("keep names a label twice")
        return value
