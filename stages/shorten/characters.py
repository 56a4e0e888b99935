"""What each character is to the word scanner: a class of one byte, and its case-folded form.

The classes follow the Unicode general category (the ``unicodedata`` of the running Python) with the
exceptions written below. They are looked up by code point in pages of 256 that are made when a text first
uses them, so a process that sees only Latin text never pays for the other 1.1 million code points.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
CodePoints = npt.NDArray[np.int32]

# The order matters: 1 to 11 are punctuation, 6 to 11 may join two words into one, 15 to 17 make words.
SPACE: Final = 0  # what str.isspace() says
PUNCTUATION: Final = 1  # category P or Sk, control characters, | and ~
OPENING: Final = 2  # ( [ « ¿
CLOSING: Final = 3  # ) ] »
TERMINAL: Final = 4  # ; ! ? …
QUOTE: Final = 5  # ", which may open or close
HYPHEN: Final = 6  # joins words: well-known
SLASH: Final = 7  # / _ · join words: mg/l, file_name, col·legi
DOT: Final = 8  # joins words: e.g, example.com, 3.5; closes otherwise
COMMA: Final = 9  # , : join digits: 1,000 12:30; close otherwise
RANGE: Final = 10  # – * ^ join digits: 5–10, 10^9
APOSTROPHE: Final = 11  # ' ’ join words: don't, l'eau; quotes otherwise
SYMBOL: Final = 12  # category S, private and unassigned: < = → ☺
UNSPACED: Final = 13  # letters of scripts that put no space between words: Han, kana, Thai ...
UNSPACED_MARK: Final = 14  # their combining marks, which stay with the letter before
ATTACHED: Final = 15  # % ‰ # @ & + ° and currencies: part of the word or number they touch
LETTER: Final = 16  # letters and marks of all other scripts
DIGIT: Final = 17  # category N
EXTENDER: Final = 18  # joiners, variation selectors, soft hyphen: whatever the character before is

FIRST_JOINER, LAST_JOINER = HYPHEN, APOSTROPHE
FIRST_WORD = ATTACHED

_EXCEPTIONS: Final[dict[str, int]] = (
    dict.fromkeys("|~", PUNCTUATION)
    | dict.fromkeys("¿¡", OPENING)
    | dict.fromkeys(";!?…‼⁇⁈⁉。、，．！？；：؟،؛।॥", TERMINAL)
    | dict.fromkeys('"＂', QUOTE)
    | dict.fromkeys("-\u2010\u2011", HYPHEN)
    | dict.fromkeys("/_·", SLASH)
    | dict.fromkeys(".", DOT)
    | dict.fromkeys(",:", COMMA)
    | dict.fromkeys("–*^", RANGE)
    | dict.fromkeys("'’", APOSTROPHE)
    | dict.fromkeys("%‰‱٪％#@&+°", ATTACHED)
)

# Blocks of scripts written without spaces between words: first and last code point.
_UNSPACED_BLOCKS: Final[tuple[tuple[int, int], ...]] = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x1950, 0x19DF),  # Tai Le, New Tai Lue
    (0x1A20, 0x1AAF),  # Tai Tham
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # iteration mark, ideographic zero
    (0x3031, 0x303C),
    (0x3040, 0x30FF),  # hiragana, katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),  # Myanmar extended
    (0xAA60, 0xAADF),  # Myanmar extended, Tai Viet
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),  # half-width katakana
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)

DIFFERENT_LENGTH: Final = -1  # folded form: of another length in UTF-8, so it cannot be written in place


def character_class(character: str) -> int:
    """Return the class of one character."""
    if character.isspace():
        return SPACE
    if character in _EXCEPTIONS:
        return _EXCEPTIONS[character]
    category = unicodedata.category(character)
    point = ord(character)
    if category[0] in "LM" or category == "Nl":
        if any(first <= point <= last for first, last in _UNSPACED_BLOCKS):
            return UNSPACED_MARK if category[0] == "M" else UNSPACED
        if 0xFE00 <= point <= 0xFE0F or 0x20D0 <= point <= 0x20FF or 0xE0100 <= point <= 0xE01EF:
            return EXTENDER
        return LETTER
    if category[0] == "N":
        return DIGIT
    if category == "Cf":
        return EXTENDER
    if category == "Sc":
        return ATTACHED
    if category in ("Ps", "Pi"):
        return OPENING
    if category in ("Pe", "Pf"):
        return CLOSING
    if category[0] == "P" or category in ("Sk", "Cc"):
        return PUNCTUATION
    return SYMBOL


@cache
def _page(number: int) -> tuple[Bytes, CodePoints]:
    """Classes and folded forms of the code points ``number * 256`` to ``number * 256 + 255``.

    The folded form of a character is what the bytes of its ``str.casefold()`` spell when they are as many
    as its own, packed big-endian into an integer; else DIFFERENT_LENGTH. 0: the character itself.
    """
    classes = np.full(256, SYMBOL, np.uint8)
    folded = np.zeros(256, np.int32)
    for low in range(256):
        point = number * 256 + low
        if 0xD800 <= point <= 0xDFFF:
            continue  # surrogates are no characters
        character = chr(point)
        classes[low] = character_class(character)
        small = character.casefold()
        if small != character:
            old, new = character.encode(), small.encode()
            same = len(old) == len(new) and len(old) < 4
            folded[low] = int.from_bytes(new, "big") if same else DIFFERENT_LENGTH
    return classes, folded


def code_points(raw: Bytes) -> tuple[npt.NDArray[np.int64], CodePoints]:
    """Return where the characters beyond ASCII begin in UTF-8 that is not cut inside one, and which they are."""
    leads = np.flatnonzero(raw >= 0xC0)
    lead = raw[leads].astype(np.int32)
    points = np.zeros(leads.size, np.int32)
    for length, first, end in ((2, 0xC0, 0xE0), (3, 0xE0, 0xF0), (4, 0xF0, 0x100)):
        where = np.flatnonzero((lead >= first) & (lead < end))
        made = lead[where] & (0x7F >> length)
        for k in range(1, length):
            made = (made << 6) | (raw[leads[where] + k].astype(np.int32) & 0x3F)
        points[where] = made
    return leads, points


def look_up(points: CodePoints) -> tuple[Bytes, CodePoints]:
    """Return class and folded form of each code point (see ``_page``)."""
    pages = points >> 8
    used = np.flatnonzero(np.bincount(pages, minlength=1))
    slots = np.zeros(int(used[-1]) + 1 if used.size else 1, np.int32)
    slots[used] = np.arange(used.size)
    classes = np.concatenate([_page(int(page))[0] for page in used])
    folded = np.concatenate([_page(int(page))[1] for page in used])
    index = (slots[pages] << 8) | (points & 255)
    return classes[index], folded[index]


# One step for text in ASCII: bytes.translate. Bytes above 127 are filled in afterwards.
ASCII_CLASSES: Final = bytes(character_class(chr(byte)) for byte in range(128)) + bytes(128)
ASCII_FOLDED: Final = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))


def _classes_where(*classes: int) -> npt.NDArray[np.bool_]:
    table = np.zeros(EXTENDER + 1, np.bool_)
    table[list(classes)] = True
    return table


OPENS: Final = _classes_where(OPENING, QUOTE, APOSTROPHE)
CLOSES: Final = _classes_where(CLOSING, TERMINAL, QUOTE, APOSTROPHE, DOT, COMMA)
ENDS_A_PHRASE: Final = _classes_where(TERMINAL, DOT, COMMA)
