"""Appositions between commas (Grevisse and Goosse 2016, 343-355)."""

from __future__ import annotations

from models.discourse_relations.labels import Relation
from stages.simplify.realisation.french.frames import FrenchDescribed
from stages.simplify.realisation.french.verbs import unit_tense
from stages.simplify.rules.french.relatives import on_one_level
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Cut, Unit


def apposition(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """ "Jean, le directeur, se leva." "Le directeur, Jean Dupont, se leva." The name is the subject.

    Cut only where one of the two is a name or has an article, and no list can be meant.
    """
    noun = s.heads[token]
    if noun > token or not s.has_comma_before(token) or s.words[s.first(token) - 1] not in (",", "–", "—"):
        return None
    if s.tags[token] not in ("NN", "NNS", "NNP") or s.tags[noun] not in ("NN", "NNS", "NNP"):
        return None
    if not on_one_level(s, noun, token) or not _is_closed(s, token) or _is_listed(s, noun, token):
        return None
    if s.lowers[noun] in s.lexicon.time_words or s.lowers[token] in s.lexicon.time_words:
        return None
    if not s.is_verb(unit.head) and (s.tags[noun] != "NNP" or s.first(noun) > 0):
        return None  # a list of noun phrases
    named = s.tags[token] == "NNP" and s.find(token, rel.DETERMINER) is None
    if named and s.tags[noun] == "NNP":
        return None  # a place in a place
    if not named and s.find(token, rel.DETERMINER) is None:
        return None
    if (s.tags[noun] == "NNS") != (s.tags[token] == "NNS") and "NNP" not in (s.tags[noun], s.tags[token]):
        return None
    if named and s.relations[noun] == rel.PREPOSITION_OBJECT and not s.is_verb(s.heads[s.heads[noun]]):
        return None  # "le candidat à l'élection, Jean Dupont": of which noun?
    frame = FrenchDescribed(noun, unit_tense(s, unit), reverse=named)
    return Cut(token, "apposition", frame, relation=Relation.ELABORATION.value)


def apposition_like_list(s: Sentence, unit: Unit, token: int) -> Cut | None:
    """The same where the parser took it for the second of a list, which has no coordinator."""
    noun = s.heads[token]
    if s.find(token, rel.CONJUNCT) is not None or s.relations[noun] == rel.CONJUNCT:
        return None
    determiner = s.find(token, rel.DETERMINER)
    if determiner is None or s.lowers[determiner] not in ("un", "une", "le", "la", "l'", "l’"):
        return None
    if s.relations[noun] not in (rel.SUBJECT, rel.PASSIVE_SUBJECT) or s.is_verb(noun):
        return None
    after = s.last(token) + 1
    if after >= len(s) or s.words[after] != ",":
        return None
    return apposition(s, unit, token)


def _is_closed(s: Sentence, token: int) -> bool:
    """Whether a mark follows, or the sentence ends."""
    after = s.last(token) + 1
    return after >= len(s) or s.relations[after] == rel.PUNCTUATION


def _is_listed(s: Sentence, noun: int, token: int) -> bool:
    if any(s.relations[t] == rel.COORDINATOR for t in (*s.children[noun], *s.children[token])):
        return True
    return s.find(token, rel.CONJUNCT) is not None or (
        s.relations[token] == rel.APPOSITION and s.find(noun, rel.CONJUNCT) is not None
    )
