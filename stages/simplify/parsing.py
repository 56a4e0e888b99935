"""Sentences through spaCy, and its trees as our rules see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from stages.simplify.lexicon.lexicon import Lexicon
from stages.simplify.syntax.sentence import Sentence

UNUSED = ("ner", "attribute_ruler", "lemmatizer", "senter", "morphologizer")
_BATCH = 64


class Parser:
    """A spaCy pipeline with nothing in it but what makes tags and trees."""

    def __init__(self, package: str | Any, lexicon: Lexicon, labels: Mapping[str, str]) -> None:
        """Load the model of a package, or take a loaded one. Raises OSError when the package is not installed."""
        import spacy

        _keep_freed_memory()
        self._nlp: Any = spacy.load(package, exclude=list(UNUSED)) if isinstance(package, str) else package
        self._lexicon = lexicon
        self._labels = labels
        self._names: dict[int, str] = {}

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
        array = doc.to_array(("DEP", "HEAD", "TAG", "IDX", "LENGTH")).astype(np.int64)
        steps, starts = array[:, 1].tolist(), array[:, 3].tolist()
        tags = array[:, 2].astype(np.uint64).tolist()
        deps = array[:, 0].astype(np.uint64).tolist()
        name, known = self._name, self._names
        text = doc.text if text is None else text
        ends = (array[:, 3] + array[:, 4]).tolist()
        words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        if isinstance(shift, int):
            starts = [at + shift for at in starts]
            ends = [at + shift for at in ends]
        else:
            ends = [shift[at - 1] + 1 for at in ends]
            starts = [shift[at] for at in starts]
        labels = self._labels
        try:
            return Sentence(
                words=words,
                tags=[known.get(tag) or name(tag) for tag in tags],
                heads=[at + step for at, step in enumerate(steps)],
                relations=[labels.get(known.get(dep) or name(dep), "other") for dep in deps],
                starts=starts,
                ends=ends,
                lexicon=self._lexicon,
            )
        except ValueError:
            return None

    def _name(self, key: int) -> str:
        found = self._names.get(key)
        if found is None:
            found = self._names[key] = str(self._nlp.vocab.strings[key])
        return found


def _keep_freed_memory() -> None:
    """Have the C library keep what the network frees after each batch, which it asks for again at the next one.

    glibc returns free memory at the top of the heap to the system; each page then costs a fault when it is used
    again, a seventh of the time of the parse. Its threshold follows the largest block that was freed (mallopt(3)), so
    one untouched block that comes and goes is enough. Elsewhere this does nothing.
    """
    block = np.empty(24 << 20, np.uint8)
    del block
