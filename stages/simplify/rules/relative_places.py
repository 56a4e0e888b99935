"""The place in a relative clause that its pronoun stands for (Quirk et al. 1985, 17.9-17.25; Huddleston and Pullum 2002,
ch. 12): subject, object, object of a preposition, possessor, adverb, or a gap."""

from __future__ import annotations

from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.relative_frame import RelativeFrame, RelativePlace
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_PRONOUN_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


_ARGUMENTS = frozenset({rel.OBJECT, rel.PREDICATE, rel.PARTICLE, rel.INDIRECT_OBJECT, rel.OPEN_COMPLEMENT})


def relative_pronoun(s: Sentence, token: int) -> int | None:
    """The relative pronoun or adverb of a clause; None when it has none."""
    for t in s.subtree(token):
        if t >= token:
            return None
        if s.tags[t] in _PRONOUN_TAGS and s.lowers[t] != "what":
            return t
        if s.lowers[t] == "that" and s.relations[t] not in (rel.DETERMINER, rel.ADVERB):
            return t
    return None


def relative_frame(s: Sentence, antecedent: int, token: int, pronoun: int | None) -> Frame | None:
    """How the clause becomes a sentence about its antecedent; None when the place of the pronoun is not clear."""
    if pronoun is None or s.relations[pronoun] in (rel.MARKER, rel.DETERMINER):
        if (
            pronoun is not None
            and s.relations[pronoun] == rel.DETERMINER
            and not s.tags[s.heads[pronoun]].endswith("S")
        ):
            return None  # "in which case"
        return _without_pronoun(s, antecedent, token, pronoun)
    head, relation, word = s.heads[pronoun], s.relations[pronoun], s.lowers[pronoun]
    if s.tags[pronoun] == "WRB":
        return _adverbial(s, antecedent, token, pronoun)
    if relation in (rel.SUBJECT, rel.PASSIVE_SUBJECT):
        if head == token:
            return RelativeFrame(antecedent, token, (pronoun,), pronoun, RelativePlace.SAME)
        return RelativeFrame(
            antecedent, token, (pronoun,), pronoun, RelativePlace.BEFORE, s.first_without(head, pronoun)
        )
    if s.subject(token) is None:
        return None
    if relation in (rel.OBJECT, rel.PREDICATE, rel.INDIRECT_OBJECT):
        if head < pronoun or not s.is_verb(head):
            return None
        deeper = s.find(head, rel.OPEN_COMPLEMENT)
        if (
            deeper is not None
            and lemma(s.lowers[head]) in s.lexicon.catenative_verbs
            and s.is_infinitive(deeper)
        ):
            head = deeper
        return RelativeFrame(
            antecedent, token, (pronoun,), pronoun, RelativePlace.AFTER, _after_verb(s, head, pronoun)
        )
    if relation == rel.PREPOSITION_OBJECT:
        if head > pronoun:  # "which he looked at"
            return RelativeFrame(antecedent, token, (pronoun,), pronoun, RelativePlace.AFTER, head)
        governor = s.heads[head]
        if s.is_verb(governor) and head < governor:  # "in which he lived"
            moved = tuple(s.subtree(head))
            return RelativeFrame(
                antecedent, token, moved, pronoun, RelativePlace.AFTER, _after_arguments(s, governor)
            )
        return _in_place_or_moved(s, antecedent, token, pronoun, governor)
    if relation == rel.POSSESSOR and word == "whose":
        return _in_place_or_moved(s, antecedent, token, pronoun, head)
    return None


def _in_place_or_moved(s: Sentence, antecedent: int, token: int, pronoun: int, noun: int) -> Frame | None:
    """The pronoun is part of a noun phrase: "some of whom", "whose car". As a subject it stays where it is."""
    relation, head = s.relations[noun], s.heads[noun]
    if relation in (rel.SUBJECT, rel.PASSIVE_SUBJECT) and head == token:
        return RelativeFrame(antecedent, token, (pronoun,), pronoun, RelativePlace.SAME)
    moved = tuple(s.subtree(noun))
    if relation in (rel.OBJECT, rel.PREDICATE) and s.is_verb(head) and noun < head:
        return RelativeFrame(
            antecedent, token, moved, pronoun, RelativePlace.AFTER, _after_verb(s, head, noun)
        )
    if relation == rel.PREPOSITION_OBJECT:
        preposition = head
        governor = s.heads[preposition]
        if preposition < noun and s.is_verb(governor) and preposition < governor:
            moved = tuple(s.subtree(preposition))
            return RelativeFrame(
                antecedent, token, moved, pronoun, RelativePlace.AFTER, _after_arguments(s, governor)
            )
    return None


def _adverbial(s: Sentence, antecedent: int, token: int, pronoun: int) -> Frame | None:
    word = s.lowers[pronoun]
    if s.subject(token) is None or s.heads[pronoun] != token:
        return None
    if word == "where":
        return RelativeFrame(
            antecedent, token, (pronoun,), pronoun, RelativePlace.AFTER, _after_arguments(s, token), "there"
        )
    if word == "when" and (s.has_comma_before(token) or s.tags[antecedent] == "CD"):
        return RelativeFrame(antecedent, token, (pronoun,), pronoun, RelativePlace.SAME, word="")
    return None


def _without_pronoun(s: Sentence, antecedent: int, token: int, marker: int | None) -> Frame | None:
    """ "the book she wrote", "the house he lived in": the gap is after a preposition without object, or a verb."""
    if s.subject(token) is None or s.lowers[antecedent] in s.lexicon.adverbial_nouns:
        return None
    dropped = (marker,) if marker is not None else ()
    verb = token
    while True:
        for child in s.children[verb]:
            if s.relations[child] == rel.PREPOSITION and child > verb and not s.children[child]:
                return RelativeFrame(antecedent, token, dropped, None, RelativePlace.AFTER, child)
        deeper = s.find(verb, rel.OPEN_COMPLEMENT)
        if deeper is None or not s.is_verb(deeper):
            break
        verb = deeper
    if any(s.relations[t] in (rel.OBJECT, rel.PREDICATE, rel.COMPLEMENT_CLAUSE) for t in s.children[verb]):
        return None
    if s.find(verb, rel.PASSIVE_AUXILIARY) is not None:
        return None
    return RelativeFrame(antecedent, token, dropped, None, RelativePlace.AFTER, _after_verb(s, verb, -1))


def _after_verb(s: Sentence, verb: int, without: int) -> int:
    """The token that an object follows: the verb, its particle, a bare indirect object."""
    last = verb
    for child in s.children[verb]:
        if (
            child > verb
            and child != without
            and s.relations[child] in (rel.PARTICLE, rel.NEGATION, rel.INDIRECT_OBJECT)
        ):
            if s.relations[child] == rel.INDIRECT_OBJECT and s.tags[child] in ("IN", "TO"):
                continue
            last = max(last, s.last(child))
    return last


def _after_arguments(s: Sentence, verb: int) -> int:
    """The token that an adjunct of place follows: the verb and what it governs."""
    last = verb
    for child in s.children[verb]:
        if child > verb and s.relations[child] in _ARGUMENTS:
            last = max(last, s.last(child))
        elif child == last + 1 and s.relations[child] == rel.PREPOSITION and _is_tight(s, child):
            last = s.last(child)
    return last


def _is_tight(s: Sentence, preposition: int) -> bool:
    """ "in love", "into force": a bare common noun that belongs to the verb."""
    noun = s.find(preposition, rel.PREPOSITION_OBJECT)
    return noun is not None and s.tags[noun] == "NN" and not s.children[noun]
