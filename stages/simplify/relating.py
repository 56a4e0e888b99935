"""The relation that a cue tells, by the model that learned it."""

from __future__ import annotations

from collections.abc import Sequence

from stages.simplify.linking import Position, Relate
from stages.simplify.weighing import Equality


def relate_french(
    cue: str, position: Position, subordinate: bool, left: Sequence[str], right: Sequence[str]
) -> str:
    """The relation that a French cue tells, by its table alone."""
    from models.discourse_relations.lexicon_fr import relation_fr

    return relation_fr(cue, subordinate)


def open_equality() -> Equality:
    """Load the model that says whether two units weigh the same."""
    from models.discourse_relations.nuclearity import nuclearity, open_nuclearity

    open_nuclearity()
    return nuclearity


def open_relate() -> Relate:
    """Load the model."""
    from models.discourse_relations.predictor import open_classifier, relation

    open_classifier()

    def relate(
        cue: str, position: Position, subordinate: bool, left: Sequence[str], right: Sequence[str]
    ) -> str:
        return str(relation(cue, position, subordinate, left, right)[0])

    return relate
