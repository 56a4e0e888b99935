"""What somebody says, thinks or shows (Grevisse and Goosse 2016, 415-425, 1123-1128). What is said is the core."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french import conjugation, verbs
from stages.simplify.realisation.french.frames import FrenchAttributed, FrenchSharedSubject, FrenchWhole
from stages.simplify.rules.french.adverbial import full, subordinator
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def attribution(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Le maire a dit que la route est fermée." "« Nous partons », a dit Paul."

    Not cut: what is denied, asked, or only wished (a subjunctive follows).
    """
    head = s.heads[token]
    if head != unit.head or not s.is_clause(token) or s.lowers[head] not in s.lexicon.attribution_verbs:
        return None
    if s.is_negated(head) or _is_under_condition(s, head):
        return unit.guard()
    if s.tags[head] == "VB" or s.finite(head) is None:
        return None
    marker = s.find(token, rel.MARKER)
    if token > head and (marker is None or full(s.lowers[marker]) != "que"):
        return None
    if subordinator(s, token)[0]:
        return None  # "pendant que": no complement
    if token < head and (marker is not None or not _ends_in_comma(s, head, token)):
        return None
    if s.tags[s.first(token)] in ("WP", "WRB"):
        return None
    finite = s.finite(token)
    if finite is None or conjugation.is_subjunctive_only(s.lowers[finite]):
        return None
    subject = s.subject(head)
    if subject is None and not isinstance(unit.frame, FrenchSharedSubject):
        return None
    if any(s.relations[t] == rel.OBJECT and s.tags[t] != "PRP" for t in s.children[head]):
        return None
    impersonal = subject is not None and (
        s.relations[subject] == rel.EXPLETIVE
        or (s.lowers[subject] == "il" and s.find(head, rel.PASSIVE_AUXILIARY) is not None)
    )
    return Cut(
        token,
        "attribution",
        FrenchWhole(),
        "governing",
        relation=Relation.ATTRIBUTION.value,
        replaced=(marker,) if marker is not None else (),
        unit_frame=FrenchAttributed(unit.frame, verbs.tense(s, head), impersonal),
    )


def attribution_aside(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "La route, dit le maire, est fermée." The clause of saying stands inside or behind what is said."""
    if s.heads[token] != unit.head or not s.is_clause(token) or not s.is_clause(unit.head):
        return None
    if s.lowers[token] not in s.lexicon.attribution_verbs or s.is_negated(token):
        return None
    if any(s.relations[t] in (rel.COMPLEMENT_CLAUSE, rel.MARKER) for t in s.children[token]):
        return None
    if any(s.relations[t] == rel.OBJECT and s.tags[t] != "PRP" for t in s.children[token]):
        return None
    subject = s.subject(token)
    behind = subject is not None and subject > token
    opening = s.first(token) - 1
    if opening < 0 or s.words[opening] not in (",", "»", "”", '"', "–", "—") or not behind:
        return None
    frame = FrenchAttributed(FrenchWhole(), verbs.tense(s, token))
    return Cut(token, "attribution", frame, relation=Relation.ATTRIBUTION.value)


def _ends_in_comma(s: Sentence, head: int, token: int) -> bool:
    marks = [
        s.words[t]
        for t in range(s.last(token) + 1, min(s.last(token) + 3, head))
        if s.relations[t] == rel.PUNCTUATION
    ]
    return bool(marks) and not any(mark in (";", ":", ".") for mark in marks)


def _is_under_condition(s: Sentence, head: int) -> bool:
    return any(s.relations[t] == rel.MARKER and s.lowers[t] in ("si", "s'") for t in s.children[head])
