"""Numbers written in digits: separators, dates, times, codes."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from stages.rephrase.gates.numbers.mention import decimal_text

# What stands in digits, the more particular forms first. Letters glued to digits are told apart later.
FORMS = re.compile(
    r"""
      (?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
    | (?P<slash>(?<![\d/.])\d{1,2}(?P<by>[/.])\d{1,2}(?P=by)(?:\d{4}|\d{2})(?![\d/]|\.\d))
    | (?P<clock>(?<![\d:])\d{1,2}(?::\d{2}(?::\d{2})?|[ \u00a0\u202f]?h[ \u00a0\u202f]?\d{2})(?![\d:]))
    | (?P<phone>(?<![\d.,])(?:\+\d|0\d)\d*(?:[ .\-]\d{2,}){2,}(?!\d))
    | (?P<dotted>(?<![\d.])(?!\d{1,3}(?:\.\d{3})+(?![.]?\d))\d+(?:\.\d+){2,}(?![.]?\d))
    | (?P<code>(?<![^\W_])(?:[^\W\d_]+\d|[A-Z][^\W\d_]*-\d)\w*(?:-\d\w*)*)
    | (?P<number>
        (?P<sign>(?<![\w)\d.,%°])[−-](?=\d))?
        (?P<digits>
            \d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)
          | \d{1,3}(?:'\d{3})+(?!\d)
          | \d+(?:[.,]\d+)*
        )
        (?:[ ]?(?P<share>[½¼¾⅓⅔]))?
        (?P<glued>[^\W\d_]+)?
      )
    | (?P<lone>[½¼¾⅓⅔])
    """,
    re.VERBOSE,
)
SHARES = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": Decimal("0.3333"),
    "⅔": Decimal("0.6667"),
}

# "1. ", "2) ", "Question 3:" and the like at the beginning of a line count entries, not things
ENUMERATION = re.compile(
    r"^[ \t]*(?:[*_#>-]+[ \t]*)*(?:(?:question|answer|réponse|step|étape|q|a|r)\s*#?\d{1,3}\s*[:.)]|\(?\d{1,2}[.)](?=\s))",
    re.IGNORECASE | re.MULTILINE,
)


def readings(digits: str, language: str | None) -> list[Decimal]:
    """Return what digits with separators may mean.

    English writes 1,234.5; French 1 234,5 or 1.234,5; elsewhere both readings of a lone separator are kept.
    """
    plain = re.sub(r"[ \u00a0\u202f']", "", digits)
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return _numbers(plain)
    if len(set(marks)) == 2:  # the later one parts the decimals
        thousands = marks[0]
        return _numbers(plain.replace(thousands, "").replace(marks[-1], "."))
    mark, groups = marks[0], plain.split(marks[0])
    looks_grouped = len(groups[0]) <= 3 and groups[0] != "0" and all(len(g) == 3 for g in groups[1:])
    if len(marks) > 1:
        return _numbers("".join(groups))
    as_decimal, as_whole = _numbers(".".join(groups)), _numbers("".join(groups))
    if not looks_grouped:
        return as_decimal
    if language == "en":
        return as_whole if mark == "," else as_decimal
    return [*as_decimal, *as_whole]


def clock(text: str) -> list[str]:
    """Return the times a clock reading may mean, as ``time:HH:MM``: without am or pm, both halves of the day."""
    parts = [int(p) for p in re.findall(r"\d+", text)]
    hours, minutes = parts[0], parts[1]
    both = {hours, hours + 12} if 1 <= hours <= 12 else {hours}
    return [f"time:{h % 24:02d}:{minutes:02d}" for h in both]


def _numbers(plain: str) -> list[Decimal]:
    try:
        return [Decimal(plain)]
    except InvalidOperation:
        return []


def texts_of(values: list[Decimal], *, negative: bool = False) -> frozenset[str]:
    """Return numbers as the values of a mention."""
    return frozenset(decimal_text(-v if negative else v) for v in values)
