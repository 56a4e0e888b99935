"""Forms of French verbs, made from their infinitives, for lists of verbs in the lexicon.

Regular verbs in -er (with the changes of -cer, -ger, -yer, é-er and e-er) and in -re follow the rules of Grevisse and
Goosse, *Le bon usage* (2016), 788-858; stems of the others are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

_ER: Final = """
    e es ons ez ent ais ait ions iez aient ai as a âmes âtes èrent erai eras era erons erez eront erais erait erions
    eriez eraient é ée és ées ant er
"""
_FUTURE: Final = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_IMPERFECT: Final = ("ais", "ait", "ions", "iez", "aient", "ons", "ez", "ant")
# singular forms of the present; third plural; stem of first plural and imperfect; stem of future; past participle;
# stem of the simple past with its vowel
_IRREGULAR: Final = {
    "dire": ("dis dit", "disent", "dis", "dir", "dit", "di"),
    "croire": ("crois croit", "croient", "croy", "croir", "cru", "cru"),
    "savoir": ("sais sait", "savent", "sav", "saur", "su", "su"),
    "voir": ("vois voit", "voient", "voy", "verr", "vu", "vi"),
    "écrire": ("écris écrit", "écrivent", "écriv", "écrir", "écrit", "écrivi"),
    "apprendre": ("apprends apprend", "apprennent", "appren", "apprendr", "appris", "appri"),
    "reprendre": ("reprends reprend", "reprennent", "repren", "reprendr", "repris", "repri"),
    "reconnaître": ("reconnais reconnaît", "reconnaissent", "reconnaiss", "reconnaîtr", "reconnu", "reconnu"),
    "paraître": ("parais paraît", "paraissent", "paraiss", "paraîtr", "paru", "paru"),
    "admettre": ("admets admet", "admettent", "admett", "admettr", "admis", "admi"),
    "promettre": ("promets promet", "promettent", "promett", "promettr", "promis", "promi"),
    "soutenir": ("soutiens soutient", "soutiennent", "souten", "soutiendr", "soutenu", "soutin"),
    "prévenir": ("préviens prévient", "préviennent", "préven", "préviendr", "prévenu", "prévin"),
    "provenir": ("proviens provient", "proviennent", "proven", "proviendr", "provenu", "provin"),
    "parvenir": ("parviens parvient", "parviennent", "parven", "parviendr", "parvenu", "parvin"),
    "souvenir": ("souviens souvient", "souviennent", "souven", "souviendr", "souvenu", "souvin"),
    "venir": ("viens vient", "viennent", "ven", "viendr", "venu", "vin"),
    "conclure": ("conclus conclut", "concluent", "conclu", "conclur", "conclu", "conclu"),
    "poursuivre": ("poursuis poursuit", "poursuivent", "poursuiv", "poursuivr", "poursuivi", "poursuivi"),
    "avertir": ("avertis avertit", "avertissent", "avertiss", "avertir", "averti", "averti"),
    "finir": ("finis finit", "finissent", "finiss", "finir", "fini", "fini"),
    "réussir": ("réussis réussit", "réussissent", "réussiss", "réussir", "réussi", "réussi"),
    "garantir": ("garantis garantit", "garantissent", "garantiss", "garantir", "garanti", "garanti"),
    "agir": ("agis agit", "agissent", "agiss", "agir", "agi", "agi"),
    "jouir": ("jouis jouit", "jouissent", "jouiss", "jouir", "joui", "joui"),
    "souffrir": ("souffre souffres", "souffrent", "souffr", "souffrir", "souffert", "souffri"),
    "servir": ("sers sert", "servent", "serv", "servir", "servi", "servi"),
    "sortir": ("sors sort", "sortent", "sort", "sortir", "sorti", "sorti"),
    "plaindre": ("plains plaint", "plaignent", "plaign", "plaindr", "plaint", "plaigni"),
    "vouloir": ("veux veut", "veulent", "voul", "voudr", "voulu", "voulu"),
    "pouvoir": ("peux peut", "peuvent", "pouv", "pourr", "pu", "pu"),
    "devoir": ("dois doit", "doivent", "dev", "devr", "dû", "du"),
    "aller": ("vais vas va", "vont", "all", "ir", "allé", "alla"),
    "faire": ("fais fait", "font", "fais", "fer", "fait", "fi"),
    "falloir": ("faut", "faut", "fall", "faudr", "fallu", "fallu"),
}


def forms(infinitives: Iterable[str]) -> frozenset[str]:
    """All simple forms of verbs, participles and infinitives included.

    Raises:
        ValueError: a verb is neither regular nor listed.
    """
    return frozenset(form for verb in infinitives for form in _forms(verb))


def _forms(verb: str) -> Iterator[str]:
    yield verb
    if verb in _IRREGULAR:
        yield from _irregular(verb)
    elif verb.endswith("er"):
        yield from _in_er(verb[:-2])
    elif verb.endswith("re"):
        stem = verb[:-2]  # "répondre"
        yield from _made(f"{stem}s {stem}", f"{stem}ent", stem, f"{stem}r", f"{stem}u", f"{stem}i")
    else:
        raise ValueError(f"no forms are known of the French verb {verb}")


def _in_er(stem: str) -> Iterator[str]:
    for ending in _ER.split():
        soft = stem
        if ending[0] in "aoâ" and stem.endswith("c"):
            soft = stem[:-1] + "ç"
        elif ending[0] in "aoâ" and stem.endswith("g"):
            soft = stem + "e"
        yield soft + ending
        if ending in ("e", "es", "ent") or ending.startswith("er"):
            yield from (other + ending for other in _with_open_vowel(stem))


def _with_open_vowel(stem: str) -> Iterator[str]:
    """ "répét-" as in "répète", "rappel-" as in "rappelle", "pes-" as in "pèse" """
    if len(stem) > 2 and stem[-2] in "ée":
        yield stem[:-2] + "è" + stem[-1]
        if stem[-1] in "lt":
            yield stem + stem[-1]


def _irregular(verb: str) -> Iterator[str]:
    yield from _made(*_IRREGULAR[verb])


def _made(singular: str, third: str, stem: str, future: str, participle: str, past: str) -> Iterator[str]:
    yield from (*singular.split(), third)
    yield from (stem + ending for ending in _IMPERFECT)
    yield from (future + ending for ending in _FUTURE)
    masculine = participle.replace("û", "u")
    yield from (
        participle,
        masculine + "e",
        masculine + "es",
        masculine + ("" if masculine.endswith("s") else "s"),
    )
    yield from (past + "s", past + "t", past + "rent", past)
