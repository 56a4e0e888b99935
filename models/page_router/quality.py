"""How good a reading of a page is, in 0..1, against the page's true text.

    quality = harmonic mean of recall and precision
    recall = mean of word recall and order recall

Word recall is the share of the true words (as a multiset) that were read; order recall the longest common
subsequence of both lists of words over the number of true words; precision the share of the words read that
are true. So a reading loses by words that are wrong or missing, by a wrong order, and by garbage beside a
true text. Words are runs of letters and digits after NFKC and lower case: one wrong character loses a word.

Where tables can be told from the page's objects, a reading that does not tell their cells loses ``TABLE_WORTH``
of the share of the page's words that stand in them (``with_tables``). Of pictures nobody tells them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

TABLE_WORTH = 0.5

_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words that are compared."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def common(true: Sequence[str], read: Sequence[str]) -> int:
    """How many words both lists hold, as multisets."""
    return (Counter(true) & Counter(read)).total()


def in_order(true: Sequence[str], read: Sequence[str]) -> int:
    """The length of the longest common subsequence.

    Bit-parallel: Hyyrö, "Bit-Parallel LCS-length Computation Revisited" (AWOCA 2004).
    """
    places: dict[str, int] = {}
    for at, word in enumerate(true):
        places[word] = places.get(word, 0) | 1 << at
    whole = (1 << len(true)) - 1
    row = whole
    for word in read:
        matches = row & places.get(word, 0)
        row = (row + matches | row - matches) & whole
    return len(true) - row.bit_count()


def quality(true: Sequence[str], read: Sequence[str]) -> float:
    """Return the quality of the words read. A page without words is read well when nothing was read."""
    if not true or not read:
        return float(not true and not read)
    found = common(true, read)
    recall = (found + in_order(true, read)) / (2 * len(true))
    precision = found / len(read)
    return 2 * recall * precision / (recall + precision) if found else 0.0


def with_tables(text_quality: float, table_share: float, cells_told: float) -> float:
    """Return the quality with regard to tables.

    Args:
        text_quality: as ``quality`` says.
        table_share: of the page's true words, those in tables.
        cells_told: the share of the tables' cells that the reading tells as cells.
    """
    return text_quality * (1 - TABLE_WORTH * table_share * (1 - cells_told))
