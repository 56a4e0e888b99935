"""How many tokens the units of texts have, each distinct unit encoded once.

Most units of a text have been seen before, so the counts of many are kept from batch to batch (``Known``).
A count is a fact about tokenizer and unit: no result depends on which counts are known.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import pyarrow as pa

from stages.shorten.added_tokens import AddedTokens
from stages.shorten.token_units import (
    Division,
    Normalization,
    divides,
    division_of,
    normalization_of,
    unit_begins,
)
from stages.shorten.words import Bytes, Flags, Positions, substrings

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_KNOWN: Final = 1 << 17
LONGEST_KNOWN: Final = 64  # characters
_AT_ONCE: Final = 256  # units that are encoded at once
_VISIBLE: Final = "".join(map(chr, range(ord("!"), ord("~") + 1)))


@dataclass(frozen=True, slots=True)
class TextUnits:
    """Token units of some texts, in order. Positions are bytes of the texts put together.

    Attributes:
        starts: of each unit, and at the end where the last one ends.
        firsts: number of the first unit of each text, and at the end the number of units.
        tokens_before: how many tokens stand before each unit, and at the end how many there are.
        doubtful: of each text: an added token may stand in it, so its counts may be wrong.
    """

    starts: Positions
    firsts: Positions
    tokens_before: Positions
    doubtful: Flags


class Known:
    """Counts of units seen before: at most MOST_KNOWN of at most LONGEST_KNOWN characters (about 25 MB).

    When half of them are new, those not seen since the last such change are forgotten.
    """

    def __init__(self) -> None:
        self._new: dict[str, int] = {}
        self._old: dict[str, int] = {}

    def look_up(self, units: list[str], count: Callable[[list[str]], list[int]]) -> list[int]:
        """Return the counts of distinct units; ``count`` is asked about those that are not known."""
        found = list(map(self._new.get, units))
        missing = [unit for unit, known in zip(units, found, strict=True) if known is None]
        if not missing:
            return cast("list[int]", found)
        counts = self._look_up_old(missing, count)
        at = iter(counts)
        keep = {unit: n for unit, n in zip(missing, counts, strict=True) if len(unit) <= LONGEST_KNOWN}
        half = MOST_KNOWN // 2
        if len(self._new) + len(keep) > half:
            self._new, self._old = {}, self._new
            keep = dict(itertools.islice(keep.items(), half))
        self._new |= keep
        return [next(at) if known is None else known for known in found]

    def _look_up_old(self, units: list[str], count: Callable[[list[str]], list[int]]) -> list[int]:
        if not self._old:
            return count(units)
        found = list(map(self._old.get, units))
        at = iter(count([unit for unit, known in zip(units, found, strict=True) if known is None]))
        return [next(at) if known is None else known for known in found]

    def __len__(self) -> int:
        return len(self._new) + len(self._old)


class TokenCounts:
    """Counts tokens of texts by their units.

    Args:
        tokenizer: without truncation and padding.
        division, normalization: what its pre-tokenizer and its normalizer do.
    """

    def __init__(self, tokenizer: Tokenizer, division: Division, normalization: Normalization) -> None:
        self._tokenizer = tokenizer
        self._model = tokenizer.model
        self._table = divides(division.at_white_space if normalization.replaces else division.pairs)
        self._lowers = normalization.lowers
        self._words = None if normalization.replaces else division.words
        if self._words is not None:
            self._is_plain = re.compile(self._words.unit, re.ASCII).fullmatch
            self._words_of = re.compile(self._words.word, re.ASCII).findall
        self._added = AddedTokens.of(tokenizer, normalization)
        self._known = Known()
        self._known_first = Known() if division.first_differs else None

    @classmethod
    def of(cls, tokenizer: Tokenizer) -> TokenCounts | None:
        """Return counts for a tokenizer; None when it is not known how it divides texts."""
        division = division_of(_described(tokenizer.pre_tokenizer))
        normalization = normalization_of(_described(tokenizer.normalizer))
        if division is None or normalization is None:
            return None
        if normalization.loosens and not division.white_space_divides:
            return None
        if type(tokenizer.model).__name__ not in ("BPE", "Unigram", "WordLevel", "WordPiece"):
            return None
        if getattr(tokenizer.model, "dropout", None):
            return None  # its tokens are a matter of chance
        if tokenizer.normalizer is not None and not normalization.replaces:
            normalized = tokenizer.normalizer.normalize_str
            expected = str.lower if normalization.lowers else str
            if normalized("a b") != "a b" or any(normalized(c) != expected(c) for c in _VISIBLE):
                return None
        return cls(tokenizer, division, normalization)

    @property
    def longest_added(self) -> int:
        """Bytes up to which a text has to be seen to know whether it is doubtful."""
        return self._added.longest

    def units(self, texts: pa.StringArray) -> TextUnits:
        """Divide texts (no nulls) into units and count their tokens."""
        offsets, buffer = _utf8(texts)
        if not buffer.size:
            nowhere = np.zeros(offsets.size, np.int64)
            return TextUnits(nowhere[:1], nowhere, nowhere[:1], np.zeros(len(texts), np.bool_))
        begins = unit_begins(buffer, self._table)
        begins[offsets[:-1][np.diff(offsets) > 0]] = True
        starts = np.append(np.flatnonzero(begins), buffer.size)
        firsts = np.searchsorted(starts, offsets)
        edges = pa.py_buffer(starts.astype(np.int32))
        strings = pa.StringArray.from_buffers(starts.size - 1, edges, pa.py_buffer(buffer))
        counts = _counts(strings, self._known, self._count)
        if self._known_first is not None:
            first = firsts[:-1][np.diff(firsts) > 0]
            strings = substrings(buffer, starts[first], starts[first + 1])
            counts[first] = _counts(strings, self._known_first, self._encoded)
        return TextUnits(
            starts=starts,
            firsts=firsts,
            tokens_before=np.append(0, np.cumsum(counts)),
            doubtful=self._added.may_stand_in(buffer, offsets),
        )

    def _count(self, units: list[str]) -> list[int]:
        """Count the tokens of units that do not begin a text."""
        if self._words is None:
            return self._encoded(units)
        # All that comes before the model costs several times more than the model itself.
        is_plain = [self._is_plain(unit) is not None for unit in units]
        plain = list(itertools.compress(units, is_plain))
        others = iter(self._encoded([unit for unit, one in zip(units, is_plain, strict=True) if not one]))
        counted = iter(self._count_words(plain, self._words.spelled))
        return [next(counted) if one else next(others) for one in is_plain]

    def _count_words(self, units: list[str], spelled: dict[str, str]) -> list[int]:
        """Count the tokens of units in ASCII whose words are known."""
        if self._lowers:
            units = [unit.lower() for unit in units]
        words_of_unit = list(map(self._words_of, units))
        words = list(set(itertools.chain.from_iterable(words_of_unit)))
        spelling = "\0".join(words)  # all at once: no word holds a NUL
        for character, spelled_so in spelled.items():
            spelling = spelling.replace(character, spelled_so)
        tokenize = self._model.tokenize
        tokens = {
            word: len(tokenize(spelled_so))
            for word, spelled_so in zip(words, spelling.split("\0"), strict=bool(words))
        }
        return [sum([tokens[word] for word in words]) for words in words_of_unit]

    def _encoded(self, units: list[str]) -> list[int]:
        """Count the tokens of units by encoding each."""
        counts: list[int] = []
        for at in range(0, len(units), _AT_ONCE):
            part = units[at : at + _AT_ONCE]
            encoding = self._tokenizer.encode(part, is_pretokenized=True, add_special_tokens=False)
            counts += np.bincount(np.array(encoding.word_ids, np.int64), minlength=len(part)).tolist()
        return counts


def _counts(units: pa.StringArray, known: Known, count: Callable[[list[str]], list[int]]) -> Positions:
    encoded = units.dictionary_encode()
    counts = np.array(known.look_up(encoded.dictionary.to_pylist(), count), np.int64)
    return np.asarray(counts.take(encoded.indices.to_numpy()))


def _described(part: Any) -> dict[str, Any] | None:
    """Return the description of a normalizer or pre-tokenizer, as in the tokenizer's file."""
    if part is None:
        return None
    described: dict[str, Any] = json.loads(part.__getstate__())
    return described


def _utf8(texts: pa.StringArray) -> tuple[Positions, Bytes]:
    offsets = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    return offsets.astype(np.int64) - offsets[0], data[offsets[0] : offsets[-1]]
