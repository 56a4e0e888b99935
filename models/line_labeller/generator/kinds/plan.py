"""What a kind of document asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.line_labeller.generator.blocks import Block
from models.line_labeller.generator.furniture.piece import Habits


@dataclass(frozen=True, slots=True)
class Plan:
    """``front`` goes over the whole width, ``body`` into the columns."""

    front: Sequence[Block]
    body: Sequence[Block]
    habits: Habits = field(default_factory=Habits)
    most_pages: int = 6
