"""Participles by what they say, in lower case; put together by us."""

from __future__ import annotations

from typing import Final

# participles that have become prepositions
_LIKE_PREPOSITIONS_WORDS = """
    following based using given according depending regarding concerning considering compared owing
    starting beginning including excluding pending barring assuming judging speaking allowing
"""
LIKE_PREPOSITIONS: Final = frozenset(_LIKE_PREPOSITIONS_WORDS.split())

# what they name goes on for a while: "the man walking" is walking, "a box containing" contains
_LASTING_WORDS = """
    walk run sit stand wait wear carry play travel ride drive swim fly sleep eat drink work fight sing
    dance hang lean talk speak look watch shout cry hunt move float burn grow try attempt suffer serve
    study visit stay
"""
LASTING: Final = frozenset(_LASTING_WORDS.split())

# past participles of a state, which has not ended when the sentence is in the present
_STATES_WORDS = """
    locate situate base know call name use find make compose surround separate bound relate associate
    consider dedicate devote own hold entitle title link connect attach contain cover fill populate
    inhabit include divide derive drive power form need require see characterise characterize define
    describe design intend mean involve limit spell pronounce speak list rank rate type style organise
    organize rule govern administer operate run play eat cultivate concern precede follow accompany
    assist support escort flank crown top back mark shape tie wrap dress model affiliate
"""
STATES: Final = frozenset(_STATES_WORDS.split())
