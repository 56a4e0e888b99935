"""Items as text: spaces, marks, capitals."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from stages.simplify.realisation.items import Item
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

_BREAKS = frozenset({",", ";", ":", "--", "-", "–", "—", "...", "…"})
_OPENING = frozenset({"(", "[", "{", "-LRB-", "“", "‘", "«", "``"})
_CLOSING = frozenset({")", "]", "}", "-RRB-", "”", "’", "»", "''"})
_QUOTES = frozenset({'"', "“", "``", "«", "'", "‘"})
_STOPS = frozenset({".", "!", "?", "?!", "!!", "!?", ".."})
_ENDS = _BREAKS | _STOPS
_MARK_TAGS = frozenset({",", ":", "."})
_NO_SPACE_BEFORE = frozenset(
    {",", ";", ":", ".", "!", "?", ")", "]", "}", "”", "’", "»", "'s", "’s", "n't", "n’t", "%"}
)
_NO_SPACE_AFTER = frozenset({"(", "[", "{", "“", "‘", "«", "$", "£", "€", "#"})


_PAIRED = frozenset({"(", "[", "{", "-LRB-", "“", "«", "``", '"', "''"})


def pairs_of(s: Sentence) -> dict[int, int]:
    """Brackets and quotation marks that belong together, each to the other."""
    found: dict[int, int] = {}
    if _PAIRED.isdisjoint(s.words):
        return found
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


def trimmed(
    s: Sentence, items: Sequence[Item], pairs: dict[int, int], replaced: Collection[int] = ()
) -> list[Item]:
    """Items without marks that have lost what they stood between, and without quotation marks around everything.

    Args:
        pairs: of ``pairs_of``.
        replaced: tokens in whose place other items stand.
    """
    kept = _without_loose_marks(s, items, pairs, replaced)
    first, last = (kept[0], kept[-1]) if kept else (None, None)
    if len(kept) > 1 and last in pairs and isinstance(kept[-2], int) and s.words[kept[-2]] == ",":
        del kept[-2]  # a comma before the closing quotation mark
    if isinstance(first, int) and pairs.get(first) == last and s.words[first] in _QUOTES:
        kept = kept[1:-1]  # all of it is quoted
    return kept


def render(s: Sentence, kept: Sequence[Item], stop: str) -> str:
    """Write items as one sentence.

    Args:
        kept: of ``trimmed``.
        stop: the mark at its end; "" for none.
    """
    if not kept:
        return ""
    words: list[str] = []
    source, spaces = s.words, s.spaces
    opening = _opening(s)
    before: Item | None = None
    for item in kept:
        if type(item) is int:
            word = source[item] if item > opening else _opening_word(s, item)
            if type(before) is int and item == before + 1:
                if spaces[before]:
                    words.append(" ")
                words.append(word)
                before = item
                continue
        elif isinstance(item, tuple):
            word = item[1]
        else:
            word = str(item)
        if before is not None and _space_between(s, item, words[-1], word):
            words.append(" ")
        words.append(word)
        before = item
    text = "".join(words).strip()
    if s.words[0][:1].isupper() or not s.words[0][:1].isalpha():
        text = _capitalised(text)
    if stop and not text.endswith(_ENDINGS):
        # French sets marks apart that others do not
        text += " " + stop if s.spaces[-2:-1] == [True] and s.lexicon.language != "fr" else stop
    return text


_ENDINGS = (*_STOPS, ".”", '."', "!”", '!"', "?”", '?"')


def _opening(s: Sentence) -> int:
    """The first token that is no mark."""
    relations = s.relations
    return next((t for t in range(len(s)) if relations[t] != rel.PUNCTUATION), len(s))


def _opening_word(s: Sentence, token: int) -> str:
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


def _capitalised(text: str) -> str:
    for at, c in enumerate(text[:3]):
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


def _space_between(s: Sentence, item: Item, left: str, right: str) -> bool:
    """Whether a space goes between two words that did not stand side by side."""
    if isinstance(item, str) and right in ("'s", "'"):
        return False
    if len(left) > 1 and left[-1] in "'’" and left[-2].isalpha():
        return False  # "l'", "qu'"
    if right in _NO_SPACE_BEFORE or left in _NO_SPACE_AFTER:
        # tokenised sources set marks apart: so does what comes of them
        return isinstance(item, int) and item > 0 and s.spaces[item - 1] and right not in ("'s", "’s")
    return not (right[:1] in "'’" and len(right) > 1 and isinstance(item, int) and not s.spaces[item - 1])


def _without_loose_marks(
    s: Sentence, items: Sequence[Item], pairs: dict[int, int], replaced: Collection[int]
) -> list[Item]:
    """Leave out marks that have lost what they stood between."""
    relations, tags = s.relations, s.tags
    present = {item for item in items if type(item) is int}
    kept: list[Item] = []
    total = len(items)
    for at, item in enumerate(items):
        if type(item) is not int or (
            relations[item] != rel.PUNCTUATION and tags[item] not in _MARK_TAGS and item not in pairs
        ):
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
        if word in _STOPS and (at == total - 1 or items[at + 1] != item + 1):
            continue
        if word in _BREAKS and not _stands_between(s, items, at, item, present, replaced):
            continue
        if (word in _OPENING or word in _CLOSING or word == '"') and not _touched(items, at):
            continue  # it never had a partner, and has lost a neighbour
        kept.append(item)
    while kept and isinstance(kept[0], int) and s.words[kept[0]] in _ENDS:
        del kept[0]
    while kept and isinstance(kept[-1], int) and (s.words[kept[-1]] in _ENDS or tags[kept[-1]] == "CC"):
        del kept[-1]
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
