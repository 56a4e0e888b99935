"""English. Lists are our own, after Quirk et al., *A Comprehensive Grammar of the English Language* (1985), and
Huddleston and Pullum, *The Cambridge Grammar of the English Language* (2002)."""

from __future__ import annotations

from stages.simplify.lexicon.lexicon import Lexicon

_LIMITING = """
    no any every each all most few fewer fewest many only least both neither either
    nobody none nothing anyone anybody anything everyone everybody everything whoever
    those such same
"""

_ATTRIBUTION = """
    accept acknowledge add admit affirm agree allege announce answer appreciate argue assert assess assume assure
    attest believe bet boast calculate caution certify charge claim comment complain conclude concede concur confess
    confirm conjecture consider contend convince counter decide declare decree deduce demonstrate detail determine
    disclose discover doubtless emphasise emphasize envisage establish estimate exclaim explain expect fear feel figure
    find forecast foresee forget gather grant guarantee guess hear hint hold hope hypothesise hypothesize imagine imply
    indicate infer inform insist instruct joke judge know learn maintain mention muse note notice notify object
    observe opine order perceive persuade pledge point posit postulate predict presume presuppose proclaim profess
    promise pronounce prophesy propose protest prove provide quip quote read realise realize reason reassure recall reckon
    recognise recognize recommend recount reflect reiterate relate remark remember remind repeat reply report
    request respond retort reveal rule say see sense shout show signal signify speculate state stipulate stress submit
    suggest summarise summarize suppose surmise suspect swear teach tell testify theorise theorize think threaten
    underline underscore understand urge venture verify vow warn whisper wish wonder worry write yell
"""

_CATENATIVE = """
    aim afford agree aim appear arrange ask aspire attempt beg begin bother care cease choose claim commence consent
    continue contrive dare decide decline demand deserve desire elect endeavour endeavor expect fail forget get
    happen hasten have hesitate hope intend learn like long love manage mean need neglect offer opt ought plan prefer
    prepare pretend proceed promise prove refuse remember resolve seek seem come serve start strive struggle swear tend
    threaten try turn undertake volunteer vow wait want wish yearn
"""

# prepositions that verbs govern (VerbNet's frames and Quirk et al. 1985, 16.5-16.14, put together by us)
_FRAMES = {
    "account": "for",
    "accuse": "of",
    "add": "to",
    "adhere": "to",
    "agree": "on with to",
    "aim": "at for",
    "apply": "to for",
    "arise": "from",
    "arrive": "in at",
    "ask": "for",
    "associate": "with",
    "attach": "to",
    "base": "on in",
    "be": "from",
    "begin": "with",
    "believe": "in",
    "belong": "to",
    "benefit": "from",
    "blame": "for on",
    "build": "on",
    "care": "for",
    "charge": "with",
    "coincide": "with",
    "collaborate": "with on",
    "come": "from in into",
    "compare": "with to",
    "compete": "with for against in",
    "compose": "of",
    "concentrate": "on",
    "consist": "of in",
    "contribute": "to",
    "convert": "to into",
    "cope": "with",
    "cover": "with in",
    "deal": "with",
    "depend": "on upon",
    "derive": "from",
    "descend": "from",
    "develop": "from into",
    "die": "of from",
    "differ": "from in",
    "divide": "into",
    "draw": "from on",
    "emerge": "from",
    "end": "in with",
    "engage": "in",
    "equip": "with",
    "escape": "from",
    "evolve": "from into",
    "fall": "in into",
    "feed": "on",
    "feature": "in",
    "fill": "with",
    "find": "in",
    "focus": "on",
    "follow": "by",
    "go": "to on through into",
    "head": "for",
    "hear": "of about",
    "impose": "on",
    "insist": "on",
    "invest": "in",
    "involve": "in",
    "join": "in",
    "keep": "in from",
    "know": "as for by",
    "lead": "to by",
    "leave": "for",
    "listen": "to",
    "live": "in at on with",
    "look": "at for after like",
    "mean": "by",
    "meet": "with",
    "name": "after for",
    "rename": "after for to",
    "call": "after for on",
    "title": "after",
    "occur": "in",
    "originate": "in from",
    "participate": "in",
    "pass": "through",
    "pay": "for",
    "place": "in on",
    "prevent": "from",
    "protect": "from against",
    "provide": "with for",
    "publish": "in by",
    "put": "in on into",
    "range": "from",
    "receive": "from",
    "refer": "to",
    "reflect": "on",
    "relate": "to",
    "rely": "on upon",
    "remove": "from",
    "replace": "with by",
    "respond": "to",
    "search": "for",
    "see": "as in",
    "separate": "from by",
    "serve": "as in on",
    "set": "in on",
    "spend": "on in",
    "specialise": "in",
    "specialize": "in",
    "spread": "to",
    "star": "in as",
    "stem": "from",
    "substitute": "for",
    "succeed": "in",
    "suffer": "from",
    "surround": "by",
    "take": "in from",
    "talk": "about to with",
    "think": "of about",
    "turn": "into to",
    "use": "in for as by",
    "vary": "from",
    "wait": "for on",
    "work": "on for as with in at",
    "appear": "in on",
    "enter": "into",
    "graduate": "from",
    "hit": "with",
    "result": "in from",
    "return": "to from",
    "run": "for",
    "sign": "with",
    "vote": "for against",
    "write": "about for",
    "get": "into on off",
    "give": "to",
}
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
_JOINT_VERBS = """
    meet marry divorce collide merge combine differ agree disagree compete unite separate gather
    collaborate cooperate share form constitute comprise include connect link mix join equal compare
    consist total make alternate intersect coincide correspond cowrite
"""
_COLLECTIONS = """
    mixture combination pair sum union blend series group set number range variety list collection total
    fusion merger merging product ratio difference distance relationship relation connection border
    boundary choice comparison marriage meeting war battle coalition alliance majority cross lot amount
    couple
"""
_PLACING_VERBS = """
    be live lie stand sit remain stay reside locate situate dwell hang belong exist occur base house
    border
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
    attribution_verbs=frozenset(_ATTRIBUTION.split()),
    catenative_verbs=frozenset(_CATENATIVE.split()),
    joint_verbs=frozenset(_JOINT_VERBS.split()),
    collections=frozenset(_COLLECTIONS.split()),
    placing_verbs=frozenset(_PLACING_VERBS.split()),
    frames={verb: frozenset(words.split()) for verb, words in _FRAMES.items()},
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
