"""Makes foreign text safe to show: nothing in it may steer a terminal or reorder what stands beside it."""

from __future__ import annotations

import re

# C0 (but tab and line feed), DEL and C1 controls; line and paragraph separators; directional marks,
# overrides and isolates; invisible operators and zero width spaces; the byte order mark; tag characters;
# interlinear annotation; lone surrogates. Joiners (U+200C, U+200D) stay: words and emoji need them.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """Return the text with every control or invisible character spelt out, as in ``<U+001B>``.

    Tabs and line feeds are kept. The result encodes to UTF-8 and holds no terminal escape sequence.
    """
    return _HIDDEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str, limit: int = 0) -> str:
    """Like ``printable`` on a single line, cut to ``limit`` characters with an ellipsis (0: not cut)."""
    if limit and len(text) > 4 * limit + 64:  # no need to clean what will be cut anyway
        text = text[: 4 * limit + 64] + "\u2026"
    line = printable(" ".join(text.split(None)) if any(c in text for c in "\t\n\r") else text)
    return line if not limit or len(line) <= limit else line[: limit - 1] + "\u2026"
