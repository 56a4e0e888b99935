"""Participles of a noun or a clause, and gerunds (Grevisse and Goosse 2016, 914-934; Abeillé and Godard 2021, ch. XIV)."""

from __future__ import annotations

from typing import Final

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french.frames import FrenchDescribed, FrenchPresented
from stages.simplify.realisation.french.verbs import Tense, takes_be, unit_tense
from stages.simplify.rules.french.agreement import agreeing, article_of, has_more_behind, is_bare, may_agree
from stages.simplify.rules.french.relative_places import subject_described
from stages.simplify.rules.french.relatives import is_cleft, may_be_dropped, on_one_level
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit

_NOT_VERBS: Final = frozenset(
    {
        "allant",
        "étant",
        "concernant",
        "suivant",
        "durant",
        "pendant",
        "moyennant",
        "nonobstant",
        "touchant",
        "maintenant",
        "cependant",
    }
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
    if _opening(s, token):
        return _gerund_astray(s, unit, token)
    if _goes_on(s, token):
        return None
    if s.tags[token] == "VBG" and describing and _is_last_before(s, noun, token):
        return _of_subject(s, unit, token, ())
    agreed = agreeing(s, noun, token)
    if agreed is None or is_bare(s, agreed) or has_more_behind(s, agreed, token):
        return None
    first = s.first(agreed)
    if s.tags[token] == "VBG" and not describing and first > 0 and s.words[first - 1] == ",":
        return None  # "..., la jonction s'effectuant à Rome": a clause of its own
    noun = agreed
    if not on_one_level(s, noun, token) or (s.tags[token] == "VBG" and s.relations[noun] in _LOOSE):
        return None
    lender = subject_described(s, unit, noun)
    subject = s.subject(lender.head) if lender is not None else None
    if subject is None or not _surely_agrees(s, subject, token):
        lender = None
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
    if not cue and not (s.has_comma_before(token) if token > head else _is_before_comma(s, token)):
        return None
    if s.is_negated(head) and token > head:
        return unit.guard()
    if _goes_on(s, token) or _has_other_doer(s, head):
        return None
    if token > head and not cue and s.tags[token] == "VBN" and s.tags[s.first(token) - 2] == "VBN":
        return None  # "préservée, développée et modernisée": a list
    nearest = None
    if token > head and not cue and s.tags[token] == "VBN" and not s.auxiliaries(token):
        nearest = _noun_before_comma(s, head, token)
    if nearest is not None:
        frame = _described(s, unit, token, nearest, None)
        if frame is None or not on_one_level(s, nearest, token):
            return None
        return Cut(token, "participle_of_noun", frame, relation=Relation.DESCRIBING_DEFINITION.value)
    return _of_subject(s, unit, token, cue)


def _of_subject(s: Sentence, unit: Unit, token: int, cue: tuple[int, ...]) -> Cut | None:
    """A participle that speaks of the subject of the clause."""
    speaker = unit
    while isinstance(speaker.frame, FrenchPresented) and speaker.source is not None:
        speaker = speaker.source
    subject = s.subject(speaker.head)
    if subject is not None and (s.relations[subject] == rel.EXPLETIVE or subject > speaker.head):
        return None
    if subject is not None and s.lowers[subject] in ("c'", "c’", "ce"):
        return None
    if (
        subject is not None
        and s.tags[token] == "VBN"
        and not s.auxiliaries(token)
        and s.lowers[subject] == "on"
    ):
        return None  # "rattachée à Paris, on trouve ..."
    if subject is not None and not s.auxiliaries(token) and not may_agree(s, subject, token):
        return None
    frame = _described(s, unit, token, subject if subject is not None else speaker.head, speaker)
    if frame is None:
        return None
    return Cut(token, "participle_of_clause", frame, cue=cue)


# a noun there with a participle may be a clause of its own: "la jonction s'effectuant à Rome"
_LOOSE: Final = frozenset({rel.APPOSITION, rel.CONJUNCT, rel.PARATAXIS, rel.OTHER, rel.NOUN_ADVERB})


def _is_before_comma(s: Sentence, token: int) -> bool:
    after = s.last(token) + 1
    return after < len(s) and s.words[after] == ","


def _surely_agrees(s: Sentence, subject: int, token: int) -> bool:
    """Whether a participle that agrees with a predicate fits the subject too: names show no gender."""
    if s.tags[token] != "VBN":
        return True
    return may_agree(s, subject, token) and (
        s.tags[subject] == "NNP" or article_of(s, subject) not in ("", "l'", "l’", "les")
    )


def _gerund_astray(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Il contribua à l'essor de la ville en ouvrant ...": a gerund that the parser hung under a noun."""
    cue = _opening(s, token)
    if s.tags[token] != "VBG" or [s.lowers[t] for t in cue] != ["en"] or unit.denied(s):
        return None
    return _of_subject(s, unit, token, cue)


def _goes_on(s: Sentence, token: int) -> bool:
    """Whether another participle is joined to this one that the parser hung elsewhere: it would stay behind."""
    after = s.last(token) + 1
    return (
        after + 1 < len(s)
        and s.tags[after] == "CC"
        and s.heads[after] not in s.subtree(token)
        and s.tags[after + 1] in ("VBN", "VBG")
    )


def _is_last_before(s: Sentence, noun: int, token: int) -> bool:
    """Whether a noun that is not the subject ends right before the comma of a participle."""
    return s.relations[noun] not in rel.SUBJECTS and s.relations[s.heads[noun]] not in rel.SUBJECTS


def _noun_before_comma(s: Sentence, head: int, token: int) -> int | None:
    """The nearest noun between the verb and the comma that opens a participle, if that agrees with one there."""
    comma = s.first(token) - 1
    if comma < 0 or s.words[comma] != ",":
        return None
    if s.tags[comma - 1] == "VBN":
        return None
    for at in range(comma - 1, head, -1):
        if s.tags[at] in ("NN", "NNS") and article_of(s, at) and may_agree(s, at, token):
            return at
    return None


def _opening(s: Sentence, token: int) -> tuple[int, ...]:
    found = [
        t
        for t in s.children[token]
        if t < token and s.relations[t] in (rel.MARKER, rel.CASE, rel.PREPOSITION)
    ]
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
    """A passive with its agent: who does what the participle says is not the subject for certain."""
    return s.find(head, rel.AGENT) is not None


def _described(s: Sentence, unit: Unit, token: int, noun: int, lender: Unit | None) -> FrenchDescribed | None:
    when: Tense = unit_tense(s, unit)
    auxiliaries = s.auxiliaries(token)
    if auxiliaries:  # "ayant mangé", "avoir mangé", "s'étant levé"
        return FrenchDescribed(noun, when, lender, "", verb=auxiliaries[0])
    if s.tags[token] == "VBG":
        return FrenchDescribed(noun, when, lender, "", verb=token)
    if any(s.relations[t] in (rel.OBJECT, rel.MARKER) for t in s.children[token]):
        return None  # no participle of a passive
    if takes_be(s.lowers[token]):
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
