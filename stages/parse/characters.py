"""Which characters of a text layer are text. NFC and line ends are ``document.normalise``'s."""

from __future__ import annotations

import re
import unicodedata

_SPACES = [
    0x09,
    0x0B,
    0x0C,
    0x85,
    0xA0,
    0x1680,
    *range(0x2000, 0x200B),
    0x2028,
    0x2029,
    0x202F,
    0x205F,
    0x3000,
]
# Unicode's noncharacters, NUL and the other controls; marks that only steer line breaking or byte order.
_NOTHING = [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0xFDD0, 0xFDF0)]
SOFT_HYPHEN = "\xad"

# Presentation forms: one shape of letters that have code points of their own (ligatures of Latin and
# Armenian, Hebrew letters with points, contextual forms of Arabic). The phrases from U+FDFA on stay.
_FORMS = [*range(0xFB00, 0xFDFA), *range(0xFE70, 0xFEFD)]


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {
        code: unicodedata.normalize("NFKC", chr(code))
        for code in _FORMS
        if unicodedata.decomposition(chr(code))
    }
    table |= dict.fromkeys(_NOTHING, None)
    table |= dict.fromkeys(_SPACES, " ")
    return table


_TABLE = _table()
_ODD = re.compile(f"[{re.escape(''.join(map(chr, _TABLE)))}{SOFT_HYPHEN}]")
_RUN = re.compile("  +")


def clean(line: str) -> str:
    """Return the line with ligatures and presentation forms spelt out, every kind of space as one
    U+0020, and without control characters, noncharacters and zero-width spaces. A soft hyphen is
    dropped within the line and is a hyphen at its end. Super- and subscripts stay what they are."""
    if _ODD.search(line):
        if SOFT_HYPHEN in line:
            bare = line.rstrip()
            line = bare[:-1].replace(SOFT_HYPHEN, "") + bare[-1:].replace(SOFT_HYPHEN, "-") if bare else ""
        line = line.translate(_TABLE)
    if "  " in line:
        line = _RUN.sub(" ", line)
    return line
