"""The same shortening once more, character by character in plain Python: slow, and easy to check by eye.

It shares with the stage only the classes of single characters and the rules for one word.
"""

from __future__ import annotations

from dataclasses import dataclass

from stages.shorten import characters as ch
from stages.shorten import measures
from stages.shorten.gaps import joiner
from stages.shorten.keys import word_key
from stages.shorten.rules import DROP, WordRules

WORD, UNSPACED, SYMBOL, PUNCTUATION = "word", "unspaced", "symbol", "punctuation"
MEASURES = {word_key(symbol) for symbol in measures.MEASURES}
JOINS_WORDS = "'’-\u2010\u2011/_·."
JOINS_DIGITS = "'’-\u2010\u2011/_·.,:–*^"


@dataclass
class Unit:
    kind: str
    start: int
    end: int


def classes_of(text: str) -> list[int]:
    found: list[int] = []
    for character in text:
        now = ch.character_class(character)
        if now == ch.EXTENDER:
            now = found[-1] if found else ch.SPACE
            if now == ch.SPACE or ch.FIRST_JOINER <= now <= ch.LAST_JOINER:
                now = ch.PUNCTUATION
            elif now == ch.UNSPACED:
                now = ch.UNSPACED_MARK
        found.append(now)
    return found


def kind_of(found: int) -> str | None:
    if found == ch.SPACE:
        return None
    if found <= ch.APOSTROPHE:
        return PUNCTUATION
    if found == ch.SYMBOL:
        return SYMBOL
    return UNSPACED if found <= ch.UNSPACED_MARK else WORD


def units_of(text: str) -> list[Unit]:
    classes = classes_of(text)

    def at(index: int) -> int:
        return classes[index] if 0 <= index < len(classes) else ch.SPACE

    kinds = [kind_of(c) for c in classes]
    for i, character in enumerate(text):
        left, right = at(i - 1), at(i + 1)
        if not ch.FIRST_JOINER <= classes[i] <= ch.LAST_JOINER:
            continue
        words = left >= ch.FIRST_WORD and right >= ch.FIRST_WORD and character in JOINS_WORDS
        digits = left == right == ch.DIGIT and character in JOINS_DIGITS
        begins = left == ch.SPACE or bool(ch.OPENS[left])
        sign = character in "-." and begins and right == ch.DIGIT
        if words or digits or sign:
            kinds[i] = WORD
    units: list[Unit] = []
    for i, kind in enumerate(kinds):
        if kind is None:
            continue
        if units and units[-1].end == i and units[-1].kind == kind:
            units[-1].end = i + 1
        else:
            units.append(Unit(kind, i, i + 1))
    return units


def shorten(
    text: str,
    rules: WordRules,
    *,
    punctuation: bool = False,
    recurring: bool = False,
    frequent: frozenset[str] | None = None,
) -> tuple[str, list[tuple[int, int]]]:
    """Return the shortened text and its spans."""
    units = units_of(text)
    if not units:
        return "", []
    classes = classes_of(text)
    kept = [not (punctuation and unit.kind == PUNCTUATION) for unit in units]
    starts = [unit.start for unit in units]
    measures = [
        i > 0
        and units[i].kind == units[i - 1].kind == WORD
        and classes[units[i - 1].end - 1] == ch.DIGIT
        and 0 < len(text[units[i - 1].end : units[i].start].encode()) <= 3
        and text[units[i - 1].end] != "\n"
        and word_key(text[units[i].start : units[i].end]) in MEASURES
        for i in range(len(units))
    ]
    for i, unit in enumerate(units):
        if unit.kind not in (WORD, UNSPACED):
            continue
        form = text[unit.start : unit.end]
        decision = rules.decide([form])[0]
        if decision == DROP:
            kept[i] = measures[i] and kept[i - 1]
        elif decision > 0:
            starts[i] += len(form.encode()[:decision].decode())
    seen: set[str] = set()
    for i, unit in enumerate(units):
        if not kept[i] or unit.kind != WORD or measures[i]:
            continue
        key = word_key(text[starts[i] : unit.end])
        fixed = not any(c.isalpha() for c in key) or any(c.isdigit() for c in key) or rules.is_protected(key)
        if fixed:
            continue
        if frequent is not None and key not in frequent:
            kept[i] = False
        if recurring and key in seen:
            kept[i] = False
        seen.add(key)
    if not punctuation:
        before = list(kept)
        for i, unit in enumerate(units):
            if unit.kind != PUNCTUATION or i == 0 or before[i - 1] or units[i - 1].end != unit.start:
                continue
            earlier = [j for j in range(i) if before[j]]
            lost = not earlier or units[earlier[-1]].kind == PUNCTUATION
            if ch.ENDS_A_PHRASE[classes[unit.start]] and lost:
                kept[i] = False
    touched = not all(kept) or any(s != u.start for s, u in zip(starts, units, strict=True))
    if touched and not any(k and u.kind != PUNCTUATION for k, u in zip(kept, units, strict=True)):
        kept, starts = [True] * len(units), [unit.start for unit in units]

    out, spans = "", []
    last: int | None = None
    for i, unit in enumerate(units):
        if not kept[i]:
            continue
        start, end = starts[i], unit.end
        if i == 0 and start == unit.start:
            start = 0
        if i == len(units) - 1:
            end = len(text)
        if last == i - 1 and last is not None and starts[i] == unit.start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = i
    for number, (start, end) in enumerate(spans):
        if number:
            out += joiner(text, spans[number - 1][1], start)
        out += text[start:end]
    return out, spans
