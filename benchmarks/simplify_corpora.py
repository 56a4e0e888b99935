"""Texts for the benchmark of simplify: constructs, HSplit, WikiSplit, and what DisSim made of HSplit.

HSplit and WikiSplit come tokenised, HSplit's sources in lower case too. The stage is made for running text, so their
sources are written as such: blanks taken away, brackets and quotes restored, and for HSplit the case that the same
line's references (and DisSim's output, made from the cased original) have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONSTRUCTS = (
    "coord_clauses",
    "adverbial_clauses",
    "relative_clauses_non_defining",
    "relative_clauses_defining",
    "reported_speech",
    "coord_VPs",
    "coord_NPs",
    "participial_phrases",
    "appositions_non_restrictive",
    "appositions_restrictive",
    "prepositional_phrases",
)
_SEPARATOR = "<SEP>"
_WIKISPLIT_SEPARATOR = "<::::>"
_BRACKETS = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "-lcb-": "{", "-rcb-": "}"}
_END = re.compile(r"(?<=[.!?]) +(?=\S)")


@dataclass(frozen=True, slots=True)
class Sample:
    """A source sentence with the splits that people made of it."""

    source: str
    references: tuple[tuple[str, ...], ...]  # each a list of sentences; none where nobody split it


def find(data: Path) -> Path:
    """The folder with the corpora: ``--data`` itself or its folder ``simplify``."""
    return data / "simplify" if (data / "simplify").is_dir() else data


def construct(folder: Path, name: str) -> list[str]:
    """The sentences of one construct, by line."""
    return [line for line in _lines(folder / "constructs" / f"{name}.txt") if line.strip()]


def hsplit(folder: Path) -> list[Sample]:
    """The sentences of HSplit with their four references."""
    sources = _lines(folder / "hsplit" / "source.tok.txt")
    versions = [_lines(folder / "hsplit" / f"HSplit{number}_full") for number in (1, 2, 3, 4)]
    outputs = _lines(folder / "hsplit" / "dissim_output.txt")
    made = []
    for source, output, *lines in zip(sources, outputs, *versions, strict=True):
        cased = _cased(source.split(), [*(line.split() for line in lines), output.split()])
        references = tuple(tuple(_END.split(line.strip())) for line in lines)
        made.append(Sample(written(cased), references))
    return made


def dissim(folder: Path) -> list[list[str]]:
    """DisSim's own output for the sentences of ``hsplit``, as running text."""
    lines = _lines(folder / "hsplit" / "dissim_output.txt")
    return [[written(part.split()) for part in line.split(_SEPARATOR) if part.strip()] for line in lines]


def wikisplit(folder: Path, count: int) -> list[Sample]:
    """That many sentences of WikiSplit's validation part, spread over the file."""
    lines = [line for line in _lines(folder / "wikisplit" / "validation.tsv") if line]
    step = max(1, len(lines) // count)
    made = []
    for line in lines[::step][:count]:
        source, _, target = line.partition("\t")
        reference = tuple(part.strip() for part in target.split(_WIKISPLIT_SEPARATOR))
        made.append(Sample(written(source.split()), (reference,)))
    return made


def written(tokens: Sequence[str]) -> str:
    """Tokens as running text."""
    text = ""
    glue = True  # the next token stands close to what is there
    open_quote = False
    for token in tokens:
        token = _BRACKETS.get(token.lower(), token)
        quote = token in ('"', "``", "''")
        if quote:
            opens = token == "``" or (token != "``" and not open_quote)
            token, open_quote = '"', opens
            close = not opens
        else:
            close = token in {".", ",", ";", ":", "!", "?", "%", ")", "]", "}", "...", "…"} or bool(
                re.fullmatch(r"n['’]t|['’](s|re|ve|ll|d|m|S)?", token)
            )
        text += token if glue or close else f" {token}"
        glue = token in {"(", "[", "{", "$", "£", "€", "#"} or (quote and not close)
    return text


def _cased(source: Sequence[str], others: Sequence[Sequence[str]]) -> list[str]:
    """The words of a source in lower case, each as the others write it; the first one with a capital."""
    forms: dict[str, Counter[str]] = {}
    for words in others:
        for place, word in enumerate(words):
            opens = place == 0 or words[place - 1] in {".", "!", "?", _SEPARATOR}
            if not (opens and word[:1].isupper() and word[1:].islower()):  # says nothing about the word
                forms.setdefault(word.lower(), Counter())[word] += 1
    cased = [forms[word].most_common(1)[0][0] if word in forms else word for word in source]
    if cased and cased[0][:1].islower():
        cased[0] = cased[0][:1].upper() + cased[0][1:]
    return cased


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise SystemExit(
            f"{path} is missing: give --data the folder that holds constructs, hsplit, wikisplit and gum"
        )
    return path.read_text("utf-8").splitlines()
