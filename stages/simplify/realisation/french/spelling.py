"""What French does where words meet: elision ("l'homme", "qu'il") and contraction ("du", "aux").

Only where a proposition puts words side by side that the source has not; the source's own spelling stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_VOWELS: Final = frozenset("aeiouyàâäéèêëîïôöùûüœæh")
_ELIDED: Final = {
    "le": "l'",
    "la": "l'",
    "je": "j'",
    "me": "m'",
    "te": "t'",
    "se": "s'",
    "ne": "n'",
    "de": "d'",
    "que": "qu'",
    "puisque": "puisqu'",
    "lorsque": "lorsqu'",
}
_FULL: Final = {"j'": "je", "m'": "me", "t'": "te", "s'": "se", "n'": "ne", "d'": "de", "qu'": "que"}
_CONTRACTED: Final = {("de", "le"): "du", ("de", "les"): "des", ("à", "le"): "au", ("à", "les"): "aux"}
# words before which nothing is elided: h that counts as a consonant, and a few others
_ASPIRATED: Final = (
    "hache", "haie", "haine", "hall", "halte", "hamac", "hameau", "hamster", "hanche", "handicap", "hangar", "harcel",
    "hardi", "haricot", "harnais", "harpe", "hasard", "hâte", "hausse", "haut", "havre", "hérisson", "hernie", "héron",
    "héros", "hêtre", "heurt", "hibou", "hiérarch", "hockey", "holland", "homard", "hongr", "hongrois", "honte",
    "hors", "houille", "housse", "huit", "hurl", "husky", "hutte",
    "onze", "onzième", "oui", "yaourt", "yacht", "yoga", "yen", "ya",
)  # fmt: skip


def begins_with_vowel(word: str) -> bool:
    """Whether words before this one are elided."""
    lower = word.lower()
    return lower[:1] in _VOWELS and not lower.startswith(_ASPIRATED) and not lower[:1].isdigit()


def joined(s: Sentence, items: Sequence[Item]) -> list[Item]:
    """Items with elisions and contractions where neighbours of the source were parted."""
    found: list[Item] = []
    rest = list(items)
    at = 0
    while at < len(rest):
        item = rest[at]
        following = rest[at + 1] if at + 1 < len(rest) else None
        at += 1
        if following is None or _are_neighbours(item, following):
            found.append(item)
            continue
        word, after = _plain(s, item), _plain(s, following)
        contracted = _CONTRACTED.get((word, after))
        if contracted is not None and _is_article(s, following) and not _elides(s, rest, at):
            found.append(_changed(item, contracted))
            at += 1  # the article is in it
        elif word in _ELIDED and begins_with_vowel(after):
            found.append(_changed(item, _ELIDED[word]))
        elif word in _FULL and not begins_with_vowel(after) and after[:1].isalpha():
            found.append(_changed(item, _FULL[word]))
        else:
            found.append(item)
    return found


def _are_neighbours(item: Item, following: Item) -> bool:
    return isinstance(item, int) and following == item + 1


def _plain(s: Sentence, item: Item) -> str:
    word = item if isinstance(item, str) else s.words[item] if isinstance(item, int) else item[1]
    return word.lower().replace("’", "'")


def _changed(item: Item, word: str) -> Item:
    if isinstance(item, str):
        return word
    return (item if isinstance(item, int) else item[0], word)


def _is_article(s: Sentence, item: Item) -> bool:
    """Whether "le" or "les" stands for an article, and not for a pronoun: what is put in always does."""
    return not isinstance(item, int) or s.relations[item] == rel.DETERMINER


def _elides(s: Sentence, items: Sequence[Item], article: int) -> bool:
    """Whether the article itself is elided: "de l'homme"."""
    if article + 1 >= len(items) or _plain(s, items[article]) != "le":
        return False
    return begins_with_vowel(_plain(s, items[article + 1]))
