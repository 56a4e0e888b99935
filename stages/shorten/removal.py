"""Which units of the texts stay: the four kinds of removal, over whole blocks of texts.

Stop words go first, then rare words, then repeats of what is left. Words with a digit or without any letter
(doses, years, ``%``) are never removed as rare or recurring, nor by a ready-made stop list; a unit of
measurement stays with the number before it (``5 mg``). Runs of scripts without spaces between words are not
segmented: such a run goes as a stop word only when all of it is listed, and never as rare or recurring.

A comma or full stop whose words are all gone goes with them: ``cat, however, sat`` becomes ``cat, sat``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stages.shorten import characters as ch
from stages.shorten.keys import word_key
from stages.shorten.measures import MEASURES
from stages.shorten.rules import DROP, WordRules
from stages.shorten.word_table import WordTable
from stages.shorten.words import PUNCTUATION, UNSPACED, WORD, Flags, Positions, Units, substrings

_MEASURES: Final = WordTable.of(word_key(symbol) for symbol in MEASURES)


@dataclass(frozen=True, slots=True)
class Removal:
    """What to remove from texts of one language.

    Attributes:
        stop_words: remove the words of ``rules``.
        punctuation: remove punctuation.
        is_rare: says of a word's key whether it is rare; None: rare words stay.
        recurring: remove all but the first occurrence of a word in its text.
        rules: stop words and protected words of the language.
    """

    rules: WordRules
    stop_words: bool = True
    punctuation: bool = False
    is_rare: Callable[[str], bool] | None = None
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a removal leaves.

    Attributes:
        kept: of each unit, whether it stays.
        starts: of each unit: where what stays of it begins (behind an elided word that went).
        emptied: of each text: nothing but punctuation was left, so all of it was put back.
        touched: of each text: something was removed.
    """

    kept: Flags
    starts: Positions
    emptied: Flags
    touched: Flags


def keep_all(units: Units) -> Remaining:
    """Leave the texts as they are."""
    texts = units.text_starts.size
    none = np.zeros(texts, np.bool_)
    return Remaining(np.ones(units.starts.size, np.bool_), units.starts, none, none)


def remove(units: Units, removal: Removal) -> Remaining:
    """Apply a removal to all texts of a block."""
    kept = np.ones(units.starts.size, np.bool_)
    starts = units.starts
    measures = _measures(units)
    if removal.punctuation:
        kept &= units.kinds != PUNCTUATION
    if removal.stop_words:
        starts = _remove_stop_words(units, removal.rules, kept)
        kept[measures] |= kept[measures - 1]
    if removal.is_rare is not None or removal.recurring:
        _remove_by_word(units, removal, starts, kept, measures)
    if not removal.punctuation:
        _remove_orphans(units, kept)

    whole = kept if starts is units.starts else kept & (starts == units.starts)
    touched = units.count(whole) < np.diff(units.first_units)
    emptied = touched & (units.count(kept & (units.kinds != PUNCTUATION)) == 0)
    for text in np.flatnonzero(emptied).tolist():
        whole_text = slice(units.first_units[text], units.first_units[text + 1])
        kept[whole_text] = True
        if starts is not units.starts:
            starts[whole_text] = units.starts[whole_text]
    return Remaining(kept, starts, emptied, touched)


def _measures(units: Units) -> Positions:
    """Return the numbers of units of measurement that stand behind a number on the same line."""
    if units.starts.size < 2:
        return np.zeros(0, np.int64)
    number = np.flatnonzero(units.classes[units.ends[:-1] - 1] == ch.DIGIT)
    end = units.ends[number]
    distance = units.starts[number + 1] - end
    near = (
        (distance > 0) & (distance <= 3) & (units.kinds[number + 1] == WORD) & (units.raw[end] != ord("\n"))
    )
    at = number[near] + 1
    found, _ = _MEASURES.find(units.folded, units.starts[at], units.ends[at])
    at = at[np.sort(found)]
    return np.asarray(at[~units.irregular[at]])


