"""What a language has to tell the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_FREE = "that it being been be having as both either neither also a an the"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Closed classes of words, in lower case. Phrases are tuples of words."""

    language: str
    negations: frozenset[str]
    # subordinators
    conditional: frozenset[str]  # what they open decides whether the main clause holds at all
    comparative: frozenset[str]  # their clause is part of a comparison
    adverbial: frozenset[str]  # their clause can stand alone
    cue_adverbs: frozenset[str]  # may stand before a subordinator, as part of the cue: "even though"
    # words that limit what a restrictive modifier may be taken from
    limiting: frozenset[str]
    indefinite: frozenset[str]
    nonreferring: frozenset[str]  # pronouns and nouns that mean nobody in particular
    adverbial_nouns: frozenset[str]  # "the way he did it": the clause says how, when or why
    # words that refer to the sentence before
    referring: frozenset[tuple[str, ...]]
    referring_without_comma: frozenset[str]  # among them, those that need no comma at the beginning
    # verbs
    attribution_verbs: frozenset[str]
    catenative_verbs: frozenset[str]  # govern an infinitive without an object: "want to go"
    joint_verbs: frozenset[str]  # say of their subjects together what they do not say of each: "meet"
    collections: frozenset[str]  # nouns for several things together: "a mixture of tea and milk"
    placing_verbs: frozenset[str]  # keep what says where
    frames: Mapping[str, frozenset[str]]  # prepositions that a verb governs
    bound_prepositions: frozenset[str]  # hardly ever open an adjunct after a verb
    adjunct_prepositions: frozenset[str]  # always open an adjunct
    place_prepositions: frozenset[str]
    places: frozenset[str]  # nouns of places that lie in others
    preposition_relations: Mapping[str, str]  # relation that a preposition tells by itself
    time_words: frozenset[str]
    offices: frozenset[str]  # of which there is one at a time: "Ann was president"
    kinds: frozenset[str]  # nouns before a name that say what its bearer is
    no_kinds: frozenset[str]  # look like nouns of persons, but are not
    titles: frozenset[str]  # before a name, and written like one
    # words that a proposition may do without
    free_words: frozenset[str] = frozenset(_FREE.split())
    opening_coordinators: frozenset[str] = frozenset({"and", "but", "or", "yet"})  # may open a sentence
