"""BLEU (Papineni et al. 2002) and SARI (Xu et al. 2016) over lower-cased words, own implementations.

Both take the words that ``words`` finds, so that a system's tokenisation does not count.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

WORD = re.compile(r"\w+|[^\w\s]")
_ORDER = 4
Grams = Counter[tuple[str, ...]]


def words(text: str) -> list[str]:
    """Lower-cased words and marks."""
    return WORD.findall(text.lower())


def bleu(outputs: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """Corpus BLEU-4 in 0..100: clipped precisions over all references, brevity against the nearest length."""
    hits, totals = [0] * _ORDER, [0] * _ORDER
    length = nearest = 0
    for output, some in zip(outputs, references, strict=True):
        ours, theirs = words(output), [words(reference) for reference in some]
        length += len(ours)
        nearest += min((abs(len(one) - len(ours)), len(one)) for one in theirs)[1]
        for order in range(1, _ORDER + 1):
            most: Grams = Counter()
            for one in theirs:
                most |= _grams(one, order)
            found = _grams(ours, order)
            hits[order - 1] += (found & most).total()
            totals[order - 1] += found.total()
    if not all(hits):
        return 0.0
    mean = sum(math.log(hit / total) for hit, total in zip(hits, totals, strict=True)) / _ORDER
    return 100 * math.exp(mean + min(0.0, 1 - nearest / length))


def sari(sources: Sequence[str], outputs: Sequence[str], references: Sequence[Sequence[str]]) -> float:
    """Mean SARI of the sentences in 0..100: F1 of words kept and added, precision of words deleted."""
    scores = [
        _sari(words(source), words(output), [words(reference) for reference in some])
        for source, output, some in zip(sources, outputs, references, strict=True)
    ]
    return 100 * sum(scores) / len(scores)


def _sari(source: list[str], output: list[str], references: list[list[str]]) -> float:
    total = 0.0
    for order in range(1, _ORDER + 1):
        count = len(references)
        theirs: Grams = Counter()
        for one in references:
            theirs += _grams(one, order)
        once = _times(_grams(source, order), count)
        ours = _times(_grams(output, order), count)
        total += _keep(once, ours, theirs) + _delete(once, ours, theirs) + _add(once, ours, theirs)
    return total / (3 * _ORDER)


def _keep(source: Grams, output: Grams, references: Grams) -> float:
    kept, wanted = source & output, source & references
    good = kept & references
    precision = _share(sum(good[gram] / kept[gram] for gram in good), len(kept))
    recall = _share(sum(good[gram] / wanted[gram] for gram in good), len(wanted))
    return _f1(precision, recall)


def _delete(source: Grams, output: Grams, references: Grams) -> float:
    gone = source - output
    good = gone - references
    return _share(sum(good[gram] / gone[gram] for gram in good), len(gone))


def _add(source: Grams, output: Grams, references: Grams) -> float:
    added, wanted = set(output) - set(source), set(references) - set(source)
    good = len(added & wanted)
    return _f1(_share(good, len(added)), _share(good, len(wanted)))


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _times(grams: Grams, count: int) -> Grams:
    return Counter({gram: number * count for gram, number in grams.items()})


def _grams(tokens: Sequence[str], order: int) -> Grams:
    return Counter(tuple(tokens[at : at + order]) for at in range(len(tokens) - order + 1))
