"""Marks: brackets and quotation marks that belong together, and those that have lost what they stood between."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_BREAKS = frozenset({",", ";", ":", "--", "-", "–", "—", "...", "…"})


_OPENING = frozenset({"(", "[", "{", "-LRB-", "“", "‘", "«", "``"})


_CLOSING = frozenset({")", "]", "}", "-RRB-", "”", "’", "»", "''"})


_QUOTES = frozenset({'"', "“", "``", "«", "'", "‘"})


STOPS = frozenset({".", "!", "?", "?!", "!!", "!?", ".."})


_ENDS = _BREAKS | STOPS


_MARK_TAGS = frozenset({",", ":", "."})


_PAIRED = frozenset({"(", "[", "{", "-LRB-", "“", "«", "``", '"', "''"})


class Marks:
    """The marks of a sentence.

    Attributes:
        pairs: brackets and quotation marks that belong together, each to the other.
        tokens: all tokens that may have to go when what they stood between has gone.
    """

    __slots__ = ("pairs", "tokens")

    def __init__(self, s: Sentence) -> None:
        self.pairs = {} if _PAIRED.isdisjoint(s.words) else _pairs_of(s)
        kinds = zip(s.relations, s.tags, strict=True)
        self.tokens = {
            *(
                token
                for token, (name, tag) in enumerate(kinds)
                if name == rel.PUNCTUATION or tag in _MARK_TAGS
            ),
            *self.pairs,
        }


def _pairs_of(s: Sentence) -> dict[int, int]:
    found: dict[int, int] = {}
    brackets: list[int] = []
    quotes: list[int] = []
    for token, word in enumerate(s.words):
        if word in ("(", "[", "{", "-LRB-"):
            brackets.append(token)
        elif word in (")", "]", "}", "-RRB-"):
            if brackets:
                other = brackets.pop()
                found[token], found[other] = other, token
        elif word in ("“", "«", "``"):
            quotes.append(token)
        elif word in ("”", "»") or (word == "''" and quotes):
            if quotes:
                other = quotes.pop()
                found[token], found[other] = other, token
        elif word in ('"', "''"):
            if quotes:
                other = quotes.pop()
                found[token], found[other] = other, token
            else:
                quotes.append(token)
    return found


def trimmed(s: Sentence, items: Sequence[Item], marks: Marks, replaced: Collection[int] = ()) -> list[Item]:
    """Items without marks that have lost what they stood between, and without quotation marks around everything.

    Args:
        replaced: tokens in whose place other items stand.
    """
    kept = list(items) if marks.tokens.isdisjoint(items) else _without_loose_marks(s, items, marks, replaced)
    pairs, words = marks.pairs, s.words
    while kept and isinstance(kept[0], int) and words[kept[0]] in _ENDS:
        del kept[0]
    while kept and isinstance(kept[-1], int) and (words[kept[-1]] in _ENDS or s.tags[kept[-1]] == "CC"):
        del kept[-1]
    first, last = (kept[0], kept[-1]) if kept else (None, None)
    if len(kept) > 1 and last in pairs and isinstance(kept[-2], int) and words[kept[-2]] == ",":
        del kept[-2]  # a comma before the closing quotation mark
    if isinstance(first, int) and pairs.get(first) == last and words[first] in _QUOTES:
        kept = kept[1:-1]  # all of it is quoted
    return kept


def _without_loose_marks(
    s: Sentence, items: Sequence[Item], marks: Marks, replaced: Collection[int]
) -> list[Item]:
    """Leave out marks that have lost what they stood between."""
    pairs = marks.pairs
    present = {item for item in items if type(item) is int}
    kept: list[Item] = []
    last = len(items) - 1
    for at, item in enumerate(items):
        if type(item) is not int or item not in marks.tokens:
            kept.append(item)
            continue
        word = s.words[item]
        if item in pairs:
            other = pairs[item]
            inside = any(
                t in present and s.relations[t] != rel.PUNCTUATION
                for t in range(min(item, other) + 1, max(item, other))
            )
            if other in present and inside:
                kept.append(item)
            continue
        if word in STOPS and (at == last or items[at + 1] != item + 1):
            continue
        if word in _BREAKS and not _stands_between(s, items, at, item, present, replaced):
            continue
        if (word in _OPENING or word in _CLOSING or word == '"') and not _touched(items, at):
            continue  # it never had a partner, and has lost a neighbour
        kept.append(item)
    return kept


def _touched(items: Sequence[Item], at: int) -> bool:
    item = items[at]
    if not isinstance(item, int):
        return False
    return 0 < at < len(items) - 1 and items[at - 1] == item - 1 and items[at + 1] == item + 1


def _stands_between(
    s: Sentence, items: Sequence[Item], at: int, item: int, present: set[int], replaced: Collection[int]
) -> bool:
    """Whether a comma still stands between its neighbours, or separates what goes on after a gap in a list."""
    left_kept = at > 0 and (items[at - 1] == item - 1 or item - 1 in replaced)
    right_kept = at + 1 < len(items) and items[at + 1] == item + 1
    if left_kept and right_kept:
        return True
    if left_kept and at + 1 < len(items) and s.relations[item - 1] in (rel.ADVERB, rel.INTERJECTION):
        # "However, [when Bob came,] Ann left": one of two commas goes
        following = items[at + 1]
        return s.heads[item - 1] > item and isinstance(following, int) and s.words[following] == ","
    if not right_kept or at == 0 or at + 1 == len(items):
        return False
    if s.words[item] in (":", ";"):
        return True
    # something was cut out before this comma: it stays when a conjunct follows
    following = item + 1
    token = following
    while s.relations[token] not in (rel.CONJUNCT, rel.APPOSITION):
        head = s.heads[token]
        if head == token or head < following or head not in present:
            return False
        token = head
    return s.heads[token] < item and not s.is_verb(token)
