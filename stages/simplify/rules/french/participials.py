"""Participles of a noun or a clause, and gerunds (Grevisse and Goosse 2016, 914-934; Abeillé and Godard 2021, ch. XIV)."""

from __future__ import annotations

from typing import Final

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french.frames import FrenchDescribed, FrenchPresented
from stages.simplify.realisation.french.verbs import Tense, unit_tense
from stages.simplify.rules.french.relatives import is_cleft, may_be_dropped, subject_described
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

# verbs whose participle takes "être" for what has happened
_WITH_BE: Final = ("né", "mort", "parti", "arrivé", "venu", "devenu", "resté", "tombé", "allé", "entré", "sorti", "issu")
_NOT_VERBS: Final = frozenset(
    {"concernant", "suivant", "durant", "pendant", "moyennant", "nonobstant", "touchant", "maintenant", "cependant"}
)


def noun_participle(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Une infirmière formée à Paris dort." "Une boîte contenant du thé tomba." The noun is the subject."""
    noun = s.heads[token]
    if noun > token or s.is_verb(noun) or not _is_participle(s, token) or noun == s.root:
        return None
    if s.last(token) == token and not s.has_comma_before(token):
        return None  # "un livre connu": as good as an adjective
    describing = s.has_comma_before(token)
    if s.lowers[noun] in s.lexicon.nonreferring or s.tags[noun] == "PRP" or not s.is_closed_aside(token):
        return None
    if not describing and (not may_be_dropped(s, unit, noun) or is_cleft(s, noun)):
        return unit.guard()
    lender = subject_described(s, unit, noun)
    frame = _described(s, unit, token, noun, lender)
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION if describing else Relation.IDENTIFYING_DEFINITION
    return Cut(token, "participle_of_noun", frame, relation=relation.value)


def clause_participle(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Né à Paris, il écrivit." "En arrivant, elle vit son frère." "Après avoir mangé, il sortit." """
    head = s.heads[token]
    if head not in unit.spine or s.subject(token) is not None:
        return None
    cue = _opening(s, token)
    words = " ".join(s.lowers[t] for t in cue)
    perfect = words == "après" and _perfect(s, token) is not None
    if not perfect and not _is_participle(s, token):
        return None
    if cue and not perfect and words not in ("en", "tout en"):
        return None
    if not cue and not (s.has_comma_before(token) if token > head else s.words[s.last(token) + 1] == ","):
        return None
    if s.is_negated(head) and token > head:
        return unit.guard()
    speaker = unit
    while isinstance(speaker.frame, FrenchPresented) and speaker.source is not None:
        speaker = speaker.source
    subject = s.subject(speaker.head)
    if subject is not None and (s.relations[subject] == rel.EXPLETIVE or subject > speaker.head):
        return None
    if _has_other_doer(s, head):
        return None
    frame = _described(s, unit, token, subject if subject is not None else speaker.head, speaker)
    if frame is None:
        return None
    return Cut(token, "participle_of_clause", frame, cue=cue)


def _opening(s: Sentence, token: int) -> tuple[int, ...]:
    found = [t for t in s.children[token] if t < token and s.relations[t] in (rel.MARKER, rel.CASE, rel.PREPOSITION)]
    if not found:
        return ()
    if s.lowers[found[0]] == "en" and found[0] > 0 and s.lowers[found[0] - 1] == "tout":
        return (found[0] - 1, found[0])
    return tuple(found)


def _perfect(s: Sentence, token: int) -> int | None:
    """ "avoir" of "avoir mangé" """
    if s.tags[token] != "VBN":
        return None
    return next((t for t in s.auxiliaries(token) if s.lowers[t] in ("avoir", "être")), None)


def _is_participle(s: Sentence, token: int) -> bool:
    if s.tags[token] == "VBG":
        return s.lowers[token] not in _NOT_VERBS
    if s.tags[token] != "VBN":
        return False
    return all(s.tags[t] == "VBG" for t in s.auxiliaries(token))


def _has_other_doer(s: Sentence, head: int) -> bool:
    """A passive, or "il faut": who does what the participle says is not the subject for certain."""
    return s.find(head, rel.AGENT) is not None


def _described(
    s: Sentence, unit: Unit, token: int, noun: int, lender: Unit | None
) -> FrenchDescribed | None:
    when: Tense = unit_tense(s, unit)
    auxiliaries = s.auxiliaries(token)
    if auxiliaries:  # "ayant mangé", "avoir mangé", "s'étant levé"
        return FrenchDescribed(noun, when, lender, "", verb=auxiliaries[0])
    if s.tags[token] == "VBG":
        return FrenchDescribed(noun, when, lender, "", verb=token)
    if any(s.relations[t] in (rel.OBJECT, rel.MARKER) for t in s.children[token]):
        return None  # no participle of a passive
    if s.lowers[token].rstrip("es").startswith(_WITH_BE) or s.lowers[token].rstrip("s") in _WITH_BE:
        return FrenchDescribed(noun, "present", lender)
    passive = s.find(token, rel.AGENT) is not None or _is_dated(s, token)
    return FrenchDescribed(noun, when, lender, "been" if passive else "be")


def _is_dated(s: Sentence, token: int) -> bool:
    """ "construit en 1900": something that happened, and no state."""
    return any(
        s.tags[t] == "CD" and s.words[t].isdigit() and len(s.words[t]) == 4
        for child in s.children[token]
        if s.relations[child] == rel.PREPOSITION
        for t in s.children[child]
    )
