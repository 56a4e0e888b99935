"""Participles that modify a noun or a clause (Quirk et al. 1985, 15.34, 15.60-15.62, 17.28-17.29; Huddleston and
Pullum 2002, ch. 14)."""

from __future__ import annotations

from dataclasses import replace

from models.discourse_relations.labels import Relation
from stages.simplify.lexicon.participles import LIKE_PREPOSITIONS
from stages.simplify.realisation.descriptions import Described, Presented
from stages.simplify.realisation.frames import SharedSubject
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.rules.coordinators import coordinators
from stages.simplify.rules.participle_forms import described
from stages.simplify.rules.prepositions import is_inverted
from stages.simplify.rules.relative_antecedents import is_followed_by_list, may_be_dropped, subject_described
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def noun_participle(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The house built in 1900 burned." "A box containing tea fell." The noun is the subject; a past participle gets
    "be", a present one becomes finite, or stays with "be" for what lasts only a while: "the man is walking"."""
    noun = s.heads[token]
    if noun > token or (s.is_verb(noun) and s.tags[noun] not in ("VBG",)):
        return None
    if not _is_participle(s, token) or s.child(token, (rel.SUBJECT, rel.PASSIVE_SUBJECT)) is not None:
        return None
    describing = s.has_comma_before(token)
    if not s.is_closed_aside(token):
        return None
    if not describing and (not may_be_dropped(s, unit, noun) or is_followed_by_list(s, noun, token)):
        return None
    if describing and s.lowers[noun] in s.lexicon.nonreferring:
        return None
    if describing:
        noun = _work(s, noun, token)
    relation = Relation.DESCRIBING_DEFINITION if describing else Relation.IDENTIFYING_DEFINITION
    frame = described(s, unit, token, noun, subject_described(s, unit, noun))
    if frame is None:
        return None
    return Cut(token, "participle_of_noun", frame, relation=relation.value)


def _work(s: Sentence, noun: int, token: int) -> int:
    """ "a novel by Ann Lee, published in 1900": the novel, not its author."""
    preposition = s.heads[noun]
    if s.tags[token] != "VBN" or s.relations[noun] != rel.PREPOSITION_OBJECT or s.lowers[preposition] != "by":
        return noun
    work = s.heads[preposition]
    if s.tags[work] not in ("NN", "NNS", "NNP") or lemma(s.lowers[token]) not in _MAKING:
        return noun
    return work


_WORKS = """
    publish release record issue write produce direct compose paint print build complete base film premiere
"""


_MAKING = frozenset(_WORKS.split())


def clause_participle(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Walking home, Ann met Bob." "Although tired, Ann walked." The subject is that of the clause.

    Set off by a comma or opened by a subordinator; without either the participle completes the verb.
    """
    head = s.heads[token]
    if head not in unit.spine or s.subject(token) is not None or not _is_participle(s, token):
        return None
    cue = _subordinator(s, token)
    initial = token < head
    if initial and is_inverted(s, head):
        return None
    if not initial and not cue and s.lowers[s.first(token)] == "then" and s.tags[token] in ("VBN", "VBD"):
        # "he was a writer, then moved to Rome": a past tense that was tagged as a participle
        return Cut(token, "coordinate_verb_phrase", SharedSubject(unit), "coordinate", cue=(s.first(token),))
    if not cue and not initial and not s.has_comma_before(token):
        return None
    if [s.lowers[t] for t in cue] == ["as"] and s.has_comma_before(token) and not initial:
        # "the road was closed, as shown on the map": what is shown is that
        if s.tags[token] != "VBN" or s.lowers[token] in ("opposed", "compared", "defined", "known", "used"):
            return None
        said = Described(token, unit_tense(s, unit), word="This")
        return Cut(token, "participle_of_clause", said, cue=cue)
    if cue and not _cue_fits(s, [s.lowers[t] for t in cue]):
        return None
    if s.lowers[token] in LIKE_PREPOSITIONS or (
        s.tags[token] == "VBG" and _has_other_doer(s, head) and lemma(s.lowers[token]) in _OF_DOERS
    ):
        if cue:
            return None
        return Cut(token, "participle_of_clause", Presented(unit_tense(s, unit)))
    unit = _speaker(unit)
    subject = s.subject(unit.head)
    if subject is not None and (
        s.relations[subject] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT) or subject > unit.head
    ):
        return None
    made = _made(s, unit, subject)
    if made is not None and not initial:
        noun_frame = described(s, unit, token, made, None)
        return Cut(token, "participle_of_clause", noun_frame, cue=cue) if noun_frame is not None else None
    noun = subject if subject is not None else unit.head
    during = any(s.lowers[t] in ("while", "whilst", "when") for t in cue)
    frame = described(s, unit, token, noun, unit, lasting=during if cue else None)
    if frame is not None and frame.verb is not None and frame.verb[1] in _OF_EVENTS and not initial:
        frame = replace(frame, word="This")  # "it rained, making roads wet": not "it" did
    if frame is None:
        return None
    return Cut(token, "participle_of_clause", frame, cue=cue)