def _remove_orphans(units: Units, kept: Flags) -> None:
    """Take out of ``kept`` what ended a phrase of which nothing is left."""
    at = np.flatnonzero(units.kinds == PUNCTUATION)
    at = at[1:] if at.size and at[0] == 0 else at
    at = at[~kept[at - 1] & (units.starts[at] == units.ends[at - 1])]
    at = at[ch.ENDS_A_PHRASE[units.classes[units.starts[at]]]]
    # Walk back to the kept unit before, at most to the start of the text.
    first = units.first_units[np.searchsorted(units.first_units, at, side="right") - 1]
    before = at - 1
    searching = np.arange(at.size)
    while searching.size:
        before[searching] -= 1
        searching = searching[(before[searching] >= first[searching]) & ~kept[before[searching]]]
    kept[at[(before < first) | (units.kinds[before] == PUNCTUATION)]] = False


def _remove_stop_words(units: Units, rules: WordRules, kept: Flags) -> Positions:
    """Take stop words out of ``kept`` and return the new starts."""
    listed, perhaps = rules.table.find(units.folded, units.starts, units.ends)
    kept[listed[(units.kinds[listed] >= UNSPACED) & ~units.irregular[listed]]] = False
    look = units.irregular | units.hyphenated if rules.splits_hyphens else units.irregular.copy()
    look[perhaps] = True
    closer = np.flatnonzero(look)
    closer = closer[units.kinds[closer] >= UNSPACED]
    if not closer.size:
        return units.starts
    forms = substrings(units.raw, units.starts[closer], units.ends[closer]).dictionary_encode()
    decision = np.array(rules.decide(forms.dictionary.to_pylist()), np.int64)[forms.indices.to_numpy()]
    kept[closer[decision == DROP]] = False
    elided = decision > 0
    if not elided.any():
        return units.starts
    starts = units.starts.copy()
    starts[closer[elided]] += decision[elided]
    return starts


def _remove_by_word(
    units: Units, removal: Removal, starts: Positions, kept: Flags, measures: Positions
) -> None:
    """Take rare and recurring words out of ``kept``."""
    candidates = kept & (units.kinds == WORD)
    candidates[measures] = False
    words = np.flatnonzero(candidates)
    ids, keys = word_ids(units, words, starts)
    goes = np.zeros(words.size, np.bool_)
    if removal.is_rare is not None:
        goes |= np.fromiter(map(removal.is_rare, keys), np.bool_, len(keys))[ids]
    if removal.recurring:
        goes |= ~first_in_text(units, words, ids)
    # Only what would go is worth a look at whether it may.
    fixed = np.zeros(len(keys), np.bool_)
    for number in np.flatnonzero(np.bincount(ids[goes], minlength=len(keys))).tolist():
        fixed[number] = not may_go(keys[number]) or removal.rules.is_protected(keys[number])
    kept[words[goes & ~fixed[ids]]] = False


def may_go(key: str) -> bool:
    """Say whether a word may be removed as rare or recurring: it has letters and no digit."""
    return key.isalpha() or (any(c.isalpha() for c in key) and not any(c.isdigit() for c in key))


def word_ids(units: Units, words: Positions, starts: Positions) -> tuple[Positions, list[str]]:
    """Number the distinct words.

    Args:
        words: numbers of the units to look at, ascending.
        starts: where each unit begins.

    Returns:
        the number of each one's word, and the key of each number.
    """
    encoded = substrings(units.folded, starts[words], units.ends[words]).dictionary_encode()
    forms = encoded.dictionary.to_pylist()
    ids = encoded.indices.to_numpy().astype(np.int64)
    if units.ascii:
        return ids, forms
    numbers: dict[str, int] = {}
    canonical = [numbers.setdefault(word_key(form), len(numbers)) for form in forms]
    return np.array(canonical, np.int64)[ids], list(numbers)


def first_in_text(units: Units, words: Positions, ids: Positions) -> Flags:
    """Say of each word whether it is the first of its number in its text."""
    if not words.size:
        return np.zeros(0, np.bool_)
    pairs = units.text_of_unit()[words] * (int(ids.max()) + 1) + ids
    # Codes are given in order of first appearance, so a first appearance is a code above all before.
    codes = pc.dictionary_encode(pa.array(pairs)).indices.to_numpy()
    highest = np.maximum.accumulate(codes)
    first = np.ones(words.size, np.bool_)
    first[1:] = codes[1:] > highest[:-1]
    return first
