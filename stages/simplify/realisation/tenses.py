"""The tense in which a unit speaks."""

from __future__ import annotations

from stages.simplify.realisation import morphology
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit


def unit_tense(s: Sentence, unit: Unit) -> morphology.Tense:
    """The tense of its main clause, or the one it gets where it has none of its own."""
    given: morphology.Tense | None = getattr(unit.frame, "tense", None)
    return given if given is not None else morphology.tense(s, unit.head)
