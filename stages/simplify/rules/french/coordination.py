"""Coordinated clauses and verb phrases (Grevisse and Goosse 2016, 258-277; Abeillé and Godard 2021, ch. XVI)."""

from __future__ import annotations

from typing import Final

from stages.simplify.realisation.french.conjugation import is_subjunctive_only
from stages.simplify.realisation.french.frames import FrenchSharedSubject, FrenchWhole
from stages.simplify.realisation.french.verbs import plural_form
from stages.simplify.realisation.items import Item
from stages.simplify.rules.coordinators import coordinators
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

_STRONG: Final = frozenset({";", ":", "–", "—", "--"})
_TAKING_UP: Final = frozenset({"il", "elle", "ils", "elles"})
_WH: Final = frozenset({"WP", "WRB"})


def coordinate_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Anne chante et Paul danse." Each clause has its own subject and tense."""
    head = s.heads[token]
    if head != unit.head or not s.is_clause(token) or not _may_have_an_equal(s, unit):
        return None
    subject = s.subject(token)
    if subject is None or subject > token or s.tags[s.first(token)] in _WH:
        return None
    if "respectivement" in s.lowers or _opens_cleft(s, subject, token):
        return unit.guard()
    cue, told = coordinators(s, head, token)
    if any(s.lowers[t] in ("ou", "ni", "soit") for t in (*cue, *told)) and s.is_negated(token):
        return unit.guard()
    finite = s.finite(token)
    if finite is not None and is_subjunctive_only(s.lowers[finite]):
        return None
    if _goes_on_behind(s, head, token):
        return None
    markers = tuple(t for t in s.children[token] if s.relations[t] == rel.MARKER and t < token)
    if markers and s.find(head, rel.MARKER) is None:
        return None  # "demande que ..., et que ..." hung wrongly
    return Cut(
        token, "coordinate_clause", FrenchWhole(), "coordinate", cue=cue, cue_elsewhere=told, replaced=markers
    )


def juxtaposed_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Le toit fuit ; la cave est sèche." Joined by a mark alone."""
    head = s.heads[token]
    if head != unit.head or not s.is_clause(token) or not s.is_clause(head):
        return None
    if s.find(token, rel.MARKER) is not None or s.tags[s.first(token)] in _WH:
        return None
    mark = s.first(token) - 1 if token > head else s.last(token) + 1
    if not 0 <= mark < len(s) or s.words[mark] not in _STRONG:
        return None
    return Cut(token, "coordinate_clause", FrenchWhole(), "coordinate")


def spliced_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "La route est liée au plan, elle traverse la ville." A comma alone, and a pronoun that takes up the subject."""
    head, first = s.heads[token], s.first(token)
    if head != unit.head or token < head or not s.is_clause(token) or not s.is_clause(head):
        return None
    if s.find(token, rel.MARKER) is not None or s.subject(token) != first or s.words[first - 1] != ",":
        return None
    if s.lowers[first] not in _TAKING_UP or any(s.lowers[t] in ("si", "s'") for t in range(first)):
        return None
    return Cut(token, "coordinate_clause", FrenchWhole(), "coordinate")


def clause_before(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Anne chante, mais Paul danse." with the first clause hung under the second."""
    head = s.heads[token]
    if head != unit.head or token > head or not s.is_clause(token) or not s.is_clause(head):
        return None
    if s.find(token, rel.MARKER) is not None or any(s.tags[t] in _WH for t in s.subtree(token)):
        return None
    after = s.last(token) + 1
    if s.lowers[s.first(token)] in ("si", "s'") or after + 1 >= head or s.words[after] != ",":
        return None
    following = after + 1
    if s.tags[following] == "CC" and s.heads[following] == head:
        return Cut(token, "coordinate_clause", FrenchWhole(), "coordinate", cue=(following,))
    if s.lowers[following] in _TAKING_UP and s.subject(head) == following:
        return Cut(token, "coordinate_clause", FrenchWhole(), "coordinate")
    return None


