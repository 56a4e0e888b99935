"""Which paragraphs are prose of a language: judged by length, ending, letters and script."""

from __future__ import annotations

import re
import unicodedata

_SHORTEST, _LONGEST = 40, 3000  # characters
_SHORTEST_IN_HAN = 25  # a Chinese or Japanese character tells as much as two or three letters
_BLANKS = re.compile(r"\s+")
_ENDING = re.compile(r"[.!?。！？…।॥؟۔։።။]['\"”’»)\]」』）】]*$")
_NO_PROSE = re.compile(r"[{}<>|=\\_@#$%^~`\[\]*]|//|www\.|\.\.\.\.|:\s*:|\d\s*[,;]\s*\d+\s*[,;]\s*\d")
_WORDS_OF_ENGLISH = frozenset({"the", "of", "and", "is", "to", "that", "with", "are", "you", "this"})
_LEAST_LETTERS = 0.72  # of the characters, blanks included for spaced scripts
_SCRIPTS = {
    **dict.fromkeys(("ar", "fa", "ur", "ug", "ps", "ckb", "sd"), "ARABIC"),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "kk", "ky", "tg", "mn"), "CYRILLIC"),
    **dict.fromkeys(("hi", "mr", "ne", "sa", "mai", "bho"), "DEVANAGARI"),
    **dict.fromkeys(("zh", "ja"), "CJK HIRAGANA KATAKANA"),
    **{"bn": "BENGALI", "gu": "GUJARATI", "kn": "KANNADA", "ta": "TAMIL", "te": "TELUGU", "pa": "GURMUKHI"},
    **{"ml": "MALAYALAM", "si": "SINHALA", "el": "GREEK", "he": "HEBREW", "yi": "HEBREW", "ko": "HANGUL"},
    **{"th": "THAI", "km": "KHMER", "lo": "LAO", "my": "MYANMAR", "ka": "GEORGIAN", "hy": "ARMENIAN"},
    **{"am": "ETHIOPIC", "ti": "ETHIOPIC", "bo": "TIBETAN"},
}
_BOTH_SCRIPTS = frozenset({"sr", "az", "uz", "tt", "ku"})


def tidy(paragraph: str) -> str:
    """Return the paragraph in normal form C, with single blanks and without invisible marks."""
    visible = "".join(c for c in paragraph if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def is_prose(line: str, language: str) -> bool:
    """Say whether the line is a paragraph of whole sentences in the language, free of markup and lists."""
    least = _SHORTEST_IN_HAN if language in ("zh", "ja") else _SHORTEST
    if not least <= len(line) <= _LONGEST or not _ENDING.search(line) or _NO_PROSE.search(line):
        return False
    letters = [c for c in line if unicodedata.category(c)[0] in "LM"]
    if len(letters) < _LEAST_LETTERS * len(line):
        return False
    if line[0].islower() or sum(c.isdigit() for c in line) > len(line) / 10:
        return False
    return _in_script(letters, language) and not _is_english_by_mistake(line, language)


def _in_script(letters: list[str], language: str) -> bool:
    if language in _BOTH_SCRIPTS:
        return True
    names = _SCRIPTS.get(language, "LATIN").split()
    own = sum(unicodedata.name(c, "").startswith(tuple(names)) for c in letters if c.isalpha())
    return own > 0.7 * sum(c.isalpha() for c in letters)


def _is_english_by_mistake(line: str, language: str) -> bool:
    if language in ("en", "sco"):
        return False
    words = line.lower().split()
    return sum(word in _WORDS_OF_ENGLISH for word in words) > len(words) / 8
