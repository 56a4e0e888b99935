"""French. Lists are our own, after Grevisse and Goosse, *Le bon usage* (2016), and Abeillé and Godard, *La Grande
Grammaire du français* (2021)."""

from __future__ import annotations

from stages.simplify.lexicon.french_verbs import forms
from stages.simplify.lexicon.lexicon import Lexicon

_LIMITING = """
    tout toute tous toutes chaque aucun aucune nul nulle seul seule seuls seules ceux celui celle celles même mêmes tel
    telle tels telles plupart peu rien personne quiconque quelconque plus moins meilleur meilleure meilleurs meilleures
    pire premier première premiers premières dernier dernière derniers dernières certains certaines
"""
_NONREFERRING = """
    ce c' ça cela ceci ceux celui celle celles rien personne quiconque chacun chacune tout tous on quelque autre autres
    un une qui quoi ici là y en
"""
_ADVERBIAL = (
    "parce que",
    "puisque",
    "comme",
    "quand",
    "lorsque",
    "pendant que",
    "tandis que",
    "alors que",
    "depuis que",
    "dès que",
    "aussitôt que",
    "après que",
    "avant que",
    "bien que",
    "quoique",
    "de sorte que",
    "si bien que",
    "vu que",
    "étant donné que",
    "attendu que",
    "encore que",
    "maintenant que",
    "chaque fois que",
    "au moment où",
)
_REFERRING = (
    "cependant",
    "toutefois",
    "néanmoins",
    "pourtant",
    "donc",
    "ainsi",
    "alors",
    "ensuite",
    "puis",
    "enfin",
    "finalement",
    "d' abord",
    "d' ailleurs",
    "par ailleurs",
    "en outre",
    "de plus",
    "par exemple",
    "en effet",
    "en revanche",
    "par contre",
    "au contraire",
    "par conséquent",
    "en conséquence",
    "de même",
    "autrement dit",
    "en particulier",
    "en fait",
    "en somme",
    "aussi",
    "également",
    "après cela",
    "pour cette raison",
    "c' est pourquoi",
)
_ATTRIBUTION = """
    dire affirmer déclarer annoncer expliquer indiquer préciser ajouter rappeler souligner estimer penser croire savoir
    juger considérer noter remarquer constater observer montrer démontrer révéler prouver confirmer assurer prétendre
    soutenir avouer reconnaître admettre répondre répéter raconter écrire apprendre signaler conclure supposer imaginer
    soupçonner voir jurer promettre garantir avertir prévenir rapporter relever insister crier murmurer demander
    répliquer lancer poursuivre reprendre confier témoigner suggérer
"""
_CATENATIVE = """
    vouloir pouvoir devoir savoir aller venir faire laisser oser aimer préférer espérer désirer souhaiter penser
    compter croire commencer continuer cesser finir essayer tenter chercher décider refuser accepter apprendre
    réussir parvenir arriver hésiter falloir sembler paraître
"""
_GOVERNING_DE = """
    parler souvenir rêver disposer bénéficier souffrir occuper dépendre douter manquer jouir user hériter profiter
    servir rendre agir méfier plaindre moquer provenir venir sortir
"""
_PARTS = """
    plupart majorité moitié partie nombre tiers quart ensemble centaine dizaine reste
"""
_FREE = """
    que qu' qu’ ce c' c’ ceci cela de d' d’ à le la les l' l’ un une des du au aux en y étant été être ayant avoir
    tout qui dont où pour afin soit
"""
_TIME = """
    seconde minute heure jour journée semaine mois année an siècle saison printemps été automne hiver matin soir nuit
    midi minuit fin début époque période moment hier demain janvier février mars avril mai juin juillet août septembre
    octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche ans jours heures années
"""

ATTRIBUTION_FORMS = forms(_ATTRIBUTION.split())
"""All forms of verbs of saying, thinking and showing."""
CATENATIVE_FORMS = forms(_CATENATIVE.split())
"""All forms of verbs that govern an infinitive."""
GOVERNING_DE_FORMS = forms(_GOVERNING_DE.split())
"""All forms of verbs whose complement "dont" may stand for."""
PARTS = frozenset(_PARTS.split())
"""Nouns that limit what follows them with "de"."""

FRENCH = Lexicon(
    language="fr",
    negations=frozenset({"ne", "n'", "n’", "pas", "jamais", "guère", "aucun", "aucune", "ni"}),
    conditional=frozenset({"si", "s'", "pourvu", "condition", "moins", "supposé", "cas", "sinon"}),
    comparative=frozenset({"que"}),
    adverbial=frozenset(_ADVERBIAL),
    cue_adverbs=frozenset({"même", "juste", "seulement", "peu", "longtemps"}),
    limiting=frozenset(_LIMITING.split()),
    indefinite=frozenset({"un", "une", "des", "de", "d'", "du", "quelque", "quelques"}),
    nonreferring=frozenset(_NONREFERRING.split()),
    adverbial_nouns=frozenset({"façon", "manière", "moment", "jour", "fois", "raison", "point", "mesure"}),
    referring=frozenset(tuple(cue.split()) for cue in _REFERRING),
    referring_without_comma=frozenset({"cependant", "toutefois", "néanmoins", "pourtant", "puis", "ensuite"}),
    attribution_verbs=ATTRIBUTION_FORMS,
    catenative_verbs=CATENATIVE_FORMS,
    joint_verbs=frozenset(),
    collections=frozenset(),
    placing_verbs=frozenset(),
    frames={},
    bound_prepositions=frozenset(),
    adjunct_prepositions=frozenset(),
    place_prepositions=frozenset(),
    places=frozenset(),
    preposition_relations={},
    time_words=frozenset(_TIME.split()),
    offices=frozenset(),
    kinds=frozenset(),
    no_kinds=frozenset(),
    titles=frozenset(),
    free_words=frozenset(_FREE.split()),
    opening_coordinators=frozenset({"et", "mais", "ou", "or", "car"}),
)
