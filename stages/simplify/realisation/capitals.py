"""Words with a capital because they open a sentence, and those that keep it."""

from __future__ import annotations

from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence


def opening_of(s: Sentence) -> int:
    """The first token that is no mark."""
    relations = s.relations
    return next((t for t in range(len(s)) if relations[t] != rel.PUNCTUATION), len(s))


def opening_word(s: Sentence, token: int) -> str:
    """The first word, without the capital that it has only because it is the first."""
    word = s.words[token]
    if word[:1].isupper() and not keeps_capital(s, token):
        return word[0].lower() + word[1:]
    return word


_ORIGINS = ("ish", "ian", "ese", "ean")


_OTHER_ORIGINS = frozenset(
    [
        "french",
        "german",
        "greek",
        "dutch",
        "swiss",
        "welsh",
        "thai",
        "arab",
        "czech",
        "roman",
        "american",
        "african",
        "mexican",
        "jewish",
        "muslim",
        "catholic",
        "christian",
        "buddhist",
        "hindu",
        "republican",
        "democratic",
        "european",
        "asian",
        "korean",
        "cuban",
        "german",
        "norman",
        "arabic",
        "islamic",
    ]
)


def keeps_capital(s: Sentence, token: int) -> bool:
    """Whether the word has its capital inside a sentence, too."""
    word = s.words[token]
    if s.tags[token] == "JJ" and (word.endswith(_ORIGINS) or word.lower() in _OTHER_ORIGINS):
        return True
    return (
        (s.tags[token] in ("NNP", "NNPS") and s.relations[token] != rel.ADVERB)
        or (word == "I" or word.startswith(("I'", "I’")))
        or any(c.isupper() or c.isdigit() for c in word[1:])
    )


def capitalised(text: str) -> str:
    """A sentence with a capital at its start, unless a name opens it that has another form."""
    for at, c in enumerate(text[:3]):
        if c.isupper():
            return text
        if c.isalpha():
            # a name that begins small keeps its form: "iPhone", "eBay"
            head = text[at:].split(" ", 1)[0]
            elided = len(head) > 1 and head[1] in "'’"  # "l'Italie"
            if any(x.isupper() for x in head[1:]) and not head.isupper() and not elided:
                return text
            return text[:at] + c.upper() + text[at + 1 :]
        if c.isdigit():
            return text
    return text
