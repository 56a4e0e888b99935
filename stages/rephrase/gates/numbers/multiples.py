"""Numbers that say how many times: "twice", "three times", "double", "deux fois"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from stages.rephrase.gates.numbers.mention import Mention
from stages.rephrase.gates.numbers.words import WordTable


def multiplied(text: str, mention: Mention, table: WordTable) -> Mention:
    """Return a mention that also says whether it is a multiple, and whether that compares.

    Args:
        text: in which the mention was found.
        mention: of a number.
        table: of the text's language.
    """
    word = text[mention.start : mention.end].lower()
    after = _after(table).match(text, mention.end)
    if word in table.multiples:  # "twice a day" counts, "twice as fast" and "doubled" compare
        compares = word not in table.adverbs or bool(_comparison(table).match(text, mention.end))
        return replace(mention, soft=False, multiple=True, ratio=compares)
    if after is None:
        return mention
    compares = bool(_comparison(table).match(text, after.end()))
    # "once" and "one time" stay soft unless they compare
    return replace(mention, soft=mention.soft and not compares, multiple=True, ratio=compares)


@cache
def _after(table: WordTable) -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0\n-]?(?:{'|'.join(table.times)})\b", re.IGNORECASE)


@cache
def _comparison(table: WordTable) -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0\n](?:{'|'.join(table.compared)})\b", re.IGNORECASE)
