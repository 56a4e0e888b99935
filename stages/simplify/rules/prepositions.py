"""Prepositional phrases that are adjuncts (Quirk et al. 1985, ch. 8, 9; Huddleston and Pullum 2002, ch. 7, 8)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.descriptions import Described, Presented
from stages.simplify.realisation.morphology import lemma
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit


def prepositional_phrase(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ann was born in Rome in May." A phrase that the verb does not govern, becomes "This was in May."

    It stays where the clause would lose an argument ("lives in Rome", "depends on"), or where something denies or
    limits it ("not in May", "only in May").
    """
    head = s.heads[token]
    if head not in unit.spine or not s.is_verb(head) or not is_whole(s, token):
        return None
    if s.lowers[token] == "including" and (token < head or not s.has_comma_before(token)):
        return None
    if not _is_adjunct(s, unit, head, token):
        return None
    if token < head and is_inverted(s, head):
        return None
    if _is_limited(s, unit, token):
        return unit.guard()
    clause = s.find(token, rel.PREPOSITION_CLAUSE)
    participle = (s.tags[token] == "VBG" and s.lowers[token] in ("following", "using")) or (
        clause is not None and s.tags[clause] in ("VBG", "VBN")
    )
    if s.lowers[token] == "including":
        frame = Described(token, unit_tense(s, unit), copula=False, verb=(token, "include"), word="This")
        return Cut(token, "prepositional_phrase", frame, relation=Relation.ELABORATION.value)
    name = "participle_of_clause" if participle else "prepositional_phrase"  # "by going", "following a vote"
    return Cut(token, name, Presented(unit_tense(s, unit)), relation=relation_of(s, token))


def is_inverted(s: Sentence, verb: int) -> bool:
    """ "In the garden stood a statue." What stands before the verb is in the subject's place."""
    subject = s.subject(verb)
    if subject is None:
        return s.lowers[verb] in ("is", "are", "was", "were")
    return subject > verb and s.relations[subject] != rel.EXPLETIVE


def is_whole(s: Sentence, token: int) -> bool:
    """Whether a preposition has its noun or clause after it, and the phrase is no adverb in two words."""
    if s.tags[token] not in _OPENING_TAGS or s.child(token, _GOVERNED) is None:
        return False
    if _has_pronoun(s, token) or _is_fixed(s, token):
        return False
    return any(t > token and s.relations[t] in _GOVERNED for t in s.children[token])


_OPENING_TAGS = frozenset({"IN", "TO", "VBG", "RP", "RB", "VBN", "JJ"})
_GOVERNED = frozenset({rel.PREPOSITION_OBJECT, rel.PREPOSITION_CLAUSE, rel.PREPOSITION})


def _is_fixed(s: Sentence, token: int) -> bool:
    """ "by far", "at least", "in general": an adverb in two words."""
    below = s.find(token, rel.PREPOSITION_OBJECT)
    if below is None or below < token:
        return False
    return s.tags[below] in ("RB", "RBR", "RBS", "JJ", "JJS") and not s.children[below]


def _has_pronoun(s: Sentence, token: int) -> bool:
    """Whether the phrase holds a relative pronoun of a clause around it: "in which", "for some of whose friends"."""
    for child in s.children[token]:
        if s.tags[child] in ("WDT", "WP", "WP$"):
            return True
        if s.relations[child] in _INSIDE and _has_pronoun(s, child):
            return True
    return False


_INSIDE = frozenset({rel.PREPOSITION, rel.PREPOSITION_OBJECT, rel.POSSESSOR})


def _is_limited(s: Sentence, unit: Unit, token: int) -> bool:
    head = s.heads[token]
    initial = token < head
    first = s.first(token)
    if (first > 0 and s.lowers[first - 1] in FOCUS) or s.lowers[first] in FOCUS:
        return True
    if initial:
        return False
    if s.is_negated(head) or s.is_negated(unit.head):
        return True
    subject = s.subject(unit.head)
    return subject is not None and (
        s.lowers[subject] in ("nobody", "none", "nothing", "few")
        or any(s.lowers[t] in ("no", "few", "neither", "only") for t in s.children[subject])
    )


FOCUS = frozenset(
    {
        "only",
        "not",
        "merely",
        "just",
        "even",
        "especially",
        "particularly",
        "mainly",
        "mostly",
        "solely",
        "except",
    }
)


