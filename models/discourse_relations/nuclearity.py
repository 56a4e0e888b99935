"""Says whether two joined units of a sentence weigh the same (two cores), or one carries the other (core, context).

Which of two unequal ones is the core is a matter of the construction (of "she said that he left" it is what was
said) and of the rules that cut; here it is told only how likely they are equal, as in RST's multinuclear relations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from models import catalog
from models.discourse_relations.features import Position, features, normal
from models.discourse_relations.logistic import Classifier, read
from models.discourse_relations.predictor import MODEL

LINKS: Final = frozenset(
    {
        "root",
        "subject",
        "object",
        "predicate",
        "complement_clause",
        "open_complement",
        "adverbial_clause",
        "relative_clause",
        "noun_clause",
        "parataxis",
        "adverb",
        "noun_adverb",
        "preposition",
        "preposition_object",
        "preposition_clause",
        "adjective",
        "apposition",
        "conjunct",
        "other",
    }
)
"""Relations by which a unit can depend on another; one that is not here is ``other``."""
EQUAL: Final = "equal"
UNEQUAL: Final = "unequal"


@dataclass(frozen=True, slots=True)
class Junction:
    """How one unit (the dependent) hangs on another (the governor).

    Attributes:
        link: grammatical relation of the dependent's head, of ``LINKS``.
        governor_link: likewise, of the governor's head.
        tag: Penn tag of that head.
        has_subject: whether that head has a subject of its own.
        mark: the punctuation just before the dependent; empty where a word stands there.
        cue: connective of the dependent, empty without one.
        position: ``initial`` when the dependent stands first, else ``medial``.
        governor: words of the governor.
        dependent: words of the dependent, without the cue.
    """

    link: str
    governor_link: str
    tag: str
    has_subject: bool
    mark: str
    cue: str
    position: Position
    governor: Sequence[str]
    dependent: Sequence[str]


def nuclearity(junction: Junction) -> float:
    """Probability that both units are cores.

    Raises:
        models.catalog.CatalogError: the model's file is missing or another one.
    """
    return open_nuclearity().probabilities(features_of(junction))[EQUAL]


def features_of(junction: Junction) -> dict[str, float]:
    """What the classifier is told."""
    link = junction.link if junction.link in LINKS else "other"
    cue = normal(junction.cue)
    subordinate = link in ("adverbial_clause", "preposition", "preposition_clause")
    found = features(cue, junction.position, subordinate, junction.governor, junction.dependent)
    # beside each cue these are too many to learn from the few that are equal
    found = {name: value for name, value in found.items() if not (name.startswith("cue ") and ", " in name)}
    for what in (
        junction.position,
        f"cue {cue}",
        f"cue {cue} {junction.position}",
        f"subject {junction.has_subject}",
        f"mark {junction.mark}",
        f"tag {junction.tag}",
        f"governor {junction.governor_link}",
    ):
        found[f"link {link} {what}"] = 1.0
    found[f"link {link}"] = found[f"governor {junction.governor_link}"] = 1.0
    return found


@cache
def open_nuclearity() -> Classifier:
    """The verified classifier, read once per process.

    Raises:
        models.catalog.CatalogError: its file is missing or another one.
    """
    return read(catalog.files_of(catalog.entry(MODEL))["nuclearity"].read_bytes())
