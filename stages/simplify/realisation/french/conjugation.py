"""French verbs in another form: participles made finite, subjunctives made indicative, participles without agreement
(Grevisse and Goosse, *Le bon usage*, 2016, 788-858, 941)."""

from __future__ import annotations

import re
from typing import Final

_IMPERFECT_ENDINGS: Final = ("ais", "ais", "ait", "ions", "iez", "aient")
# participle in -ant to third persons of the present, where it is not that of a verb in -er
_PRESENT: Final = {
    "étant": ("est", "sont"),
    "ayant": ("a", "ont"),
    "allant": ("va", "vont"),
    "faisant": ("fait", "font"),
    "disant": ("dit", "disent"),
    "lisant": ("lit", "lisent"),
    "vivant": ("vit", "vivent"),
    "suivant": ("suit", "suivent"),
    "servant": ("sert", "servent"),
    "dormant": ("dort", "dorment"),
    "partant": ("part", "partent"),
    "sortant": ("sort", "sortent"),
    "sentant": ("sent", "sentent"),
    "courant": ("court", "courent"),
    "mourant": ("meurt", "meurent"),
    "croyant": ("croit", "croient"),
    "voyant": ("voit", "voient"),
    "sachant": ("sait", "savent"),
    "pouvant": ("peut", "peuvent"),
    "voulant": ("veut", "veulent"),
    "devant": ("doit", "doivent"),
    "recevant": ("reçoit", "reçoivent"),
    "buvant": ("boit", "boivent"),
    "valant": ("vaut", "valent"),
    "concluant": ("conclut", "concluent"),
    "incluant": ("inclut", "incluent"),
    "excluant": ("exclut", "excluent"),
    "offrant": ("offre", "offrent"),
    "souffrant": ("souffre", "souffrent"),
    "ouvrant": ("ouvre", "ouvrent"),
    "couvrant": ("couvre", "couvrent"),
    "constituant": ("constitue", "constituent"),
}
_PRESENT_ENDINGS: Final = (
    ("tenant", "tient", "tiennent"),
    ("venant", "vient", "viennent"),
    ("prenant", "prend", "prennent"),
    ("mettant", "met", "mettent"),
    ("battant", "bat", "battent"),
    ("crivant", "crit", "crivent"),
    ("duisant", "duit", "duisent"),
    ("truisant", "truit", "truisent"),
    ("naissant", "naît", "naissent"),
    ("paraissant", "paraît", "paraissent"),
    ("issant", "it", "issent"),
    ("ndant", "nd", "ndent"),
    ("rdant", "rd", "rdent"),
    ("ignant", "int", "ignent"),
)
_LIKE_OTHERS: Final = """
    demandant commandant regardant gardant accordant abordant bordant soignant témoignant gagnant accompagnant
    recommandant débordant glissant laissant baissant abaissant enseignant passant dépassant poussant amendant scandant
    inondant signant désignant assignant saignant baignant alignant soulignant égratignant tissant hissant bandant
    sondant secondant tardant retardant sauvegardant hasardant
"""
_IN_ER_LIKE_OTHERS: Final = frozenset(_LIKE_OTHERS.split())
_SUBJUNCTIVE: Final = {
    "soit": "est", "soient": "sont", "ait": "a", "aient": "ont", "aille": "va", "aillent": "vont", "fasse": "fait",
    "fassent": "font", "puisse": "peut", "puissent": "peuvent", "sache": "sait", "sachent": "savent", "veuille": "veut",
    "veuillent": "veulent", "doive": "doit", "doivent": "doivent", "vienne": "vient", "devienne": "devient",
    "revienne": "revient", "tienne": "tient", "prenne": "prend", "comprenne": "comprend", "mette": "met",
    "dise": "dit", "lise": "lit", "vive": "vit", "sorte": "sort", "parte": "part", "dorme": "dort", "perde": "perd",
    "rende": "rend", "attende": "attend", "écrive": "écrit", "reçoive": "reçoit", "boive": "boit", "voie": "voit",
    "croie": "croit", "meure": "meurt", "coure": "court", "serve": "sert", "sente": "sent", "mente": "ment",
    "connaisse": "connaît", "paraisse": "paraît", "suive": "suit", "vaille": "vaut", "faille": "faut", "pleuve": "pleut",
    "batte": "bat", "permette": "permet", "obtienne": "obtient", "contienne": "contient", "convienne": "convient",
    "réponde": "répond", "entende": "entend", "vende": "vend", "descende": "descend", "dépende": "dépend",
}  # fmt: skip
_NOT_PARTICIPLES_IN_ER: Final = ("pris", "mis", "quis", "clos", "clus", "ssous", "sis")


_OPENED: Final = re.compile("é([^aeiouyéèê]{1,2}|[gq]u)$")


def imperfect(participle: str, who: int) -> str | None:
    """The imperfect of the verb of a participle in -ant, which has the same stem; None when it is none."""
    if not participle.endswith("ant"):
        return None
    stem = {"ayant": "av", "sachant": "sav"}.get(participle, participle[:-3])
    ending = _IMPERFECT_ENDINGS[who]
    if ending[0] == "i" and stem.endswith("ge"):
        stem = stem[:-1]
    elif ending[0] == "i" and stem.endswith("ç"):
        stem = stem[:-1] + "c"
    return stem + ending


def present(participle: str, plural: bool) -> str | None:
    """The third person of the present of the verb of a participle in -ant; None when it is none."""
    if not participle.endswith("ant"):
        return None
    if participle in _PRESENT:
        return _PRESENT[participle][plural]
    if participle not in _IN_ER_LIKE_OTHERS:
        for ending, one, several in _PRESENT_ENDINGS:
            if participle.endswith(ending):
                return participle[: -len(ending)] + (several if plural else one)
    stem = participle[:-3]
    if stem.endswith("ge"):
        stem = stem[:-1]
    elif stem.endswith("ç"):
        stem = stem[:-1] + "c"
    elif stem.endswith(("oy", "uy")):
        stem = stem[:-1] + "i"
    elif stem.endswith(("jet", "ppel")):
        stem += stem[-1]
    elif len(stem) > 2 and stem[-2] == "e" and stem[-1] in "nvrmsdplt":
        stem = stem[:-2] + "è" + stem[-1]
    else:
        stem = _OPENED.sub(r"è\1", stem)
    return stem + ("ent" if plural else "e")


def indicative(subjunctive: str) -> str | None:
    """The present indicative, third person, of a present subjunctive; None where it is not known.

    Verbs in -er have the same form for both; so have those in -ir with -iss- in the plural.
    """
    if subjunctive in _SUBJUNCTIVE:
        return _SUBJUNCTIVE[subjunctive]
    if subjunctive.endswith("isse"):
        return subjunctive[:-4] + "it"
    if subjunctive.endswith(("e", "ent")):
        return subjunctive
    return None


def is_subjunctive_only(word: str) -> bool:
    """Whether a form can be nothing but a subjunctive: "soit", "fasse"."""
    return (word in _SUBJUNCTIVE and word not in ("doivent", "serve", "lise", "vive")) or word.endswith(
        "isse"
    )


def without_agreement(participle: str) -> str:
    """The masculine singular of a past participle, as it stands before its object: "achetées" is "acheté"."""
    word = participle
    if word.endswith("es") and len(word) > 4 and not word.endswith(("ès",)):
        word = word[:-2]
    elif (word.endswith("e") and len(word) > 2) or (
        word.endswith("s") and not word.endswith(_NOT_PARTICIPLES_IN_ER)
    ):
        word = word[:-1]
    return word
