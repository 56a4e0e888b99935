"""What a relative clause or a participle of a noun speaks of (Quirk et al. 1985, 17.9-17.25; Huddleston and Pullum 2002,
ch. 12): which noun, by agreement; whether that may stand without it; whether it is what the subject is."""

from __future__ import annotations

from stages.simplify.guards import is_denied, limits
from stages.simplify.realisation.morphology import is_plural
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Unit


def is_followed_by_list(s: Sentence, antecedent: int, token: int) -> bool:
    """ "events that are caused by warmth, light and rain": what follows may be listed with words of the clause."""
    conjunct = s.find(antecedent, rel.CONJUNCT)
    return conjunct is not None and conjunct > token and s.words[s.first(conjunct) - 1] == ","


def subject_described(s: Sentence, unit: Unit, noun: int) -> Unit | None:
    """The unit, if it says of its subject that it is one of what the noun names: "Ann is a doctor who ...".

    Then what is said of the noun is said of the subject.
    """
    own = s.child(noun, (rel.DETERMINER, rel.POSSESSOR))
    while s.relations[noun] == rel.CONJUNCT:
        noun = s.heads[noun]
        if own is not None or any(s.lowers[t] in ("or", "but") for t in s.children[noun]):
            return None
    verb = s.heads[noun]
    if s.relations[noun] != rel.PREDICATE or verb != unit.head or s.lowers[verb] not in _BE:
        return None
    determiner = s.child(noun, (rel.DETERMINER, rel.POSSESSOR))
    subject = s.subject(verb)
    if (
        determiner is None
        or subject is None
        or s.relations[subject] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT)
    ):
        return None
    if s.lowers[determiner] not in ("a", "an") or subject > verb or s.is_negated(verb):
        return None
    return None if s.tags[subject] in ("WP", "WDT", "DT") or s.lowers[subject] == "there" else unit


_BE = frozenset({"is", "was", "'s", "’s", "be", "been", "am", "'m"})


def may_be_dropped(s: Sentence, unit: Unit, antecedent: int) -> bool:
    """Whether the noun phrase speaks of the same without the clause that identifies it."""
    return not (
        s.lowers[antecedent] in s.lexicon.nonreferring
        or s.tags[antecedent] == "PRP"
        or limits(s, antecedent)
        or antecedent in unit.opaque
        or is_denied(s, unit, antecedent)
    )


def _person(s: Sentence, antecedent: int, token: int) -> int:
    """ "A singer from Leeds, whose ...": a name after "from" or "in" is a place, and no person."""
    preposition = s.heads[antecedent]
    if s.relations[antecedent] == rel.APPOSITION and s.tags[preposition] in PROPER_TAGS:
        antecedent, preposition = preposition, s.heads[preposition]
    if s.tags[antecedent] not in PROPER_TAGS or s.lowers[preposition] not in ("from", "in", "at", "near"):
        return antecedent
    noun = s.heads[preposition]
    return noun if s.tags[noun] in ("NN", "NNS") and noun < token else antecedent


def _is_bare_of(s: Sentence, noun: int) -> bool:
    if s.tags[noun] != "NN" or s.relations[noun] != rel.PREPOSITION_OBJECT or s.lowers[s.heads[noun]] != "of":
        return False
    if s.child(noun, (rel.DETERMINER, rel.POSSESSOR, rel.NUMBER)) is not None:
        return False
    return s.tags[s.heads[s.heads[noun]]] == "NN"


def agreeing(s: Sentence, antecedent: int, token: int, pronoun: int | None) -> int:
    """The antecedent, or the noun above it where the verb of the clause agrees with that one only.

    "A series of wars, which was ...": the parser takes the nearest noun.
    """
    if pronoun is not None and s.lowers[pronoun] in ("who", "whom", "whose"):
        return _person(s, antecedent, token)
    if (
        pronoun is None
        or s.relations[pronoun] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT)
        or s.heads[pronoun] != token
    ):
        return antecedent
    finite = s.finite(token)
    if finite is None:
        return antecedent
    word, tag = s.lowers[finite], s.tags[finite]
    if tag == "VBZ" or word == "was":
        wanted = False
    elif word == "were" or tag == "VBP":
        wanted = True
    else:
        return antecedent
    candidate = antecedent
    while True:
        # "a film of water that forms a sphere": a bare noun after "of" is not what a clause identifies
        if is_plural(s, candidate) == wanted and not (candidate == antecedent and _is_bare_of(s, candidate)):
            return candidate
        preposition = s.heads[candidate]
        if s.relations[candidate] != rel.PREPOSITION_OBJECT or s.relations[preposition] != rel.PREPOSITION:
            return antecedent
        candidate = s.heads[preposition]
        if s.relations[candidate] == rel.NOUN_CLAUSE:
            candidate = s.heads[candidate]
        if s.is_verb(candidate) or candidate > token:
            return antecedent
