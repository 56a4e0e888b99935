"""Coordinated verb phrases, infinitives and predicates (Quirk et al. 1985, 13.2-13.55; Huddleston and Pullum 2002,
ch. 15)."""

from __future__ import annotations

from stages.simplify.realisation.frames import SharedSubject
from stages.simplify.realisation.listed import Listed
from stages.simplify.rules.auxiliaries import shared_auxiliaries
from stages.simplify.rules.coordinators import coordinators
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def coordinate_verb_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann sings and dances." The second verb takes the first one's subject, and the auxiliaries it lacks."""
    head = s.heads[token]
    if head != unit.head or not s.is_verb(token):
        return None
    own_subject = s.subject(token)
    if own_subject is not None and own_subject < token:
        return None
    subject = s.subject(head)
    if subject is not None and s.relations[subject] == rel.EXPLETIVE:
        return None
    if subject is None and not isinstance(unit.frame, SharedSubject):
        return None
    if any(
        s.relations[t] == rel.PREPOSITION and t > head and not s.children[t] and s.tags[t] == "IN"
        for t in s.children[head]
    ):
        return None  # "fell in love with and married Ann": they share what follows
    cue, told = coordinators(s, head, token)
    auxiliaries = shared_auxiliaries(s, unit, token, [s.lowers[t] for t in cue])
    if auxiliaries is None or s.find(token, rel.MARKER) is not None:
        return None
    shared = _shared_object(s, head, token)
    if shared is not None:
        joint = told or cue
        if not joint or s.lowers[joint[0]] != "and":
            return None
        unit.borrowed = shared
    both = s.find(head, rel.CORRELATIVE)
    return Cut(
        token,
        "coordinate_verb_phrase",
        SharedSubject(unit, auxiliaries),
        "coordinate",
        cue=cue,
        cue_elsewhere=told,
        replaced=(both,) if both is not None and s.lowers[both] == "both" else (),
    )


def coordinate_infinitive(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann wants to sing and dance." becomes "Ann wants to sing." and "Ann wants to dance." """
    head = s.heads[token]
    if not _is_open(s, unit, head):
        return None
    if s.tags[token] != "VB" or s.tags[head] != "VB" or s.subject(token) is not None:
        return None
    to = s.auxiliaries(head)
    own = s.auxiliaries(token)
    if len(to) != 1 or s.tags[to[0]] != "TO" or (own and s.tags[own[0]] != "TO"):
        return None
    cue, told = coordinators(s, head, token)
    joint = told or cue
    if not joint or s.lowers[joint[0]] != "and" or _shared_object(s, head, token) is not None:
        return None
    if s.find(head, rel.CORRELATIVE) is not None:
        return None
    if s.is_negated(unit.head) or s.is_negated(s.heads[head]):
        return unit.guard()
    frame = Listed(unit, head, opening=() if own else (to[0],))
    return Cut(token, "coordinate_verb_phrase", frame, "coordinate", cue=cue, cue_elsewhere=told)


def _is_open(s: Sentence, unit: Unit, head: int) -> bool:
    """Whether an infinitive is a complement of the main clause, or of its predicate; or the purpose that a unit tells."""
    above = s.heads[head]
    if s.relations[head] == rel.OPEN_COMPLEMENT and head != unit.head:
        return head in unit.spine or (s.relations[above] == rel.PREDICATE and s.heads[above] == unit.head)
    if unit.rule != "purpose":
        return False
    return head == unit.head or s.relations[head] == rel.NOUN_CLAUSE


def coordinate_predicate(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann is tall and proud of it." Adjectives after "be", of which the second has words of its own."""
    head = s.heads[token]
    if (
        head == unit.head
    ):  # "are wide at the top, and narrow below": the parser joins the second one to the verb
        predicate = s.find(head, rel.PREDICATE)
        head = predicate if predicate is not None and predicate < token else head
    if s.relations[head] != rel.PREDICATE or s.heads[head] != unit.head or s.lowers[unit.head] not in _BE:
        return None
    if s.tags[head] not in ("JJ", "JJR", "VBN") or s.tags[token] not in ("JJ", "JJR"):
        return None
    if not any(t > token and s.relations[t] in _OWN for t in s.children[token]):
        return None
    cue, told = coordinators(s, s.heads[token], token)
    if not cue or s.lowers[cue[0]] not in ("and", "but") or s.find(head, rel.CORRELATIVE) is not None:
        return None
    if s.find(token, rel.CONJUNCT) is not None:
        return None
    if s.is_negated(unit.head) or any(w in ("so", "too", "as", "more", "less") for w in s.lowers):
        return unit.guard()
    return Cut(token, "coordinate_verb_phrase", Listed(unit, head), "coordinate", cue=cue, cue_elsewhere=told)


_BE = frozenset({"is", "are", "was", "were", "be", "been"})


_OWN = frozenset({rel.PREPOSITION, rel.OPEN_COMPLEMENT})


def _shared_object(s: Sentence, head: int, token: int) -> int | None:
    """ "bought, mended and sold cars": what follows the last verb belongs to all, when nothing stands between them."""
    last, verbs = token, {head, token}
    while (found := _object_after(s, last)) is None:
        following = s.find(last, rel.CONJUNCT)
        if following is None or not s.is_verb(following):
            return None
        last = following
        verbs.add(last)
    # an object is of active verbs, an agent of passive ones
    if (s.relations[found] == rel.AGENT) != (s.find(head, rel.PASSIVE_AUXILIARY) is not None):
        return None
    plain = all(t in verbs or s.tags[t] == "CC" or s.words[t] == "," for t in range(head + 1, last))
    return found if plain else None


def _object_after(s: Sentence, verb: int) -> int | None:
    return next((t for t in s.children[verb] if t > verb and s.relations[t] in (rel.OBJECT, rel.AGENT)), None)
