"""Forms of French verbs that propositions need (Grevisse and Goosse, *Le bon usage*, 2016, 788-858): "être" and "avoir"
with any subject, a participle made finite, a subjunctive made indicative."""

from __future__ import annotations

from typing import Final, Literal

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.unit import Unit

Tense = Literal["past", "present"]

_ETRE: Final = {
    "present": ("suis", "es", "est", "sommes", "êtes", "sont"),
    "past": ("étais", "étais", "était", "étions", "étiez", "étaient"),
}
_AVOIR: Final = {
    "present": ("ai", "as", "a", "avons", "avez", "ont"),
    "past": ("avais", "avais", "avait", "avions", "aviez", "avaient"),
}
_PERSONS: Final = {
    "je": 0,
    "j'": 0,
    "moi": 0,
    "tu": 1,
    "toi": 1,
    "nous": 3,
    "vous": 4,
    "ils": 5,
    "elles": 5,
    "eux": 5,
}
_IMPERFECT_ENDINGS: Final = ("ais", "ais", "ait", "ions", "iez", "aient")
_BE: Final = frozenset(
    "suis es est sommes êtes sont étais était étions étiez étaient fus fut furent serai sera seront serait seraient"
    " soit soient".split()
)
_HAVE: Final = frozenset(
    "ai as a avons avez ont avais avait avions aviez avaient aura auront aurait auraient".split()
)
_PAST_HAVE: Final = frozenset("avais avait avions aviez avaient eut eurent".split())
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
_IN_ER_LIKE_OTHERS: Final = frozenset(
    {"demandant", "commandant", "regardant", "gardant", "accordant", "abordant", "bordant", "soignant", "témoignant",
     "gagnant", "accompagnant", "recommandant", "débordant", "glissant", "laissant", "baissant", "abaissant",
     "enseignant", "passant", "dépassant", "poussant", "amendant", "scandant", "inondant", "fondant", "soignant",
     "signant", "désignant", "assignant", "saignant", "baignant", "alignant", "soulignant", "égratignant", "tissant",
     "hissant", "bandant", "sondant", "secondant", "tardant", "retardant", "sauvegardant", "hasardant", "lézardant"}
)  # fmt: skip
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


def tense(s: Sentence, verb: int) -> Tense:
    """The tense of a clause: a compound past counts as past. What has no tense takes that around it."""
    while s.finite(verb) is None and s.heads[verb] != verb:
        verb = s.heads[verb]
    finite = s.finite(verb)
    if finite is None:
        return "past" if s.tags[verb] == "VBN" else "present"
    if s.tags[finite] == "VBD":
        return "past"
    if finite != verb and s.tags[verb] == "VBN" and s.lowers[finite] in _HAVE:
        return "past"
    if finite != verb and s.tags[verb] == "VBN" and s.relations[finite] == rel.AUXILIARY:
        return "past"  # "est arrivé"
    return "present"


def unit_tense(s: Sentence, unit: Unit) -> Tense:
    """The tense of a unit's main clause, or the one it gets where it has none of its own."""
    given: Tense | None = getattr(unit.frame, "tense", None)
    return given if given is not None else tense(s, unit.head)


def is_plural(s: Sentence, noun: int) -> bool:
    """Whether a noun phrase takes a plural verb."""
    if s.lowers[noun] in ("ils", "elles", "eux") or s.tags[noun] == "NNS":
        return True
    if s.relations[noun] in (rel.SUBJECT, rel.PASSIVE_SUBJECT):
        finite = s.finite(s.heads[noun])
        if finite is not None and s.tags[finite] in ("VBZ", "VBP"):
            return s.tags[finite] == "VBP"
    conjunct = s.find(noun, rel.CONJUNCT)
    if conjunct is not None:
        return any(s.relations[t] == rel.COORDINATOR and s.lowers[t] == "et" for t in s.children[noun])
    determiner = s.find(noun, rel.DETERMINER)
    return determiner is not None and s.lowers[determiner] in (
        "les",
        "des",
        "ces",
        "ses",
        "leurs",
        "mes",
        "nos",
    )


def person(word: str, plural: bool) -> int:
    """Number of the person of a subject, 0 to 5; ``word`` is the subject where that is a single word."""
    return _PERSONS.get(word, 5 if plural else 2)


def etre(when: Tense, who: int) -> str:
    """A form of "être"."""
    return _ETRE[when][who]


def avoir(when: Tense, who: int) -> str:
    """A form of "avoir"."""
    return _AVOIR[when][who]


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
    elif len(stem) > 2 and stem[-2] in "eé" and stem[-1] in "nvrmcgt" and stem[-3:] not in ("rre",):
        stem = stem[:-2] + "è" + stem[-1]
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
    elif word.endswith("e") and len(word) > 3:
        word = word[:-1]
    elif word.endswith("s") and not word.endswith(_NOT_PARTICIPLES_IN_ER):
        word = word[:-1]
    return word


def is_be(word: str) -> bool:
    """Whether a word in lower case is a finite form of "être"."""
    return word in _BE