def _is_adjunct(s: Sentence, unit: Unit, head: int, token: int) -> bool:
    word = s.lowers[token]
    lexicon = s.lexicon
    if word in lexicon.bound_prepositions and not (token < head or s.has_comma_before(token)):
        return False
    if word in ("to", "of", "into", "onto") and token > head:
        return False
    if word in ("of", "than", "like", "per", "versus", "as") and not token < head:
        return False
    if _is_range(s, head, token):
        return False
    base = lemma(s.lowers[head])
    if word in lexicon.frames.get(base, ()) and token > head and not s.has_comma_before(token):
        return False
    if token < head or s.has_comma_before(token):
        return token > head or _opens(s, unit, token) or s.has_comma_before(token)
    before = [t for t in s.children[head] if head < t < token and s.relations[t] not in _NO_COMPLEMENT]
    if base in lexicon.placing_verbs and not any(s.relations[t] in _COMPLEMENTS for t in before):
        # a verb of being somewhere keeps what says where
        return False
    if word in ("by", "without") and s.find(token, rel.PREPOSITION_CLAUSE) is not None:
        return True
    if word in lexicon.adjunct_prepositions or is_temporal(s, token):
        return base != "be" or bool(before)
    # a passive has its argument for a subject: "was announced at the meeting"
    passive = s.find(head, rel.PASSIVE_AUXILIARY) is not None and s.tags[head] in ("VBN", "VBD")
    if passive and word in lexicon.place_prepositions and base not in _KEEPING_PLACE and not before:
        noun = s.find(token, rel.PREPOSITION_OBJECT)
        return noun is not None and (bool(s.children[noun]) or s.tags[noun] in PROPER_TAGS)
    return bool(before)


_KEEPING = """
    include contain involve find see list show depict keep hold place put feature store bury inter display write
    describe engage interest bear raise dress divide mention print embed implicate entangle dip cover immerse locate
    install accept admit elect enrol enroll limit restrict trap focus centre center cast star leave lose spread
    concentrate scatter distribute distinguish name know call refer mount anchor absorb shroud steep build
"""
_KEEPING_PLACE = frozenset(_KEEPING.split())
"""Verbs that say little in the passive without the place."""
_NO_COMPLEMENT = frozenset(
    {rel.PUNCTUATION, rel.ADVERB, rel.NEGATION, rel.CONJUNCT, rel.COORDINATOR, rel.PARTICLE}
)
_COMPLEMENTS = frozenset({rel.PREPOSITION, rel.OBJECT, rel.PREDICATE, rel.AGENT, rel.OPEN_COMPLEMENT})


def _opens(s: Sentence, unit: Unit, token: int) -> bool:
    """Whether the phrase stands before the subject."""
    subject = s.subject(unit.head)
    return subject is None or token < subject


def _is_range(s: Sentence, head: int, token: int) -> bool:
    """ "from ... to ...": neither goes without the other."""
    words = [s.lowers[t] for t in s.children[head] if s.relations[t] == rel.PREPOSITION]
    if s.lowers[token] == "from":
        return any(w in ("to", "until", "till", "through", "into") for w in words)
    return s.lowers[token] in ("to", "until", "till", "through", "into") and "from" in words


def is_temporal(s: Sentence, token: int) -> bool:
    """Whether a prepositional phrase tells a time."""
    noun = s.find(token, rel.PREPOSITION_OBJECT)
    if noun is None or s.lowers[token] in ("to", "of", "with", "as", "like", "into"):
        return False
    if s.lowers[noun] in s.lexicon.time_words:
        return True
    word = s.words[noun]
    return s.tags[noun] == "CD" and len(word) == 4 and word.isdigit()


def relation_of(s: Sentence, token: int) -> str:
    """The relation that a phrase tells by its preposition, or by what it names."""
    word = s.lowers[token]
    named = s.lexicon.preposition_relations.get(word)
    if named is not None:
        return named
    if is_temporal(s, token):
        return Relation.TEMPORAL.value
    noun = s.find(token, rel.PREPOSITION_OBJECT)
    if word in s.lexicon.place_prepositions and noun is not None and s.tags[noun] in PROPER_TAGS:
        return Relation.SPATIAL.value
    return Relation.UNKNOWN_SUBORDINATION.value
