"""One document: its sentences split, and linked to each other."""

from __future__ import annotations

from collections.abc import Sequence

from stages.simplify.candidates import Rules
from stages.simplify.columns import Simplified
from stages.simplify.crossings import Crossing, crossings
from stages.simplify.engine import split
from stages.simplify.linking import Relate
from stages.simplify.rules.references import reference
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.weighing import Equality
from stages.simplify.writing import Proposition


def simplify_document(
    wholes: Sequence[list[Proposition]],
    statuses: Sequence[str],
    trees: Sequence[Sentence | None],
    rules: Rules,
    relate: Relate,
    *,
    references: bool,
    equality: Equality | None = None,
) -> Simplified:
    """Split the sentences of a document.

    Args:
        wholes: for each sentence the proposition it is when it stays whole; none for a blank one.
        statuses: for each sentence why it stays whole, or "" when it is to be split.
        trees: for each sentence its tree, where it is to be split and could be parsed.
        equality: as of ``engine.split``.
        references: whether to look for words that refer to the sentence before.
    """
    found: list[list[Proposition]] = []
    told: list[str] = []
    links: list[Crossing] = []
    before: tuple[int, Sentence | None, list[Proposition]] | None = None
    for number, (whole, status, tree) in enumerate(zip(wholes, statuses, trees, strict=True)):
        propositions = whole
        if not status:
            status = "unsplit"
            if tree is not None:
                back = reference(tree) if references and before is not None else None
                done = split(tree, rules, relate, back.tokens if back is not None else (), equality)
                status = done.status
                if done.propositions:
                    propositions = list(done.propositions)
                    if back is not None and before is not None:
                        links += crossings(before, (number, tree, propositions), back, relate)
        found.append(propositions)
        told.append(status)
        if propositions:
            before = (number, tree, propositions)
    return Simplified(found, told, links)
