"""What is wrong with splits, as far as a machine can see: losses, inventions, repetition, form.

Words are compared by the lemmas lemminflect knows for them, so that an inflection is neither a loss nor an invention.
What reads the form of outputs (subjects, clausal modifiers) parses them again with the same spaCy package for every
system. Where that parser finds no subject of the main clause in the source (orders, fragments, inversion, a misparse),
it cannot tell whether a split lost one: outputs of such sources are left out of the share of subjectless outputs.
``subjectless, of all`` counts them, unless the source is an order or has no subject anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from benchmarks.simplify_metrics import WORD, words

FUNCTION = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "these",
        "those",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "if",
        "then",
        "than",
        "as",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "for",
        "from",
        "with",
        "without",
        "into",
        "onto",
        "over",
        "under",
        "about",
        "after",
        "before",
        "since",
        "until",
        "while",
        "when",
        "where",
        "who",
        "whom",
        "whose",
        "which",
        "what",
        "how",
        "why",
        "because",
        "although",
        "though",
        "however",
        "therefore",
        "thus",
        "hence",
        "moreover",
        "also",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "not",
        "no",
        "n't",
        "it",
        "its",
        "he",
        "him",
        "his",
        "she",
        "her",
        "they",
        "them",
        "their",
        "we",
        "us",
        "our",
        "you",
        "your",
        "i",
        "me",
        "my",
        "there",
        "here",
        "s",
        "t",
        "re",
        "ve",
        "ll",
        "d",
        "m",
        "both",
        "either",
        "neither",
        "whether",
        "even",
        "though",
        "whereas",
        "unless",
        "once",
        "except",
        "despite",
        "due",
        "such",
        "up",
        "out",
        "off",
        "only",
        "just",
        "very",
        "too",
        "more",
        "most",
        "some",
        "any",
        "each",
        "all",
        "such",
        "according",
        "per",
        "via",
        "among",
        "between",
        "through",
        "during",
        "against",
        "upon",
    ]
)
"""Words that carry a construction rather than content; cues and pronouns that a split replaces are among them."""
CLOSED = frozenset(
    [
        "this",
        "these",
        "that",
        "those",
        "it",
        "there",
        "what",
        "who",
        "'s",
        "s",
        "a",
        "an",
        "the",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "am",
        "have",
        "has",
        "had",
        "do",
        "does",
        "did",
        "then",
        "in",
        "of",
        "by",
        "to",
        "and",
    ]
)
"""What a split may add."""
CLAUSAL = frozenset({"advcl", "relcl", "acl", "csubj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


@dataclass(slots=True)
class Defects:
    """Counts over a corpus."""

    sources: int = 0
    outputs: int = 0
    content: int = 0  # content words of the sources, different ones of each sentence
    lost: int = 0  # of these, in no output
    sources_with_loss: int = 0
    inserted: Counter[str] = field(
        default_factory=Counter
    )  # words of outputs that neither source nor CLOSED has
    duplicates: int = 0  # outputs that repeat one of the same source
    with_subject: int = 0  # outputs of sources whose main clause has a subject
    subjectless: int = 0  # of these, without
    subjectless_of_all: int = 0  # of all outputs but those of orders
    clausal: int = 0  # outputs with a clausal modifier left in

    def row(self) -> dict[str, float]:
        """Shares: losses of content words and of sources, subjectless of outputs that are to have a subject, the others
        of outputs."""
        return {
            "content words lost": self.lost / max(1, self.content),
            "sentences with a loss": self.sources_with_loss / max(1, self.sources),
            "inserted words per 100 outputs": 100 * self.inserted.total() / max(1, self.outputs),
            "duplicates": self.duplicates / max(1, self.outputs),
            "subjectless": self.subjectless / max(1, self.with_subject),
            "subjectless, of all": self.subjectless_of_all / max(1, self.outputs),
            "residual clausal modifiers": self.clausal / max(1, self.outputs),
        }


def defects(sources: Sequence[str], outputs: Sequence[Sequence[str]], nlp: Any) -> Defects:
    """Count defects of one system; ``nlp`` is a spaCy pipeline with tagger and parser."""
    found = Defects(sources=len(sources))
    for source, some in zip(sources, outputs, strict=True):
        found.outputs += len(some)
        found.content += len(content(source))
        lost = missing(source, some)
        found.lost += len(lost)
        found.sources_with_loss += bool(lost)
        found.inserted.update(inserted(source, some))
        found.duplicates += len(some) - len({tuple(words(one)) for one in some})
    told = [(_has_subject(doc), _imperative(doc)) for doc in nlp.pipe(sources)]
    owner = [number for number, some in enumerate(outputs) for _ in some]
    for number, doc in zip(owner, nlp.pipe(one for some in outputs for one in some), strict=True):
        wanted, imperative = told[number]
        lacking = not _has_subject(doc)
        found.with_subject += wanted
        found.subjectless += wanted and lacking
        found.subjectless_of_all += lacking and not imperative
        found.clausal += any(token.dep_ in CLAUSAL for token in doc)
    return found


def content(text: str) -> set[str]:
    """The different content words of a text."""
    return {word for word in words(text) if any(c.isalnum() for c in word) and word not in FUNCTION}


def missing(source: str, outputs: Iterable[str]) -> set[str]:
    """Content words of the source of which no output has a form."""
    have = {form for output in outputs for word in words(output) for form in lemmas(word)}
    return {word for word in content(source) if not lemmas(word) & have}


def outside(source: str, spans: Iterable[tuple[int, int]], cues: Iterable[str]) -> set[str]:
    """Content words of the source that stand neither in a span of a proposition nor in a cue."""
    ranges = list(spans)
    told = {word for cue in cues for word in words(cue)}
    found = set()
    for match in WORD.finditer(source):
        word = match.group().lower()
        inside = any(start <= match.start() and match.end() <= end for start, end in ranges)
        if word[0].isalnum() and word not in FUNCTION and not inside and word not in told:
            found.add(word)
    return found


@cache
def lemmas(word: str) -> frozenset[str]:
    """The word itself and every lemma it may be a form of."""
    from lemminflect import getAllLemmas

    return frozenset({word, *(lemma.lower() for some in getAllLemmas(word).values() for lemma in some)})


def inserted(source: str, outputs: Iterable[str]) -> list[str]:
    """Words of the outputs, with repetitions, that neither the source has nor every split may add."""
    have = {form for word in words(source) for form in lemmas(word)}
    return [
        word
        for output in outputs
        for word in words(output)
        if any(c.isalnum() for c in word) and word not in CLOSED and not lemmas(word) & have
    ]


def _root(doc: Any) -> Any:
    return next(token for token in doc if token.head is token or token.head.i == token.i)


def _has_subject(doc: Any) -> bool:
    return any(
        child.dep_ in _SUBJECTS for token in doc if token.head.i == token.i for child in token.children
    )


def _imperative(doc: Any) -> bool:
    """Whether a source itself has no subject: an order, or no sentence at all."""
    return not any(token.dep_ in _SUBJECTS for token in doc) or (
        _root(doc).tag_ == "VB" and not _has_subject(doc)
    )
