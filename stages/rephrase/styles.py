"""Styles: what is asked of the model, and what an answer may look like.

The four that come with docmill are those of "Rephrasing the Web" (arXiv 2401.16380, section 3.1): easy, medium, hard
and question-answer. Their wording in ``styles.toml`` is ours.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator

from pipeline.stage import StageConfig
from stages.rephrase.gates.names import GateName

_FILE = Path(__file__).with_name("styles.toml")
_MARK = "{passage}"
_DEFAULT_COPIED = 0.75

BUILT_IN = ("easy", "medium", "hard", "qa")
Format = Literal["prose", "qa"]


class OwnStyle(StageConfig):
    """A style of the user."""

    instruction: str = Field(min_length=1, max_length=20_000)
    """What the model is told. The passage takes the place of {passage}; without that mark it follows after an empty
    line."""
    system: str = Field(default="", max_length=20_000)
    """The system message; empty for none."""
    format: Format = "prose"
    """prose, or qa: lines that begin with Question: and Answer: (in French Réponse :)."""
    length_ratio: tuple[float, float] = (0.3, 2.0)
    """Bounds of the tokens of an answer per token of its passage."""
    copied: float = Field(default=_DEFAULT_COPIED, gt=0.0, le=1.0)
    """From which share of words in copied runs an answer counts as a copy of the passage."""
    max_new_tokens: int | None = Field(default=None, ge=1, le=100_000)
    """Tokens of an answer at most; by default as many as length_ratio lets pass."""
    without: tuple[GateName, ...] = ()
    """Gates that answers in this style need not pass."""

    @field_validator("length_ratio")
    @classmethod
    def _ascending(cls, value: tuple[float, float]) -> tuple[float, float]:
        if not 0 <= value[0] < value[1]:
            raise ValueError("must be two numbers from 0 on, the smaller one first")
        return value


@dataclass(frozen=True, slots=True)
class Style:
    """A style by its name, whoever wrote it."""

    name: str
    system: str
    instruction: str
    format: Format
    length_ratio: tuple[float, float]
    copied: float
    max_new_tokens: int | None
    without: frozenset[str]

    def messages(self, passage: str) -> tuple[tuple[str, str], ...]:
        """Return role and content of each message that asks for a rephrasing of the passage."""
        passage = passage.strip()
        if _MARK in self.instruction:
            asked = passage.join(self.instruction.split(_MARK))
        else:
            asked = f"{self.instruction}\n\n{passage}"
        user = ("user", asked)
        return (("system", self.system), user) if self.system else (user,)


def styles_of(names: tuple[str, ...], own: Mapping[str, OwnStyle]) -> list[Style]:
    """Return the styles of these names, in order; the user's before those of docmill."""
    return [_style(name, own[name]) if name in own else _style(name, _built_in()[name]) for name in names]


def _style(name: str, given: OwnStyle) -> Style:
    return Style(
        name=name,
        system=given.system,
        instruction=given.instruction,
        format=given.format,
        length_ratio=given.length_ratio,
        copied=given.copied,
        max_new_tokens=given.max_new_tokens,
        without=frozenset(given.without),
    )


@cache
def _built_in() -> Mapping[str, OwnStyle]:
    with _FILE.open("rb") as opened:
        read: dict[str, Any] = tomllib.load(opened)
    return {name: OwnStyle.model_validate(fields) for name, fields in read.items()}
