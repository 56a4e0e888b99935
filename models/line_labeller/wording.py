"""Features of a line's own text: composition, words of the closed lists, and patterns of numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.line_labeller import cues
from models.line_labeller.rows import Rows
from models.sentence_boundary.fast.characters import DIGIT, KIND_BITS, LETTER, SIGN, UPPER_BIT

Array = NDArray[Any]

_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)\d\d[ .()\-]?|0)\d(?:[ .\-]?\d\d){4}(?!\d)|(?<!\d)\(?0\d{2,5}\)?[ \-]\d{3,4}[ \-]?\d{3,4}(?!\d)"
    r"|(?<!\d)(?:\+?1[ .\-])?\(?\d{3}\)?[ .\-]{1,2}\d{3}[ .\-]\d{4}(?!\d)|(?<!\d)\d{3}-\d{4}(?!\d)"
)
_REGISTER = re.compile(r"(?<!\d)\d(?:\s?\d){8,14}(?!\d)")  # RPPS, FINESS, SIRET, national numbers
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")  # as in Britain
_ENUMERATION = re.compile(r"\s*(?:\d{1,2}|[IVX]{1,4}|[A-Za-z])(?:\.\d+)*\s?[.)/\-–°]?\s+[A-ZÀ-Ý]")
_PAGE_NUMBER = re.compile(
    r"[\s\-–—_|·•.\[(]*(?:(?:page|pg|p|folio|feuillet|sheet|seite)\s*[.:]?\s*(?:n\s*°\s*)?)?"
    r"(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|sur|of|de|-|\|)\s*\d{1,4})?[\s\-–—_|·•.\])]*"
)
_PAGE_TAIL = re.compile(
    r"(?:\b(?:page|pg|p)\b\s*[.:]?\s*(?:n\s*°\s*)?\d{1,4}|(?<![\d/])\d{1,4}\s*(?:/|sur|of)\s*\d{1,4})\W*$"
)
_TAIL = 24  # characters of a line's end in which a page number is looked for
_NUMBER = re.compile(
    r"[\s\-–—_|·•.\[(]*(?:(?:page|pg|p|folio|feuillet|sheet|seite)\s*[.:]?\s*(?:n\s*°\s*)?)?"
    r"(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|sur|of|de|-|\|)\s*\d{1,4})?[\s\-–—_|·•.\])]*"
)
_PAGE_TAIL = re.compile(
    r"\b(?:page|pg|p)\b\s*[.:]?\s*(?:n\s*°\s*)?\d{1,4}|(?<![\d/])\d{1,4}\s*(?:/|sur|of)\s*\d{1,4}\W*$"
)
_NUMBER = re.compile(r"\d{1,5}")

_PATTERNS: Final = ("date", "time", "phone", "register", "postal", "ranges", "decimals", "enumeration")
_SIGNS: Final = ".,;:-/()•@%|"
_BULLETS: Final = frozenset("•-–—*·▪◦●○‣■□►➢✓+»\uf0b7\uf0a7")

NAMES: Final = (
    "log_characters",
    "log_words",
    "letter_share",
    "digit_share",
    "upper_share",
    "sign_share",
    "space_share",
    "word_length",
    "capitalised_share",
    "all_capitals",
    "begins_upper",
    "begins_lower",
    "begins_digit",
    "begins_sign",
    "begins_bullet",
    "marker",
    "ends_full_stop",
    "ends_colon",
    "ends_comma",
    "ends_hyphen",
    "ends_letter",
    "ends_digit",
    "colon_inside",
    "at_sign",
    "brackets",
    "wide_spaces",
    "dots",
    *_PATTERNS,
    "number_only",
    "page_number",
    "page_tail",
    *(f"{name}_words" for name in cues.NAMES),
    *(f"{name}_first" for name in cues.NAMES),
)


def wording(rows: Rows) -> dict[str, Array]:
    """Return the columns of ``NAMES``: float or bool, one entry per line."""
    count = len(rows.doc)
    codes, traits = rows.codes, rows.traits
    kinds, upper = traits & KIND_BITS, (traits >> UPPER_BIT).astype(bool)
    ends = np.flatnonzero(codes == 10)
    starts = np.concatenate(([0], ends[:-1] + 1))
    length = ends - starts

    def each(mask: Array) -> Array:
        # every line has its line feed, so no stretch is empty
        return np.add.reduceat(mask, starts, dtype=np.int64)

    letter, digit, sign = kinds == LETTER, kinds == DIGIT, kinds == SIGN
    blank = codes == 32
    opening = letter.copy()
    opening[1:] &= ~letter[:-1]
    letters, digits, uppers = each(letter), each(digit), each(upper)
    doubled = np.zeros_like(blank)
    doubled[1:] = blank[1:] & blank[:-1]
    dotted = np.zeros_like(blank)
    dot = codes == 46
    dotted[2:] = dot[2:] & dot[1:-1] & dot[:-2]
    solid = np.maximum(length, 1)
    first, last = codes[starts], codes[np.maximum(ends - 1, 0)]
    first_kind, last_kind = kinds[starts], kinds[np.maximum(ends - 1, 0)]
    found, words, opens = cues.counts(rows.plain, count)
    some = np.maximum(words, 1)
    columns: dict[str, Array] = {
        "log_characters": np.log1p(length),
        "log_words": np.log1p(words),
        "letter_share": letters / solid,
        "digit_share": digits / solid,
        "upper_share": uppers / np.maximum(letters, 1),
        "sign_share": each(sign) / solid,
        "space_share": each(blank) / solid,
        "word_length": np.minimum(letters / some, 20) / 10,
        "capitalised_share": each(opening & upper) / np.maximum(each(opening), 1),
        "all_capitals": (letters > 2) & (uppers >= 0.9 * letters),
        "begins_upper": upper[starts],
        "begins_lower": (first_kind == LETTER) & ~upper[starts],
        "begins_digit": first_kind == DIGIT,
        "begins_sign": first_kind == SIGN,
        "begins_bullet": np.isin(first, [ord(one) for one in _BULLETS]),
        "ends_full_stop": last == ord("."),
        "ends_colon": last == ord(":"),
        "ends_comma": last == ord(","),
        "ends_hyphen": last == ord("-"),
        "ends_letter": last_kind == LETTER,
        "ends_digit": last_kind == DIGIT,
        "colon_inside": (each(codes == ord(":")) > 0) & (last != ord(":")),
        "at_sign": each(codes == ord("@")) > 0,
        "brackets": np.minimum(each((codes == ord("(")) | (codes == ord("["))), 3),
        "wide_spaces": np.minimum(each(doubled), 5),
        "dots": np.minimum(each(dotted), 5),
    }
    listed = np.isin(last, [ord("."), ord(")"), ord(":")]) & (columns["begins_digit"] | upper[starts])
    columns["marker"] = (length <= 3) & (columns["begins_bullet"] | listed | ((length == 1) & (first > 127)))
    for number, name in enumerate(cues.NAMES):
        # a word of the form counts by its number, and by how much of the line it is
        columns[f"{name}_words"] = np.minimum(found[number], 4) * 0.25 + found[number] / some
        columns[f"{name}_first"] = opens[number]
    columns |= {name: each(mask) > 0 for name, mask in _numbers(codes, digit, upper, blank).items()}
    return columns | _patterns(rows, columns, starts, length, letters, digits, uppers)


def numbers_of(rows: Rows, among: Array) -> tuple[Array, Array]:
    """Return the first and the last number of these lines (line numbers), -1 where there is none: int64."""
    lines = rows.plain.split("\n")
    first, last = np.full(len(among), -1), np.full(len(among), -1)
    for place, number in enumerate(among.tolist()):
        found = _NUMBER.findall(lines[number])
        if found:
            first[place], last[place] = int(found[0]), int(found[-1])
    return first, last


def _numbers(codes: Array, digit: Array, upper: Array, blank: Array) -> dict[str, Array]:
    """Where dates, times, ranges, decimals and postal codes stand: masks over the characters."""
    count = len(codes)

    def at(mask: Array, step: int) -> Array:
        """The mask of the character ``step`` further on."""
        moved = np.zeros(count, bool)
        if step > 0:
            moved[:-step] = mask[step:]
        else:
            moved[-step:] = mask[:step]
        return moved

    after, before = at(digit, 1), at(digit, -1)
    between = after & before & ~digit
    full_stop, comma, slash = codes == ord("."), codes == ord(","), codes == ord("/")
    dash = (codes == ord("-")) | (codes == 0x2013)
    hour = (codes == ord(":")) | (codes == ord("h")) | (codes == ord("H"))
    date = np.zeros(count, bool)
    for mark in (between & slash, between & full_stop, between & dash):
        # two of a kind in a row; telephone numbers have more
        following = at(mark, 2) | at(mark, 3)
        date |= mark & following & ~at(following, 3) & ~(at(mark, -3) | at(mark, -2))
    pressed = between & dash
    spaced = dash & at(blank, 1) & at(blank, -1) & at(digit, 2) & at(digit, -2)
    signs = (codes == ord("<")) | (codes == ord(">")) | (codes == 0x2264) | (codes == 0x2265)
    five = digit & ~before & at(digit, 1) & at(digit, 2) & at(digit, 3) & at(digit, 4) & ~at(digit, 5)
    town = at(blank, 5) & at(upper, 6)
    state = at(blank, -1) & at(upper, -2) & at(upper, -3)
    return {
        "date": date,
        "time": between & hour,
        "ranges": (pressed | spaced | signs) & ~date,
        "decimals": between & (full_stop | comma) & ~date,
        "postal": five & (town | state),
    }


def _patterns(
    rows: Rows,
    known: dict[str, Array],
    starts: Array,
    length: Array,
    letters: Array,
    digits: Array,
    uppers: Array,
) -> dict[str, Array]:
    """Patterns that need a regular expression, looked for in the few lines that can have them."""
    count = len(length)
    lines, plain = rows.joined.split("\n"), rows.plain.split("\n")

    def told(test: Callable[[str], object], chosen: Array, texts: list[str] = lines) -> Array:
        result = np.zeros(count, bool)
        where = np.flatnonzero(chosen)
        result[where] = [test(texts[number]) is not None for number in where.tolist()]
        return result

    second = rows.codes[np.minimum(starts + 1, len(rows.codes) - 1)]
    listed = (
        known["begins_digit"]
        | (second == ord("."))
        | (second == ord(")"))
        | (known["begins_upper"] & (length > 3) & (second < 91))
    )
    tailed = (digits > 0) & (length <= 120) & (known["ends_digit"] | (known["page_words"] > 0))
    return {
        "phone": told(_PHONE.search, digits >= 7),
        "register": told(_REGISTER.search, digits >= 9),
        "postal": known["postal"]
        | told(_POSTCODE.search, (digits > 1) & (digits < 8) & (uppers > 2) & (length <= 40)),
        "enumeration": told(_ENUMERATION.match, listed & (length > 3)),
        "number_only": (digits > 0) & (letters == 0),
        "page_number": told(_PAGE_NUMBER.fullmatch, (length > 0) & (length <= 24) & (letters <= 10), plain),
        "page_tail": told(_PAGE_TAIL.search, tailed, [text[-_TAIL:] for text in plain]),
    }
