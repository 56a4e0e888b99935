"""Prepositional phrases that say of a noun where or what it is (Quirk et al. 1985, 17.37-17.47; Huddleston and Pullum 2002,
ch. 5, 7)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.descriptions import Described, Presented
from stages.simplify.realisation.tenses import unit_tense
from stages.simplify.rules.prepositions import FOCUS, is_whole, relation_of
from stages.simplify.rules.relative_antecedents import subject_described
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import PROPER_TAGS, Sentence
from stages.simplify.unit import Cut, Unit


def place_of_subject(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Ely is a city in Cambridgeshire." What is somewhere as one of its kind is there itself."""
    noun = s.heads[token]
    if token < noun or not is_whole(s, token):
        return None
    place = s.find(token, rel.PREPOSITION_OBJECT)
    if place is None:
        return None
    named = any(s.tags[t] in PROPER_TAGS for t in s.subtree(place) if t <= place)
    if not named and s.lowers[noun] not in s.lexicon.places:
        return None
    if s.lowers[noun] in s.lexicon.places and s.relations[noun] == rel.PREPOSITION_OBJECT:
        # "in the department of ..., in Normandy": a place in a place
        frame = Described(noun, unit_tense(s, unit))
        return Cut(token, "prepositional_phrase", frame, relation=Relation.SPATIAL.value)
    described = subject_described(s, unit, noun)
    if described is None or s.find(token, rel.PREPOSITION) is not None:
        return None
    frame = Described(noun, unit_tense(s, unit), described)
    return Cut(token, "prepositional_phrase", frame, relation=relation_of(s, token))


def included(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Some sports, including golf, are played here." The noun before includes it."""
    if not s.has_comma_before(token) or s.find(token, rel.PREPOSITION_OBJECT) is None:
        return None
    noun = s.heads[token] if not s.is_verb(s.heads[token]) else token - 2
    if noun < 0 or noun > token or s.tags[noun] not in ("NN", "NNS", "NNP", "NNPS") or noun == s.root:
        return None
    frame = Described(noun, unit_tense(s, unit), copula=False, verb=(token, "include"))
    return Cut(token, "prepositional_phrase", frame, relation=Relation.ELABORATION.value)


def noun_aside(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "The school, in a suburb, closed." A phrase set off by commas after a noun says where or what it is."""
    noun = s.heads[token]
    if noun > token or s.is_verb(noun) or not s.has_comma_before(token) or not is_whole(s, token):
        return None
    if s.lowers[token] in ("of", "such", "like", "as", "than", "including", "except", "to", "per") or (
        s.tags[token] != "IN" and s.lowers[token] != "according"
    ):
        return None
    first = s.first(token)
    if s.lowers[first] in FOCUS or s.words[first - 1] not in (",", "(", "–", "—", "--"):
        return None
    # only what is closed on both sides is set off
    after = s.last(token) + 1
    if after < len(s) and s.relations[after] != rel.PUNCTUATION:
        return None
    return Cut(token, "prepositional_phrase", Presented(unit_tense(s, unit)), relation=relation_of(s, token))
