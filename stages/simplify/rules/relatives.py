"""Relative clauses of every kind (Quirk et al. 1985, 17.9-17.25; Huddleston and Pullum 2002, ch. 12).

The pronoun gives way to its antecedent, in the place in the clause that the pronoun stands for.
"""

from __future__ import annotations

from dataclasses import replace

from models.discourse_relations.labels import Relation
from stages.simplify.guards import is_denied, limits
from stages.simplify.realisation.frames import Frame
from stages.simplify.realisation.morphology import is_plural, lemma
from stages.simplify.realisation.relative_frame import RelativeFrame, RelativePlace
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit

_PRONOUN_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
_ARGUMENTS = frozenset({rel.OBJECT, rel.PREDICATE, rel.PARTICLE, rel.INDIRECT_OBJECT, rel.OPEN_COMPLEMENT})


def relative_clause(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The man, who was ill, slept." "The book that she wrote is long." "The house he lived in fell."

    A clause with a comma, a dash or a bracket before it describes; one without identifies. The latter stays where its
    noun phrase would speak of too much without it ("all men who smoke", "the only car that runs", "no car that ...").
    """
    antecedent = s.heads[token]
    if pronoun_of_clause(s, antecedent, token):
        return Cut(
            token,
            "relative_clause_describing",
            _of_clause(s, token),
            relation=Relation.ELABORATION.value,
            replaced=tuple(t for t in (relative_pronoun(s, token),) if t is not None),
        )
    if antecedent == s.root and not s.has_comma_before(token):
        return None  # a sentence without a verb, or with its verb in the clause
    if antecedent > token or s.is_verb(antecedent) or not s.is_verb(token) or s.finite(token) is None:
        return None
    describing = s.has_comma_before(token)
    pronoun = relative_pronoun(s, token)
    if not s.is_closed_aside(token):
        return None
    if not describing and not may_be_dropped(s, unit, antecedent):
        return unit.guard()
    if not describing and is_followed_by_list(s, antecedent, token):
        return None
    if describing and s.lowers[antecedent] in s.lexicon.nonreferring:
        return None
    if describing and pronoun is None:
        return None
    if pronoun is not None and s.lowers[pronoun] == "that" and _is_degree(s, antecedent):
        return None
    antecedent = _agreeing(s, antecedent, token, pronoun)
    frame = relative_frame(s, antecedent, token, pronoun)
    if isinstance(frame, RelativeFrame):
        frame = replace(frame, spoken_of=subject_described(s, unit, antecedent))
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION if describing else Relation.IDENTIFYING_DEFINITION
    if pronoun is not None and s.lowers[pronoun] == "where":
        relation = Relation.SPATIAL
    elif pronoun is not None and s.lowers[pronoun] == "when":
        relation = Relation.TEMPORAL
    name = "relative_clause_describing" if describing else "relative_clause_identifying"
    replaced = (pronoun,) if pronoun is not None else ()
    return Cut(token, name, frame, relation=relation.value, replaced=replaced)


def is_followed_by_list(s: Sentence, antecedent: int, token: int) -> bool:
    """ "events that are caused by warmth, light and rain": what follows may be listed with words of the clause."""
    conjunct = s.find(antecedent, rel.CONJUNCT)
    return conjunct is not None and conjunct > token and s.words[s.first(conjunct) - 1] == ","


def relative_astray(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """A relative clause after a comma that the parser hung under the verb before it."""
    head, first = s.heads[token], s.first(token)
    if s.tags[first] not in ("WDT", "WP", "WP$") or s.lowers[first] == "what":
        return None
    if head > token and (s.relations[token] != rel.ADVERBIAL_CLAUSE or s.lowers[first] != "which"):
        return None
    noun = first - 2
    if noun > 1 and s.relations[noun] == rel.ADVERB and s.words[noun - 1] == ",":
        noun -= 2  # "the clouds, however, which ..."
    if noun > 0 and s.tags[noun] == "POS":
        noun = s.heads[noun]  # "unlike Ann's, which ..."
    if noun < 0 or s.words[first - 1] not in (",", "(", "-LRB-") or s.finite(token) is None:
        return None
    if s.words[first - 1] != ",":
        if not s.is_closed_aside(token):
            return None
        while s.relations[noun] == rel.PREPOSITION_OBJECT and s.lowers[s.heads[noun]] == "of":
            noun = s.heads[s.heads[noun]]  # "the king of the land (who ...)"
    if lemma(s.lowers[token]) not in ("mean", "imply"):
        if s.tags[noun] not in ("NN", "NNS", "NNP", "NNPS"):
            return None
        frame = relative_frame(s, _agreeing(s, noun, token, first), token, first)
    else:
        frame = _of_clause(s, token)
    if frame is None:
        return None
    relation = Relation.DESCRIBING_DEFINITION.value
    return Cut(token, "relative_clause_describing", frame, relation=relation, replaced=(first,))


def pronoun_of_clause(s: Sentence, antecedent: int, token: int) -> bool:
    """ "The road is icy, which means that buses are late." The pronoun stands for the clause."""
    pronoun = relative_pronoun(s, token)
    if pronoun is None or s.lowers[pronoun] != "which" or not s.has_comma_before(token) or antecedent > token:
        return False
    if s.heads[pronoun] != token or s.relations[pronoun] != rel.SUBJECT or s.finite(token) is None:
        return False
    return (
        s.is_verb(antecedent)
        or (s.tags[antecedent] in ("JJ", "RB") and s.relations[antecedent] != rel.PREPOSITION_OBJECT)
        or lemma(s.lowers[token]) in ("mean", "imply")
    )


def _of_clause(s: Sentence, token: int) -> Frame:
    pronoun = relative_pronoun(s, token)
    return RelativeFrame(
        -1, token, () if pronoun is None else (pronoun,), pronoun, RelativePlace.SAME, word="this"
    )


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


def _is_degree(s: Sentence, antecedent: int) -> bool:
    """ "so firmly ... that": the clause tells the degree."""
    return any(s.lowers[t] in ("so", "such", "too") for t in range(max(0, antecedent - 12), antecedent))


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


def may_be_dropped(s: Sentence, unit: Unit, antecedent: int) -> bool:
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


def _agreeing(s: Sentence, antecedent: int, token: int, pronoun: int | None) -> int:
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
