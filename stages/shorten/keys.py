"""The form under which a word is looked up: the same for every list, table and text."""

from __future__ import annotations

import unicodedata


def word_key(word: str) -> str:
    """Return the word case-folded, in NFC, with ``'`` for the typographic apostrophe.

    The dot that case folding leaves over the i of a Turkish capital İ is dropped, so that ``İçin`` is
    ``için``. ``word_key(word_key(w)) == word_key(w)``.
    """
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFC", word).casefold().replace("’", "'").replace("i̇", "i")
    return unicodedata.normalize("NFC", folded).casefold()
