"""English. Lists are our own, after Quirk et al., *A Comprehensive Grammar of the English Language* (1985), and
Huddleston and Pullum, *The Cambridge Grammar of the English Language* (2002)."""

from __future__ import annotations

from stages.simplify.lexicon.english_verbs import (
    ATTRIBUTION,
    CATENATIVE,
    FRAMES,
    JOINT_VERBS,
    PLACING_VERBS,
)
from stages.simplify.lexicon.lexicon import Lexicon

_LIMITING = """
    no any every each all most few fewer fewest many only least both neither either
    nobody none nothing anyone anybody anything everyone everybody everything whoever
    those such same
"""

_TIME = """
    second minute hour day week month year decade century millennium season spring summer autumn fall winter morning
    afternoon evening night noon midnight weekend time period era age moment today yesterday tomorrow january february
    march april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday days weeks months years decades centuries times minutes hours seconds
    end beginning start 1960s 1970s 1980s
    1990s 1950s 1940s 1930s 1920s 1910s 1900s 2000s 2010s bc ad bce ce war wwi wwii date eve christmas easter
    childhood reign career death birth
"""
_KINDS = """
    wife husband son daughter brother sister mother father uncle aunt cousin nephew niece friend colleague partner
    singer bassist king queen prince princess god goddess saint bishop monk nun poet critic scientist physicist
    fellow band group duo trio quartet company firm label film movie novel book album song single magazine newspaper journal
    show series game ship starship submarine star planet moon asteroid comet city town village suburb island lake
    mountain language dialect team club party brand character villain hero chef diva guru spokesman spokeswoman host
    coach captain guard spy chief boss star model pilot judge clerk mystic nurse champion star guitarist drummer
    statesman economist ethologist architect laureate mathematician nobleman warlord composer
"""
_TITLES = """
    king queen prince princess emperor empress duke duchess earl count countess baron baroness pope
    cardinal archbishop bishop president chancellor premier minister senator governor mayor
    congressman judge justice general colonel major captain lieutenant sergeant corporal commander admiral marshal
    professor doctor rabbi imam ayatollah sheikh sultan tsar
    czar kaiser ambassador secretary director coach storm hurricane cyclone typhoon
"""

_REFERRING = (
    "however",
    "therefore",
    "thus",
    "hence",
    "moreover",
    "furthermore",
    "additionally",
    "besides",
    "instead",
    "nevertheless",
    "nonetheless",
    "consequently",
    "accordingly",
    "meanwhile",
    "otherwise",
    "similarly",
    "likewise",
    "still",
    "rather",
    "conversely",
    "alternatively",
    "as a result",
    "as a consequence",
    "in addition",
    "for example",
    "for instance",
    "in contrast",
    "by contrast",
    "on the contrary",
    "on the other hand",
    "at the same time",
    "after that",
    "before that",
    "in other words",
    "in turn",
    "in particular",
    "in the meantime",
    "in consequence",
    "for this reason",
    "even so",
    "that is",
    "then",
    "afterwards",
    "afterward",
    "thereafter",
    "subsequently",
    "even then",
    "too",
    "as well",
    "indeed",
    "in fact",
    "in short",
    "in conclusion",
    "above all",
    "first of all",
    "finally",
    "to this end",
    "again",
)

_ADVERBIAL = """
    although though because since as while whilst whereas when whenever where wherever after before until
    once so that now albeit notwithstanding considering given cause 'cause cos
"""
_NONREFERRING = """
    it there nobody none nothing anyone anybody anything everyone everybody everything whoever whatever
    that this one those what
"""
_COLLECTIONS = """
    mixture combination pair sum union blend series group set number range variety list collection total
    fusion merger merging product ratio difference distance relationship relation connection border
    boundary choice comparison marriage meeting war battle coalition alliance majority cross lot amount
    couple
"""
_BOUND_PREPOSITIONS = """
    of to into onto as like than per about between among amongst with out off up upon towards toward
"""
_ADJUNCT_PREPOSITIONS = """
    during since until till before after despite throughout within because due according via amid
    alongside without following unlike regardless notwithstanding besides
"""
_PLACE_PREPOSITIONS = """
    in at on near inside outside across around along above below beyond behind under over
"""
_PLACES = """
    commune department region province state county city town village district area island municipality canton
    country valley arrondissement prefecture suburb borough parish peninsula territory neighbourhood
    neighborhood
"""
_OFFICES = """
    king queen emperor empress pope president chancellor premier governor mayor director chairman coach minister
"""
_NO_KINDS = """
    summer winter number computer water river power paper order sister-in-law center centre chapter color
    colour floor door air year month car bar war solar nuclear parent present student-run government
    parliament department continent moment event movement tournament restaurant plant monument mine wine
    engine machine magazine line super major minor senior junior former other semester quarter corner
    theater theatre letter master monster radar calendar regular similar particular popular career beer
    degree committee
"""

ENGLISH = Lexicon(
    language="en",
    negations=frozenset({"not", "n't", "never", "no", "hardly", "barely", "scarcely", "seldom", "rarely"}),
    conditional=frozenset(
        {"if", "unless", "provided", "providing", "lest", "whether", "supposing", "assuming", "till"}
    ),
    comparative=frozenset({"than"}),
    adverbial=frozenset(_ADVERBIAL.split()),
    cue_adverbs=frozenset(
        {"even", "just", "right", "shortly", "soon", "immediately", "long", "ever", "so", "now"}
    ),
    referring=frozenset(tuple(cue.split()) for cue in _REFERRING),
    referring_without_comma=frozenset(
        {"therefore", "thus", "hence", "nevertheless", "nonetheless", "consequently"}
    ),
    limiting=frozenset(_LIMITING.split()),
    indefinite=frozenset({"a", "an", "any", "some", "another"}),
    nonreferring=frozenset(_NONREFERRING.split()),
    adverbial_nouns=frozenset(
        {"way", "reason", "manner", "degree", "extent", "moment", "time", "day", "instant"}
    ),
    attribution_verbs=frozenset(ATTRIBUTION.split()),
    catenative_verbs=frozenset(CATENATIVE.split()),
    joint_verbs=frozenset(JOINT_VERBS.split()),
    collections=frozenset(_COLLECTIONS.split()),
    placing_verbs=frozenset(PLACING_VERBS.split()),
    frames={verb: frozenset(words.split()) for verb, words in FRAMES.items()},
    bound_prepositions=frozenset(_BOUND_PREPOSITIONS.split()),
    adjunct_prepositions=frozenset(_ADJUNCT_PREPOSITIONS.split()),
    place_prepositions=frozenset(_PLACE_PREPOSITIONS.split()),
    places=frozenset(_PLACES.split()),
    preposition_relations={
        "because": "CAUSE",
        "due": "CAUSE",
        "owing": "CAUSE",
        "despite": "CONTRAST",
        "unlike": "CONTRAST",
        "during": "TEMPORAL",
        "since": "TEMPORAL",
        "until": "TEMPORAL",
        "till": "TEMPORAL",
        "after": "TEMPORAL_BEFORE",
        "before": "TEMPORAL_AFTER",
        "following": "TEMPORAL_BEFORE",
        "according": "ATTRIBUTION",
    },
    time_words=frozenset(_TIME.split()),
    titles=frozenset(_TITLES.split()),
    offices=frozenset(_OFFICES.split()),
    kinds=frozenset(_KINDS.split()),
    no_kinds=frozenset(_NO_KINDS.split()),
)
