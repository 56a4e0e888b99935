"""From one parsed sentence to linked propositions.

One parse is cut, never parsed again. Units are grown from the root downwards: each dependent is shown to the rules
for its relation, in order, and the first that fires makes it a unit of its own, whose dependents are shown in turn.
So every cut takes tokens away from the unit it is made in, and no token is in two units. Then frames write the units
out. What cannot be written, or would lose a word with content, is not cut: the sentence is done again without
that cut, until nothing is amiss.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from stages.simplify.candidates import Rules
from stages.simplify.checking import wrong_cuts
from stages.simplify.cutting import grow
from stages.simplify.guards import passes_whole
from stages.simplify.linking import Relate
from stages.simplify.realisation.draft import Draft
from stages.simplify.syntax.mending import mend
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.weighing import Equality, weigh
from stages.simplify.writing import Proposition, propositions_of, written_items


@dataclass(frozen=True, slots=True)
class Split:
    """What became of a sentence. ``status`` is ``split``, ``unsplit`` or ``guarded``; only a split sentence has
    propositions."""

    propositions: tuple[Proposition, ...]
    status: str
    undone: int  # cuts that were taken back


def split(
    sentence: Sentence,
    rules: Rules,
    relate: Relate,
    without: Collection[int] = (),
    equality: Equality | None = None,
) -> Split:
    """Split one sentence.

    Args:
        sentence: parsed, of at least one token.
        rules: from ``stages.simplify.rules``.
        relate: names the relation that a cue tells.
        equality: tells whether coordinated clauses weigh the same; without it all do.
        without: tokens that are in no proposition, because a link to another sentence says what they say.
    """
    mend(sentence)
    if passes_whole(sentence):
        return Split((), "guarded", 0)
    barred: set[int] = set()
    while True:
        units = grow(sentence, rules, barred, without)
        if len(units) == 1 and not without:
            return Split((), "guarded" if units[0].guarded else "unsplit", len(barred))
        draft = Draft(sentence, units)
        written = [written_items(draft, unit) for unit in units]
        wrong = wrong_cuts(sentence, units, written, without)
        if not wrong:
            break
        if wrong <= barred:  # no single cut is to blame: none is made
            wrong = {unit.edge for unit in units[1:]}
        if wrong <= barred:
            return Split((), "unsplit", len(barred))
        barred |= wrong
    if equality is not None:
        weigh(sentence, units, equality, relate)
    return Split(propositions_of(sentence, units, written, relate), "split", len(barred))
