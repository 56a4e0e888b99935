"""What kind of character a code point is, and its folded form: two tables over all of Unicode.

The tables lie beside this module in ``characters.npz``, so that tokens do not change with the Unicode version
of the Python that runs. ``python -m models.sentence_boundary.fast.characters`` makes that file anew.
"""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).with_name("characters.npz")
_CODES = sys.maxunicode + 1

# Letters of scripts written without blanks between words: each is a token of its own.
_UNSPACED = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF)),  # Thai Lao Burmese Khmer Tai
    *((0x1A20, 0x1AAF), (0x1B00, 0x1B7F), (0xA980, 0xA9FF), (0xAA60, 0xAADF)),  # Tham Balinese Javanese Viet
    *((0x2E80, 0x2FDF), (0x3005, 0x303C), (0x3041, 0x309F), (0x3100, 0x312F)),  # Han Hiragana Bopomofo
    *((0x31A0, 0x31BF), (0x3400, 0x4DBF), (0x4E00, 0xA4CF), (0xF900, 0xFAFF)),  # Han Yi
    *((0x16FE0, 0x18CFF), (0x1B000, 0x1B16F), (0x20000, 0x3FFFF)),  # Tangut Kana Han
)
_KATAKANA = ((0x30A0, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
_ZERO_WIDTH_SPACE = 0x200B  # divides words in Khmer and Thai


# Kinds of characters. features.py relies on SINGLE and SIGN being the last two.
SPACE: Final = 0
MARK: Final = 1  # belongs to the character before it
LETTER: Final = 2
DIGIT: Final = 3
KATAKANA: Final = 4
SINGLE: Final = 5  # a letter that is a token of its own
SIGN: Final = 6  # punctuation or symbol

KIND_BITS: Final = 0x07
UPPER_BIT: Final = 3


class Characters(NamedTuple):
    """Tables by code point.

    Attributes:
        traits: uint8, the kind in ``KIND_BITS``, and at ``UPPER_BIT`` whether it is an upper or title case
            letter.
        folded: uint32, the code point in lower case; every decimal digit is "0".
    """

    traits: NDArray[np.uint8]
    folded: NDArray[np.uint32]


@cache
def characters() -> Characters:
    """Return the tables (5.6 MB, made from their packed form once per process)."""
    with np.load(_FILE) as packed:
        traits = np.repeat(packed["run_kind"], packed["run_length"])
        folded = np.arange(_CODES, dtype=np.uint32)
        folded[packed["changed"]] = packed["changed_to"]
        traits[packed["upper"]] |= np.uint8(1 << UPPER_BIT)
    return Characters(traits, folded)


def build(file: Path = _FILE) -> None:
    """Write the tables as they follow from ``unicodedata``."""
    kind = np.array([_kind(code) for code in range(_CODES)], dtype=np.uint8)
    starts = np.flatnonzero(np.diff(kind, prepend=255))
    folded = np.array([_folded(code) for code in range(_CODES)], dtype=np.uint32)
    changed = np.flatnonzero(folded != np.arange(_CODES))
    upper = [code for code in range(_CODES) if unicodedata.category(chr(code)) in ("Lu", "Lt")]
    np.savez_compressed(
        file,
        run_kind=kind[starts],
        run_length=np.diff(starts, append=_CODES).astype(np.uint32),
        changed=changed.astype(np.uint32),
        changed_to=folded[changed],
        upper=np.array(upper, dtype=np.uint32),
    )


def _kind(code: int) -> int:
    category = unicodedata.category(chr(code))
    if category[0] == "Z" or category == "Cc" or code == _ZERO_WIDTH_SPACE:
        return SPACE
    if category[0] == "M" or category == "Cf":
        return MARK
    if category[0] == "N":
        return SINGLE if _within(code, _UNSPACED) and category != "Nd" else DIGIT
    if category[0] in "PS":
        return SIGN
    if _within(code, _KATAKANA):
        return KATAKANA
    return SINGLE if category[0] == "L" and _within(code, _UNSPACED) else LETTER


def _folded(code: int) -> int:
    character = chr(code)
    if unicodedata.category(character) == "Nd":
        return ord("0")
    lowered = character.lower()
    return ord(lowered[0])


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


if __name__ == "__main__":
    build()
