"""Training rows: pieces of text joined, given a form (clean, corrupted or between) and turned into ids."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary import data
from models.sentence_boundary.fast.features import encode
from models.sentence_boundary.fast.pools import Piece, Sentence

_SIGNS_OF_END = str.maketrans("", "", '.!?…。！？｡।॥؟۔።។။,;:、，；：،؛"“”«»„')
_UNUSED = -1.0  # label of a token that is padding or in doubt
_CHARACTERS_PER_TOKEN = 8  # more than any language needs, so that a row is always filled


@dataclass(frozen=True, slots=True)
class Form:
    """How often a row is given each form; what is left stays clean."""

    corrupted: float  # lower case, no punctuation
    uncased: float  # lower case, punctuation kept
    unpunctuated: float  # case kept, no punctuation that divides
    sloppy: float  # punctuation and capitals left out here and there


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of tokens.

    Attributes:
        words, pieces, shapes: int64[rows, width], [rows, width, 2], [rows, width]: as ``features.encode``
            gives them, filled up with zeros.
        labels: float32[rows, width]: 1 where a sentence ends, 0 where none does, -1 where nobody knows.
    """

    words: NDArray[np.int64]
    pieces: NDArray[np.int64]
    shapes: NDArray[np.int64]
    labels: NDArray[np.float32]


class Sampler:
    """Draws rows for ever, the same ones for the same seed."""

    def __init__(
        self,
        pools: Mapping[str, Sequence[Sequence[Sentence]]],
        weights: Mapping[str, float],
        seed: int,
        *,
        in_order: float = 0.45,
        usual_length: int = 0,
    ) -> None:
        """Prepare.

        Args:
            pools: documents by name; a pool's name is its language, with anything after a colon.
            weights: how often each pool is drawn.
            seed: of everything that is drawn.
            in_order: share of rows that keep the order of a document; in the others each sentence is drawn
                from anywhere in the pool, as in the treebanks.
            usual_length: sentences shorter than this many characters are drawn less often, in proportion to
                their length: manuals have far more of them than other prose. 0: all alike.
        """
        self._random = random.Random(seed)  # noqa: S311
        self._names = sorted(name for name in pools if weights.get(name, 0) > 0)
        self._weights = [weights[name] for name in self._names]
        self._documents = pools
        # flattened, so that one large manual does not drown a language's other sources
        self._sizes = {name: [len(d) ** 0.6 for d in pools[name]] for name in self._names}
        self._in_order = in_order
        self._usual_length = usual_length

    def batch(self, rows: int, width: int, form: Form) -> Batch:
        """Draw rows of ``width`` tokens."""
        whole = Batch(
            np.zeros((rows, width), dtype=np.int64),
            np.zeros((rows, width, 2), dtype=np.int64),
            np.zeros((rows, width), dtype=np.int64),
            np.full((rows, width), _UNUSED, dtype=np.float32),
        )
        for row in range(rows):
            self._fill(whole, row, width, form)
        return whole

    def _fill(self, whole: Batch, row: int, width: int, form: Form) -> None:
        chance = self._random
        name = chance.choices(self._names, self._weights)[0]
        unspaced = data.separator(name.partition(":")[0]) == ""
        size = width * (2 if unspaced else _CHARACTERS_PER_TOKEN)
        pieces = self._pieces(name, size, self._usual_length * (0.4 if unspaced else 1.0))
        pieces = _formed(pieces, form, chance)
        text, ends, doubtful = _joined(pieces, data.separator(name.partition(":")[0]), chance)
        encoded = encode(text)
        first = chance.randrange(0, 40) if len(encoded) > width + 40 else 0
        stop = min(first + width, len(encoded))
        n = stop - first
        whole.words[row, :n] = encoded.inputs["words"][first:stop]
        whole.pieces[row, :n] = encoded.inputs["pieces"][first:stop]
        whole.shapes[row, :n] = encoded.inputs["shapes"][first:stop]
        labels = np.isin(encoded.ends, ends).astype(np.float32)
        labels[np.isin(encoded.ends, doubtful)] = _UNUSED
        labels[-1:] = _UNUSED  # the end of the text is always an end
        whole.labels[row, :n] = labels[first:stop]

    def _pieces(self, name: str, size: int, usual: float) -> list[Piece]:
        """Sentences of one document in their order, or of the whole pool in none."""
        chance = self._random
        documents = self._documents[name]
        document = chance.choices(documents, self._sizes[name])[0]
        taken: list[Piece] = []
        total = 0
        at = chance.randrange(len(document))
        in_order = chance.random() < self._in_order
        while total < size:
            if in_order and at < len(document):
                sentence = document[at]
                at += 1
            else:
                document = chance.choices(documents, self._sizes[name])[0]
                at = chance.randrange(len(document))
                sentence = document[at]
                at += 1
            length = sum(len(piece.text) + 1 for piece in sentence)
            if length < usual * chance.random():
                continue
            taken.extend(sentence)
            total += length
        return taken


def _formed(pieces: list[Piece], form: Form, chance: random.Random) -> list[Piece]:
    draw = chance.random()
    if draw < form.corrupted:
        return [piece._replace(text=data.stripped_of_form(piece.text)) for piece in pieces]
    draw -= form.corrupted
    if draw < form.uncased:
        return [piece._replace(text=piece.text.lower()) for piece in pieces]
    draw -= form.uncased
    if draw < form.unpunctuated:
        return [piece._replace(text=piece.text.translate(_SIGNS_OF_END).strip()) for piece in pieces]
    draw -= form.unpunctuated
    if draw < form.sloppy:
        return [piece._replace(text=_sloppy(piece.text, chance)) for piece in pieces]
    return pieces


def _sloppy(text: str, chance: random.Random) -> str:
    if chance.random() < 0.5:
        text = text[:1].lower() + text[1:]
    if chance.random() < 0.4:
        text = text.rstrip(".!?…。！？।؟")
    return text


def _joined(
    pieces: list[Piece], between: str, chance: random.Random
) -> tuple[str, NDArray[np.int64], NDArray[np.int64]]:
    """Join; line ends are kept in some rows, some get lines of an even length, most have blanks only."""
    draw = chance.random()
    keep = draw < 0.12
    parts: list[str] = []
    ends: list[int] = []
    doubtful: list[int] = []
    length = 0
    for piece in pieces:
        if not piece.text:
            continue
        gap = piece.gap if keep or "\n" not in piece.gap else between
        (ends if piece.ends else doubtful).append(length + len(piece.text))
        parts += (piece.text, gap)
        length += len(piece.text) + len(gap)
    text = "".join(parts).rstrip()
    if not keep:
        text = text.replace("\n", " ")
        if draw > 0.94:
            text = _wrapped(text, chance.randrange(50, 90))
    return text, np.array(ends), np.array(doubtful)


def _wrapped(text: str, width: int) -> str:
    characters = list(text)
    last = 0
    for at, character in enumerate(characters):
        if character == " " and at - last > width:
            characters[at] = "\n"
            last = at
    return "".join(characters)
