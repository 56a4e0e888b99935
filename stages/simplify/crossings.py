"""Links from a sentence to the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.discourse_relations.labels import AS_COORDINATION, COORDINATIONS, INVERSE, Relation
from stages.simplify.linking import Relate
from stages.simplify.rules.references import Reference
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.writing import Proposition


@dataclass(frozen=True, slots=True)
class Crossing:
    """A link between propositions of two sentences: numbers of sentences, and of propositions within them."""

    sentence: int
    proposition: int
    target_sentence: int
    target: int
    relation: str
    cue: str


def crossings(
    before: tuple[int, Sentence | None, Sequence[Proposition]],
    here: tuple[int, Sentence, Sequence[Proposition]],
    found: Reference,
    relate: Relate,
) -> list[Crossing]:
    """Links both ways where the relation is of equals, else from the sentence before only.

    Args:
        before, here: number of the sentence, its tree if there is one, its propositions.
        found: the words in ``here`` that refer to ``before``.
    """
    number, tree, propositions = before
    last = max(i for i, one in enumerate(propositions) if one.layer == 0)
    first = _holder(here[2])
    s = here[1]
    cue = " ".join(s.lowers[t] for t in found.tokens)
    left = tree.lowers if tree is not None else propositions[last].text.lower().split()
    right = [w for t, w in enumerate(s.lowers) if t not in found.tokens]
    name = relate(cue, "initial" if found.position == "initial" else "final", False, left, right)
    relation = AS_COORDINATION.get(Relation(name), Relation(name))
    shown = " ".join(s.words[t] for t in found.tokens)
    links = [Crossing(number, last, here[0], first, relation.value, shown)]
    if relation in COORDINATIONS:
        links.append(Crossing(here[0], first, number, last, INVERSE[relation].value, shown))
    return links


def _holder(propositions: Sequence[Proposition]) -> int:
    """The first core."""
    return next(i for i, one in enumerate(propositions) if one.layer == 0)