def coordinate_verb_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Anne chante et danse." The second verb takes the first one's subject, and the auxiliaries it lacks.

    Not cut: verbs that share what stands before or after both of them ("les achète et vend", "achète et vend des
    livres"), a participle under a negation that may be of both.
    """
    head = s.heads[token]
    if head != unit.head or not s.is_verb(token) or s.find(token, rel.MARKER) is not None:
        return None
    if s.subject(token) is not None:
        return None
    subject = s.subject(head)
    if subject is not None and (s.relations[subject] == rel.EXPLETIVE or subject > head):
        return None
    if subject is None and not isinstance(unit.frame, FrenchSharedSubject):
        return None
    cue, told = coordinators(s, head, token)
    if any(s.lowers[t] in ("ni", "ou", "soit") for t in (*cue, *told)) or "respectivement" in s.lowers:
        return unit.guard()
    if _shares_object(s, head, token, cue) or _goes_on_behind(s, head, token):
        return None
    if not _agree(s, head, token):
        return None
    lent = _auxiliaries(s, unit, token)
    if lent is None:
        return None
    return Cut(
        token,
        "coordinate_verb_phrase",
        FrenchSharedSubject(unit, lent),
        "coordinate",
        cue=cue,
        cue_elsewhere=told,
    )


def _opens_cleft(s: Sentence, subject: int, token: int) -> bool:
    """ "c'est cette audace qui ..." """
    return s.lowers[subject] in ("c'", "c’", "ce") and any(s.tags[t] == "WP" for t in range(token, len(s)))


def _agree(s: Sentence, head: int, token: int) -> bool:
    """Whether two verbs may have one subject: both singular or both plural."""
    first, second = s.finite(head), s.finite(token)
    if first is None or second is None:
        return True
    numbers = (plural_form(s, first), plural_form(s, second))
    return None in numbers or numbers[0] == numbers[1]


def _may_have_an_equal(s: Sentence, unit: Unit) -> bool:
    return s.finite(unit.head) is not None or isinstance(unit.frame, FrenchSharedSubject)


def _goes_on_behind(s: Sentence, head: int, token: int) -> bool:
    """Whether words of the clause before follow the conjunct: then one of the two is hung wrongly."""
    end = s.last(token)
    inside = set(s.subtree(token))
    for child in s.children[head]:
        if s.relations[child] == rel.PARATAXIS:
            inside.update(s.subtree(child))  # "..., dit-il"
    return any(t > end and t not in inside and s.relations[t] != rel.PUNCTUATION for t in s.subtree(head))


def _shares_object(s: Sentence, head: int, token: int, cue: tuple[int, ...]) -> bool:
    after = any(s.relations[t] == rel.OBJECT and t > token for t in s.children[token])
    before = any(s.relations[t] == rel.OBJECT and t < head and s.tags[t] == "PRP" for t in s.children[head])
    if before and not after and s.find(token, rel.OBJECT) is None:
        return True
    return bool(cue) and cue[0] == head + 1 and token == cue[-1] + 1 and after


def _auxiliaries(s: Sentence, unit: Unit, token: int) -> tuple[Item, ...] | None:
    """Auxiliaries and clitics before them that a participle takes from the verb before it; None when it cannot."""
    if s.finite(token) is not None:
        return ()
    head = unit.head
    if s.tags[token] != "VBN" or s.auxiliaries(token) or s.is_negated(head):
        return None
    if any(
        t > token and s.relations[t] != rel.PUNCTUATION and s.relations[t] != rel.CONJUNCT
        for t in s.children[head]
    ):
        return None  # "a mangé et bu avec ses amis": what follows may be of both
    if s.tags[head] != "VBN":
        # "est malade et hospitalisé"
        return (head,) if s.find(head, rel.PREDICATE) is not None and s.finite(head) == head else None
    if isinstance(unit.frame, FrenchSharedSubject) and unit.frame.auxiliaries:
        return unit.frame.auxiliaries
    given = [t for t in s.children[head] if t < head and s.relations[t] in (*rel.AUXILIARIES, rel.CLITIC)]
    return tuple(given) if any(s.relations[t] in rel.AUXILIARIES for t in given) else None
