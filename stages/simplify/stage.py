"""The stage ``simplify``: sentences become short propositions that stand alone, linked by relations.

``propositions`` holds them for the whole document, in the order of the sentences. Every sentence that is not blank has
at least one; one that is not split has itself. ``simplify_statuses`` says for each sentence what became of it; the
words are listed in ``pipeline.document.SIMPLIFY_STATUSES``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from typing import TYPE_CHECKING, Any, ClassVar

import pyarrow as pa

from pipeline import document
from pipeline.stage import Resources, Stage, StageError
from stages.columns import with_column
from stages.language import codes_of, columns_read
from stages.simplify.languages import LANGUAGES, Tools, package_of
from stages.simplify.options import SimplifyConfig

if TYPE_CHECKING:
    from models.language_id.detector import LanguageDetector
    from stages.simplify.columns import Simplified
    from stages.simplify.syntax.sentence import Sentence
    from stages.simplify.writing import Proposition

_DETECTION_MODEL = "lid.176.ftz"
_DETECTED_HEAD = 200


class Simplify(Stage[SimplifyConfig]):
    """Split each sentence into short linked propositions; see the module for what comes out."""

    name: ClassVar[str] = "simplify"
    version: ClassVar[str] = "1"
    requires = pa.schema([document.TEXT, document.SENTENCES_FIELD])
    provides = pa.schema([document.PROPOSITIONS_FIELD, document.SIMPLIFY_STATUSES_FIELD])
    resources = Resources(cpus=1.0, memory=640 << 20)
    Config = SimplifyConfig

    def __init__(self, config: SimplifyConfig | None = None, **options: Any) -> None:
        super().__init__(config, **options)
        self.optional = columns_read(self.config.language)
        self._forget()

    def _forget(self) -> None:
        self._tools: dict[str, Tools] | None = None
        self._detector: LanguageDetector | None = None

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config, "optional": self.optional, "profile": self.profile}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    # -- what a job asks before it starts

    def check(self) -> None:
        """Raise StageError when spaCy, a parser's package, lemminflect or a model is missing."""
        self._packages()
        if self._detects():
            self._detection_path()

    def models(self) -> Mapping[str, str]:
        """The model of discourse relations, and the detection model when the language is detected."""
        from models.catalog import entry
        from models.discourse_relations.predictor import model_hashes

        found = dict(model_hashes())
        if self._detects():
            found[_DETECTION_MODEL] = entry(_DETECTION_MODEL).sha256
        return found

    def dependencies(self) -> Mapping[str, str]:
        """Versions of the parser, its models and the inflector."""
        found = {}
        packages = self._packages()
        needed = {name for code in packages for name in LANGUAGES[code].needs}
        for package in ("spacy", *sorted(needed), *packages.values()):
            try:
                found[package] = metadata.version(package)
            except metadata.PackageNotFoundError:
                continue
        return found

    # -- work

    def warm_up(self) -> None:
        """Load parsers and rules."""
        self._ready()

    def _ready(self) -> dict[str, Tools]:
        if self._tools is not None:
            return self._tools
        self.check()
        if self._detects():
            from models.language_id.detector import LanguageDetector

            self._detector = LanguageDetector(self._detection_path())
        self._tools = {
            code: LANGUAGES[code].open(package, self.config.rules)
            for code, package in self._packages().items()
        }
        return self._tools

    def close(self) -> None:
        """Release the parsers."""
        self._forget()

    def process(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Add ``propositions`` and ``simplify_statuses``."""
        from stages.simplify import columns

        self._ready()
        texts: list[str] = batch.column("text").to_pylist()
        sentences: list[list[dict[str, Any]]] = batch.column("sentences").to_pylist()
        found = self._simplified(texts, sentences, self._languages(batch))
        batch = with_column(batch, document.PROPOSITIONS_FIELD, columns.propositions(found))
        return with_column(batch, document.SIMPLIFY_STATUSES_FIELD, columns.statuses(found))

    def _simplified(
        self,
        texts: Sequence[str],
        sentences: Sequence[Sequence[Mapping[str, int]]],
        languages: Sequence[str | None],
    ) -> list[Simplified]:
        from stages.simplify.document import simplify_document
        from stages.simplify.rules.registry import REFERENCES
        from stages.simplify.whitespace import on_one_line
        from stages.simplify.whole import whole

        tools = self._ready()
        documents: list[tuple[list[list[Proposition]], list[str], list[Sentence | None], str | None]] = []
        waiting: dict[str, _Waiting] = {code: _Waiting() for code in tools}
        for text, spans, language in zip(texts, sentences, languages, strict=True):
            wholes: list[list[Proposition]] = []
            statuses: list[str] = []
            trees: list[Sentence | None] = [None] * len(spans)
            documents.append((wholes, statuses, trees, language))
            for number, span in enumerate(spans):
                line, shift = on_one_line(text, span["start"], span["end"])
                wholes.append(whole(line, shift))
                statuses.append("blank" if not line else "language" if language not in tools else "")
                if statuses[-1] or language is None:
                    continue
                doc = tools[language].parser.tokenise(line)
                if len(doc) > self.config.max_tokens:
                    statuses[-1] = "too_long"
                    continue
                waiting[language].add(doc, line, shift, trees, number)
        for code, some in waiting.items():
            parsed = tools[code].parser.parse(some.docs, some.shifts, some.lines)
            for tree, (trees, number) in zip(parsed, some.places, strict=True):
                trees[number] = tree
        references = self.config.rules is None or REFERENCES in self.config.rules
        # a document of another language has no sentence to split, so that any tools do
        other = next(iter(tools.values()))
        return [
            simplify_document(
                wholes,
                statuses,
                trees,
                (found := tools.get(language or "", other)).rules,
                found.relate,
                references=references,
                equality=found.equality,
            )
            for wholes, statuses, trees, language in documents
        ]

    # -- parts

    def _packages(self) -> dict[str, str]:
        """The package of the parser of each language that is to be split.

        Raises:
            StageError: one is not installed.
        """
        chosen = {"en": self.config.model, "fr": self.config.model_fr}
        return {code: package_of(code, chosen[code]) for code in self._codes()}

    def _codes(self) -> tuple[str, ...]:
        given = self.config.language
        if not isinstance(given, str) or given == "detect":
            return tuple(dict.fromkeys(self.config.languages))
        code = _code(given)
        return (code,) if code in LANGUAGES else tuple(dict.fromkeys(self.config.languages))

    def _detects(self) -> bool:
        return self.config.language == "detect"

    def _detection_path(self) -> Any:
        from models.catalog import CatalogError, path

        try:
            return path(_DETECTION_MODEL)
        except CatalogError as error:
            raise StageError(f"simplify: {error}", code="model") from error

    def _languages(self, batch: pa.RecordBatch) -> list[str | None]:
        """The code of each document's language; None where it is not known."""
        if self._detector is None:
            found = codes_of(batch, self.config.language)
            return [_code(code) if code else None for code in found]
        heads = [text[:_DETECTED_HEAD] for text in batch.column("text").to_pylist()]
        least = self.config.min_confidence
        return [code if sure >= least else None for code, sure in self._detector.detect(heads)]


def _code(language: str) -> str:
    """The language of a code with or without a country: "fr-CA" is fr."""
    return language.lower().replace("_", "-").partition("-")[0]


@dataclass(slots=True)
class _Waiting:
    """Sentences of one language that are to be parsed, and where their trees go."""

    docs: list[Any] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    shifts: list[Sequence[int] | int] = field(default_factory=list)
    places: list[tuple[list[Sentence | None], int]] = field(default_factory=list)

    def add(
        self, doc: Any, line: str, shift: Sequence[int] | int, trees: list[Sentence | None], number: int
    ) -> None:
        self.docs.append(doc)
        self.lines.append(line)
        self.shifts.append(shift)
        self.places.append((trees, number))
