"""Where a text may be divided so that each part has the tokens it has within the whole.

Most tokenizers divide a text into words before anything else, and no token reaches over two of them. A
*token unit* is a run of such words: white space and what follows it, or, where the rule of the tokenizer is
known well enough, a shorter part. The number of tokens of a text is the sum of those of its units, and those
depend on the unit alone; only the first of a text is another matter where a tokenizer puts a space before it.

Where a unit may begin is written as pairs of classes of neighbouring characters and chosen by the tokenizer's
own description of its normalizer and pre-tokenizer. The rules are narrower than need be: characters that a
normalizer may delete, compose with their neighbours or make white space of never stand at an edge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

import numpy as np

from stages.shorten import characters as ch
from stages.shorten.words import Bytes, Flags

# Classes of characters, each with the letter that stands for it in the rules below. O is the rest: control
# characters, marks, white space beyond ASCII, all that is rare.
_CLASSES: Final = "OSTNLDPAX"
_SOLID: Final = _CLASSES.index("X")  # letters, numbers, punctuation and symbols beyond ASCII
_CLASS_OF_BYTE: Final = bytes(
    _CLASSES.index(
        "S" if c == " "
        else "T" if c == "\t"
        else "N" if c in "\r\n"
        else "L" if c.isalpha()
        else "D" if c.isdigit()
        else "A" if c == "'"
        else "P" if "!" <= c <= "~"
        else "O"
    )
    for c in map(chr, range(128))
) + bytes(128)  # fmt: skip

# "ab>cd": a unit may begin between a character of class a or b and one of class c or d.
_AT_WHITE_SPACE: Final = "LDPAX>STN"
_AT_SPACE: Final = "LDPAX>S"
_GPT2: Final = "LDPAX>STN L>DPA D>LPA P>LD A>D"  # not A>L: contractions
_LLAMA3: Final = "LDPAX>ST LD>N L>DPA D>LPA PA>D"  # punctuation takes the letters and line breaks behind it
_O200K: Final = "LDPAX>ST LD>N L>DP D>LPA PA>D"  # a word takes its contraction, too
_BERT: Final = "LDPAX>STN LDX>PA PA>LDPAX"

# Patterns of the pre-tokenizer Split: those of GPT-2, of Llama 3 (GPT-4, Qwen 2 and 3), of GPT-4o.
_CONTRACTIONS: Final = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
_REST: Final = r"|\s*[\r\n]+|\s+(?!\S)|\s+"
_UPPER: Final = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"
_LOWER: Final = r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
_LEAD: Final = r"[^\r\n\p{L}\p{N}]?"
_NUMBERS: Final = (r"\p{N}{1,3}", r"\p{N}")
_GPT2_PATTERNS: Final = tuple(
    contractions + r"| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
    for contractions in ("'s|'t|'re|'ve|'m|'ll|'d", "'(?:[sdmt]|ll|ve|re)")
)
_LLAMA3_PATTERNS: Final = tuple(
    contractions + "|" + _LEAD + r"\p{L}+|" + numbers + r"| ?[^\s\p{L}\p{N}]+[\r\n]*" + _REST
    for contractions in (_CONTRACTIONS, "'(?i:[sdmt]|ll|ve|re)")
    for numbers in _NUMBERS
)
_O200K_PATTERNS: Final = tuple(
    f"{_LEAD}{_UPPER}*{_LOWER}+{suffix}|{_LEAD}{_UPPER}+{_LOWER}*{suffix}|{numbers}"
    + r"| ?[^\s\p{L}\p{N}]+[\r\n/]*"
    + _REST
    for suffix in (_CONTRACTIONS + "?", "")
    for numbers in _NUMBERS
)
_PAIRS_OF_PATTERN: Final = (
    dict.fromkeys(_GPT2_PATTERNS, _GPT2)
    | dict.fromkeys(_LLAMA3_PATTERNS, _LLAMA3)
    | dict.fromkeys(_O200K_PATTERNS, _O200K)
)
# How their classes read in ASCII.
_IN_ASCII: Final = {
    "L": "A-Za-z",
    "N": "0-9",
    "Lu": "A-Z",
    "Ll": "a-z",
    "Lt": "",
    "Lm": "",
    "Lo": "",
    "M": "",
}
_CLASS: Final = re.compile(r"\\p\{(\w+)\}")
_SET_OR_CLASS: Final = re.compile(r"\[[^\]]*\]|\\p\{\w+\}")
_BYTE_LEVEL: Final = {c: chr(256 + ord(c)) for c in "\t\n\r "}


@dataclass(frozen=True, slots=True)
class Words:
    """How the words are found of a unit in ASCII, by expressions for ``re`` with its flag ASCII.

    Attributes:
        unit: units that this holds for.
        word: the words of such a unit, one after the other.
        spelled: how the model spells the white space that words hold.
    """

    unit: str
    word: str
    spelled: dict[str, str] = field(default_factory=dict)


_ANY: Final = r"[\t\n\r -~]*"
_SPACED: Final = " [!-~]+"


def _pattern_words(pattern: str, spelled: dict[str, str]) -> Words:
    def in_ascii(found: re.Match[str]) -> str:
        inner = _CLASS.sub(lambda one: _IN_ASCII[one[1]], found[0])
        return inner if inner.startswith("[") else f"[{inner}]"

    pattern = _SET_OR_CLASS.sub(in_ascii, pattern)
    return Words(_ANY, pattern, spelled)


@dataclass(frozen=True, slots=True)
class Division:
    """How a pre-tokenizer divides texts into words.

    Attributes:
        pairs: where units may begin.
        at_white_space: the same, for white space alone.
        white_space_divides: every white space character stands at an edge of a word, whatever is around it.
        first_differs: a word at the start of the text is another than the same further on.
        words: how the words of a unit are found; None: not known.
    """

    pairs: str
    at_white_space: str
    white_space_divides: bool
    first_differs: bool = False
    words: Words | None = None


def division_of(described: dict[str, Any] | None) -> Division | None:
    """Return how the pre-tokenizer of this description divides; None when that is not known."""
    steps = list(_steps(described, "pretokenizers"))
    before = 0
    while before < len(steps) and _only_isolates(steps[before]):
        before += 1
    if before == len(steps):
        return None
    made = _divider(steps[before])
    if made is None:
        return None
    for step in steps[before + 1 :]:
        made = _followed(made, steps[before], step)
        if made is None:
            return None
    if before:
        return replace(made, pairs=made.at_white_space, words=None)
    return made


def _steps(described: dict[str, Any] | None, parts: str) -> Iterable[dict[str, Any]]:
    if described is None:
        return
    if described["type"] != "Sequence":
        yield described
        return
    for part in described[parts]:
        yield from _steps(part, parts)


def _only_isolates(step: dict[str, Any]) -> bool:
    """Say whether a step only sets runs of visible characters apart, of which one white space is none."""
    if step["type"] == "Digits":
        return True
    if step["type"] == "Punctuation":
        return step.get("behavior") in ("Isolated", "Contiguous", "Removed")
    return (
        step["type"] == "Split"
        and step["pattern"].get("Regex") in _NUMBERS
        and step["behavior"] == "Isolated"
        and not step["invert"]
    )


def _divider(step: dict[str, Any]) -> Division | None:
    match step["type"]:
        case "ByteLevel" if step.get("use_regex", True):
            words = _pattern_words(_GPT2_PATTERNS[0], _BYTE_LEVEL)
            if step["add_prefix_space"]:
                return Division(_AT_SPACE, _AT_SPACE, False, True, words)
            return Division(_GPT2, _AT_WHITE_SPACE, False, False, words)
        case "Metaspace" if step.get("split", True) and len(step["replacement"]) == 1:
            words = Words(_SPACED, _SPACED, {" ": step["replacement"]})
            first = step.get("prepend_scheme", "always") != "never"
            return Division(_AT_SPACE, _AT_SPACE, True, first, words)
        case "BertPreTokenizer":
            words = Words(_ANY, r"[A-Za-z0-9]+|[^A-Za-z0-9\s]")
            return Division(_BERT, _AT_WHITE_SPACE, True, False, words)
        case "Whitespace":
            return Division(_AT_WHITE_SPACE, _AT_WHITE_SPACE, True, False, Words(_ANY, r"\w+|[^\w\s]+"))
        case "WhitespaceSplit":
            return Division(_AT_WHITE_SPACE, _AT_WHITE_SPACE, True, False, Words(_ANY, r"\S+"))
        case "CharDelimiterSplit" if step["delimiter"] == " ":
            return Division(_AT_SPACE, _AT_SPACE, True)
        case "Split":
            return _split(step)
    return None


def _split(step: dict[str, Any]) -> Division | None:
    pattern, behavior, invert = step["pattern"], step["behavior"], step["invert"]
    if pattern.get("String") == " ":
        known = behavior in ("Isolated", "Removed", "MergedWithNext") and not invert
        return Division(_AT_SPACE, _AT_SPACE, True) if known else None
    if (behavior, invert) not in (("Isolated", False), ("Removed", True)):
        return None
    regex = pattern.get("Regex", "")
    pairs = _PAIRS_OF_PATTERN.get(regex)
    if pairs is None:
        return None
    at_white_space = _AT_WHITE_SPACE if pairs == _GPT2 else pairs.split()[0]
    return Division(pairs, at_white_space, False, False, _pattern_words(regex, {}))


def _followed(made: Division, divider: dict[str, Any], step: dict[str, Any]) -> Division | None:
    """Return the division when another step works within the words; None when that is not known."""
    words = None
    match step["type"]:
        case "ByteLevel" if not step.get("use_regex", True) and not step["add_prefix_space"]:
            if divider["type"] == "Split" and made.words is not None and not made.words.spelled:
                words = replace(made.words, spelled=_BYTE_LEVEL)
        case "Metaspace" if divider["type"] == "WhitespaceSplit":
            scheme, space = step.get("prepend_scheme", "always"), step["replacement"]
            if made.words is not None and scheme == "always" and len(space) == 1:
                words = Words(_SPACED, _SPACED, {" ": space})
            return replace(made, first_differs=made.first_differs or scheme == "first", words=words)
        case "Metaspace" if step.get("prepend_scheme", "always") == "first":
            return None  # it asks where in the text a word stands
        case (
            "ByteLevel" | "Metaspace" | "Whitespace" | "WhitespaceSplit" | "BertPreTokenizer"
            | "CharDelimiterSplit" | "Split" | "Digits" | "Punctuation"
        ):  # fmt: skip
            pass
        case _:
            return None
    return replace(made, words=words)


@dataclass(frozen=True, slots=True)
class Normalization:
    """What a normalizer does to a text, as far as it matters here.

    Attributes:
        lowers: makes letters small.
        loosens: deletes characters or makes white space of them, beyond what decomposition does.
        replaces: replaces strings of visible characters.
    """

    lowers: bool = False
    loosens: bool = False
    replaces: bool = False


def normalization_of(described: dict[str, Any] | None) -> Normalization | None:
    """Return what the normalizer of this description does; None when that is not known."""
    made = Normalization()
    for step in _steps(described, "normalizers"):
        match step["type"]:
            case "NFC" | "NFD" | "NFKC" | "NFKD":
                pass
            case "Lowercase":
                made = replace(made, lowers=True)
            case "BertNormalizer":
                made = replace(made, loosens=True, lowers=made.lowers or step["lowercase"])
            case "StripAccents" | "Nmt":
                made = replace(made, loosens=True)
            case "Strip" if not step["strip_left"]:
                made = replace(made, loosens=True)
            case "Replace" if step["pattern"] == {"Regex": " {2,}"} and step["content"] == " ":
                made = replace(made, loosens=True)
            case "Replace" if _is_visible(step["pattern"].get("String", "")) and _is_visible(step["content"]):
                made = replace(made, replaces=True)
            case _:
                return None
    return made


def _is_visible(string: str) -> bool:
    return bool(string) and all("!" <= c <= "~" for c in string)


def divides(pairs: str) -> Flags:
    """Return a table of the pairs, by class before * 16 + class behind."""
    table = np.zeros(256, np.bool_)
    for pair in pairs.split():
        before, behind = pair.split(">")
        for one in before:
            for other in behind:
                table[_CLASSES.index(one) * 16 + _CLASSES.index(other)] = True
    return table


def unit_begins(buffer: Bytes, table: Flags) -> Flags:
    """Return at which bytes of a text in UTF-8 a unit may begin; nothing is said of the first byte.

    Args:
        buffer: the text.
        table: see ``divides``.
    """
    text = buffer.tobytes()
    classes = np.frombuffer(bytearray(text.translate(_CLASS_OF_BYTE)), np.uint8)
    if not text.isascii():
        leads, points = ch.code_points(buffer)
        solid = leads[_is_solid(points)]
        classes[solid] = classes[solid + 1] = _SOLID  # of two or three bytes
        longer = solid[buffer[solid] >= 0xE0]
        classes[longer + 2] = _SOLID
    result = np.zeros(buffer.size, np.bool_)
    result[1:] = table.take((classes[:-1] << 4) | classes[1:])
    return result


def _is_solid(points: ch.CodePoints) -> Flags:
    pages = points >> 8
    used = np.flatnonzero(np.bincount(pages, minlength=1))
    slots = np.zeros(int(used[-1]) + 1 if used.size else 1, np.int32)
    slots[used] = np.arange(used.size)
    return np.asarray(
        np.concatenate([_solid_page(int(page)) for page in used])[(slots[pages] << 8) | (points & 255)]
    )


@cache
def _solid_page(number: int) -> Flags:
    return np.array([_solid(number * 256 + low) for low in range(256)], np.bool_)


def _solid(point: int) -> bool:
    """Say whether a character is visible and remains so, at both ends, decomposed and without its marks."""
    if point > 0xFFFF or 0xD800 <= point <= 0xDFFF:
        return False
    character = chr(point)
    if unicodedata.category(character)[0] not in "LNPS":
        return False
    bare = [c for c in unicodedata.normalize("NFKD", character) if unicodedata.category(c)[0] != "M"]
    return bool(bare) and all(unicodedata.category(c)[0] in "LNPS" for c in (bare[0], bare[-1]))
