"""Participles with a subject of their own (Quirk et al. 1985, 15.58; Huddleston and Pullum 2002, ch. 14)."""

from __future__ import annotations

from stages.simplify.realisation.absolute import Absolute
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def absolute(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The band broke up, the singer moving to Paris." The participle becomes finite.

    Not cut: what no comma sets off, and clauses with a subordinator or a negation.
    """
    subject = s.subject(token)
    if subject is None or s.relations[subject] not in _NOMINAL or subject > token:
        return None
    head = s.heads[token]
    if not (head in unit.spine or s.heads[head] in unit.spine) or not _is_participle(s, token):
        return None
    if not _is_set_off(s, token):
        return None
    frame = _frame(s, unit, token, subject)
    return Cut(token, "participle_of_clause", frame) if frame is not None else None


def absolute_with(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The town grew, with many people working in Dublin." The preposition is the cue."""
    clause = s.find(token, rel.PREPOSITION_CLAUSE)
    if clause is None or not _is_participle(s, clause):
        return None
    subject, head = s.subject(clause), s.heads[token]
    if subject is None or s.relations[subject] not in _NOMINAL or subject > clause or s.is_negated(head):
        return None
    if not (head in unit.spine or s.heads[head] in unit.spine) or not _is_set_off(s, token):
        return None
    if any(t != clause and s.relations[t] != rel.PUNCTUATION for t in s.children[token]):
        return None
    frame = _frame(s, unit, clause, subject)
    return Cut(clause, "participle_of_clause", frame, cue=(token,)) if frame is not None else None


def _frame(s: Sentence, unit: Unit, token: int, subject: int) -> Absolute | None:
    if s.first(token) != s.first(subject):
        return None
    if any(s.relations[t] in (rel.MARKER, rel.NEGATION) for t in s.children[token]):
        return None
    tense = unit_tense(s, unit)
    auxiliaries = s.auxiliaries(token)
    if auxiliaries:
        word = s.lowers[auxiliaries[0]]
        if word not in ("having", "being"):
            return None
        if s.find(token, rel.CONJUNCT) is not None:
            return None
        return Absolute(subject, tense, ((auxiliaries[0], lemma(word)),))
    verbs = [token]
    while (following := s.find(verbs[-1], rel.CONJUNCT)) is not None:
        if s.tags[following] != s.tags[token] or s.subject(following) is not None:
            return None
        verbs.append(following)
    if s.tags[token] == "VBN":
        return Absolute(subject, tense)
    return Absolute(subject, tense, tuple((verb, lemma(s.lowers[verb])) for verb in verbs))


_NOMINAL = frozenset({rel.SUBJECT, rel.PASSIVE_SUBJECT})


def _is_participle(s: Sentence, token: int) -> bool:
    """By tag, or a gerund in the place of a clause that was tagged as a noun."""
    return s.tags[token] in ("VBG", "VBN") or (s.tags[token] == "NN" and s.lowers[token].endswith("ing"))


def _is_set_off(s: Sentence, token: int) -> bool:
    if token > s.heads[token]:
        return s.has_comma_before(token)
    after = s.last(token) + 1
    return after < len(s) and s.words[after] == ","
