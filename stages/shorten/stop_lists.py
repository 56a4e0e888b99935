"""Where stop words come from: stopwordsiso, spaCy's lists or a file of the user."""

from __future__ import annotations

import hashlib
import importlib
import importlib.metadata
import importlib.util
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import pyarrow as pa

from pipeline.stage import MissingExtra, StageError
from stages.shorten.keys import word_key
from stages.shorten.words import PUNCTUATION, scan

_SAME_LANGUAGE = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "fil": "tl"}
# spaCy's codes where they are not the common ones, and the common ones of its.
_SPACY_CODES = {"no": "nb"}


@lru_cache(maxsize=1024)  # asked for every document
def language_code(code: str) -> str:
    """Return the code as the lists know it: ``en-GB`` and ``EN`` are ``en``, ``nb`` is ``no``."""
    base = code.strip().lower().replace("_", "-").split("-")[0]
    return _SAME_LANGUAGE.get(base, base)


def has_stopwordsiso(language: str) -> bool:
    """Say whether stopwordsiso has a list for the language."""
    return language in _stopwordsiso()


def stopwordsiso_words(language: str) -> frozenset[str]:
    """Return the keys of the language's words in stopwordsiso."""
    return _words_only(_stopwordsiso()[language])


def stopwordsiso_languages() -> list[str]:
    """Return the codes of all languages of stopwordsiso."""
    return sorted(_stopwordsiso())


def package_version(package: str) -> str:
    """Return the version of an installed package."""
    return importlib.metadata.version(package)


def unicode_version() -> str:
    """Return the version of Unicode that this Python's character tables are of."""
    return unicodedata.unidata_version


@cache
def _stopwordsiso() -> dict[str, frozenset[str]]:
    import stopwordsiso

    return {language: frozenset(stopwordsiso.stopwords(language)) for language in stopwordsiso.langs()}


def spacy_file(language: str) -> Path | None:
    """Return the file of spaCy that holds the language's list, without importing spaCy.

    Returns:
        None when spaCy has no list for the language.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    spec = importlib.util.find_spec("spacy")
    if spec is None or not spec.submodule_search_locations:
        raise MissingExtra("shorten with lists: spacy", "simplify", "spaCy")
    folder = Path(next(iter(spec.submodule_search_locations)))
    file = folder / "lang" / _SPACY_CODES.get(language, language) / "stop_words.py"
    return file if file.is_file() else None


def spacy_languages() -> list[str]:
    """Return the codes of all languages for which spaCy has a list.

    Raises:
        MissingExtra: spaCy is not installed.
    """
    english = spacy_file("en")
    if english is None:
        return []
    return sorted(language_code(file.parent.name) for file in english.parents[1].glob("*/stop_words.py"))


def spacy_words(language: str) -> frozenset[str]:
    """Return the keys of the language's words in spaCy, whose modules import spaCy itself (about 1 s).

    Raises:
        MissingExtra: spaCy is not installed.
    """
    if spacy_file(language) is None:
        return frozenset()
    module = importlib.import_module(f"spacy.lang.{_SPACY_CODES.get(language, language)}.stop_words")
    return _words_only(module.STOP_WORDS)


def _words_only(words: frozenset[str] | set[str]) -> frozenset[str]:
    """Keep entries that are words: the collections also hold numbers, punctuation and symbols."""
    keys = (word_key(word) for word in words)
    return frozenset(k for k in keys if any(c.isalpha() for c in k) and not any(c.isdigit() for c in k))


def file_words(path: Path) -> frozenset[str]:
    """Read a user's list: UTF-8, one word per line; blank lines and lines that begin with ``# `` are left out.

    Raises:
        StageError: the file cannot be read, or a line is not one word (a word with punctuation around it,
            two words): such a line would never match anything.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise StageError(f"shorten: cannot read the word list {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise StageError(f"shorten: the word list {path} is not UTF-8: save it as UTF-8") from error
    lines = [
        (number, word_key(line.strip()))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("# ") and line.strip() != "#"
    ]
    wrong = not_single_words([word for _, word in lines])
    if wrong:
        raise StageError(
            f"shorten: line {lines[wrong[0]][0]} of the word list {path} is not one word: write one per line, "
            "without punctuation around it"
        )
    return frozenset(word for _, word in lines)


def not_single_words(words: list[str]) -> list[int]:
    """Return the numbers of those that the scanner does not see as one word.

    A leading or trailing apostrophe is allowed: lists name elided words and clitics (``l'``, ``'s``).
    """
    if not words:
        return []
    bare = [word[1:] if word.startswith("'") else word.removesuffix("'") for word in words]
    units = scan(pa.array(bare, pa.string()))
    wrong = []
    for number, (first, end) in enumerate(zip(units.first_units[:-1], units.first_units[1:], strict=True)):
        whole = end == first + 1 and (
            units.ends[first] - units.starts[first] == units.text_ends[number] - units.text_starts[number]
        )
        if not whole or units.kinds[first] == PUNCTUATION:
            wrong.append(number)
    return wrong


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
