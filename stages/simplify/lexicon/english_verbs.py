"""English verbs, after the grammars that ``english`` names."""

ATTRIBUTION = """
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

CATENATIVE = """
    aim afford agree aim appear arrange ask aspire attempt beg begin bother care cease choose claim commence consent
    continue contrive dare decide decline demand deserve desire elect endeavour endeavor expect fail forget get
    happen hasten have hesitate hope intend learn like long love manage mean need neglect offer opt ought plan prefer
    prepare pretend proceed promise prove refuse remember resolve seek seem come serve start strive struggle swear tend
    threaten try turn undertake volunteer vow wait want wish yearn
"""

# prepositions that verbs govern (VerbNet's frames and Quirk et al. 1985, 16.5-16.14, put together by us)
FRAMES = {
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

JOINT_VERBS = """
    meet marry divorce collide merge combine differ agree disagree compete unite separate gather
    collaborate cooperate share form constitute comprise include connect link mix join equal compare
    consist total make alternate intersect coincide correspond cowrite
"""

PLACING_VERBS = """
    be live lie stand sit remain stay reside locate situate dwell hang belong exist occur base house
    border
"""
