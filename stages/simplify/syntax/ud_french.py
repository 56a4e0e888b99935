"""French trees of Universal Dependencies as rules see them: Penn tags from parts of speech and features, and what the
parser of spaCy mixes up mended where a form leaves no doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from stages.simplify.lexicon.lexicon import Lexicon
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence
from stages.simplify.syntax.ud import reshape
from stages.simplify.syntax.ud_french_mending import Tree, mend

_MARKS: Final = {
    ",": ",",
    "«": "``",
    "“": "``",
    "»": "''",
    "”": "''",
    '"': "``",
    "(": "-LRB-",
    "[": "-LRB-",
    ")": "-RRB-",
    "]": "-RRB-",
    ".": ".",
    "!": ".",
    "?": ".",
    "…": ".",
}
_FIXED: Final = {
    "PROPN": "NNP",
    "NUM": "CD",
    "ADJ": "JJ",
    "ADV": "RB",
    "ADP": "IN",
    "SCONJ": "IN",
    "CCONJ": "CC",
}
_RELATIVES: Final = {
    **dict.fromkeys(
        ("qui", "dont", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "auxquels"), "WP"
    ),
    **dict.fromkeys(("auxquelles", "duquel", "desquels", "desquelles"), "WP"),
    "où": "WRB",
}
_NOUNS: Final = frozenset({"NN", "NNS", "NNP"})
_NEGATIONS: Final = frozenset({"ne", "n'", "n’", "pas", "jamais", "plus", "guère", "point", "aucunement"})
_IMPERSONAL: Final = frozenset(
    [
        "faut",
        "fallait",
        "faudra",
        "faudrait",
        "fallut",
        "fallu",
        "pleut",
        "pleuvait",
        "neige",
        "neigeait",
        "semble",
        "semblait",
        "paraît",
        "paraissait",
        "convient",
        "convenait",
        "importe",
        "suffit",
        "suffisait",
        "s'agit",
        "agit",
        "agissait",
        "existe",
        "existait",
    ]
)


def sentence(
    words: Sequence[str],
    pos: Sequence[str],
    features: Sequence[Mapping[str, str]],
    labels: Sequence[str],
    heads: Sequence[int],
    starts: Sequence[int],
    ends: Sequence[int],
    lexicon: Lexicon,
) -> Sentence:
    """A parsed French sentence.

    Args:
        words, starts, ends, lexicon: as of ``Sentence``.
        pos: universal part of speech of each token.
        features: its morphological features.
        labels, heads: its UD relation, and the token it hangs on; the root hangs on itself.

    Raises:
        ValueError: the heads are no tree.
    """
    lowers = [word.lower().replace("’", "'") for word in words]
    tags = [
        _tag(word, one, some, label)
        for word, one, some, label in zip(lowers, pos, features, labels, strict=True)
    ]
    denying = [
        word in _NEGATIONS and (some.get("Polarity") == "Neg" or word in ("ne", "n'"))
        for word, some in zip(lowers, features, strict=True)
    ]
    tree = Tree(lowers, tags, labels, heads)
    mend(tree, lexicon.attribution_verbs)
    tags = _with_tense(tree)
    verbs = [tag[:2] == "VB" for tag in tags]
    shaped, names = reshape(tree.labels, tree.heads, verbs, denying)
    for token, name in enumerate(names):
        if name == rel.EXPLETIVE and not _is_impersonal(lowers, shaped, names, token):
            names[token] = rel.SUBJECT
        elif name == rel.SUBJECT and lowers[token] == "il" and _is_impersonal(lowers, shaped, names, token):
            names[token] = rel.EXPLETIVE
    _mend_appositions(words, tags, shaped, names)
    return Sentence(words, tags, shaped, names, starts, ends, lexicon)


def _with_tense(tree: Tree) -> list[str]:
    """Tags in which "dit" and the like have a tense where they have a subject and no auxiliary."""
    tags = list(tree.tags)
    for token, tag in enumerate(tags):
        if tag != "VBN" or not tree.words[token].endswith("t") or not tree.has_subject(token):
            continue
        if not any(tree.labels[t].startswith(("aux", "cop")) for t in tree.below(token)):
            tags[token] = "VBZ"
    return tags


def _mend_appositions(words: Sequence[str], tags: Sequence[str], heads: list[int], names: list[str]) -> None:
    """ "Jean Dupont, le directeur, se leva": two noun phrases before a verb are one subject and its apposition."""
    for token, name in enumerate(names):
        verb = heads[token]
        if name not in (rel.SUBJECT, rel.PASSIVE_SUBJECT) or token > verb or tags[token] not in _NOUNS:
            continue
        others = [
            t
            for t in range(token)
            if heads[t] == verb and tags[t] in _NOUNS and names[t] in (name, rel.NOUN_ADVERB, rel.OTHER)
        ]
        between = [t for t in range(others[-1] + 1, token) if words[t] == ","] if others else []
        if len(between) != 1 or "," not in words[token + 1 : verb]:
            continue
        heads[token], names[token] = others[-1], rel.APPOSITION
        names[others[-1]] = name


def _tag(word: str, pos: str, features: Mapping[str, str], label: str) -> str:
    if word in _MARKS:
        return _MARKS[word]
    if pos == "PUNCT":
        return ":"
    if pos in ("VERB", "AUX"):
        return _verb_tag(word, features, label)
    if word in _RELATIVES and pos == "PRON" and label != "mark":
        return _RELATIVES[word]
    if pos == "PRON":
        return "WP" if features.get("PronType") == "Rel" else "PRP"
    if pos == "NOUN":
        return "NNS" if features.get("Number") == "Plur" else "NN"
    if pos == "DET":
        return "PRP$" if features.get("Poss") == "Yes" else "DT"
    return _FIXED.get(pos, "NN" if pos == "X" else "RB")


def _verb_tag(word: str, features: Mapping[str, str], label: str) -> str:
    form = features.get("VerbForm")
    if form == "Inf" and word.endswith(("é", "ée", "és", "ées")):
        form = "Part"
    if form is None:
        form = (
            "Part"
            if word.endswith(("é", "és", "ée", "ées", "ant"))
            else "Inf"
            if word.endswith("er")
            else "Fin"
        )
    if form == "Inf" and word.endswith(("r", "re")):
        return "VB"
    if form == "Part" and word.endswith(("a", "ait", "aient", "èrent", "ent")):
        return "VBP" if word.endswith("ent") and not word.endswith(("aient", "èrent")) else "VBD"
    if form == "Part":
        # "participant": a present participle whatever tense the tagger gives it
        return "VBG" if features.get("Tense") == "Pres" or word.endswith("ant") else "VBN"
    if features.get("Tense") in ("Past", "Imp"):
        return "VBD"
    return "VBP" if features.get("Number") == "Plur" else "VBZ"


def _is_impersonal(lowers: Sequence[str], heads: Sequence[int], names: Sequence[str], token: int) -> bool:
    """ "il faut", "il y a", "il est possible que", "il s'agit de" """
    if lowers[token] not in ("il", "-il", "-t-il", "ce", "c'", "ça", "cela"):
        return False
    verb = heads[token]
    if lowers[token] == "il" and lowers[verb] in _IMPERSONAL:
        return True
    if any(lowers[t] == "y" and heads[t] == verb and t > token for t in range(token, verb)) and lowers[
        verb
    ] in (
        "a",
        "avait",
        "aura",
        "eut",
        "aurait",
    ):
        return True
    # with a clause for what it stands for: "il est clair que", "il est apparu que"
    below = [
        t for t in range(len(heads)) if heads[t] == verb or (heads[heads[t]] == verb and heads[t] > verb)
    ]
    return any(names[t] in (rel.CLAUSE_SUBJECT, rel.COMPLEMENT_CLAUSE) for t in below) and any(
        names[t] == rel.PREDICATE and heads[t] == verb for t in below
    )