def _made(s: Sentence, unit: Unit, subject: int | None) -> int | None:
    """What "this makes it the largest" speaks of: a pronoun for an event is not what a participle describes."""
    if subject is None or s.lowers[subject] not in ("this", "that", "which"):
        return None
    if lemma(s.lowers[unit.head]) not in ("make", "render", "leave"):
        return None
    found = s.find(unit.head, rel.OBJECT)
    if found is None:
        clause = s.find(unit.head, rel.COMPLEMENT_CLAUSE)
        found = s.subject(clause) if clause is not None else None
    return found


def _is_gerund(s: Sentence, verb: int) -> bool:
    """ "leaving", "being left" """
    if s.tags[verb] == "VBG":
        return True
    auxiliaries = s.auxiliaries(verb)
    return s.tags[verb] == "VBN" and bool(auxiliaries) and s.lowers[auxiliaries[0]] in ("being", "having")


def _speaker(unit: Unit) -> Unit:
    """The unit whose subject a participle has: of an adjunct ("by going") that which it was cut from."""
    while isinstance(unit.frame, Presented) and unit.source is not None:
        unit = unit.source
    return unit


def preposition_participle(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "After leaving the house, Ann sang." The preposition is the cue, the participle becomes finite."""
    head = s.heads[token]
    if head not in unit.spine:
        return None
    verb = s.find(token, rel.PREPOSITION_CLAUSE)
    if verb is None or not _is_gerund(s, verb) or s.subject(verb) is not None or s.is_negated(head):
        return None
    if any(t != verb and s.relations[t] != rel.PUNCTUATION for t in s.children[token]):
        return None
    unit = _speaker(unit)
    subject = s.subject(unit.head)
    if subject is not None and (
        s.relations[subject] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT) or subject > unit.head
    ):
        return None
    noun = subject if subject is not None else unit.head
    frame = described(s, unit, verb, noun, unit, lasting=s.lowers[token] == "while")
    if frame is None:
        return None
    return Cut(verb, "participle_of_clause", frame, cue=(token,))


def participle_conjunct(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Directed by Ann and starring Bob, ...". Equal to the participle before it."""
    if (
        s.heads[token] != unit.head
        or not isinstance(unit.frame, Described)
        or s.tags[token] not in ("VBN", "VBG")
    ):
        return None
    if s.subject(token) is not None or s.is_infinitive(token):
        return None
    found = described(s, unit, token, unit.frame.noun, unit.frame.spoken_of)
    if found is None:
        return None
    cue, told = coordinators(s, unit.head, token)
    same = replace(found, tense=unit.frame.tense)
    return Cut(token, unit.rule, same, "coordinate", cue=cue, cue_elsewhere=told)


FINITE_PREPOSITIONS = frozenset(
    {"after", "before", "since", "until", "while", "although", "though", "despite", "upon", "on"}
)


def _is_participle(s: Sentence, token: int) -> bool:
    if s.is_infinitive(token) or (
        s.find(token, rel.MARKER) is not None and s.tags[token] not in ("VBN", "VBG")
    ):
        return False
    if s.tags[token] not in ("VBN", "VBG", "VBD"):
        return False
    return s.tags[token] != "VBD" or s.subject(token) is None


def _subordinator(s: Sentence, token: int) -> tuple[int, ...]:
    return tuple(
        t
        for t in s.children[token]
        if t < token
        and (s.relations[t] == rel.MARKER or (s.tags[t] == "WRB" and s.relations[t] == rel.ADVERB))
    )


def _cue_fits(s: Sentence, words: list[str]) -> bool:
    return all(w in s.lexicon.adverbial and w not in ("as", "so", "that", "where") for w in words)


def _has_other_doer(s: Sentence, head: int) -> bool:
    """Whether the clause is passive: then some participles speak of somebody else ("using X, Y was made")."""
    return s.find(head, rel.PASSIVE_AUXILIARY) is not None


_OF_EVENTS = frozenset({"make", "cause", "allow", "enable", "force", "prompt", "mean", "result"})


_OF_DOERS = frozenset(
    {"use", "employ", "apply", "utilise", "utilize", "take", "follow", "consider", "compare", "count"}
)
