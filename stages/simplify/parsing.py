"""Sentences through spaCy, and its trees as our rules see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import add
from typing import Any

import numpy as np

from stages.simplify.lexicon.lexicon import Lexicon
from stages.simplify.syntax import relations as rel
from stages.simplify.syntax.sentence import Sentence

UNUSED = ("ner", "attribute_ruler", "lemmatizer", "senter", "morphologizer")
_BATCH = 64
_KEYS = 1 << 64


class Parser:
    """A spaCy pipeline with nothing in it but what makes tags and trees."""

    def __init__(self, package: str | Any, lexicon: Lexicon, labels: Mapping[str, str]) -> None:
        """Load the model of a package, or take a loaded one. Raises OSError when the package is not installed."""
        import spacy
        from spacy.attrs import IDS

        _keep_freed_memory()
        self._nlp: Any = spacy.load(package, exclude=list(UNUSED)) if isinstance(package, str) else package
        self._lexicon = lexicon
        self._read = [IDS[name] for name in ("DEP", "HEAD", "TAG", "IDX", "LENGTH")]
        self._tags = _Names(self._nlp.vocab.strings.__getitem__)
        self._relations = _Names(lambda key: labels.get(self._nlp.vocab.strings[key], rel.OTHER))

    def tokenise(self, text: str) -> Any:
        """Cut into tokens; the result is for ``parse``."""
        return self._nlp.tokenizer(text)

    def parse(
        self, docs: Sequence[Any], shifts: Sequence[Sequence[int] | int], texts: Sequence[str] | None = None
    ) -> Iterator[Sentence | None]:
        """Yield a tree for each text; None where the parser gave none.

        Args:
            docs: of ``tokenise``; each is one sentence, whatever the parser would think.
            shifts: what turns offsets of the text into those of the document: a distance, or the offset of each
                character.
            texts: what was given to ``tokenise``, where it is at hand.
        """
        for doc in docs:
            one = np.full(len(doc), -1, np.int64).astype(np.uint64)
            one[:1] = 1
            doc.from_array(["SENT_START"], one.reshape(-1, 1))
        parsed = self._nlp.pipe(docs, batch_size=_BATCH)
        known: Sequence[str | None] = texts if texts is not None else [None] * len(docs)
        for doc, shift, text in zip(parsed, shifts, known, strict=True):
            yield self.view(doc, shift, text)

    def view(self, doc: Any, shift: Sequence[int] | int = 0, text: str | None = None) -> Sentence | None:
        """A parsed spaCy document as rules see it; None when it is not one tree.

        Args:
            shift: as of ``parse``.
            text: of the document, where it is at hand: spaCy would put it together again.
        """
        deps, steps, tags, starts, lengths = doc.to_array(self._read).view(np.int64).T.tolist()
        text = doc.text if text is None else text
        ends = list(map(add, starts, lengths))
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        if not isinstance(shift, int):
            ends = [shift[at - 1] + 1 for at in ends]
            starts = [shift[at] for at in starts]
        elif shift:
            starts = [at + shift for at in starts]
            ends = [at + shift for at in ends]
        try:
            return Sentence(
                words=words,
                tags=self._tags.of(tags),
                heads=list(map(add, steps, range(len(steps)))),
                relations=self._relations.of(deps),
                starts=starts,
                ends=ends,
                lexicon=self._lexicon,
            )
        except ValueError:
            return None


class _Names(dict[int, str]):
    """Names of spaCy's numbers, each looked up once; numbers are read with a sign, spaCy's have none."""

    def __init__(self, look_up: Callable[[int], str]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, key: int) -> str:
        name = self[key] = str(self._look_up(key % _KEYS))
        return name

    def of(self, keys: Sequence[int]) -> list[str]:
        """The name of each."""
        return list(map(self.__getitem__, keys))


def _keep_freed_memory() -> None:
    """Have the C library keep what the network frees after each batch, which it asks for again at the next one.

    glibc returns free memory at the top of the heap to the system; each page then costs a fault when it is used
    again, a seventh of the time of the parse. Its threshold follows the largest block that was freed (mallopt(3)), so
    one untouched block that comes and goes is enough. Elsewhere this does nothing.
    """
    block = np.empty(24 << 20, np.uint8)
    del block
