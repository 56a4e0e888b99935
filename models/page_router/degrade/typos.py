"""The mistakes that text recognition makes: letters of like shape, lost and added spaces, lost letters."""

from __future__ import annotations

import numpy as np

# Confusions of Latin print, by shape. Read in both directions.
_ALIKE = (
    "rn m|cl d|l 1|l I|I 1|O 0|o 0|o c|e c|c e|h b|t f|f t|i l|i j|s 5|S 5|B 8|g 9|q g|Z 2|z 2|u n|n u|a o|a s|"
    "v y|vv w|ii u|li h|ri n|fi h|G 6|C G|D O|E F|P F|U V|y v|k h|x z|, .|. ,|: ;|- _|' ,|( C|) J|é e|è e|à a|ü u|"
    "ö o|ä a|ç c|ñ n|st f|tt ft|th tb|ni m|in m|nn m|mm nm"
)
_SPACE_LOST, _LETTER_LOST, _ADDED, _CASE = 0.12, 0.06, 0.05, 0.04  # shares of the mistakes
_GARBAGE = "~^'`|_.,-;:*°»«¬"


def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for pair in _ALIKE.split("|"):
        one, _, other = pair.partition(" ")
        if other:
            table.setdefault(one, []).append(other)
            table.setdefault(other, []).append(one)
    return table


_CONFUSED = _table()
_LONGEST = max(len(key) for key in _CONFUSED)


def with_errors(text: str, rate: float, chance: np.random.Generator) -> str:
    """Return the text with about ``rate`` of its characters wrong. Mistakes come in clusters, as words in
    poor print do: a word is three times as likely to have one as its neighbour that is easy to read."""
    out: list[str] = []
    words = text.split(" ")
    hard = chance.random(len(words)) < 0.35
    weights = np.where(hard, 2.0, 0.462)  # their mean is 1
    for word, weight in zip(words, weights, strict=True):
        if out and not chance.random() < rate * weight * _SPACE_LOST * 6:  # a space for about six letters
            out.append(" ")
        out.append(_misread(word, min(rate * float(weight), 0.9), chance))
    return "".join(out)


def _misread(word: str, rate: float, chance: np.random.Generator) -> str:
    out: list[str] = []
    at = 0
    draws = chance.random(len(word))
    while at < len(word):
        if draws[at] >= rate:
            out.append(word[at])
            at += 1
            continue
        what = chance.random()
        if what < _LETTER_LOST:
            at += 1
        elif what < _LETTER_LOST + _ADDED:
            out.append(word[at] + (" " if chance.random() < 0.5 else _any(_GARBAGE, chance)))
            at += 1
        elif what < _LETTER_LOST + _ADDED + _CASE:
            out.append(word[at].swapcase())
            at += 1
        else:
            key = next(
                (word[at : at + n] for n in range(_LONGEST, 0, -1) if word[at : at + n] in _CONFUSED), None
            )
            choices = _CONFUSED[key] if key else _GARBAGE
            out.append(choices[int(chance.integers(len(choices)))])
            at += len(key) if key else 1
    return "".join(out)


def _any(choices: str, chance: np.random.Generator) -> str:
    return choices[int(chance.integers(len(choices)))]
