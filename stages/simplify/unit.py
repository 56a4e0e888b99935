"""The parts a sentence is cut into, before they are written out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from stages.simplify.realisation.frames import Frame
    from stages.simplify.syntax.sentence import Sentence

Role = Literal["core", "context"]
Join = Literal["subordinate", "coordinate", "member", "governing"]


class Cut(NamedTuple):
    """What a rule found: a constituent that becomes a proposition of its own.

    Args:
        head: the token that heads the constituent.
        rule: name of the rule, as written into the result.
        frame: how the constituent becomes a sentence.
        join: ``subordinate``: a context of the unit it is cut from. ``coordinate``: its equal.
            ``member``: its equal, a member of a list in it.
            ``governing``: it takes the unit's place, and the unit becomes its context (attribution).
        relation: name of the relation, or None when the cue is to tell.
        cue: tokens of the connective. They are in no proposition's text, but in the link.
        replaced: function words that stand for something the frame writes out, as relative pronouns do.
        unit_frame: with ``governing``, how the unit becomes a sentence without the constituent.
        taken: tokens beside the constituent that go with it.
        kept: a token of the constituent that stays in the unit, with all below it.
        slot: of a member, the first member of its list.
        cue_elsewhere: a connective that tells the relation and stays where it is: "and" of a longer list.
    """

    head: int
    rule: str
    frame: Frame
    join: Join = "subordinate"
    relation: str | None = None
    cue: tuple[int, ...] = ()
    replaced: tuple[int, ...] = ()
    unit_frame: Frame | None = None
    cue_elsewhere: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()
    slot: int = -1
    kept: int = -1


@dataclass(slots=True, eq=False)
class Unit:
    """One part: tokens of its own, and how they become a sentence.

    ``own`` are tokens in order, punctuation included; no token is owned by two units. ``spine`` are the verbs whose
    clause is the unit's main clause. ``depth`` counts cuts from the root.
    """

    head: int
    rule: str
    frame: Frame
    role: Role = "core"
    parent: Unit | None = None
    equal: Unit | None = None  # the coordinated unit before this one
    relation: str | None = None
    cue: tuple[int, ...] = ()
    depth: int = 0
    above: Unit | None = None  # what took its place
    edge: int = -1  # the dependent that a rule cut it at: its head, or what governs that
    source: Unit | None = None  # what it was cut from
    replaced: frozenset[int] = frozenset()
    taken: tuple[int, ...] = ()
    listed: int = -1  # first member of the list whose members get a sentence each
    member_of: int = -1  # first member of the list that this unit is a member of
    own: list[int] = field(default_factory=list)
    borrowed: int = -1  # object of a later verb that is the head's, too: "buys and sells books"
    guarded: bool = False  # something was not cut because that would have changed what is said
    spine: set[int] = field(default_factory=set)
    opaque: set[int] = field(default_factory=set)

    def guard(self) -> Cut | None:
        """Note that a cut was refused for the sake of truth. Returns None, as rules do that do not cut."""
        self.guarded = True
        return None

    def denied(self, s: Sentence) -> bool:
        """Whether the main clause is negated."""
        return s.is_negated(self.head)

    def layer(self) -> int:
        """0 for cores of the sentence; one more for each context around."""
        found, unit = 0, self
        while unit.parent is not None:
            found += 1
            unit = unit.parent
        return found
