"""The public names of relations, as DisSim gives them (Niklaus et al., ACL 2019, table 2; arXiv 2308.00425).

**How a link reads.** A link ``relation -> target`` on a proposition says what the *target* is to it: where A
links to B by ``CAUSE``, B is the cause of A; by ``TEMPORAL_BEFORE``, B happens before A. The link of a core to
its context is named by the context: "A, because B" gives A ``CAUSE`` -> B, "A, after B" gives A
``TEMPORAL_BEFORE`` -> B, "A, so B" gives A ``RESULT_C`` -> B.

**Coordinations and subordinations.** Relations of ``COORDINATIONS`` join two cores; each side has a link, the
way back by the ``INVERSE``. All others join a core and its context, and the name is the context's.

This file holds names and facts about names, nothing that was learned.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Relation(StrEnum):
    """What the target of a link is to the proposition that has the link."""

    # two cores
    LIST = "LIST"
    DISJUNCTION = "DISJUNCTION"
    CONTRAST = "CONTRAST"
    CAUSE_C = "CAUSE_C"
    RESULT_C = "RESULT_C"
    TEMPORAL_AFTER_C = "TEMPORAL_AFTER_C"
    TEMPORAL_BEFORE_C = "TEMPORAL_BEFORE_C"
    UNKNOWN_COORDINATION = "UNKNOWN_COORDINATION"
    # a core and its context, told by a cue
    CAUSE = "CAUSE"
    RESULT = "RESULT"
    CONDITION = "CONDITION"
    PURPOSE = "PURPOSE"
    BACKGROUND = "BACKGROUND"
    ELABORATION = "ELABORATION"
    TEMPORAL_AFTER = "TEMPORAL_AFTER"
    TEMPORAL_BEFORE = "TEMPORAL_BEFORE"
    # a core and its context, told by the construction
    ATTRIBUTION = "ATTRIBUTION"
    DESCRIBING_DEFINITION = "DESCRIBING_DEFINITION"
    IDENTIFYING_DEFINITION = "IDENTIFYING_DEFINITION"
    SPATIAL = "SPATIAL"
    TEMPORAL = "TEMPORAL"
    UNKNOWN_SUBORDINATION = "UNKNOWN_SUBORDINATION"


COORDINATIONS: Final = frozenset(
    {
        Relation.LIST,
        Relation.DISJUNCTION,
        Relation.CONTRAST,
        Relation.CAUSE_C,
        Relation.RESULT_C,
        Relation.TEMPORAL_AFTER_C,
        Relation.TEMPORAL_BEFORE_C,
        Relation.UNKNOWN_COORDINATION,
    }
)

INVERSE: Final = {
    Relation.LIST: Relation.LIST,
    Relation.DISJUNCTION: Relation.DISJUNCTION,
    Relation.CONTRAST: Relation.CONTRAST,
    Relation.UNKNOWN_COORDINATION: Relation.UNKNOWN_COORDINATION,
    Relation.CAUSE_C: Relation.RESULT_C,
    Relation.RESULT_C: Relation.CAUSE_C,
    Relation.TEMPORAL_AFTER_C: Relation.TEMPORAL_BEFORE_C,
    Relation.TEMPORAL_BEFORE_C: Relation.TEMPORAL_AFTER_C,
}
"""The relation of the link back, for each of ``COORDINATIONS``."""

AS_COORDINATION: Final = {
    Relation.CAUSE: Relation.CAUSE_C,
    Relation.RESULT: Relation.RESULT_C,
    Relation.TEMPORAL_AFTER: Relation.TEMPORAL_AFTER_C,
    Relation.TEMPORAL_BEFORE: Relation.TEMPORAL_BEFORE_C,
}
"""The name that the same meaning has between two cores, where it has another one."""

COARSE: Final = {
    Relation.LIST: "list",
    Relation.DISJUNCTION: "disjunction",
    Relation.CONTRAST: "contrast",
    Relation.CAUSE: "cause",
    Relation.CAUSE_C: "cause",
    Relation.RESULT: "cause",
    Relation.RESULT_C: "cause",
    Relation.CONDITION: "condition",
    Relation.PURPOSE: "purpose",
    Relation.TEMPORAL_AFTER: "sequence",
    Relation.TEMPORAL_AFTER_C: "sequence",
    Relation.TEMPORAL_BEFORE: "sequence",
    Relation.TEMPORAL_BEFORE_C: "sequence",
    Relation.BACKGROUND: "background",
    Relation.ELABORATION: "elaboration",
}
"""The nine classes that measurements compare: relations that a cue can tell. Those told by the construction,
and the two unknown ones, have none."""
